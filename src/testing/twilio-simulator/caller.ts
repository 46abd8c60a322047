import { type CallerStep, DEFAULT_STEP_TIMEOUT_MS, describeStep, type StepLimit } from "./caller-script.js";
import type { Hearing } from "./hearing.js";
import type { Mouth } from "./mouth.js";
import type { PreparedStep } from "./prepare-script.js";

/** From one key to the next, in ms. */
export const KEY_PRESS_MS = 200;

/** How a step of the script went. All times in ms since the stream began. */
export interface StepReport {
  readonly step: CallerStep;
  readonly startMs: number;
  readonly endMs: number;
  /** When the caller began to speak in it, if it did. */
  readonly speechStartMs?: number;
  readonly timedOut: boolean;
}

/** The simulated caller's end of the line. */
export interface CallerLine {
  readonly mouth: Mouth;
  readonly hearing: Hearing;
  /** Somebody hears the caller, and acts on it. */
  readonly listening: boolean;
  press(digit: string): void;
  /** @param failure Why the script could not be done, if it could not. */
  hangUp(failure?: string): void;
}

/** A caller that goes through its script. */
export interface Caller {
  /** Time has come to `atMs`. Called every 20 ms, from 0 on. */
  tick(atMs: number): void;
  /** The steps done so far, and at the end the one that was cut off. */
  finish(atMs: number): readonly StepReport[];
}

/** A step in the doing. */
interface Doing {
  /** When the caller began to speak in it. */
  readonly speechStartMs?: number | undefined;
  /** Asked at every tick, the one it was begun at included. */
  isDone(atMs: number): boolean;
  /** @default never */
  readonly limit?: StepLimit | undefined;
}

export function createCaller(steps: readonly PreparedStep[], line: CallerLine): Caller {
  const reports: StepReport[] = [];
  let next = 0;
  let current: { readonly step: CallerStep; readonly startMs: number; readonly doing: Doing } | undefined;
  let over = false;

  function report(endMs: number, timedOut: boolean): void {
    if (current === undefined) return;
    const { step, startMs, doing } = current;
    const { speechStartMs } = doing;
    reports.push({ step, startMs, endMs, timedOut, ...(speechStartMs === undefined ? {} : { speechStartMs }) });
    current = undefined;
  }

  function begin(atMs: number): boolean {
    const prepared = steps[next];
    next += 1;
    if (prepared === undefined) return false;
    current = { step: prepared.step, startMs: atMs, doing: start(prepared, line, atMs) };
    return true;
  }

  function hangUp(failure?: string): void {
    over = true;
    line.hangUp(failure);
  }

  return {
    tick(atMs) {
      while (!over) {
        if (current === undefined && !begin(atMs)) return hangUp();
        const { step, startMs, doing } = current as NonNullable<typeof current>;
        const done = doing.isDone(atMs);
        const timedOut = !done && isOverdue(doing.limit, atMs - startMs);
        if (!done && !timedOut) return;
        report(atMs, timedOut);
        if ("hangUp" in step) hangUp();
        else if (timedOut && doing.limit?.onTimeout !== "continue")
          hangUp(`step ${reports.length}, ${describeStep(step)}, was not done within ${limitOf(doing.limit)} ms`);
      }
    },
    finish(atMs) {
      over = true;
      report(atMs, false);
      return reports;
    },
  };
}

function isOverdue(limit: StepLimit | undefined, tookMs: number): boolean {
  return limit !== undefined && tookMs >= limitOf(limit);
}

function limitOf(limit: StepLimit | undefined): number {
  return limit?.timeoutMs ?? DEFAULT_STEP_TIMEOUT_MS;
}

function start(prepared: PreparedStep, line: CallerLine, startMs: number): Doing {
  const { step } = prepared;
  if ("interruptAfterMs" in step) return interrupt(step, prepared, line);
  if ("say" in step || "sayWav" in step || "noise" in step) return speak(prepared, line, startMs);
  if ("press" in step) return press([...step.press], line, startMs);
  if ("pauseMs" in step) return { isDone: (atMs) => atMs - startMs >= step.pauseMs };
  if ("waitForEnd" in step) return { isDone: () => false, limit: step };
  if ("waitFor" in step) return { isDone: awaited(step.waitFor, line), limit: step };
  return { isDone: () => true };
}

function awaited(what: "agent-speech" | "agent-silence" | { readonly heardMs: number }, line: CallerLine) {
  const { hearing } = line;
  if (what === "agent-speech") return () => hearing.audible;
  if (what === "agent-silence") return () => hearing.finished && line.listening;
  return () => hearing.heardMs >= what.heardMs;
}

function speak({ sound, words }: PreparedStep, { mouth, hearing }: CallerLine, startMs: number): Doing {
  mouth.speak(sound, words);
  return {
    speechStartMs: startMs,
    isDone: () => {
      if (!mouth.speaking) hearing.forgetWhatWasSaid();
      return !mouth.speaking;
    },
  };
}

function interrupt(
  step: { readonly interruptAfterMs: number } & StepLimit,
  prepared: PreparedStep,
  line: CallerLine,
): Doing {
  let speaking: Doing | undefined;
  return {
    get limit() {
      return speaking === undefined ? step : undefined;
    },
    get speechStartMs() {
      return speaking?.speechStartMs;
    },
    isDone: (atMs) => {
      if (speaking === undefined && line.hearing.heardMs >= step.interruptAfterMs)
        speaking = speak(prepared, line, atMs);
      return speaking?.isDone(atMs) ?? false;
    },
  };
}

function press(digits: readonly string[], line: CallerLine, startMs: number): Doing {
  let pressed = 0;
  return {
    isDone: (atMs) => {
      for (; pressed < digits.length && atMs - startMs >= pressed * KEY_PRESS_MS; pressed += 1)
        line.press(digits[pressed] as string);
      return atMs - startMs >= digits.length * KEY_PRESS_MS;
    },
  };
}
