import { bytesPerSample, readWav } from "../../../audio/index.js";
import { DEFAULT_WORD_MS } from "../../scripted/text-to-speech.js";
import type { CallerScript, CallerStep } from "../caller-script.js";

/** A sound of which only the file's path is known counts as so long, in ms. */
const UNKNOWN_SOUND_MS = 1_000;

/** The beginning of a script that waits for nothing the agent does: what is heard however the call goes on. */
export interface LeadIn {
  /** Before the first word. */
  readonly silenceMs: number;
  /** The first words, up to a pause or a beep. 0: none come. */
  readonly speechMs: number;
}

/** What is heard at the other end before the agent does anything. Words are as long as the scripted voice's. */
export function leadInOf(script: CallerScript): LeadIn {
  const steps = stepsAhead(script);
  const first = steps.findIndex((step) => "say" in step);
  if (first < 0) return { silenceMs: sum(steps), speechMs: 0 };
  const behind = steps.findIndex((step, place) => place > first && !("say" in step));
  return { silenceMs: sum(steps.slice(0, first)), speechMs: sum(steps.slice(first, behind < 0 ? undefined : behind)) };
}

/** What is left of a script when `ms` of its lead-in are over. A word that has begun has been said. */
export function scriptBehind(script: CallerScript, ms: number): CallerScript {
  const [step, ...rest] = script;
  if (step === undefined || ms <= 0) return script;
  const stepMs = lengthOf(step);
  if (stepMs === undefined) return script;
  if (ms >= stepMs) return scriptBehind(rest, ms - stepMs);
  if ("pauseMs" in step) return [{ pauseMs: step.pauseMs - ms }, ...rest];
  if ("say" in step)
    return [
      {
        ...step,
        say: wordsOf(step.say)
          .slice(Math.ceil(ms / DEFAULT_WORD_MS))
          .join(" "),
      },
      ...rest,
    ].filter(saysSomething);
  return rest;
}

function saysSomething(step: CallerStep): boolean {
  return !("say" in step) || step.say !== "";
}

function stepsAhead(script: CallerScript): CallerScript {
  const end = script.findIndex((step) => lengthOf(step) === undefined);
  return end < 0 ? script : script.slice(0, end);
}

/** @returns undefined if it depends on the agent. */
function lengthOf(step: CallerStep): number | undefined {
  if ("interruptAfterMs" in step) return undefined;
  if ("pauseMs" in step) return step.pauseMs;
  if ("say" in step) return wordsOf(step.say).length * DEFAULT_WORD_MS;
  if ("sayWav" in step) return typeof step.sayWav === "string" ? UNKNOWN_SOUND_MS : wavMs(step.sayWav);
  return "noise" in step ? step.ms : undefined;
}

function wavMs(file: Uint8Array): number {
  const { format, channels, data } = readWav(file);
  return (1_000 * data.length) / (bytesPerSample(format) * channels * format.rate);
}

function wordsOf(text: string): string[] {
  return text.trim().split(/\s+/u);
}

function sum(steps: CallerScript): number {
  return steps.reduce((ms, step) => ms + (lengthOf(step) ?? 0), 0);
}
