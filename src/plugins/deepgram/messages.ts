import { z } from "zod";

const resultsSchema = z.object({
  type: z.literal("Results"),
  is_final: z.boolean(),
  speech_final: z.boolean(),
  from_finalize: z.boolean().optional(),
  channel: z.object({
    alternatives: z
      .array(
        z.object({
          transcript: z.string(),
          confidence: z.number().optional(),
          languages: z.array(z.string()).optional(),
        }),
      )
      .min(1),
  }),
});

const messageSchema = z.discriminatedUnion("type", [
  resultsSchema,
  z.object({ type: z.literal("SpeechStarted") }),
  z.object({ type: z.literal("UtteranceEnd") }),
  z.object({ type: z.literal("Metadata") }),
  z.object({
    type: z.literal("Error"),
    description: z.string().optional(),
    message: z.string().optional(),
    code: z.string().optional(),
  }),
]);

/** A message of Deepgram's `listen`, version 1: the fields that are used. */
export type DeepgramMessage = z.infer<typeof messageSchema>;
/** A stretch of transcript. */
export type DeepgramResults = z.infer<typeof resultsSchema>;

/** Reads a message. One of a kind not known here is `"unknown"`: Deepgram adds kinds. Nothing if it is no message at all. */
export function readDeepgramMessage(text: string): DeepgramMessage | "unknown" | undefined {
  const value = parsed(text);
  const { success, data } = messageSchema.safeParse(value);
  if (success) return data;
  const { type } = (typeof value === "object" && value !== null ? value : {}) as { type?: unknown };
  const known = messageSchema.options.some((option) => option.shape.type.value === type);
  return typeof type === "string" && !known ? "unknown" : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
