import type { Language } from "../../../spec/index.js";
import type { CallerScript } from "../caller-script.js";
import type { SimulatedCallOptions } from "../options.js";
import { DEFAULT_DIALED_PARTY_RINGS_MS } from "../verbs/dialed-party.js";
import { beep } from "./beep.js";

/** What becomes of a call to a number. */
export type Callee = PersonCallee | MachineCallee | BusyCallee | UnansweredCallee | FailingCallee | RefusedCallee;

/** Somebody, or something, that picks up. */
export interface AnsweringCallee {
  /** Until then it rings, in ms. @default DEFAULT_CALLEE_RINGS_MS */
  readonly ringsMs?: number;
  /** What Twilio takes them for if it is asked to, instead of what it would. @default by what it hears */
  readonly detectedAs?: AnsweredBy;
  /** Whatever else is special in this call, such as faults of the stream. @default nothing */
  readonly call?: SimulatedCallOptions;
}

/** Somebody picks up. */
export interface PersonCallee extends AnsweringCallee {
  /** @default "answers" */
  readonly outcome?: "answers";
  /** What they do. @default DEFAULT_PERSON_SCRIPT */
  readonly script?: CallerScript;
}

/** An answering machine picks up: it says its announcement, beeps, and records. */
export interface MachineCallee extends AnsweringCallee {
  readonly outcome: "machine";
  readonly announcement: string;
  /** Of the announcement. @default the simulated caller's own */
  readonly language?: Language;
  /** @default true */
  readonly beeps?: boolean;
  /** It records for so long, in ms, then hangs up. @default DEFAULT_MACHINE_RECORDS_MS */
  readonly recordsMs?: number;
}

/** The line is busy. */
export interface BusyCallee {
  readonly outcome: "busy";
  /** Until that is known, in ms. @default DEFAULT_CALLEE_RINGS_MS */
  readonly ringsMs?: number;
}

/** Nobody picks up: it rings until `Timeout`. */
export interface UnansweredCallee {
  readonly outcome: "no-answer";
}

/** The call cannot be put through. */
export interface FailingCallee {
  readonly outcome: "failed";
  /** What the callee's network says. @default 404 */
  readonly sipResponseCode?: number;
}

/** Twilio does not take the call: the request to create it is answered with an error. */
export interface RefusedCallee {
  readonly outcome: "refused";
  /** 21211: invalid. 21214: unreachable. 21215: no permission for the country. 21216: not allowed. 21217: does not exist. 21219: not verified, on trial. */
  readonly code: RefusalCode;
}

/** See {@link RefusedCallee}. */
export type RefusalCode = 21211 | 21214 | 21215 | 21216 | 21217 | 21219;

/** Whom Twilio takes the one for who picked up. */
export type AnsweredBy =
  | "human"
  | "machine_start"
  | "machine_end_beep"
  | "machine_end_silence"
  | "machine_end_other"
  | "fax"
  | "unknown";

/** Who is called lets it ring so long, in ms. */
export const DEFAULT_CALLEE_RINGS_MS: number = DEFAULT_DIALED_PARTY_RINGS_MS;

/** Somebody who says hello, and listens until the other hangs up. */
export const DEFAULT_PERSON_SCRIPT: CallerScript = [{ say: "hello" }, { waitForEnd: true, timeoutMs: 14_400_000 }];

/** An answering machine records so long, in ms. */
export const DEFAULT_MACHINE_RECORDS_MS = 120_000;

/** What is heard and done at the other end once it is picked up. */
export function scriptOf(callee: PersonCallee | MachineCallee): CallerScript {
  if (callee.outcome !== "machine") return callee.script ?? DEFAULT_PERSON_SCRIPT;
  const { announcement, language, beeps = true, recordsMs = DEFAULT_MACHINE_RECORDS_MS } = callee;
  return [
    { say: announcement, ...(language === undefined ? {} : { language }) },
    ...(beeps ? [{ sayWav: beep() }] : []),
    { waitForEnd: true, timeoutMs: recordsMs, onTimeout: "continue" },
  ];
}
