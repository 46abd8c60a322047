import { describe, expect, it } from "vitest";
import { MULAW_8K, PCM_8K, PCM_16K } from "../../src/audio/index.js";
import { SETTLED_AFTER_MS, Timeline } from "../../src/recording/timeline.js";

const mulaw = (ms: number, value = 1) => new Uint8Array(ms * 8).fill(value);
const timeline = () => new Timeline(0, MULAW_8K, MULAW_8K);
/** Which stretches of a channel are no silence, in ms. */
function stretchesOf(stereo: Uint8Array, channel: 0 | 1): string[] {
  const voiced = stereo.filter((_, at) => at % 2 === channel).map((byte) => (byte === 0xff ? 0 : 1));
  const text = [...voiced].join("");
  return [...text.matchAll(/1+/gu)].map(({ index, 0: run }) => `${index / 8}-${(index + run.length) / 8}`);
}

describe("a timeline", () => {
  it("keeps of a reply that stood still before it was stopped only what was heard", () => {
    const line = timeline();
    line.said(mulaw(2_000), 1, 100);
    line.stopped(1, 600);
    line.silenced(1_800);
    expect(stretchesOf(line.endAt(4_000), 1)).toEqual(["100-700"]);
  });

  it("plays what is sent in time without a gap, and what comes late with one", () => {
    const line = timeline();
    line.said(mulaw(300), 1, 0);
    line.said(mulaw(300), 1, 100);
    line.said(mulaw(300), 1, 1_000);
    expect(stretchesOf(line.endAt(2_000), 1)).toEqual(["0-600", "1000-1300"]);
  });

  it("takes the caller's sound that is a little late without a gap, and a lost stretch as silence", () => {
    const line = timeline();
    for (const atMs of [20, 40, 75, 95, 100, 300]) line.heard(mulaw(20), atMs);
    expect(stretchesOf(line.endAt(400), 0)).toEqual(["0-100", "280-300"]);
  });

  it("leaves out what was heard before it began", () => {
    const line = new Timeline(1_010, MULAW_8K, MULAW_8K);
    line.heard(mulaw(20), 1_020);
    expect(stretchesOf(line.endAt(1_060), 0)).toEqual(["0-10"]);
  });

  it("gives out what is settled, in parts, with all of the same length", () => {
    const line = timeline();
    line.said(mulaw(500), 1, 0);
    expect(line.settledAt(SETTLED_AFTER_MS)).toHaveLength(0);
    expect(line.settledAt(SETTLED_AFTER_MS + 100)).toHaveLength(100 * 16);
    expect(line.settledAt(SETTLED_AFTER_MS + 50)).toHaveLength(0);
    expect(line.endAt(1_000)).toHaveLength(900 * 16);
  });

  it("makes 8 kHz of other rates, in either encoding", () => {
    const line = new Timeline(0, PCM_16K, PCM_8K);
    line.heard(new Uint8Array(20 * 32), 20);
    line.said(new Uint8Array(20 * 32).fill(9), 1, 0);
    expect(line.endAt(100)).toHaveLength(100 * 8 * 2 * 2);
  });
});
