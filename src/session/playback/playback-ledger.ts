import type { WordTiming } from "../../spec/index.js";
import { heardLength, wordStartMs } from "./heard-text.js";

/**
 * The line is taken to lag behind the clock by this much at most: so long may audio wait in a carrier's jitter buffer. A
 * mark may be under way for longer, which tells nothing of the audio.
 */
const LONGEST_LAG_MS = 200;

/** What the caller heard of one reply, and what not. */
export interface HeardReply {
  /** All text that was given to the voice. */
  readonly text: string;
  readonly heardText: string;
  readonly unheardText: string;
  /** How much of the reply's audio was played, in ms. */
  readonly playedMs: number;
  /** How much of it was sent to the line, in ms. */
  readonly sentMs: number;
}

/** A piece of a reply's text with its audio, as far as it was sent. */
interface Piece {
  readonly generation: number;
  readonly text: string;
  /** Where its audio begins on the line, in ms of all audio sent since the last clear. */
  readonly startMs: number;
  sentMs: number;
  /** All its audio was sent. */
  complete: boolean;
  /** The voice failed before it had said all of it. */
  broken: boolean;
  readonly words: WordTiming[];
}

/**
 * Knows what the caller heard. Audio sent to the line is played in order and in real time, so the playhead is known
 * from the clock; each mark the carrier echoes sets it right. Echoes of a cleared generation tell nothing.
 *
 * Pure of clock and I/O: the time comes in with each call, in ms. Always heard ≤ played ≤ sent, and none of them falls
 * but by a rewind.
 */
export class PlaybackLedger {
  /** All audio sent since the last clear. */
  #sentMs = 0;
  /** The playhead was at `positionMs` at `atMs`. It moves on from there in real time, up to what was sent. */
  #anchor = { positionMs: 0, atMs: 0 };
  /** How far the line lags behind that. Delays only add, so the mark that came soonest tells it best. */
  #lagMs: number | undefined;
  /** No report has been below this. */
  #reportedMs = 0;
  #pieces: Piece[] = [];
  readonly #marks = new Map<string, number>();

  /** The next audio belongs to this piece of text. */
  beginPiece(generation: number, text: string): void {
    this.#pieces.push({
      generation,
      text,
      startMs: this.#sentMs,
      sentMs: 0,
      complete: false,
      broken: false,
      words: [],
    });
  }

  /** Where words stand in the audio of the piece being sent. */
  addWords(words: readonly WordTiming[]): void {
    this.#pieces.at(-1)?.words.push(...words);
  }

  /** `audioMs` of the piece being sent went to the line. */
  sent(audioMs: number, atMs: number): void {
    // The line had run dry: it starts anew with this.
    if (this.#playhead(atMs) >= this.#sentMs) {
      this.#anchor = { positionMs: this.#sentMs, atMs };
      this.#lagMs = undefined;
    }
    this.#sentMs += audioMs;
    const piece = this.#pieces.at(-1);
    if (piece !== undefined) piece.sentMs += audioMs;
  }

  /** The piece being sent has all its audio on the line. */
  endPiece(): void {
    const piece = this.#pieces.at(-1);
    if (piece !== undefined) piece.complete = !piece.broken;
  }

  /** The piece being sent gets no more audio: its text is longer than its sound. */
  breakPiece(): void {
    const piece = this.#pieces.at(-1);
    if (piece !== undefined) piece.broken = true;
  }

  /** A mark was sent behind all audio so far. */
  mark(name: string): void {
    this.#marks.set(name, this.#sentMs);
  }

  /**
   * The carrier echoed a mark: what was sent before it has been played.
   * @returns false if no such mark is pending: it was cleared, echoed before, or never sent.
   */
  acknowledge(name: string, atMs: number): boolean {
    const positionMs = this.#marks.get(name);
    if (positionMs === undefined) return false;
    this.#marks.delete(name);
    const lagMs = this.#clockMs(atMs) - positionMs;
    if (lagMs < 0) this.#anchor = { positionMs, atMs };
    this.#lagMs = clamp(lagMs, 0, this.#lagMs ?? LONGEST_LAG_MS);
    return true;
  }

  /** All audio sent has been acknowledged by the carrier. */
  get settled(): boolean {
    return this.#marks.size === 0;
  }

  /** All audio sent since the last clear, in ms: where what is sent next will stand on the line. */
  get sentMs(): number {
    return this.#sentMs;
  }

  /** How long the audio already sent goes on playing, in ms, by the estimate. */
  leadMs(atMs: number): number {
    return this.#sentMs - this.#playhead(atMs);
  }

  /** Where on the line the caller is, in ms of all audio sent since the last clear, by the estimate. */
  playheadMs(atMs: number): number {
    return this.#playhead(atMs);
  }

  /** Where the word that stands at a place on the line begins, in the same ms. */
  wordStartMs(positionMs: number): number {
    const piece = this.#pieces.findLast(({ startMs }) => startMs <= positionMs);
    if (piece === undefined) return positionMs;
    return piece.startMs + Math.min(positionMs - piece.startMs, wordStartMs(piece, positionMs - piece.startMs));
  }

  /**
   * The line was cleared, and goes on from `positionMs`: what was sent behind it will be sent again. Pieces that begin
   * there or later are unknown then; the one that is cut there goes on with what is sent next.
   */
  rewind(positionMs: number, atMs: number): void {
    this.#marks.clear();
    this.#pieces = this.#pieces.filter((piece) => piece.startMs < positionMs);
    const cut = this.#pieces.at(-1);
    if (cut !== undefined && cut.startMs + cut.sentMs > positionMs) {
      cut.sentMs = positionMs - cut.startMs;
      cut.complete = false;
    }
    this.#sentMs = positionMs;
    this.#anchor = { positionMs, atMs };
    this.#lagMs = undefined;
    this.#reportedMs = Math.min(this.#reportedMs, positionMs);
  }

  /** What the caller heard of a generation up to now. */
  heard(generation: number, atMs: number): HeardReply {
    const playhead = this.#playhead(atMs);
    this.#reportedMs = Math.max(this.#reportedMs, playhead);
    const own = this.#pieces.filter((piece) => piece.generation === generation);
    let heardText = "";
    let unheardText = "";
    for (const piece of own) {
      const length = heardLength(piece, clamp(playhead - piece.startMs, 0, piece.sentMs));
      heardText = joined(heardText, piece.text.slice(0, length));
      unheardText = joined(unheardText, piece.text.slice(length));
    }
    return {
      text: own.reduce((text, piece) => joined(text, piece.text), ""),
      heardText,
      unheardText,
      playedMs: own.reduce((sum, piece) => sum + clamp(playhead - piece.startMs, 0, piece.sentMs), 0),
      sentMs: own.reduce((sum, piece) => sum + piece.sentMs, 0),
    };
  }

  /** A generation is over: it needs no more room. */
  forget(generation: number): void {
    this.#pieces = this.#pieces.filter((piece) => piece.generation !== generation);
  }

  /** The line was cleared: what was not played never will be, and marks that come back now tell nothing. */
  clear(): void {
    this.#marks.clear();
    this.#pieces = [];
    this.#sentMs = 0;
    this.#anchor = { positionMs: 0, atMs: 0 };
    this.#lagMs = undefined;
    this.#reportedMs = 0;
  }

  #playhead(atMs: number): number {
    return Math.max(this.#reportedMs, Math.min(this.#sentMs, this.#clockMs(atMs) - (this.#lagMs ?? 0)));
  }

  /** Where the playhead would be if the line had no lag. */
  #clockMs(atMs: number): number {
    return this.#anchor.positionMs + Math.max(0, atMs - this.#anchor.atMs);
  }
}

function joined(before: string, after: string): string {
  const tail = after.trim();
  return tail === "" ? before : before === "" ? tail : `${before} ${tail}`;
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
