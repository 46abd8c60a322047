import { Alarm, wait } from "../../async.js";
import { bytesForMs, createGain, durationMs } from "../../audio/index.js";
import { BolchaalError } from "../../errors.js";
import type { AudioTransport, Clock } from "../../spec/index.js";
import type { ReplyVolume } from "../conversation/index.js";
import { type HeardReply, PlaybackLedger } from "./playback-ledger.js";
import type { Track } from "./track.js";

/** Once the line is this far ahead of the caller's ear, audio goes to it in stretches of about this long: one message each, few enough not to make the carrier stutter. */
export const SEND_MS = 100;

/** A mark follows about every so much audio, and every piece. */
export const MARK_EVERY_MS = 400;

/** At most so much audio is on the line and not yet played; the voice waits. */
export const LONGEST_LEAD_MS = 30_000;

/** Marks may come so much later than the audio they stand behind should have ended; then it counts as played. */
export const MARK_GRACE_MS = 1_500;

/** What was played is kept so long: to tell its echo, and to begin a word again. */
export const KEEP_PLAYED_MS = 1_500;

/** A line that takes nothing is tried again after this … */
const RETRY_MS = 100;
/** … for so long. */
const RETRY_FOR_MS = 5_000;

/** What the player tells as a reply is played. */
export interface PlayerListener {
  /** The first sound went to the line. */
  started(generation: number, atMs: number): void;
  /** The caller will have heard all there is at `fromMs`, and more is to come; it has come. */
  dry(generation: number, fromMs: number): void;
  flows(generation: number): void;
  /** A stretch of sound went to the line for the first time. */
  audio(generation: number, audio: Uint8Array): void;
  /** The track failed, or the line did. What was sent before is played all the same. */
  failed(error: unknown): void;
  /** An item of the track that tells of a failure. */
  warned(error: BolchaalError): void;
}

/** What a player is made of. */
export interface PlayerOptions {
  readonly transport: AudioTransport;
  readonly clock: Clock;
  /** How much softer a ducked reply is, in dB, negative. */
  readonly duckDb: number;
}

/** The reply being played. */
interface Playing {
  readonly generation: number;
  readonly track: Track;
  readonly signal: AbortSignal;
  /** Set while the reply is held. */
  gate: { readonly open: Promise<void>; readonly release: () => void } | undefined;
  audible: boolean;
  /** The voice failed, and nothing was heard since. */
  broken: boolean;
  /** All there was went to the line, and the listener knows. */
  dry: boolean;
  /** Audio sent since the last mark. */
  unmarkedMs: number;
  /** So much of the reply's audio went to the line at least once: the place on the line up to which all was told. */
  toldMs: number;
  volume: ReplyVolume;
  /** Where the caller was when the reply was ducked, while it is. */
  duckedAtMs: number | undefined;
}

/** Plays tracks to the line, one at a time, and knows what of each was heard. */
export class Player {
  readonly #options: PlayerOptions;
  readonly #listener: PlayerListener;
  readonly #ledger = new PlaybackLedger();
  readonly #soften: (audio: Uint8Array) => Uint8Array;
  #playing: Playing | undefined;
  /** The reply played last: what of it may still be heard. */
  #played: Track | undefined;
  #playedAtMs = 0;
  #marks = 0;
  /** Wakes whoever waits for the last mark. */
  readonly #alarm = new Alarm();

  constructor(options: PlayerOptions, listener: PlayerListener) {
    this.#options = options;
    this.#listener = listener;
    this.#soften = createGain(options.transport.format, options.duckDb);
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
        await this.#sendAll(playing);
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

  /** Everything there is. While the line is nearly empty each chunk goes at once, later in longer stretches. */
  async #sendAll(playing: Playing): Promise<void> {
    const { track, signal } = playing;
    const { clock, transport } = this.#options;
    const sendBytes = bytesForMs(SEND_MS, transport.format);
    let stuckMs = 0;
    while (!track.ended) {
      if (track.first === undefined) {
        this.#tellDry(playing);
        await track.changed();
      } else if (track.first.type !== "audio") this.#take(playing);
      else if (playing.gate !== undefined) await playing.gate.open;
      else {
        const leadMs = this.#ledger.leadMs(this.#now());
        const { audio, more } = track.nextAudio(sendBytes);
        if (more === "nothing-yet" && audio.length < sendBytes && leadMs >= SEND_MS) await track.changed();
        else if (leadMs > LONGEST_LEAD_MS) await wait(clock, leadMs - LONGEST_LEAD_MS, signal);
        else if (this.#send(playing, audio)) stuckMs = 0;
        else if (stuckMs >= RETRY_FOR_MS) throw lineIsStuck(transport.name);
        else {
          stuckMs += RETRY_MS;
          await wait(clock, RETRY_MS, signal);
        }
      }
      signal.throwIfAborted();
    }
    this.#endPiece(playing);
  }

  #tellDry(playing: Playing): void {
    if (!playing.audible || playing.dry) return;
    playing.dry = true;
    const nowMs = this.#now();
    this.#listener.dry(playing.generation, nowMs + Math.max(0, this.#ledger.leadMs(nowMs)));
  }

  #take(playing: Playing): void {
    const { track, generation } = playing;
    const item = track.take(this.#ledger.sentMs);
    if (item?.type === "words") this.#ledger.addWords(item.words);
    else if (item?.type === "failure") {
      playing.broken = true;
      this.#ledger.breakPiece();
      this.#listener.warned(item.error);
    } else if (item?.type === "tone") this.#sendTone(playing, item.audio);
    else if (item?.type === "piece") {
      this.#endPiece(playing);
      this.#ledger.beginPiece(generation, item.text);
    }
  }

  /** @returns false if the line takes nothing now. */
  #send(playing: Playing, audio: Uint8Array): boolean {
    const { transport } = this.#options;
    const { generation, track } = playing;
    if (!transport.sendAudio(playing.volume === "full" ? audio : this.#soften(audio))) return false;
    playing.broken = false;
    const atMs = this.#now();
    const audioMs = durationMs(audio.length, transport.format);
    const fromMs = this.#ledger.sentMs;
    this.#ledger.sent(audioMs, atMs);
    track.audioSent(audio, fromMs, fromMs + audioMs);
    track.forget(
      Math.min(this.#ledger.playheadMs(atMs), playing.duckedAtMs ?? Number.POSITIVE_INFINITY) - KEEP_PLAYED_MS,
    );
    playing.unmarkedMs += audioMs;
    if (!playing.audible) {
      playing.audible = true;
      this.#played = track;
      this.#listener.started(generation, atMs);
      if (playing.signal.aborted) return true;
    }
    if (playing.dry) {
      playing.dry = false;
      this.#listener.flows(generation);
    }
    const newMs = fromMs + audioMs - playing.toldMs;
    if (newMs > 0) {
      playing.toldMs += newMs;
      this.#listener.audio(generation, audio.subarray(audio.length - bytesForMs(newMs, transport.format)));
    }
    if (playing.unmarkedMs >= MARK_EVERY_MS) this.#mark(playing);
    return true;
  }

  /** It is heard, and is no beginning of the reply. */
  #sendTone(playing: Playing, audio: Uint8Array): void {
    const { transport } = this.#options;
    this.#endPiece(playing);
    if (!transport.sendAudio(audio)) return;
    const audioMs = durationMs(audio.length, transport.format);
    this.#ledger.beginPiece(playing.generation, "");
    this.#ledger.sent(audioMs, this.#now());
    this.#ledger.endPiece();
    playing.toldMs += audioMs;
    this.#listener.audio(playing.generation, audio);
  }

  #endPiece(playing: Playing): void {
    this.#ledger.endPiece();
    if (playing.unmarkedMs > 0) this.#mark(playing);
  }

  #mark(playing: Playing): void {
    this.#marks += 1;
    playing.unmarkedMs = 0;
    const name = `g${playing.generation}-${this.#marks}`;
    this.#ledger.mark(name);
    this.#options.transport.sendMark(name);
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

function lineIsStuck(transport: string): BolchaalError {
  return new BolchaalError(
    "The line has taken no audio for 5 seconds. The reply was given up; the carrier may be gone.",
    {
      code: "transport-failed",
      component: "transport",
      provider: transport,
    },
  );
}
