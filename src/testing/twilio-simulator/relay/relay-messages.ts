import { z } from "zod";

const Interruptible = z.union([z.boolean(), z.enum(["none", "dtmf", "speech", "any"])]);

const Text = z.strictObject({
  type: z.literal("text"),
  token: z.string(),
  last: z.boolean().optional(),
  lang: z.string().optional(),
  interruptible: Interruptible.optional(),
  preemptible: z.boolean().optional(),
});

const Play = z.strictObject({
  type: z.literal("play"),
  source: z.string().url(),
  loop: z.number().int().min(0).optional(),
  preemptible: z.boolean().optional(),
  interruptible: Interruptible.optional(),
});

const SendDigits = z.strictObject({ type: z.literal("sendDigits"), digits: z.string().regex(/^[\dw#*]+$/) });

const Language = z
  .strictObject({
    type: z.literal("language"),
    ttsLanguage: z.string().optional(),
    transcriptionLanguage: z.string().optional(),
  })
  .refine((message) => message.ttsLanguage !== undefined || message.transcriptionLanguage !== undefined, {
    message: "names no language",
  });

const End = z.strictObject({ type: z.literal("end"), handoffData: z.string().optional() });

const Message = z.discriminatedUnion("type", [Text, Play, SendDigits, Language, End]);

/** What an app may send to ConversationRelay. */
export type RelayMessage = z.infer<typeof Message>;

/** A message that ConversationRelay drops. */
export interface RelayViolation {
  readonly code: 64107;
  readonly reason: string;
}

/** Reads a message as strictly as the documentation has it: exactly the fields of its type. */
export function readRelayMessage(text: string, isBinary: boolean): RelayMessage | RelayViolation {
  if (isBinary) return invalid("a binary frame");
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return invalid("not JSON");
  }
  const { success, data, error } = Message.safeParse(value);
  if (success) return data;
  const [issue] = error.issues;
  return invalid(`${issue?.path.join(".") || "the message"}: ${issue?.message}`);
}

function invalid(reason: string): RelayViolation {
  return { code: 64107, reason };
}
