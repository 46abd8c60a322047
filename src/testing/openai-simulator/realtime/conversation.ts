import { z } from "zod";
import { durationMs } from "../../../audio/index.js";
import type { AudioFormat } from "../../../spec/index.js";
import {
  createSimulatedEar,
  EAR_FRAME_MS,
  type Listener,
  type ProviderConnection,
} from "../../provider-server/index.js";
import { scriptedTextToSpeech } from "../../scripted/index.js";
import { type ClientEvent, clientEventSchema, type SessionSettings, sessionSchema, settingsFault } from "./settings.js";

/** What the simulated model answers. */
export interface RealtimeReply {
  readonly text?: string;
  readonly toolCalls?: readonly { readonly id: string; readonly name: string; readonly arguments: string }[];
  /** It fails, with this code. */
  readonly error?: string;
}

/** What the simulated model is asked. */
export interface RealtimeQuestion {
  /** What it was told or heard last: the caller's words, a text, what a tool gave. */
  readonly last: string;
  readonly instructions: string;
  /** It is to say a text outside of the conversation. */
  readonly aside: boolean;
}

/** How a session is answered. */
export interface RealtimeWays {
  readonly reply: (question: RealtimeQuestion) => RealtimeReply;
  /** What is made of the words of the scripted voice. */
  readonly hear: (words: string) => string;
  /** From the end of an utterance to its transcript, in ms. */
  readonly transcriptMs: (utterance: number) => number;
  /** From a request to the first sound, in ms. */
  readonly firstSoundMs: number;
}

/** A partial transcript, with one word more, comes each so much speech. */
const DELTA_EVERY_MS = 200;
/** A commit of less is refused. */
const LEAST_COMMIT_MS = 100;

interface Response {
  readonly id: string;
  readonly itemId: string;
  readonly inConversation: boolean;
  /** Undoes what is still to come. */
  stop: () => void;
}

/** One session of the simulated Realtime API. */
export function converse(connection: ProviderConnection, ways: RealtimeWays): Listener {
  const { clock } = connection;
  const wants = connection.query.get("intent") === "transcription" ? "transcription" : "realtime";
  let ids = 0;
  let settings: SessionSettings | undefined;
  let ear = createSimulatedEar({ type: "audio/pcmu", rate: 8_000 });
  let format: AudioFormat = { type: "audio/pcmu", rate: 8_000 };
  let bufferedBytes = 0;
  let voicedMs = 0;
  let utterances = 0;
  let told = "";
  let lastItemId: string | null = null;
  let speakingItemId: string | undefined;
  let last = "";
  /** Sound of each item, in ms. */
  const lengths = new Map<string, number>();
  const responses = new Map<string, Response>();
  const timers = new Set<() => void>();

  const id = (kind: string) => {
    ids += 1;
    return `${kind}_${ids}`;
  };
  const send = (type: string, fields: object = {}) => connection.send({ type, event_id: id("event"), ...fields });
  send("session.created", { session: { type: wants } });
  connection.signal.addEventListener("abort", () => {
    for (const undo of timers) undo();
  });

  function after(delayMs: number, act: () => void): () => void {
    const undo = clock.setTimer(() => {
      timers.delete(undo);
      act();
    }, delayMs);
    timers.add(undo);
    return undo;
  }

  function blame(message: string, code: string | null = null): void {
    send("error", { error: { type: "invalid_request_error", code, message, param: null, event_id: null } });
  }

  function update(given: unknown): void {
    const { success, data, error } = sessionSchema.safeParse(given);
    if (!success) return blame(z.prettifyError(error), "invalid_value");
    const fault = settingsFault(data, wants);
    if (fault !== undefined) return blame(fault, "invalid_value");
    settings = data;
    format = formatOf(data.audio?.input?.format) ?? format;
    ear = createSimulatedEar(format);
    send("session.updated", { session: data });
  }

  function append(audio: Uint8Array): void {
    bufferedBytes += audio.length;
    speakingItemId ??= id("item");
    ear.hear(audio, (voiced) => {
      if (!voiced) return;
      voicedMs += EAR_FRAME_MS;
      if (voicedMs % DELTA_EVERY_MS === 0) tell(ear.words());
    });
  }

  /** The words so far of what is being spoken. */
  function tell(words: string): void {
    if (settings?.audio?.input?.transcription === undefined || !words.startsWith(told)) return;
    const delta = words.slice(told.length);
    told = words;
    const item_id = speakingItemId;
    if (delta !== "") send("conversation.item.input_audio_transcription.delta", { item_id, content_index: 0, delta });
  }

  function commit(): void {
    if (durationMs(bufferedBytes, format) < LEAST_COMMIT_MS)
      return blame("Error committing input audio buffer: the buffer is too small.", "input_audio_buffer_commit_empty");
    const item_id = speakingItemId as string;
    const transcript = ways.hear(ear.words());
    last = transcript;
    send("input_audio_buffer.committed", { item_id, previous_item_id: lastItemId });
    lastItemId = item_id;
    clear();
    utterances += 1;
    after(ways.transcriptMs(utterances), () =>
      send("conversation.item.input_audio_transcription.completed", {
        item_id,
        content_index: 0,
        transcript,
        usage: { type: "duration", seconds: 1 },
      }),
    );
  }

  function clear(): void {
    ear.forget();
    [bufferedBytes, voicedMs, told, speakingItemId] = [0, 0, "", undefined];
  }

  function create({ response = {} }: Extract<ClientEvent, { type: "response.create" }>): void {
    if (wants === "transcription") return blame("Responses are not supported in a transcription session.");
    const aside = response.conversation === "none";
    const active = [...responses.values()].some(({ inConversation }) => inConversation);
    if (!aside && active)
      return blame(
        "Conversation already has an active response in progress.",
        "conversation_already_has_active_response",
      );
    const made: Response = { id: id("resp"), itemId: id("item"), inConversation: !aside, stop: () => {} };
    responses.set(made.id, made);
    const asked = response.input?.map((each) =>
      each.type === "message" ? each.content.map(({ text }) => text).join("") : each.output,
    );
    const session = settings?.type === "realtime" ? settings : undefined;
    const instructions = response.instructions ?? session?.instructions ?? "";
    send("response.created", { response: { id: made.id, status: "in_progress", metadata: response.metadata ?? null } });
    const reply = ways.reply({ last: aside ? (asked?.join(" ") ?? "") : last, instructions, aside });
    const spoken = formatOf(response.audio?.output.format ?? session?.audio?.output?.format) ?? format;
    made.stop = after(ways.firstSoundMs, () => {
      perform(made, reply, spoken).catch((thrown: unknown) => {
        // Nobody listens any more.
        if (!connection.signal.aborted) throw thrown;
      });
    });
  }

  async function perform(
    response: Response,
    { text = "", toolCalls = [], error }: RealtimeReply,
    spoken: AudioFormat,
  ): Promise<void> {
    const base = { response_id: response.id, item_id: response.itemId, output_index: 0, content_index: 0 };
    const { signal } = connection;
    if (error !== undefined) return finish(response, "failed", { error: { code: error, message: "It failed." } });
    const voice = scriptedTextToSpeech({ wordTimings: true });
    let words = 0;
    for await (const chunk of voice.doSpeak({ text, language: "en", format: spoken, signal })) {
      if (!responses.has(response.id)) return;
      for (const { textStart, textEnd } of chunk.words ?? []) {
        const delta = `${words === 0 ? "" : " "}${text.slice(textStart, textEnd)}`;
        words += 1;
        send("response.output_audio_transcript.delta", { ...base, delta });
      }
      lengths.set(response.itemId, (lengths.get(response.itemId) ?? 0) + durationMs(chunk.audio.length, spoken));
      send("response.output_audio.delta", { ...base, delta: Buffer.from(chunk.audio).toString("base64") });
    }
    if (!responses.has(response.id)) return;
    send("response.output_audio_transcript.done", { ...base, transcript: text });
    for (const { id: call_id, name, arguments: given } of toolCalls)
      send("response.function_call_arguments.done", { ...base, call_id, name, arguments: given });
    finish(response, "completed");
  }

  function finish(response: Response, status: string, details: object | null = null): void {
    responses.delete(response.id);
    const usage = { input_tokens: 20, output_tokens: 30, input_token_details: { cached_tokens: 4 } };
    send("response.done", { response: { id: response.id, status, status_details: details, usage } });
  }

  function cancel(responseId: string | undefined): void {
    const response = responseId === undefined ? [...responses.values()][0] : responses.get(responseId);
    if (response === undefined)
      return blame("Cancellation failed: no active response found.", "response_cancel_not_active");
    response.stop();
    finish(response, "cancelled", { type: "cancelled", reason: "client_cancelled" });
  }

  function truncate(itemId: string, endMs: number): void {
    const length = lengths.get(itemId);
    if (length === undefined) return blame(`Item '${itemId}' not found.`, "item_truncate_invalid_item_id");
    if (endMs > length)
      return blame(`Audio content of ${length}ms is already shorter than ${endMs}ms.`, "invalid_value");
    lengths.set(itemId, endMs);
    send("conversation.item.truncated", { item_id: itemId, content_index: 0, audio_end_ms: endMs });
  }

  function take(event: ClientEvent): void {
    switch (event.type) {
      case "session.update":
        return update(event.session);
      case "input_audio_buffer.append":
        return append(Buffer.from(event.audio, "base64"));
      case "input_audio_buffer.commit":
        return commit();
      case "input_audio_buffer.clear":
        clear();
        return send("input_audio_buffer.cleared");
      case "conversation.item.create": {
        const { item } = event;
        last = item.type === "message" ? item.content.map(({ text }) => text).join("") : item.output;
        return send("conversation.item.added", { item: { id: id("item"), ...item } });
      }
      case "conversation.item.truncate":
        return truncate(event.item_id, event.audio_end_ms);
      case "response.create":
        return create(event);
      case "response.cancel":
        return cancel(event.response_id);
    }
  }

  return {
    binary: () => blame("Binary messages are not supported.", "invalid_event"),
    text(received) {
      const { success, data, error } = clientEventSchema.safeParse(parsed(received));
      if (!success) return blame(`Invalid event: ${z.prettifyError(error)}`, "invalid_event");
      if (settings === undefined && data.type !== "session.update" && wants === "transcription")
        return blame("The session has no settings yet.", "invalid_event");
      take(data);
    },
  };
}

function formatOf(
  format: { readonly type: AudioFormat["type"]; readonly rate?: number } | undefined,
): AudioFormat | undefined {
  if (format === undefined) return undefined;
  return format.type === "audio/pcm" ? { type: format.type, rate: 24_000 } : { type: format.type, rate: 8_000 };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
