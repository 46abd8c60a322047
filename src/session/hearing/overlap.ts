import { type EchoLikeness, echoLikeness } from "../../audio/echo.js";
import { concatBytes, convertAudio, createSampleReader, durationMs, PCM_8K, rmsDbfs } from "../../audio/index.js";
import type { AudioFormat } from "../../spec/index.js";

/** The agent's own voice, as the caller hears it. */
export interface AgentSound {
  /** The agent was heard within the last `lastMs`. */
  heardWithin(lastMs: number): boolean;
  /** What was heard of it in the last `lastMs`, in the line's format. */
  heardLately(lastMs: number): Uint8Array;
}

/** An echo comes back within this: the phone, its room, and both ways through the network. */
export const LONGEST_ECHO_MS = 700;

/** So much of the newest sound is looked for in what the agent said … */
const ECHO_WINDOW_MS = 120;
/** … every so many frames. */
const ECHO_EVERY_FRAMES = 3;

/** An echo is so like the agent's voice, and so much softer than it was sent. */
const ECHO_CORRELATION = 0.7;
const ECHO_GAIN_DB = -6;

/** The newest sound is this loud … */
const LEVEL_WINDOW_MS = 60;
/** … and who is so much softer than the caller has been is not the caller: a television, people in the room. */
const FAINT_DB = 14;

/** The caller's level is that of the loud vowels: it rises fast with each frame that is louder, and falls slowly. */
const LEVEL_RISE = 0.3;
const LEVEL_FALL = 0.005;

const SAMPLES_PER_MS = 8;

/** An echo is looked for so close to where it was last. */
const LAG_SLACK_SAMPLES = 20 * SAMPLES_PER_MS;

/**
 * Tells whether speech that is heard while the agent speaks is the caller's: not the agent's echo, and nobody far behind
 * the caller. Learns how loud the caller is.
 */
export class OverlapJudge {
  readonly #agent: AgentSound;
  readonly #format: AudioFormat;
  #newest: Uint8Array[] = [];
  #newestMs = 0;
  #callerDbfs: number | undefined;
  #framesUntilEcho = 0;
  /** How late the echo was, where one was found. */
  #lagSamples: number | undefined;

  constructor(format: AudioFormat, agent: AgentSound) {
    this.#format = format;
    this.#agent = agent;
  }

  /** The caller's line gave this. */
  hear(audio: Uint8Array): void {
    this.#newest.push(audio);
    this.#newestMs += durationMs(audio.length, this.#format);
    for (let oldest = this.#newest[0]; oldest !== undefined; oldest = this.#newest[0]) {
      const oldestMs = durationMs(oldest.length, this.#format);
      if (this.#newestMs - oldestMs < ECHO_WINDOW_MS) return;
      this.#newest.shift();
      this.#newestMs -= oldestMs;
    }
  }

  /** The agent is heard, or its echo may still come. */
  get agentHeard(): boolean {
    return this.#agent.heardWithin(LONGEST_ECHO_MS);
  }

  /** A frame of the caller's voice, with nobody else's. */
  learn(frame: Int16Array): void {
    const dbfs = Math.max(-90, rmsDbfs(frame));
    this.#callerDbfs ??= dbfs;
    const change = dbfs - this.#callerDbfs;
    this.#callerDbfs += change * (change > 0 ? LEVEL_RISE : LEVEL_FALL);
  }

  /** Speech was heard in the newest frame, and was not the caller's before. Is it now? */
  isCaller(firstFrame: boolean): boolean {
    if (!this.agentHeard) return true;
    if (firstFrame) this.#framesUntilEcho = 0;
    const newest = this.#samplesOf(concatBytes(...this.#newest));
    const level = rmsDbfs(newest.subarray(-LEVEL_WINDOW_MS * SAMPLES_PER_MS));
    if (this.#callerDbfs !== undefined && level < this.#callerDbfs - FAINT_DB) return false;
    this.#framesUntilEcho -= 1;
    if (this.#framesUntilEcho > 0) return false;
    this.#framesUntilEcho = ECHO_EVERY_FRAMES;
    return !this.#isEcho(newest.subarray(-ECHO_WINDOW_MS * SAMPLES_PER_MS));
  }

  #isEcho(newest: Int16Array): boolean {
    const played = this.#samplesOf(this.#agent.heardLately(LONGEST_ECHO_MS + ECHO_WINDOW_MS));
    return this.#isEchoAsBefore(newest, played) || this.#isEchoAnywhere(newest, played);
  }

  /** A phone's echo keeps its delay: near it the look takes a fifteenth of the time. */
  #isEchoAsBefore(newest: Int16Array, played: Int16Array): boolean {
    if (this.#lagSamples === undefined) return false;
    const end = Math.min(played.length, played.length - this.#lagSamples + LAG_SLACK_SAMPLES);
    const near = played.subarray(Math.max(0, end - newest.length - 2 * LAG_SLACK_SAMPLES), end);
    return isEcho(echoLikeness(newest, near));
  }

  #isEchoAnywhere(newest: Int16Array, played: Int16Array): boolean {
    const likeness = echoLikeness(newest, played);
    if (!isEcho(likeness)) return false;
    this.#lagSamples = likeness.lagSamples;
    return true;
  }

  #samplesOf(sound: Uint8Array): Int16Array {
    return createSampleReader().read(convertAudio(sound, this.#format, PCM_8K));
  }
}

function isEcho({ correlation, gainDb }: EchoLikeness): boolean {
  return correlation >= ECHO_CORRELATION && gainDb <= ECHO_GAIN_DB;
}
