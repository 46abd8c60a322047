import { BolchaalError } from "../../errors.js";
import type { CallerScript } from "./caller-script.js";
import type { CarrierFaults, CarrierPacing } from "./carrier-faults.js";
import type { EchoPath } from "./echo-path.js";
import type { CallerVoices } from "./prepare-script.js";

/** The agent has stopped speaking when nothing was heard of it for so long, in ms. */
export const DEFAULT_AGENT_SILENCE_MS = 600;

/** Twilio ends a call after so long, in ms: four hours. */
export const DEFAULT_CALL_TIME_LIMIT_MS = 14_400_000;

/** One simulated call. */
export interface SimulatedCallOptions extends CallerVoices {
  /** @default the caller listens until the agent ends the call */
  readonly script?: CallerScript;
  /** @default DEFAULT_AGENT_SILENCE_MS */
  readonly agentSilenceMs?: number;
  /** Between the caller's words there is pink noise at this level, in dBFS. @default pure silence */
  readonly comfortNoiseDbfs?: number;
  /** The caller's phone lets its own loudspeaker be heard. @default none */
  readonly echo?: EchoPath;
  /** How the caller's sound arrives. @default a frame each 20 ms */
  readonly pacing?: CarrierPacing;
  /** How the carrier misbehaves. @default not at all */
  readonly faults?: CarrierFaults;
  /** @default DEFAULT_CALL_TIME_LIMIT_MS */
  readonly timeLimitMs?: number;
  /** Keeps both sides' sound for the report. @default true */
  readonly record?: boolean;
  /** Of all that looks random: noise, jitter. @default 1 */
  readonly seed?: number;
}

/** The options with every default in its place. */
export interface ResolvedCall {
  readonly script: CallerScript;
  readonly agentSilenceMs: number;
  readonly comfortNoiseDbfs: number | undefined;
  readonly echo: EchoPath | undefined;
  readonly pacing: CarrierPacing;
  readonly faults: CarrierFaults;
  readonly timeLimitMs: number;
  readonly record: boolean;
  readonly seed: number;
}

export function resolveCall(options: SimulatedCallOptions): ResolvedCall {
  const { timeLimitMs = DEFAULT_CALL_TIME_LIMIT_MS } = options;
  const listen: CallerScript = [{ waitForEnd: true, timeoutMs: timeLimitMs }];
  return Object.freeze({
    script: options.script ?? listen,
    agentSilenceMs: options.agentSilenceMs ?? DEFAULT_AGENT_SILENCE_MS,
    comfortNoiseDbfs: options.comfortNoiseDbfs,
    echo: options.echo,
    pacing: options.pacing ?? {},
    faults: options.faults ?? {},
    timeLimitMs,
    record: options.record ?? true,
    seed: options.seed ?? 1,
  });
}

/** An error of the simulated call itself. */
export function simulationFailed(message: string, cause?: unknown): BolchaalError {
  return new BolchaalError(message, { code: "simulation-failed", component: "testing", cause });
}

/** @param report Goes along as the error's cause, to look into. */
export function scriptFailed(failure: string, report: unknown): BolchaalError {
  return simulationFailed(
    `The caller's script could not be done: ${failure}. Look at the report in this error's cause.`,
    report,
  );
}
