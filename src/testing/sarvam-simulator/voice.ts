import { z } from "zod";
import type { AudioFormat } from "../../spec/index.js";
import type { Listener, ProviderConnection } from "../provider-server/index.js";
import { scriptedTextToSpeech } from "../scripted/index.js";
import { faultIn, isOneOf, type Rule } from "./query.js";

const RULES: Readonly<Record<string, Rule>> = {
  model: isOneOf("bulbul:v2", "bulbul:v3"),
  send_completion_event: isOneOf("true", "false"),
};

/** What is wrong with the query of a connection to the voice, if anything. */
export function voiceFault(query: URLSearchParams): string | undefined {
  return faultIn(query, RULES, ["model"]);
}

/** Sarvam takes no longer text in one message. */
const LONGEST_TEXT = 2_500;

const configSchema = z.strictObject({
  target_language_code: z.enum([
    "hi-IN",
    "en-IN",
    "bn-IN",
    "ta-IN",
    "te-IN",
    "mr-IN",
    "gu-IN",
    "kn-IN",
    "ml-IN",
    "pa-IN",
    "od-IN",
  ]),
  speaker: z.string().min(1),
  speech_sample_rate: z.union([z.literal(8_000), z.literal(16_000), z.literal(22_050), z.literal(24_000)]),
  output_audio_codec: z.enum(["mulaw", "alaw", "linear16"]),
  min_buffer_size: z.number().min(30).max(200).optional(),
  max_chunk_length: z.number().min(50).max(500).optional(),
  pace: z.number().min(0.3).max(3).optional(),
});
const messageSchema = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("config"), data: configSchema }),
  z.strictObject({ type: z.literal("text"), data: z.strictObject({ text: z.string().min(1).max(LONGEST_TEXT) }) }),
  z.strictObject({ type: z.literal("flush") }),
  z.strictObject({ type: z.literal("ping") }),
]);

type Config = z.output<typeof configSchema>;

/** Sarvam's voice: a configuration first, then texts, spoken when flushed. It is the scripted one. */
export function speak(connection: ProviderConnection, chunkBytes: number | undefined): Listener {
  const completes = connection.query.get("send_completion_event") === "true";
  const voice = scriptedTextToSpeech(chunkBytes === undefined ? {} : { chunkBytes });
  let config: Config | undefined;
  let text = "";
  let over = false;

  function blame(message: string): void {
    over = true;
    connection.send({ type: "error", data: { message, code: "invalid_request_error" } });
    connection.close(1008, message);
  }

  async function say(words: string, { output_audio_codec, speech_sample_rate }: Config): Promise<void> {
    const { signal } = connection;
    const format = { type: TYPES[output_audio_codec], rate: speech_sample_rate } as AudioFormat;
    try {
      for await (const { audio } of voice.doSpeak({ text: words, language: "hi", format, signal })) {
        const data = { audio: Buffer.from(audio).toString("base64"), content_type: `audio/${output_audio_codec}` };
        connection.send({ type: "audio", data });
      }
      if (completes) connection.send({ type: "event", data: { event_type: "final" } });
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }

  return {
    binary: () => blame("Binary messages are not supported."),
    text(received) {
      if (over) return;
      const { success, data: message, error } = messageSchema.safeParse(parsed(received));
      if (!success) return blame(`The message is invalid: ${error.issues[0]?.message ?? "unknown"}`);
      if (message.type === "ping") return;
      if (message.type === "config") {
        config = message.data;
        return;
      }
      if (config === undefined) return blame("The first message must be a config.");
      if (message.type === "text") {
        text += message.data.text;
        return;
      }
      const words = text;
      text = "";
      if (words !== "") void say(words, config);
    },
  };
}

const TYPES = { mulaw: "audio/pcmu", alaw: "audio/pcma", linear16: "audio/pcm" } as const;

function parsed(received: string): unknown {
  try {
    return JSON.parse(received);
  } catch {
    return undefined;
  }
}
