/** From a text's being sent to its first sound, in ms, where the carrier does not tell: an assumption. */
export const TYPICAL_START_MS = 400;

/**
 * How far the carrier's voice is in what it was given, in ms of it, by the clock: from the sending of a text, or from the
 * carrier's telling that it speaks. Pure of clock and I/O: the time comes in with each call.
 */
export class SpeakingMeter {
  /** The carrier tells when it speaks. */
  #told: boolean;
  readonly #notBeforeMs: number;
  #sentMs = 0;
  #firstSentAtMs: number | undefined;
  /** The voice was at `positionMs` at `atMs`, and moves on from there if it speaks. */
  #anchor = { positionMs: 0, atMs: 0 };
  #speaking: boolean;
  #spokenMs = 0;
  #speakingSinceMs = 0;

  /**
   * @param told The carrier tells when it speaks.
   * @param notBeforeMs Until then it says something else.
   */
  constructor(told: boolean, notBeforeMs: number) {
    this.#told = told;
    this.#notBeforeMs = notBeforeMs;
    this.#speaking = !told;
  }

  /** A text that takes so long went to the carrier. */
  sent(durationMs: number, atMs: number): void {
    this.#firstSentAtMs ??= atMs;
    if (this.#speaking && this.positionMs(atMs) >= this.#sentMs) {
      this.#anchor = { positionMs: this.#sentMs, atMs: this.#told ? atMs : this.#startOf(atMs) };
    }
    this.#sentMs += durationMs;
  }

  /** The carrier tells that it speaks. */
  speaks(atMs: number): void {
    if (!this.#told || this.#speaking) return;
    this.#anchor = { ...this.#anchor, atMs };
    this.#speaking = true;
    this.#speakingSinceMs = atMs;
  }

  /** The carrier tells that it is silent. @param all It has said all it was given. */
  fallsSilent(atMs: number, all: boolean): void {
    if (!this.#told || !this.#speaking) return;
    this.#anchor = { positionMs: all ? this.#sentMs : this.positionMs(atMs), atMs };
    this.#speaking = false;
    this.#spokenMs += atMs - this.#speakingSinceMs;
  }

  /** The carrier tells nothing after all: as if it never had been thought to. */
  tellsNothing(): void {
    this.#told = false;
    this.#speaking = true;
    this.#anchor = { positionMs: 0, atMs: this.#startOf(this.#firstSentAtMs ?? 0) };
  }

  /** Whether it goes by what the carrier tells. */
  get isTold(): boolean {
    return this.#told;
  }

  /** When the voice began with what it is saying now. */
  get startedAtMs(): number {
    return this.#anchor.atMs;
  }

  /** When all that was sent will have been said. */
  get endsAtMs(): number {
    return this.#anchor.atMs + this.#sentMs - this.#anchor.positionMs;
  }

  positionMs(atMs: number): number {
    const { positionMs, atMs: sinceMs } = this.#anchor;
    return this.#speaking ? Math.min(this.#sentMs, positionMs + Math.max(0, atMs - sinceMs)) : positionMs;
  }

  /** How long the voice has been heard. */
  playedMs(atMs: number): number {
    if (!this.#told) return this.positionMs(atMs);
    return this.#spokenMs + (this.#speaking ? atMs - this.#speakingSinceMs : 0);
  }

  #startOf(sentAtMs: number): number {
    return Math.max(sentAtMs + TYPICAL_START_MS, this.#notBeforeMs);
  }
}
