import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Lane } from "../../src/recording/lane.js";

const bytes = (...values: number[]) => Uint8Array.from(values);
const taken = (lane: Lane, to: number) => [...lane.take(to)];

describe("a lane", () => {
  it("keeps sound at its place, and silence between", () => {
    const lane = new Lane(1, 0);
    lane.put(bytes(1, 2), 1);
    lane.put(bytes(3), 5);
    expect(taken(lane, 4)).toEqual([0, 1, 2, 0]);
    expect(taken(lane, 8)).toEqual([0, 3, 0, 0]);
    expect(lane.end).toBe(8);
  });

  it("puts sound behind what is there, and behind what was taken", () => {
    const lane = new Lane(1, 0);
    lane.put(bytes(1, 1), 0);
    lane.put(bytes(2), 1);
    expect(taken(lane, 3)).toEqual([1, 1, 2]);
    lane.put(bytes(3), 0);
    expect(taken(lane, 4)).toEqual([3]);
  });

  it("cuts by time, and by what was heard of a label", () => {
    const lane = new Lane(1, 0);
    lane.put(bytes(1, 1, 1), 0, 1);
    lane.put(bytes(2, 2, 2), 5, 2);
    lane.put(bytes(2, 2, 2), 10, 2);
    expect(taken(lane, 6)).toEqual([1, 1, 1, 0, 0, 2]);
    lane.cutLabel(2, 4);
    expect(lane.end).toBe(11);
    lane.cut(7);
    lane.put(bytes(9), 0, 3);
    expect(taken(lane, 9)).toEqual([2, 9, 0]);
  });

  it("counts samples of two bytes", () => {
    const lane = new Lane(2, 0);
    lane.put(bytes(1, 2, 3, 4), 1);
    lane.cutLabel(0, 1);
    expect(taken(lane, 3)).toEqual([0, 0, 1, 2, 0, 0]);
  });

  it("gives the same sound however it is taken out", () => {
    const aPut = fc.record({ audio: fc.uint8Array({ min: 1, maxLength: 9 }), from: fc.nat({ max: 60 }) });
    fc.assert(
      fc.property(fc.array(aPut), fc.array(fc.nat({ max: 80 })), (puts, stops) => {
        const [whole, cut] = [new Lane(1, 0), new Lane(1, 0)];
        for (const { audio, from } of puts) for (const lane of [whole, cut]) lane.put(audio, from);
        const parts = stops.flatMap((to) => taken(cut, to));
        const rest = taken(cut, 1_000);
        expect([...parts, ...rest]).toEqual(taken(whole, 1_000));
      }),
    );
  });
});
