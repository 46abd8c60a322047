import type { TurnDetector, TurnSoFar } from "../../spec/index.js";
import { type ConformanceCase, type ConformanceOptions, caseOn, frozen, must, mustDescribeItself } from "./contract.js";

/** The longest silence a turn detector may ask for, in ms: the caller would take the line for dead. */
export const LONGEST_TURN_SILENCE_MS = 10_000;

const TEXTS = [
  "",
  "yes",
  "I want a room",
  "I want a room and",
  "मुझे कमरा चाहिए",
  "mera number hai nau aath",
  "x".repeat(5_000),
];

const TURNS: readonly TurnSoFar[] = (["en", "hi", "hi-en"] as const).flatMap((language) =>
  TEXTS.flatMap((text) =>
    [true, false].flatMap((final) =>
      [[], [300], [500, 900, 1_400]].map((pausesMs) =>
        frozen({ text, final, language, speechMs: 200 + 50 * text.length, pausesMs }),
      ),
    ),
  ),
);

/** What the contract of {@link TurnDetector} asks. */
export function turnDetectorConformance(options: ConformanceOptions<TurnDetector>): ConformanceCase[] {
  const check = caseOn(options);
  return [
    check("says what it is", ({ plugin }) => mustDescribeItself(plugin)),

    check("answers every turn with a bearable silence, and leaves the turn as it is", ({ plugin }) => {
      for (const turn of TURNS) {
        const silenceMs = plugin.silenceMs(turn);
        const bearable = Number.isFinite(silenceMs) && silenceMs >= 0 && silenceMs <= LONGEST_TURN_SILENCE_MS;
        must(bearable, `silenceMs is a number from 0 to ${LONGEST_TURN_SILENCE_MS}`, silenceMs);
      }
    }),

    check("answers the same turn always the same", ({ plugin }) => {
      const first = TURNS.map((turn) => plugin.silenceMs(turn));
      const again = TURNS.toReversed()
        .map((turn) => plugin.silenceMs(structuredClone(turn)))
        .reverse();
      must(JSON.stringify(first) === JSON.stringify(again), "The answer depends on the turn alone");
    }),
  ];
}
