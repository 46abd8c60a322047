import { createSpeechHost, DEFAULT_SPEECH_TTL_MS } from "bolchaal/twilio";
import { describe, expect, it } from "vitest";
import { createVirtualClock } from "../../../../src/testing/index.js";

const sound = (bytes: number) => new Uint8Array(bytes).fill(7);

describe("a speech host", () => {
  it("serves a sound by its id, as often as it is asked, until its time is over", async () => {
    const clock = createVirtualClock();
    const host = createSpeechHost({ clock });
    const id = host.put(sound(3)) ?? "";
    expect(id).toMatch(/^[\w-]{27}$/u);
    await clock.advance(DEFAULT_SPEECH_TTL_MS - 1);
    expect(host.get(id)).toEqual({ contentType: "audio/wav", body: sound(3) });
    expect(host.get(id)).toEqual(host.get(id));
    await clock.advance(1);
    expect(host.get(id)).toBeUndefined();
    expect(host.bytes).toBe(0);
    expect(clock.pendingTimers).toBe(0);
  });

  it("knows no other id", () => {
    const host = createSpeechHost({ clock: createVirtualClock() });
    host.put(sound(3));
    for (const id of ["", "..", "constructor", "a".repeat(27)]) expect(host.get(id)).toBeUndefined();
  });

  it("never gives an id twice", () => {
    const host = createSpeechHost({ clock: createVirtualClock() });
    expect(new Set(Array.from({ length: 500 }, () => host.put(sound(1)))).size).toBe(500);
  });

  it("keeps no more than it may, and loses nothing it has promised", async () => {
    const clock = createVirtualClock();
    const host = createSpeechHost({ clock, maxBytes: 10, ttlMs: 100 });
    const first = host.put(sound(6)) ?? "";
    await clock.advance(50);
    expect(host.put(sound(5))).toBeUndefined();
    const second = host.put(sound(4), "audio/basic") ?? "";
    expect(host.get(first)?.body).toEqual(sound(6));
    expect(host.get(second)?.contentType).toBe("audio/basic");
    await clock.advance(50);
    expect(host.bytes).toBe(4);
    expect(host.put(sound(6))).toBeDefined();
    host.drop(second);
    host.drop(second);
    expect(host.bytes).toBe(6);
  });

  it.each([
    [0, 1],
    [1, 0],
    [Number.NaN, 1],
  ])("refuses %d ms and %d bytes", (ttlMs, maxBytes) => {
    expect(() => createSpeechHost({ ttlMs, maxBytes })).toThrow("Give numbers above 0.");
  });
});
