import { z } from "zod";
import type { Localized, Tool, ToolContext } from "../spec/index.js";
import { defineTool } from "./define-tool.js";

/** Lets the agent hang up: its last words are played out before. */
export function endCallTool(): Tool {
  return defineTool({
    name: "end_call",
    description:
      "Hang up. Only when the conversation is over: say goodbye to the caller in words, and call this in the same answer.",
    run(_input, { request }) {
      request({ type: "end-call" });
      return "The call ends after your last words. Say goodbye if you have not yet.";
    },
    filler: false,
  });
}

/** Lets the agent change the call's language when the caller asks for it in words that the session does not know. */
export function switchLanguageTool(): Tool {
  return defineTool({
    name: "switch_language",
    description:
      "Go on in another language, when the caller asks for it: hi is Hindi, en is English, hi-en is the mix.",
    input: z.object({ language: z.enum(["hi", "en", "hi-en"]) }),
    run({ language }, { request }) {
      request({ type: "switch-language", language });
      return `From now on speak ${{ hi: "Hindi, in Devanagari", en: "English", "hi-en": "Hinglish" }[language]}.`;
    },
    sideEffect: false,
    filler: false,
  });
}

/** Of {@link transferTool}. */
export interface TransferToolOptions {
  /** Whom the call can go to: what the model says, and what `transfer` is given, such as a number in E.164. */
  readonly destinations: Readonly<Record<string, string>>;
  /** Does it. @throws what the model is told. */
  readonly transfer: (
    request: { readonly to: string; readonly destination: string; readonly summary: string },
    context: ToolContext,
  ) => Promise<unknown> | unknown;
  readonly filler?: Localized | false;
}

/** Lets the agent hand the call to a person. */
export function transferTool({ destinations, transfer, filler }: TransferToolOptions): Tool {
  const names = Object.keys(destinations) as [string, ...string[]];
  return defineTool({
    name: "transfer_call",
    description:
      "Hand the call to a person, when the caller asks for one or you cannot help. Tell the caller before. Give the person a summary.",
    input: z.object({ destination: z.enum(names), summary: z.string().min(1) }),
    run: ({ destination, summary }, context) =>
      transfer({ to: destinations[destination] as string, destination, summary }, context),
    ...(filler === undefined ? {} : { filler }),
  });
}

/** Of {@link sendDigitsTool}. */
export interface SendDigitsToolOptions {
  /** Presses the keys. @throws what the model is told. */
  readonly send: (digits: string, context: ToolContext) => Promise<unknown> | unknown;
}

/** Lets the agent press keys, for a menu at the other end. */
export function sendDigitsTool({ send }: SendDigitsToolOptions): Tool {
  return defineTool({
    name: "send_digits",
    description: "Press keys of the phone, for an automatic menu: 0-9, *, #, and w to wait half a second.",
    input: z.object({ digits: z.string().regex(/^[0-9*#w]{1,32}$/) }),
    run: ({ digits }, context) => send(digits, context),
    filler: false,
  });
}

/** A promise to call again. */
export interface Callback {
  /** When, with its offset from UTC. */
  readonly at: Date;
  readonly reason: string;
}

/** Of {@link scheduleCallbackTool}. */
export interface ScheduleCallbackToolOptions {
  /** Writes it down. @throws what the model is told. */
  readonly schedule: (callback: Callback, context: ToolContext) => Promise<unknown> | unknown;
  /** Tells what time it is. @default the system's time */
  readonly now?: () => Date;
}

/** Lets the agent promise a call at another time. */
export function scheduleCallbackTool({ schedule, now = () => new Date() }: ScheduleCallbackToolOptions): Tool {
  return defineTool({
    name: "schedule_callback",
    description:
      "Promise to call again at a time that the caller named. `at` is ISO 8601 with the caller's offset from UTC, such as 2026-11-24T17:30:00+05:30. If you do not know today's date, call it with your best guess: it tells the time.",
    input: z.object({ at: z.iso.datetime({ offset: true }), reason: z.string().min(1) }),
    async run({ at, reason }, context) {
      const time = new Date(at);
      if (time <= now())
        throw new Error(`${at} is in the past; it is ${now().toISOString()} now. Ask for another time.`);
      const given = await schedule({ at: time, reason }, context);
      return given ?? `Noted: the callback is at ${at}.`;
    },
  });
}
