import { Alarm } from "../../async.js";
import { createGain } from "../../audio/index.js";
import type { AudioTransport, Clock } from "../../spec/index.js";
import type { ReplyVolume } from "../conversation/index.js";
import { type HeardReply, PlaybackLedger } from "./playback-ledger.js";
import { type Playing, Sender, type SenderListener } from "./sender.js";
import type { Track } from "./track.js";

/** Marks may come so much later than the audio they stand behind should have ended; then it counts as played. */
export const MARK_GRACE_MS = 1_500;

/** What the player tells as a reply is played. */
export interface PlayerListener extends SenderListener {
  /** The track failed, or the line did. What was sent before is played all the same. */
  failed(error: unknown): void;
}

/** What a player is made of. */
export interface PlayerOptions {
  readonly transport: AudioTransport;
  readonly clock: Clock;
  /** How much softer a ducked reply is, in dB, negative. */
  readonly duckDb: number;
}

/** Plays tracks to the line, one at a time, and knows what of each was heard. */
export class Player {
  readonly #options: PlayerOptions;
  readonly #listener: PlayerListener;
  readonly #ledger = new PlaybackLedger();
  readonly #sender: Sender;
  #playing: Playing | undefined;
  /** The reply played last: what of it may still be heard. */
  #played: Track | undefined;
  #playedAtMs = 0;
  /** Wakes whoever waits for the last mark. */
  readonly #alarm = new Alarm();

  constructor(options: PlayerOptions, listener: PlayerListener) {
    this.#options = options;
    this.#listener = listener;
    const { transport, clock, duckDb } = options;
    const soften = createGain(transport.format, duckDb);
    this.#sender = new Sender(
      { transport, clock, ledger: this.#ledger, soften },
      {
        ...listener,
        started: (generation, atMs) => {
          this.#played = this.#playing?.track;
          listener.started(generation, atMs);
        },
      },
    );
  }

  /**
   * Plays a track until the caller has heard it out.
   * @throws signal.reason
   */
  async play(
    generation: number,
    track: Track,
    signal: AbortSignal,
  ): Promise<{ readonly heard: HeardReply; readonly failed: boolean }> {
    const playing: Playing = {
      generation,
      track,
      signal,
      gate: undefined,
      audible: false,
      broken: false,
      dry: false,
      unmarkedMs: 0,
      toldMs: this.#ledger.sentMs,
      volume: "full",
      duckedAtMs: undefined,
    };
    this.#playing = playing;
    let failed = false;
    do {
      try {
        await this.#sender.sendAll(playing);
      } catch (thrown) {
        signal.throwIfAborted();
        failed = true;
        track.abandon();
        this.#listener.failed(thrown);
      }
      await this.#heardOut(playing);
    } while (track.first !== undefined);
    const heard = this.#ledger.heard(generation, this.#now());
    this.#ledger.forget(generation);
    this.#playing = undefined;
    this.#playedAtMs = this.#now();
    return { heard, failed: failed || !playing.audible || playing.broken };
  }

  /** Keeps back the reply's sound before it begins. */
  hold(generation: number): void {
    const playing = this.#playingOf(generation);
    if (playing === undefined || playing.gate !== undefined) return;
    let release = () => {};
    const open = new Promise<void>((resolve) => {
      release = resolve;
    });
    playing.gate = { open, release };
  }

  release(generation: number): void {
    const playing = this.#playingOf(generation);
    playing?.gate?.release();
    if (playing !== undefined) playing.gate = undefined;
  }

  /**
   * The rest of the reply goes on softer, stands still, or goes on as loud as ever: the line is cleared, and what was not
   * heard is sent again. From where it is, or again from the word at which it was ducked; behind a standstill, from the
   * word that was cut.
   */
  setVolume(generation: number, volume: ReplyVolume, from: "here" | "ducked-word"): void {
    const playing = this.#playingOf(generation);
    if (playing === undefined || playing.volume === volume || !playing.audible) return;
    const hereMs = this.#ledger.playheadMs(this.#now());
    playing.duckedAtMs ??= hereMs;
    const againMs = from === "ducked-word" ? playing.duckedAtMs : playing.volume === "silent" ? hereMs : undefined;
    const fromMs = againMs === undefined ? hereMs : Math.min(hereMs, this.#ledger.wordStartMs(againMs));
    if (volume === "silent") this.hold(generation);
    else if (playing.volume === "silent") this.release(generation);
    if (volume === "full") playing.duckedAtMs = undefined;
    playing.volume = volume;
    this.#rewind(playing, Math.round(fromMs));
  }

  /** Silences the reply at once and for good, and tells what was heard of it. The signal it is played with is to be aborted then. */
  stop(generation: number): HeardReply {
    const heard = this.#ledger.heard(generation, this.#now());
    const playing = this.#playingOf(generation);
    if (playing === undefined) return heard;
    const unsent = playing.track.waitingTexts;
    this.#playing = undefined;
    if (playing.audible) {
      this.#played = undefined;
      this.#options.transport.clear();
      this.#ledger.clear();
    } else this.#ledger.forget(generation);
    playing.gate?.release();
    playing.track.abandon();
    return { ...heard, text: sentence(heard.text, ...unsent), unheardText: sentence(heard.unheardText, ...unsent) };
  }

  /** The carrier echoed a mark. */
  acknowledge(name: string): void {
    if (this.#ledger.acknowledge(name, this.#now())) this.#alarm.sound();
  }

  /** The caller hears a reply, or did within the last `lastMs`. */
  heardWithin(lastMs: number): boolean {
    if (this.#playing?.audible === true) return true;
    return this.#played !== undefined && this.#now() - this.#playedAtMs < lastMs;
  }

  /** The sound the caller has heard in the last `lastMs`, as far as it is still known: the line's format, full volume. */
  heardLately(lastMs: number): Uint8Array {
    const silentMs = this.#playing === undefined ? this.#now() - this.#playedAtMs : 0;
    const nowMs = this.#ledger.playheadMs(this.#now());
    return this.#played?.audioBetween(nowMs - lastMs + silentMs, nowMs) ?? new Uint8Array(0);
  }

  #now(): number {
    return this.#options.clock.now();
  }

  #playingOf(generation: number): Playing | undefined {
    return this.#playing?.generation === generation ? this.#playing : undefined;
  }

  #rewind(playing: Playing, positionMs: number): void {
    this.#options.transport.clear();
    this.#ledger.rewind(positionMs, this.#now());
    playing.unmarkedMs = 0;
    playing.track.rewind(positionMs);
    this.#alarm.sound();
  }

  /** Until the carrier has echoed the last mark, or should long have; or there is something to send again. */
  async #heardOut({ track, signal }: Playing): Promise<void> {
    const { clock } = this.#options;
    const until = clock.now() + this.#ledger.leadMs(clock.now()) + MARK_GRACE_MS;
    signal.throwIfAborted();
    while (!this.#ledger.settled && track.first === undefined && clock.now() < until) {
      await this.#alarm.sounded(clock, until, signal);
    }
    signal.throwIfAborted();
  }
}

function sentence(...texts: readonly string[]): string {
  return texts.filter((text) => text !== "").join(" ");
}
