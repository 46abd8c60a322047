import { describe, expect, it } from "vitest";
import {
  DEFAULT_ENGLISH_SILENCE,
  DEFAULT_HINDI_SILENCE,
  turnDetector,
} from "../../../src/session/turn-detector/index.js";
import type { Language, TurnSoFar } from "../../../src/spec/index.js";

const turn = (language: Language, text: string, more: Partial<TurnSoFar> = {}): TurnSoFar => ({
  text,
  final: true,
  language,
  speechMs: 1000,
  pausesMs: [],
  ...more,
});

describe("turnDetector", () => {
  it.each<[Language, string, number]>([
    ["en", "yes", DEFAULT_ENGLISH_SILENCE["short-answer"]],
    ["en", "how much is it", DEFAULT_ENGLISH_SILENCE.complete],
    ["en", "I would like rooms", DEFAULT_ENGLISH_SILENCE.open],
    ["en", "Jaipur", DEFAULT_ENGLISH_SILENCE.complete],
    ["en", "I want to", DEFAULT_ENGLISH_SILENCE.hanging],
    ["en", "nine eight one", DEFAULT_ENGLISH_SILENCE["half-number"]],
    ["hi", "haan ji", DEFAULT_HINDI_SILENCE["short-answer"]],
    ["hi", "kitna lagega", DEFAULT_HINDI_SILENCE.complete],
    ["hi", "लेकिन", DEFAULT_HINDI_SILENCE.hanging],
    ["hi-en", "mera budget around paanch hazaar", 813],
    ["hi-en", "aur", DEFAULT_HINDI_SILENCE.hanging],
  ])("%s %j: %i ms", (language, text, silenceMs) => {
    expect(turnDetector().silenceMs(turn(language, text))).toBe(silenceMs);
  });

  it("waits less for words that may be all, the more there are", () => {
    const waits = [4, 6, 8, 11, 20].map((count) =>
      turnDetector().silenceMs(turn("en", Array.from({ length: count }, () => "rooms").join(" "))),
    );
    expect(waits).toEqual([1850, 1564, 1279, 850, 850]);
  });

  it("follows the caller's own pace, within bounds", () => {
    const waitFor = (...earlierPausesMs: number[]) =>
      turnDetector().silenceMs(turn("en", "how much is it", { earlierPausesMs }));
    expect([waitFor(), waitFor(630, 630), waitFor(300, 300, 300), waitFor(1200, 1200)]).toEqual([850, 850, 644, 1022]);
    expect([waitFor(...Array(20).fill(10)), waitFor(...Array(20).fill(9000))]).toEqual([638, 1275]);
    expect(turnDetector({ adapts: false }).silenceMs(turn("en", "how much is it", { pausesMs: [3000] }))).toBe(850);
  });

  it("takes other waits", () => {
    expect(turnDetector({ hindi: { complete: 100 } }).silenceMs(turn("hi", "kitna lagega"))).toBe(100);
    expect(turnDetector({ hindi: { complete: 100 } }).silenceMs(turn("en", "how much is it"))).toBe(850);
  });
});
