import { z } from "zod";
import type { Language } from "../../spec/index.js";
import { parsed } from "./service.js";

/** A message of Sarvam's realtime recogniser, read. */
export type SarvamRecogniserMessage =
  | { readonly type: "begin" }
  | { readonly type: "transcript"; readonly final: boolean; readonly text: string; readonly language?: Language }
  | { readonly type: "error"; readonly code: string; readonly message: string; readonly fatal: boolean }
  /** Voice activity, an answer to a ping, a new kind: nothing to act on. */
  | { readonly type: "other" };

// The service is in beta: its pages name the text both `text` and `transcript`, and the language with and without `_code`.
const transcriptSchema = z
  .object({
    text: z.string().optional(),
    transcript: z.string().optional(),
    language_code: z.string().nullish(),
    language: z.string().nullish(),
  })
  .transform(({ text, transcript, language_code, language }) => ({
    text: text ?? transcript,
    code: language_code ?? language,
  }));
const errorSchema = z.object({
  code: z.coerce.string().default(""),
  message: z.string(),
  is_fatal: z.boolean().default(true),
});
const eventSchema = z.object({ event: z.string() }).or(z.object({ type: z.string() }));

/** Reads a message; nothing if it is none of Sarvam's. */
export function readRecogniserMessage(received: string): SarvamRecogniserMessage | undefined {
  const value = parsed(received);
  const { data } = eventSchema.safeParse(value);
  if (data === undefined) return undefined;
  const event = "event" in data ? data.event : data.type;
  switch (event) {
    case "session.begin":
      return { type: "begin" };
    case "transcript.partial":
    case "transcript.final": {
      const { text, code } = transcriptSchema.safeParse(value).data ?? {};
      if (text === undefined) return undefined;
      const language = languageOf(code);
      const final = event === "transcript.final";
      return { type: "transcript", final, text: text.trim(), ...(language !== undefined && { language }) };
    }
    case "error": {
      const error = errorSchema.safeParse(value).data;
      return error && { type: "error", code: error.code, message: error.message, fatal: error.is_fatal };
    }
    default:
      return { type: "other" };
  }
}

function languageOf(code: string | null | undefined): Language | undefined {
  if (code?.startsWith("hi")) return "hi";
  return code?.startsWith("en") ? "en" : undefined;
}
