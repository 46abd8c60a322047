import { wait } from "../../async.js";
import { bytesForMs, durationMs } from "../../audio/index.js";
import { BolchaalError } from "../../errors.js";
import type { AudioTransport, Clock } from "../../spec/index.js";
import type { ReplyVolume } from "../conversation/index.js";
import type { PlaybackLedger } from "./playback-ledger.js";
import type { Track } from "./track.js";

/** Once the line is this far ahead of the caller's ear, audio goes to it in stretches of about this long: one message each, few enough not to make the carrier stutter. */
export const SEND_MS = 100;

/** A mark follows about every so much audio, and every piece. */
export const MARK_EVERY_MS = 400;

/** At most so much audio is on the line and not yet played; the voice waits. */
export const LONGEST_LEAD_MS = 30_000;

/** What was played is kept so long: to tell its echo, and to begin a word again. */
export const KEEP_PLAYED_MS = 1_500;

/** A line that takes nothing is tried again after this … */
const RETRY_MS = 100;
/** … for so long. */
const RETRY_FOR_MS = 5_000;

/** What the sender tells as a reply goes to the line. */
export interface SenderListener {
  /** The first sound went to the line. */
  started(generation: number, atMs: number): void;
  /** The caller will have heard all there is at `fromMs`, and more is to come; it has come. */
  dry(generation: number, fromMs: number): void;
  flows(generation: number): void;
  /** A stretch of sound went to the line for the first time. */
  audio(generation: number, audio: Uint8Array): void;
  /** An item of the track that tells of a failure. */
  warned(error: BolchaalError): void;
}

/** The reply being played. */
export interface Playing {
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

/** What a sender is made of. */
export interface SenderOptions {
  readonly transport: AudioTransport;
  readonly clock: Clock;
  readonly ledger: PlaybackLedger;
  /** Makes sound as soft as a ducked reply is. */
  readonly soften: (audio: Uint8Array) => Uint8Array;
}

/** Sends a track to the line, as fast as it comes and no further ahead of the caller's ear than the line should be. */
export class Sender {
  readonly #options: SenderOptions;
  readonly #listener: SenderListener;
  readonly #ledger: PlaybackLedger;
  #marks = 0;

  constructor(options: SenderOptions, listener: SenderListener) {
    this.#options = options;
    this.#listener = listener;
    this.#ledger = options.ledger;
  }

  /** Everything there is. While the line is nearly empty each chunk goes at once, later in longer stretches. */
  async sendAll(playing: Playing): Promise<void> {
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
    const { transport, soften } = this.#options;
    const { generation, track } = playing;
    if (!transport.sendAudio(playing.volume === "full" ? audio : soften(audio))) return false;
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

  #now(): number {
    return this.#options.clock.now();
  }
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
