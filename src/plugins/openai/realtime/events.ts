import { z } from "zod";

const item = { item_id: z.string() };
const response = { response_id: z.string() };

/** Of what the Realtime API sends, what is used. */
const eventSchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal("session.created") }),
  z.object({ type: z.literal("session.updated") }),
  z.object({ type: z.literal("input_audio_buffer.committed"), ...item, previous_item_id: z.string().nullish() }),
  z.object({ type: z.literal("conversation.item.input_audio_transcription.delta"), ...item, delta: z.string() }),
  z.object({
    type: z.literal("conversation.item.input_audio_transcription.completed"),
    ...item,
    transcript: z.string(),
  }),
  z.object({
    type: z.literal("conversation.item.input_audio_transcription.failed"),
    ...item,
    error: z.object({ message: z.string().nullish() }).nullish(),
  }),
  z.object({
    type: z.literal("response.created"),
    response: z.object({ id: z.string(), metadata: z.record(z.string(), z.string()).nullish() }),
  }),
  z.object({ type: z.literal("response.output_audio.delta"), ...response, ...item, delta: z.string() }),
  z.object({ type: z.literal("response.output_audio_transcript.delta"), ...response, delta: z.string() }),
  z.object({
    type: z.literal("response.function_call_arguments.done"),
    ...response,
    call_id: z.string(),
    name: z.string(),
    arguments: z.string(),
  }),
  z.object({
    type: z.literal("response.done"),
    response: z.object({
      id: z.string(),
      status: z.string(),
      status_details: z
        .object({
          reason: z.string().nullish(),
          error: z.object({ code: z.string().nullish(), message: z.string().nullish() }).nullish(),
        })
        .nullish(),
      usage: z
        .object({
          input_tokens: z.number(),
          output_tokens: z.number(),
          input_token_details: z.object({ cached_tokens: z.number().nullish() }).nullish(),
        })
        .nullish(),
    }),
  }),
  z.object({
    type: z.literal("error"),
    error: z.object({
      type: z.string().nullish(),
      code: z.string().nullish(),
      message: z.string(),
      event_id: z.string().nullish(),
    }),
  }),
]);

/** An event of the Realtime API. */
export type RealtimeEvent = z.output<typeof eventSchema>;

const KNOWN: ReadonlySet<string> = new Set(eventSchema.options.map((option) => option.shape.type.value));

/** Reads an event. One of a kind that is not used is `"other"`; nothing if it is no event at all. */
export function readRealtimeEvent(text: string): RealtimeEvent | "other" | undefined {
  const value = parsed(text);
  const { success, data } = eventSchema.safeParse(value);
  if (success) return data;
  const { type } = (typeof value === "object" && value !== null ? value : {}) as { readonly type?: unknown };
  return typeof type === "string" && !KNOWN.has(type) ? "other" : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
