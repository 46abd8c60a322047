import { z } from "zod";
import { BolchaalError } from "../../errors.js";
import type { Language, Localized } from "../../spec/index.js";
import type { CallerScript } from "../twilio-simulator/index.js";

/** A call as data: what the agent answers, what the caller does, and what must be true of it afterwards. */
export interface Scenario {
  readonly name: string;
  readonly agent: {
    /** The language the call starts in. @default "en" */
    readonly language?: Language | undefined;
    readonly greeting?: Localized | undefined;
    /** The first whose `if` is found in what the caller said answers, in the caller's language. */
    readonly replies: readonly ScenarioReply[];
  };
  readonly caller: CallerScript;
  readonly expect: ScenarioExpectations;
}

/** An answer of a scenario's agent. */
export interface ScenarioReply {
  /** A regular expression, any case. @default it fits always */
  readonly if?: string | undefined;
  readonly say: Localized;
  /** The brain takes so long, in ms. @default 0 */
  readonly afterMs?: number | undefined;
}

/** What must be true of a scenario's call. What is left out is not checked. */
export interface ScenarioExpectations {
  /** What was heard of the answers, one after another: a regular expression for each. */
  readonly answers?: readonly string[] | undefined;
  /** The languages in which they were spoken. */
  readonly spokenIn?: readonly Language[] | undefined;
  /** The languages of the caller's turns. */
  readonly turnsIn?: readonly Language[] | undefined;
  /** So many times the caller interrupted the agent. */
  readonly bargeIns?: number | undefined;
  readonly backchannels?: number | undefined;
  /** The keys that were pressed, one after another. */
  readonly dtmf?: string | undefined;
  /** The prompts into the caller's silence. */
  readonly silencePrompts?: number | undefined;
  /** Why the call ended: a `CallEndReason`. */
  readonly endReason?: string | undefined;
}

const language = z.enum(["hi", "en", "hi-en"]);
const localized = z.union([z.string().min(1), z.strictObject({ en: z.string().min(1), hi: z.string().min(1) })]);
const pattern = z.string().refine(isPattern, "is no regular expression");
const count = z.int().nonnegative();

const SCENARIO = z.strictObject({
  name: z.string().min(1),
  agent: z.strictObject({
    language: language.optional(),
    greeting: localized.optional(),
    replies: z.array(
      z.strictObject({ if: pattern.optional(), say: localized, afterMs: z.number().nonnegative().optional() }),
    ),
  }),
  // The steps are checked before the call, with the rest of the script.
  caller: z.array(z.record(z.string(), z.unknown())),
  expect: z.strictObject({
    answers: z.array(pattern).optional(),
    spokenIn: z.array(language).optional(),
    turnsIn: z.array(language).optional(),
    bargeIns: count.optional(),
    backchannels: count.optional(),
    dtmf: z.string().optional(),
    silencePrompts: count.optional(),
    endReason: z.string().optional(),
  }),
});

/**
 * Reads a scenario.
 * @param data What `JSON.parse` made of a file.
 * @throws BolchaalError `invalid-option` that names each fault.
 */
export function readScenario(data: unknown): Scenario {
  const checked = SCENARIO.safeParse(data);
  if (checked.success) return checked.data as unknown as Scenario;
  throw new BolchaalError(`The scenario is wrong. Mend these:\n${z.prettifyError(checked.error)}`, {
    code: "invalid-option",
    component: "testing",
  });
}

function isPattern(text: string): boolean {
  try {
    new RegExp(text, "iu");
    return true;
  } catch {
    return false;
  }
}
