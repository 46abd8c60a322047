import { describe, expect, it } from "vitest";
import { decodeMulaw, MULAW_8K } from "../../../src/audio/index.js";
import { Player, Track } from "../../../src/session/playback/index.js";
import type { AudioTransport } from "../../../src/spec/index.js";
import { createVirtualClock } from "../../../src/testing/index.js";

/** Bytes that tell their own place: a ramp of loud codes, no two neighbours alike. */
const sound = (ms: number, from = 0) => Uint8Array.from({ length: ms * 8 }, (_, at) => 1 + ((from + at) % 60));

function player() {
  const clock = createVirtualClock();
  const line: (Uint8Array | "clear" | string)[] = [];
  const told: Uint8Array[] = [];
  const transport: AudioTransport = {
    specVersion: "v1",
    kind: "audio",
    name: "test",
    format: MULAW_8K,
    connect() {},
    sendAudio(audio) {
      line.push(audio.slice());
      return true;
    },
    sendMark: (name) => line.push(name),
    clear: () => line.push("clear"),
    hangUp: async () => {},
  };
  const playing = new Player(
    { transport, clock, duckDb: -12 },
    { started() {}, audio: (_, audio) => told.push(audio), dry() {}, flows() {}, failed() {}, warned() {} },
  );
  const track = new Track(MULAW_8K);
  /** One piece of four words, 250 ms each. */
  track.push({ type: "piece", text: "one two three four" });
  const words = ["one", "two", "three", "four"].map((word, at) => {
    const textStart = "one two three four".indexOf(word);
    return { textStart, textEnd: textStart + word.length, startMs: at * 250, endMs: at * 250 + 250 };
  });
  track.push({ type: "words", words });
  track.push({ type: "audio", audio: sound(1000) });
  track.close();
  const abort = new AbortController();
  const done = playing.play(1, track, abort.signal);
  done.catch(() => {});
  const sent = () => line.filter((item): item is Uint8Array => item instanceof Uint8Array);
  const sinceClear = () => line.slice(line.lastIndexOf("clear") + 1).filter((item) => item instanceof Uint8Array);
  const marks = () => line.filter((item): item is string => typeof item === "string" && item !== "clear");
  return { clock, playing, line, told, abort, done, sent, sinceClear, marks };
}

const bytes = (chunks: readonly Uint8Array[]) => Uint8Array.from(chunks.flatMap((chunk) => [...chunk]));
const loudness = (audio: Uint8Array) =>
  decodeMulaw(audio).reduce((sum, sample) => sum + Math.abs(sample), 0) / audio.length;

describe("Player", () => {
  it("ducks: clears, and sends the unheard rest again, softer", async () => {
    const { clock, playing, line, sinceClear, told } = player();
    await clock.advance(300);
    playing.setVolume(1, "soft", "here");
    await clock.advance(0);
    expect(line.filter((item) => item === "clear")).toHaveLength(1);
    const again = bytes(sinceClear());
    expect(again).toHaveLength(700 * 8);
    expect(20 * Math.log10(loudness(again) / loudness(sound(1000).slice(300 * 8)))).toBeCloseTo(-12, 0);
    // What is sent again is not told again.
    expect(bytes(told)).toEqual(sound(1000));
  });

  it("goes on as loud as ever from where it is, to the byte", async () => {
    const { clock, playing, sinceClear } = player();
    await clock.advance(300);
    playing.setVolume(1, "soft", "here");
    await clock.advance(200);
    playing.setVolume(1, "full", "here");
    await clock.advance(0);
    expect(bytes(sinceClear())).toEqual(sound(1000).slice(500 * 8));
  });

  it("goes on from the word where it was ducked", async () => {
    const { clock, playing, sinceClear } = player();
    await clock.advance(300);
    playing.setVolume(1, "soft", "here");
    await clock.advance(400);
    playing.setVolume(1, "full", "ducked-word");
    await clock.advance(0);
    expect(bytes(sinceClear())).toEqual(sound(1000).slice(250 * 8));
  });

  it("stands still, and goes on with the word that was cut", async () => {
    const { clock, playing, sinceClear, done, marks } = player();
    await clock.advance(300);
    playing.setVolume(1, "soft", "here");
    await clock.advance(320);
    playing.setVolume(1, "silent", "here");
    await clock.advance(5000);
    expect(sinceClear()).toEqual([]);
    playing.setVolume(1, "full", "here");
    await clock.advance(0);
    expect(bytes(sinceClear())).toEqual(sound(1000).slice(500 * 8));
    await clock.advance(500);
    for (const mark of marks()) playing.acknowledge(mark);
    expect((await done).heard).toMatchObject({ heardText: "one two three four", unheardText: "" });
  });

  it("knows what was heard when it is stopped, ducked or still", async () => {
    const { clock, playing, line } = player();
    await clock.advance(300);
    playing.setVolume(1, "soft", "here");
    await clock.advance(300);
    playing.setVolume(1, "silent", "here");
    await clock.advance(1000);
    expect(playing.stop(1)).toMatchObject({ heardText: "one two", unheardText: "three four", playedMs: 600 });
    const before = line.length;
    await clock.advance(1000);
    expect(line).toHaveLength(before);
  });

  it("ends by itself while ducked, and counts all of it as heard", async () => {
    const { clock, playing, done } = player();
    await clock.advance(300);
    playing.setVolume(1, "soft", "here");
    await clock.advance(5000);
    expect((await done).heard).toMatchObject({ heardText: "one two three four", playedMs: 1000 });
    playing.setVolume(1, "full", "here");
  });

  it("keeps back what is held, and lets it go", async () => {
    const { clock, playing, line, sent, abort } = player();
    playing.stop(1);
    abort.abort();
    line.length = 0;
    const track = new Track(MULAW_8K);
    void playing.play(2, track, new AbortController().signal);
    playing.hold(2);
    track.push({ type: "audio", audio: sound(1000) });
    track.close();
    await clock.advance(1000);
    expect(sent()).toEqual([]);
    playing.release(2);
    await clock.advance(0);
    expect(bytes(sent())).toEqual(sound(1000));
  });

  it("knows what the caller heard lately, and for how long", async () => {
    const { clock, playing, marks, done } = player();
    await clock.advance(400);
    expect(playing.heardLately(100)).toEqual(sound(1000).slice(300 * 8, 400 * 8));
    await clock.advance(600);
    for (const mark of marks()) playing.acknowledge(mark);
    await done;
    await clock.advance(100);
    expect(playing.heardLately(300)).toEqual(sound(1000).slice(800 * 8));
    expect([playing.heardWithin(150), playing.heardWithin(50)]).toEqual([true, false]);
  });
});
