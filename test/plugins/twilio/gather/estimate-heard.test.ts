import { DEFAULT_UNIT_MS, estimateHeard } from "bolchaal/twilio";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { speakingMs } from "../../../../src/plugins/twilio/gather/estimate-heard.js";

const PIECES = [
  { text: "Two rooms are left.", durationMs: 1_900 },
  { text: " Shall I book? ", durationMs: 1_300 },
];

describe("estimateHeard", () => {
  it.each([
    [-5, "", 0],
    [0, "", 0],
    [299, "", 299],
    [300, "Two", 300],
    [850, "Two", 850],
    [900, "Two rooms", 900],
    [1_899, "Two rooms are", 1_899],
    [1_900, "Two rooms are left.", 1_900],
    [2_400, "Two rooms are left. Shall", 2_400],
    [3_200, "Two rooms are left. Shall I book?", 3_200],
    [9_000, "Two rooms are left. Shall I book?", 3_200],
  ])("after %i ms gives whole words: %s", (elapsedMs, heardText, playedMs) => {
    expect(estimateHeard(PIECES, elapsedMs)).toEqual({ heardText, playedMs });
  });

  it("takes so long for a text as its letters do in its language", () => {
    expect(speakingMs(" two ", "en")).toBe(3 * DEFAULT_UNIT_MS.en);
    expect(speakingMs("दो", "hi")).toBe(2 * DEFAULT_UNIT_MS.hi);
    expect(speakingMs("do", "hi-en", { ...DEFAULT_UNIT_MS, "hi-en": 10 })).toBe(20);
  });

  const pieces = fc.array(
    fc.record({
      text: fc.oneof(fc.string({ maxLength: 40 }), fc.lorem({ maxCount: 8 }), fc.constant("नमस्ते जी, बताइए")),
      durationMs: fc.integer({ min: 0, max: 5_000 }),
    }),
    { maxLength: 6 },
  );
  const whole = (of: readonly { readonly text: string }[]) =>
    of
      .map(({ text }) => text.trim())
      .filter((text) => text !== "")
      .join(" ");

  it("is a beginning of the pieces, never shorter later, and whole behind the end", () => {
    fc.assert(
      fc.property(pieces, fc.nat(20_000), fc.nat(20_000), (said, oneMs, otherMs) => {
        const [earlier, later] = [oneMs, otherMs].sort((a, b) => a - b).map((ms) => estimateHeard(said, ms));
        expect(whole(said).startsWith(later?.heardText ?? "")).toBe(true);
        expect(later?.heardText.startsWith(earlier?.heardText ?? "-")).toBe(true);
        expect(later?.playedMs).toBeGreaterThanOrEqual(earlier?.playedMs ?? 0);
        const end = said.reduce((sum, { durationMs }) => sum + durationMs, 0);
        expect(estimateHeard(said, end)).toEqual({ heardText: whole(said), playedMs: end });
      }),
    );
  });
});
