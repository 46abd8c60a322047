import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createPlayout } from "../../../src/testing/twilio-simulator/playout.js";

const sound = (ms: number, code = 1) => new Uint8Array(ms * 8).fill(code);

/** What was heard, run by run: `20×ff 40×01` is 20 ms of silence and 40 ms of sound. */
function runs(heard: Uint8Array): string {
  const parts: { code: number; bytes: number }[] = [];
  for (const code of heard) {
    const last = parts.at(-1);
    if (last?.code === code) last.bytes += 1;
    else parts.push({ code, bytes: 1 });
  }
  return parts.map(({ code, bytes }) => `${bytes / 8}×${code.toString(16).padStart(2, "0")}`).join(" ");
}

describe("the play-out clock", () => {
  it("plays in order from when the audio came, with silence where there is none", () => {
    const playout = createPlayout();
    playout.queue(sound(40, 1), 10);
    playout.queue(sound(20, 2), 15);
    playout.queue(sound(20, 3), 100);
    expect(runs(playout.play(130))).toBe("10×ff 40×01 20×02 30×ff 20×03 10×ff");
    expect(runs(playout.play(150))).toBe("20×ff");
  });

  it("can be listened to in any steps", () => {
    const steps = createPlayout();
    steps.queue(sound(50, 1), 5);
    expect([7, 7, 20, 60].map((atMs) => runs(steps.play(atMs)))).toEqual(["5×ff 2×01", "", "13×01", "35×01 5×ff"]);
  });

  it("echoes a mark when what is before it was played, at once when nothing is", () => {
    const playout = createPlayout();
    expect(playout.mark("first", 0)).toBe(true);
    playout.queue(sound(30), 0);
    expect(playout.mark("a", 1)).toBe(false);
    expect(playout.mark("b", 2)).toBe(false);
    playout.queue(sound(10), 3);
    expect(playout.mark("c", 4)).toBe(false);
    expect(playout.nextEchoMs).toBe(30);
    expect([29.9, 30, 30, 40].map((atMs) => playout.echoes(atMs))).toEqual([[], ["a", "b"], [], ["c"]]);
    expect(playout.nextEchoMs).toBeUndefined();
    expect(playout.mark("d", 40)).toBe(true);
  });

  it("drops everything on clear, and gives back the marks that waited", () => {
    const playout = createPlayout();
    playout.queue(sound(100, 1), 0);
    playout.mark("a", 0);
    playout.queue(sound(100, 2), 0);
    playout.mark("b", 0);
    expect(playout.queuedMs(30)).toBe(170);
    expect(playout.clear(30)).toEqual(["a", "b"]);
    expect(playout.clear(31)).toEqual([]);
    expect([playout.queuedMs(31), playout.echoes(500)]).toEqual([0, []]);
    playout.queue(sound(10, 3), 50);
    expect(runs(playout.play(70))).toBe("30×01 20×ff 10×03 10×ff");
  });

  it("takes ten minutes and no more", () => {
    const playout = createPlayout();
    expect(playout.queue(sound(599_000), 0)).toBe(true);
    expect(playout.queue(sound(1_001), 0)).toBe(false);
    expect(playout.queue(sound(1_000), 0)).toBe(true);
    expect(playout.queue(sound(1), 0)).toBe(false);
    expect(playout.queue(sound(20), 20)).toBe(true);
  });

  it("plays each byte once or drops it, and echoes each mark once, whatever comes", () => {
    const act = fc.record({
      waitMs: fc.nat(60),
      what: fc.constantFrom("queue", "queue", "mark", "clear", "listen"),
      ms: fc.nat(80),
    });
    fc.assert(
      fc.property(fc.array(act, { maxLength: 60 }), (acts) => {
        const playout = createPlayout();
        const [heard, echoed, marks]: [Uint8Array[], string[], string[]] = [[], [], []];
        let [now, queued, dropped] = [0, 0, 0];
        for (const { waitMs, what, ms } of acts) {
          now += waitMs;
          echoed.push(...playout.echoes(now));
          if (what === "queue") {
            queued += ms;
            playout.queue(sound(ms), now);
          } else if (what === "mark") {
            const name = String(marks.length);
            marks.push(name);
            if (playout.mark(name, now)) echoed.push(name);
          } else if (what === "clear") {
            dropped += playout.queuedMs(now);
            echoed.push(...playout.clear(now));
          } else heard.push(playout.play(now));
        }
        now += 10_000;
        echoed.push(...playout.echoes(now));
        heard.push(playout.play(now));
        const all = Buffer.concat(heard);
        expect(all.length).toBe(now * 8);
        expect(all.filter((code) => code === 1).length / 8).toBe(queued - dropped);
        expect(echoed).toEqual(marks);
      }),
    );
  });
});
