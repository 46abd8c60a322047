import { z } from "zod";
import { BolchaalError } from "../../errors.js";
import type { CallerScript } from "../twilio-simulator/index.js";

const language = z.enum(["hi", "en", "hi-en"]);
const localized = z.union([z.string().min(1), z.strictObject({ en: z.string().min(1), hi: z.string().min(1) })]);
const pattern = z.string().refine(isPattern, "is no regular expression");

/** A call as data: what the agent answers, what the caller does, and what must be true of it afterwards. */
export const scenarioSchema = z.strictObject({
  /** For editors: where the schema stands. */
  $schema: z.string().optional(),
  name: z.string().min(1),
  agent: z
    .strictObject({
      /** The language the call starts in. @default "en" */
      language: language.optional(),
      greeting: localized.optional(),
      /** The first whose `if` (a regular expression, any case) is found in what the caller said answers; in the caller's language. */
      replies: z.array(
        z.strictObject({
          if: pattern.optional(),
          say: localized,
          /** The brain takes so long, in ms. */
          afterMs: z.number().nonnegative().optional(),
        }),
      ),
    })
    .describe("The agent: its brain is these replies."),
  /** What the caller does: a `CallerScript`. */
  caller: z.array(z.record(z.string(), z.unknown())),
  expect: z.strictObject({
    /** What was heard of the answers, one after another: a regular expression for each. */
    answers: z.array(pattern).optional(),
    /** The languages in which they were spoken. */
    spokenIn: z.array(language).optional(),
    /** The languages of the caller's turns. */
    turnsIn: z.array(language).optional(),
    /** So many times the caller interrupted the agent. */
    bargeIns: z.int().nonnegative().optional(),
    backchannels: z.int().nonnegative().optional(),
    /** The keys that were pressed, one after another. */
    dtmf: z.string().optional(),
    /** The prompts into the caller's silence. */
    silencePrompts: z.int().nonnegative().optional(),
    /** Why the call ended. */
    endReason: z.string().optional(),
  }),
});

/** A call as data. See the guide "Scenarios" for each field. */
export type Scenario = Omit<z.output<typeof scenarioSchema>, "caller"> & { readonly caller: CallerScript };

/**
 * Reads a scenario.
 * @param data What `JSON.parse` made of a file.
 * @throws BolchaalError `invalid-option` that names each fault.
 */
export function readScenario(data: unknown): Scenario {
  const checked = scenarioSchema.safeParse(data);
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
