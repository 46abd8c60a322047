import { z } from "zod";
import { LONGEST_MESSAGE_CHARACTERS } from "../messages.js";

/** What ConversationRelay tells, as far as it is used. Source: Twilio's "ConversationRelay WebSocket messages". */
export type RelayMessage =
  | RelaySetup
  /** What the caller said: so far, or for good. `language` is a tag such as `hi-IN`. */
  | { readonly type: "prompt"; readonly text: string; readonly language?: string; readonly last: boolean }
  | { readonly type: "dtmf"; readonly digit: string }
  /** The caller broke in, and the voice has stopped behind these words. */
  | { readonly type: "interrupt"; readonly utterance: string; readonly durationMs?: number }
  | { readonly type: "error"; readonly description: string }
  /** Of a speaker, if `debug` asks for it: `agentSpeaking` or `clientSpeaking`, `on` or `off`. */
  | { readonly type: "info"; readonly name: string; readonly value: string }
  /** Well formed, of a kind this library does not know. */
  | { readonly type: "unknown" }
  /** Not to be made sense of. */
  | { readonly type: "invalid"; readonly reason: string };

/** The first message. */
export interface RelaySetup {
  readonly type: "setup";
  readonly sessionId: string;
  readonly callSid: string;
  readonly accountSid?: string;
  readonly from?: string;
  readonly to?: string;
  readonly direction?: string;
  /** The `<Parameter>`s of the TwiML. */
  readonly customParameters: Readonly<Record<string, string>>;
}

/** Twilio may tell more than is known here: that is passed over. What is read must be as documented. */
const text = z.string();
const maybeText = z
  .string()
  .nullish()
  .transform((value) => value || undefined);

const MESSAGES = new Map<string, z.ZodType<RelayMessage>>([
  [
    "setup",
    z
      .object({
        type: z.literal("setup"),
        sessionId: text.min(1),
        callSid: text.min(1),
        accountSid: maybeText,
        from: maybeText,
        to: maybeText,
        direction: maybeText,
        customParameters: z
          .record(z.string(), z.string())
          .nullish()
          .transform((parameters) => parameters ?? {}),
      })
      .transform(defined),
  ],
  [
    "prompt",
    z
      .object({ type: z.literal("prompt"), voicePrompt: text, lang: maybeText, last: z.boolean().default(true) })
      .transform(({ type, voicePrompt, lang, last }) => defined({ type, text: voicePrompt, language: lang, last })),
  ],
  ["dtmf", z.object({ type: z.literal("dtmf"), digit: text.regex(/^[0-9*#A-D]$/) })],
  [
    "interrupt",
    z
      .object({
        type: z.literal("interrupt"),
        utteranceUntilInterrupt: text.default(""),
        durationUntilInterruptMs: z.coerce.number().nonnegative().optional().catch(undefined),
      })
      .transform(({ type, utteranceUntilInterrupt: utterance, durationUntilInterruptMs: durationMs }) =>
        defined({ type, utterance, durationMs }),
      ),
  ],
  ["error", z.object({ type: z.literal("error"), description: text.default("") })],
  ["info", z.object({ type: z.literal("info"), name: text, value: text })],
]);

/** Reads one frame of the WebSocket: a text frame as its string, a binary frame as its bytes. Never throws. */
export function readRelayMessage(frame: string | Uint8Array): RelayMessage {
  if (typeof frame !== "string") return invalid("it is binary");
  if (frame.length > LONGEST_MESSAGE_CHARACTERS) return invalid("it is too long");
  let parsed: unknown;
  try {
    parsed = JSON.parse(frame);
  } catch {
    return invalid("it is not JSON");
  }
  const type = typeof parsed === "object" && parsed !== null ? (parsed as { readonly type?: unknown }).type : undefined;
  if (typeof type !== "string") return invalid("it has no type");
  const schema = MESSAGES.get(type);
  if (schema === undefined) return { type: "unknown" };
  const { data, error } = schema.safeParse(parsed);
  return data ?? invalid(`its ${String(error?.issues[0]?.path[0] ?? type)} is wrong`);
}

/** What a token is said with. */
export interface RelayTextOptions {
  /** The last token of a reply: what is not a whole sentence is said now. */
  readonly last: boolean;
  /** A tag such as `hi-IN`. */
  readonly language: string;
  /** Leave it out for what the TwiML says. */
  readonly interruptible?: boolean;
}

/** Says `token` behind all that was sent before. Tokens are put together as they are: blanks count. */
export function textMessage(token: string, { last, language, interruptible }: RelayTextOptions): string {
  return JSON.stringify({ type: "text", token, last, lang: language, interruptible });
}

/** From now on the caller is understood, and the agent speaks, in this language: a tag such as `hi-IN`. */
export function languageMessage(language: string): string {
  return JSON.stringify({ type: "language", ttsLanguage: language, transcriptionLanguage: language });
}

/** Presses keys: 0-9, *, #, and w for half a second. */
export function digitsMessage(digits: string): string {
  return JSON.stringify({ type: "sendDigits", digits });
}

/** Ends the session. What is given comes to the action of `<Connect>`. */
export function endMessage(handoffData?: string): string {
  return JSON.stringify({ type: "end", handoffData });
}

/**
 * An error's description without what was said in the call: Twilio repeats messages that it refuses, and they hold the
 * agent's words.
 */
export function plainDescription(description: string): string {
  const plain = description
    .replace(/[{["'][\s\S]*$/u, "…")
    .replace(/\d{5,}/gu, "…")
    .trim();
  return plain === "" ? "an error." : plain.slice(0, 200);
}

function invalid(reason: string): RelayMessage {
  return { type: "invalid", reason };
}

/** Without the fields that are undefined. */
function defined<Fields extends object>(fields: Fields): { [Key in keyof Fields]: Exclude<Fields[Key], undefined> } {
  const there = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(there) as { [Key in keyof Fields]: Exclude<Fields[Key], undefined> };
}
