import { concatBytes, durationMs } from "../../audio/index.js";
import type { BolchaalError } from "../../errors.js";
import type { AudioFormat, WordTiming } from "../../spec/index.js";

/** What a reply is made of, in the order in which it goes to the line. */
export type TrackItem =
  /** The audio that follows speaks this text. */
  | { readonly type: "piece"; readonly text: string }
  | { readonly type: "audio"; readonly audio: Uint8Array }
  /** Sound between pieces that says nothing. */
  | { readonly type: "tone"; readonly audio: Uint8Array }
  /** Where words of the piece stand in its audio. */
  | { readonly type: "words"; readonly words: readonly WordTiming[] }
  | { readonly type: "failure"; readonly error: BolchaalError };

/** An item that went to the line, and where it stands there, in ms. */
interface SentItem {
  readonly item: TrackItem;
  readonly fromMs: number;
  readonly toMs: number;
}

/**
 * A reply on its way to the line: what is still to be sent, and what was sent lately, which may have to be sent again.
 * One maker pushes, one player takes.
 */
export class Track {
  readonly #format: AudioFormat;
  #waiting: TrackItem[] = [];
  #sent: SentItem[] = [];
  #closed = false;
  #error: { readonly value: unknown } | undefined;
  #wake: (() => void) | undefined;

  constructor(format: AudioFormat) {
    this.#format = format;
  }

  push(item: TrackItem): void {
    if (this.#closed) return;
    this.#waiting.push(item);
    this.#wake?.();
  }

  /** The maker has no more; or failed. */
  close(error?: { readonly value: unknown }): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#error = error;
    this.#wake?.();
  }

  /** Nothing more is sent, and nothing more taken in. */
  abandon(): void {
    this.#waiting = [];
    this.#error = undefined;
    this.close();
  }

  /** What is to be sent next; undefined when there is nothing, or nothing yet. */
  get first(): TrackItem | undefined {
    return this.#waiting[0];
  }

  /** The maker is done and everything was taken. @throws what the maker failed with, once. */
  get ended(): boolean {
    if (this.#waiting.length > 0 || !this.#closed) return false;
    const error = this.#error;
    this.#error = undefined;
    if (error !== undefined) throw error.value;
    return true;
  }

  /** Settles with the next push, close or rewind. */
  changed(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = () => {
        this.#wake = undefined;
        resolve();
      };
    });
  }

  /** The audio that is to be sent next: at most `longestBytes`, less if there is less before the next piece. */
  nextAudio(longestBytes: number): { readonly audio: Uint8Array; readonly more: "audio" | "other" | "nothing-yet" } {
    const chunks: Uint8Array[] = [];
    let bytes = 0;
    for (const item of this.#waiting) {
      if (item.type !== "audio") return { audio: concatBytes(...chunks), more: "other" };
      const room = longestBytes - bytes;
      if (room === 0) return { audio: concatBytes(...chunks), more: "audio" };
      const chunk = item.audio.subarray(0, room);
      chunks.push(chunk);
      bytes += chunk.length;
      if (chunk.length < item.audio.length) return { audio: concatBytes(...chunks), more: "audio" };
    }
    return { audio: concatBytes(...chunks), more: this.#closed ? "other" : "nothing-yet" };
  }

  /** `bytes` of the next audio went to the line, at `fromMs` to `toMs` of it. */
  audioSent(audio: Uint8Array, fromMs: number, toMs: number): void {
    for (let left = audio.length; left > 0; ) {
      const item = this.#waiting[0];
      if (item?.type !== "audio") break;
      if (item.audio.length > left) this.#waiting[0] = { type: "audio", audio: item.audio.subarray(left) };
      else this.#waiting.shift();
      left -= item.audio.length;
    }
    this.#sent.push({ item: { type: "audio", audio }, fromMs, toMs });
  }

  /** Takes the next item, which is not audio, at `positionMs` of the line. */
  take(positionMs: number): TrackItem | undefined {
    const item = this.#waiting.shift();
    if (item !== undefined && item.type !== "failure" && item.type !== "tone") {
      this.#sent.push({ item, fromMs: positionMs, toMs: positionMs });
    }
    return item;
  }

  /** What was sent from `positionMs` of the line on is to be sent again, before everything that waits. */
  rewind(positionMs: number): void {
    const again: TrackItem[] = [];
    let pieceBegan = false;
    for (const { item, fromMs, toMs } of this.#sent) {
      if (item.type === "audio") {
        if (toMs > positionMs) again.push({ type: "audio", audio: this.#behind(item.audio, positionMs - fromMs) });
      } else if (fromMs >= positionMs) {
        pieceBegan ||= item.type === "piece";
        // The words of a piece that was cut are known already.
        if (pieceBegan) again.push(item);
      }
    }
    this.#sent = this.#sent.flatMap((sent) => {
      if (sent.item.type !== "audio") return sent.fromMs < positionMs ? [sent] : [];
      if (sent.fromMs >= positionMs) return [];
      if (sent.toMs <= positionMs) return [sent];
      const audio = this.#upTo(sent.item.audio, positionMs - sent.fromMs);
      return [{ item: { type: "audio" as const, audio }, fromMs: sent.fromMs, toMs: positionMs }];
    });
    this.#waiting.unshift(...again);
    this.#wake?.();
  }

  /** What was sent before `positionMs` is not needed any more. */
  forget(positionMs: number): void {
    let keep = 0;
    while (keep < this.#sent.length && (this.#sent[keep]?.toMs ?? 0) < positionMs) keep += 1;
    if (keep > 0) this.#sent.splice(0, keep);
  }

  /** The audio that was sent to a stretch of the line, as far as it is still known. */
  audioBetween(fromMs: number, toMs: number): Uint8Array {
    const chunks = this.#sent.flatMap(({ item, ...at }) => {
      if (item.type !== "audio" || at.toMs <= fromMs || at.fromMs >= toMs) return [];
      return [this.#behind(this.#upTo(item.audio, toMs - at.fromMs), fromMs - at.fromMs)];
    });
    return concatBytes(...chunks);
  }

  /** The texts that wait to be sent, pieces that have begun left out. */
  get waitingTexts(): string[] {
    return this.#waiting.flatMap((item) => (item.type === "piece" ? [item.text] : []));
  }

  #behind(audio: Uint8Array, ms: number): Uint8Array {
    return audio.subarray(this.#bytesAt(audio, ms));
  }

  #upTo(audio: Uint8Array, ms: number): Uint8Array {
    return audio.subarray(0, this.#bytesAt(audio, ms));
  }

  #bytesAt(audio: Uint8Array, ms: number): number {
    const wholeMs = durationMs(audio.length, this.#format);
    if (ms <= 0) return 0;
    if (ms >= wholeMs) return audio.length;
    const sample = Math.round((ms / 1000) * this.#format.rate);
    return Math.min(audio.length, sample * (this.#format.type === "audio/pcm" ? 2 : 1));
  }
}
