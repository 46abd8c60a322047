import type { SayRequest } from "../../../spec/index.js";
import { estimateHeard, type SpokenPiece } from "../gather/estimate-heard.js";
import type { Settleable } from "../settleable.js";
import { heardPrefix } from "./heard-prefix.js";
import type { SpeakingMeter } from "./speaking-meter.js";

/** A reply being said. */
export interface Reply {
  readonly generation: number;
  readonly meter: SpeakingMeter;
  /** Not yet handed over. */
  readonly waiting: SayRequest[];
  readonly said: SpokenPiece[];
  readonly over: Settleable<void>;
  /** No more pieces come; the carrier knows. */
  whole: boolean;
  closed: boolean;
  audible: boolean;
  firstSentAtMs: number;
  lastSentAtMs: number;
  /** The last piece that was handed over. */
  last: SayRequest;
  /** A fast voice would have said what was handed over by then. */
  fastEndMs: number;
  /** The carrier fell silent then, with all said that it had. */
  silentAtMs: number | undefined;
}

/** All of it that was handed over. */
export function textOf(pieces: readonly SpokenPiece[]): string {
  return pieces.map(({ text }) => text).join(" ");
}

/** How far the voice is, in ms. */
export function positionOf({ meter }: Reply, nowMs: number): number {
  return Math.round(meter.positionMs(nowMs));
}

/** What was heard of it, by the clock. */
export function heardSoFar({ said, meter }: Reply, nowMs: number): string {
  return estimateHeard(said, meter.positionMs(nowMs)).heardText;
}

/** What was heard of it, by the carrier's report if that is of this reply; else by the clock. */
export function heardUntil(reply: Reply, utterance: string, nowMs: number): string {
  const { said } = reply;
  const text = textOf(said);
  const expected = heardSoFar(reply, nowMs);
  const starts = said.slice(1).map((_, at) => textOf(said.slice(0, at + 1)).length + 1);
  const length = heardPrefix(text, utterance, { starts, expected: expected.length });
  return length === undefined ? expected : text.slice(0, length);
}
