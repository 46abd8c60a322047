import { z } from "zod";

const format = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("audio/pcmu") }),
  z.strictObject({ type: z.literal("audio/pcma") }),
  z.strictObject({ type: z.literal("audio/pcm"), rate: z.literal(24_000) }),
]);
const transcription = z.strictObject({
  model: z.string(),
  language: z.string().optional(),
  languages: z.array(z.string().length(2)).optional(),
  keywords: z.array(z.string().regex(/^[^<>\n]+$/)).optional(),
  prompt: z.string().optional(),
  delay: z.enum(["minimal", "low", "medium", "high", "xhigh"]).optional(),
});
const turnDetection = z.discriminatedUnion("type", [
  z.strictObject({
    type: z.literal("server_vad"),
    threshold: z.number().optional(),
    prefix_padding_ms: z.number().optional(),
    silence_duration_ms: z.number().optional(),
    create_response: z.boolean().optional(),
    interrupt_response: z.boolean().optional(),
    idle_timeout_ms: z.number().nullish(),
  }),
  z.strictObject({ type: z.literal("semantic_vad"), eagerness: z.enum(["low", "medium", "high", "auto"]).optional() }),
]);
const input = z.strictObject({
  format: format.optional(),
  noise_reduction: z.strictObject({ type: z.enum(["near_field", "far_field"]) }).nullish(),
  transcription: transcription.optional(),
  turn_detection: turnDetection.nullish(),
});
const output = z.strictObject({
  format: format.optional(),
  voice: z
    .enum(["alloy", "ash", "ballad", "coral", "echo", "sage", "shimmer", "verse", "marin", "cedar"])
    .or(z.strictObject({ id: z.string() }))
    .optional(),
  speed: z.number().min(0.25).max(1.5).optional(),
});
const tool = z.strictObject({
  type: z.literal("function"),
  name: z.string(),
  description: z.string().optional(),
  parameters: z.looseObject({}),
});

const transcriptionSession = z.strictObject({
  type: z.literal("transcription"),
  audio: z.strictObject({ input }),
  include: z.array(z.string()).optional(),
});
const realtimeSession = z.strictObject({
  type: z.literal("realtime"),
  instructions: z.string().optional(),
  output_modalities: z
    .array(z.enum(["audio", "text"]))
    .length(1)
    .optional(),
  audio: z.strictObject({ input: input.optional(), output: output.optional() }).optional(),
  tools: z.array(tool).optional(),
  tool_choice: z.enum(["auto", "none", "required"]).optional(),
});

/** The settings of a session. */
export const sessionSchema = z.discriminatedUnion("type", [transcriptionSession, realtimeSession]);
export type SessionSettings = z.output<typeof sessionSchema>;

const text = z.strictObject({ type: z.enum(["input_text", "output_text"]), text: z.string() });
const item = z.discriminatedUnion("type", [
  z.strictObject({
    type: z.literal("message"),
    role: z.enum(["user", "assistant", "system"]),
    content: z.array(text),
    id: z.string().optional(),
  }),
  z.strictObject({ type: z.literal("function_call_output"), call_id: z.string(), output: z.string() }),
]);

/** What a client may send. */
export const clientEventSchema = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("session.update"), session: z.unknown(), event_id: z.string().optional() }),
  z.strictObject({ type: z.literal("input_audio_buffer.append"), audio: z.base64() }),
  z.strictObject({ type: z.literal("input_audio_buffer.commit") }),
  z.strictObject({ type: z.literal("input_audio_buffer.clear") }),
  z.strictObject({ type: z.literal("conversation.item.create"), item, previous_item_id: z.string().optional() }),
  z.strictObject({
    type: z.literal("conversation.item.truncate"),
    item_id: z.string(),
    content_index: z.literal(0),
    audio_end_ms: z.int().nonnegative(),
  }),
  z.strictObject({
    type: z.literal("response.create"),
    response: z
      .strictObject({
        conversation: z.enum(["auto", "none"]).optional(),
        input: z.array(item).optional(),
        instructions: z.string().optional(),
        output_modalities: z
          .array(z.enum(["audio", "text"]))
          .length(1)
          .optional(),
        audio: z.strictObject({ output }).optional(),
        metadata: z.record(z.string(), z.string().max(512)).optional(),
      })
      .optional(),
  }),
  z.strictObject({ type: z.literal("response.cancel"), response_id: z.string().optional() }),
]);
export type ClientEvent = z.output<typeof clientEventSchema>;

/** These models hear without turns of their own, and refuse to be given any. */
const WITHOUT_TURNS = /^(gpt-live-transcribe|gpt-realtime-whisper)/;

/** Why OpenAI does not take the settings, if so. */
export function settingsFault(settings: SessionSettings, wants: "transcription" | "realtime"): string | undefined {
  if (settings.type !== wants)
    return `Passing a ${settings.type} session update event to a ${wants} session is not allowed.`;
  const { input: hears } = settings.audio ?? {};
  const model = hears?.transcription?.model ?? "";
  if (hears?.turn_detection != null && WITHOUT_TURNS.test(model))
    return `Turn detection is not supported for the transcription model ${model}.`;
  if (settings.type === "transcription" && model === "")
    return "Missing required parameter: 'session.audio.input.transcription.model'.";
  return undefined;
}
