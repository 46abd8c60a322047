import { BolchaalError } from "../../errors.js";
import type { Language } from "../../spec/index.js";

/** What a simulated caller does, step by step, as data. When the last step is done, the caller hangs up. */
export type CallerScript = readonly CallerStep[];

/** One step of a {@link CallerScript}. */
export type CallerStep =
  | SayStep
  | SayWavStep
  | WaitStep
  | PauseStep
  | InterruptStep
  | PressStep
  | NoiseStep
  | HangUpStep
  | WaitForEndStep;

/** Says a text. Done when it has been said. */
export interface SayStep {
  readonly say: string;
  /** @default the caller's `language` */
  readonly language?: Language;
  /** One of the caller's `voices`. @default the caller's `voice` */
  readonly voice?: string;
  /** How sure a carrier that recognises is of the words, 0 to 1. Nothing on a stream. @default DEFAULT_CONFIDENCE */
  readonly confidence?: number;
  /** What such a carrier understands instead; blank: a voice without words. @default the text */
  readonly misheard?: string;
}

/** Plays a WAV file, by path or content, as the caller's voice. */
export interface SayWavStep {
  readonly sayWav: string | Uint8Array;
  /** What a carrier that recognises understands. @default nothing: it is a noise */
  readonly text?: string;
}

/**
 * Waits.
 * - `agent-speech`: until the agent can be heard; at once if it can be heard now.
 * - `agent-silence`: until the agent, having spoken since the caller last did, has been silent for `agentSilenceMs`,
 *   and somebody listens: the app on a stream, or a carrier that recognises.
 * - `heardMs`: until so much of the agent's voice was heard since the caller last spoke.
 *
 * What the agent was still saying when the caller had spoken counts only if it goes on for a second: else it is taken
 * as interrupted.
 */
export interface WaitStep extends StepLimit {
  readonly waitFor: "agent-speech" | "agent-silence" | { readonly heardMs: number };
}

/** Stays silent for so long, in ms. */
export interface PauseStep {
  readonly pauseMs: number;
}

/** Lets the agent be heard for `interruptAfterMs` since the caller last spoke, then speaks over it. */
export interface InterruptStep extends SayStep, StepLimit {
  readonly interruptAfterMs: number;
}

/** Presses keys, one after another: `0`–`9`, `*`, `#`, `A`–`D`. */
export interface PressStep {
  readonly press: string;
}

/** Lets noise be heard instead of a voice. */
export interface NoiseStep {
  readonly noise: "white" | "pink" | "brown";
  readonly ms: number;
  /** Root mean square, in dBFS. */
  readonly levelDbfs: number;
}

/** Puts the phone down. */
export interface HangUpStep {
  readonly hangUp: true;
}

/** Waits for the agent to end the call. */
export interface WaitForEndStep extends StepLimit {
  readonly waitForEnd: true;
}

/** How long a step that waits may take. */
export interface StepLimit {
  /** @default DEFAULT_STEP_TIMEOUT_MS */
  readonly timeoutMs?: number;
  /** When the time is up: the simulated call fails, or the caller goes on with the next step. @default "fail" */
  readonly onTimeout?: "fail" | "continue";
}

/** How sure a carrier is of what it recognises, unless the step says so. */
export const DEFAULT_CONFIDENCE = 0.92;

/** How long a step waits if it does not say, in ms. */
export const DEFAULT_STEP_TIMEOUT_MS = 30_000;

const KINDS = [
  "interruptAfterMs",
  "say",
  "sayWav",
  "waitFor",
  "pauseMs",
  "press",
  "noise",
  "hangUp",
  "waitForEnd",
] as const;

/** The field that tells which step it is. */
export type StepKind = (typeof KINDS)[number];

/**
 * Looks through a script before the call, so that a slip in it does not show in the middle of one.
 * @throws BolchaalError `invalid-option` naming the step.
 */
export function checkScript(script: CallerScript): void {
  for (const [index, step] of script.entries()) {
    const fault = faultOf(step);
    if (fault !== undefined) throw badStep(index, fault);
  }
}

/** A step in a few words, for reports. */
export function describeStep(step: CallerStep): string {
  return JSON.stringify(step, (_, value: unknown) => (value instanceof Uint8Array ? `${value.length} bytes` : value));
}

/** @returns undefined if the step is none the caller knows. */
export function kindOf(step: CallerStep): StepKind | undefined {
  return KINDS.find((kind) => kind in step);
}

function faultOf(step: CallerStep): string | undefined {
  const kind = kindOf(step);
  if (kind === undefined) return "is none the caller knows";
  if ("say" in step && (typeof step.say !== "string" || step.say.trim() === "")) return "says nothing";
  if ("press" in step && !/^[\d*#A-D]+$/.test(step.press)) return "presses what is no key";
  if ("confidence" in step && !(Number(step.confidence) >= 0 && Number(step.confidence) <= 1))
    return "has a wrong confidence";
  const times = [
    ["pauseMs", "pauseMs" in step ? step.pauseMs : 0],
    ["ms", "ms" in step ? step.ms : 0],
    ["interruptAfterMs", "interruptAfterMs" in step ? step.interruptAfterMs : 0],
    ["timeoutMs", "timeoutMs" in step ? (step.timeoutMs ?? 0) : 0],
  ] as const;
  const wrong = times.find(([, time]) => !(typeof time === "number" && time >= 0));
  return wrong === undefined ? undefined : `has a wrong ${wrong[0]}`;
}

/** An error about step `index` of a script. */
export function badStep(index: number, fault: string): BolchaalError {
  return new BolchaalError(`Step ${index + 1} of the caller's script ${fault}. Mend the script.`, {
    code: "invalid-option",
    component: "testing",
  });
}
