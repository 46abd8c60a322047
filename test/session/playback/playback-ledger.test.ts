import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PlaybackLedger } from "../../../src/session/playback/playback-ledger.js";

/** Four words of 250 ms each. */
const TEXT = "one two three four";
const WORDS = [
  { textStart: 0, textEnd: 3, startMs: 0, endMs: 250 },
  { textStart: 4, textEnd: 7, startMs: 250, endMs: 500 },
  { textStart: 8, textEnd: 13, startMs: 500, endMs: 750 },
  { textStart: 14, textEnd: 18, startMs: 750, endMs: 1000 },
];

function spoken(atMs = 0): PlaybackLedger {
  const ledger = new PlaybackLedger();
  ledger.beginPiece(1, TEXT);
  ledger.addWords(WORDS);
  ledger.sent(1000, atMs);
  ledger.endPiece();
  ledger.mark("end");
  return ledger;
}

describe("PlaybackLedger", () => {
  it.each([
    [0, "", TEXT],
    [100, "", TEXT],
    [130, "one", "two three four"],
    [400, "one two", "three four"],
    [876, TEXT, ""],
    [5000, TEXT, ""],
  ])("after %i ms, by the clock alone, %j was heard", (atMs, heardText, unheardText) => {
    expect(spoken().heard(1, atMs)).toEqual({
      text: TEXT,
      heardText,
      unheardText,
      playedMs: Math.min(1000, atMs),
      sentMs: 1000,
    });
  });

  it("believes a mark over the clock, both ways", () => {
    const late = spoken();
    late.mark("second");
    late.beginPiece(1, "five");
    late.sent(200, 0);
    late.acknowledge("second", 1150);
    expect(late.heard(1, 1150).playedMs).toBe(1000);
    const early = spoken();
    early.acknowledge("end", 600);
    expect(early.heard(1, 600)).toMatchObject({ heardText: TEXT, playedMs: 1000 });
  });

  it("lets a late mark set the playhead back by 200 ms, and no further", () => {
    const ledger = new PlaybackLedger();
    ledger.beginPiece(1, TEXT);
    ledger.sent(400, 0);
    ledger.mark("early part");
    ledger.sent(600, 0);
    ledger.acknowledge("early part", 900);
    expect(ledger.heard(1, 900).playedMs).toBe(700);
    expect(ledger.heard(1, 950).playedMs).toBe(750);
  });

  it("knows no mark twice, and none that was cleared", () => {
    const ledger = spoken();
    expect(ledger.acknowledge("end", 1000)).toBe(true);
    expect(ledger.acknowledge("end", 1000)).toBe(false);
    const cleared = spoken();
    cleared.clear();
    expect(cleared.acknowledge("end", 10)).toBe(false);
    expect(cleared.heard(1, 10)).toMatchObject({ heardText: "", playedMs: 0, sentMs: 0 });
  });

  it("starts the playhead anew when audio comes after a gap", () => {
    const ledger = spoken();
    ledger.beginPiece(2, "later");
    ledger.sent(400, 3000);
    expect(ledger.leadMs(3000)).toBe(400);
    expect(ledger.heard(2, 3100).playedMs).toBe(100);
  });

  it("shares the audio among the words by their length when the voice tells no timings", () => {
    const ledger = new PlaybackLedger();
    ledger.beginPiece(1, "aaaa bbbb");
    ledger.sent(900, 0);
    ledger.endPiece();
    expect(ledger.heard(1, 200).heardText).toBe("");
    expect(ledger.heard(1, 300).heardText).toBe("aaaa");
    expect(ledger.heard(1, 800).heardText).toBe("aaaa bbbb");
  });

  it("always has heard ≤ played ≤ sent, and none of them falls, whatever the carrier does with the marks", () => {
    const happening = fc.oneof(
      fc.record({ type: fc.constant("sent" as const), ms: fc.integer({ min: 1, max: 400 }) }),
      fc.record({ type: fc.constant("mark" as const), ms: fc.constant(0) }),
      fc.record({ type: fc.constant("acknowledge" as const), ms: fc.nat({ max: 30 }) }),
      fc.record({ type: fc.constant("wait" as const), ms: fc.integer({ min: 1, max: 500 }) }),
      fc.record({ type: fc.constant("piece" as const), ms: fc.constant(0) }),
    );
    fc.assert(
      fc.property(fc.array(happening, { maxLength: 120 }), (happenings) => {
        const ledger = new PlaybackLedger();
        ledger.beginPiece(1, TEXT);
        let nowMs = 0;
        let marks = 0;
        let before = ledger.heard(1, nowMs);
        for (const { type, ms } of happenings) {
          if (type === "sent") ledger.sent(ms, nowMs);
          else if (type === "mark") ledger.mark(`m${marks++}`);
          else if (type === "acknowledge") ledger.acknowledge(`m${ms}`, nowMs);
          else if (type === "wait") nowMs += ms;
          else {
            ledger.endPiece();
            ledger.beginPiece(1, TEXT);
          }
          const now = ledger.heard(1, nowMs);
          expect(now.playedMs).toBeLessThanOrEqual(now.sentMs);
          expect(now.playedMs).toBeGreaterThanOrEqual(before.playedMs);
          expect(now.sentMs).toBeGreaterThanOrEqual(before.sentMs);
          const words = (text: string) => text.split(" ").filter(Boolean).sort();
          expect(words(now.text)).toEqual(words(`${now.heardText} ${now.unheardText}`));
          if (now.playedMs === 0) expect(now.heardText).toBe("");
          before = now;
        }
      }),
    );
  });
});
