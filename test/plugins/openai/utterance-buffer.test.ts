import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MULAW_8K, PCM_8K } from "../../../src/audio/index.js";
import { createUtteranceBuffer } from "../../../src/plugins/openai/utterance-buffer.js";

/** Bytes that tell where they stand. */
const tape = Uint8Array.from({ length: 4_000 }, (_, at) => (at * 7 + (at >> 8)) & 0xff);

describe.each([MULAW_8K, PCM_8K])("the sound of utterances: $type", (format) => {
  const width = format.type === "audio/pcm" ? 2 : 1;
  const limits = { preRollMs: 50, maxUtteranceMs: 150 };
  const preRollBytes = 400 * width;
  const mostBytes = 1_200 * width;

  it("is the stretch of the stream, with the sound before, in whole samples, whatever the pieces", () => {
    const pieces = fc.array(fc.integer({ min: 1, max: 300 }), { maxLength: 8 });
    fc.assert(
      fc.property(pieces, pieces, (before, during) => {
        const buffer = createUtteranceBuffer(format, limits);
        let at = 0;
        const write = (bytes: number) => {
          buffer.write(tape.subarray(at, at + bytes));
          at += bytes;
        };
        before.forEach(write);
        const startedAt = at;
        buffer.start();
        during.forEach(write);
        // The oldest sample that is kept stands whole within the pre-roll.
        const from = Math.ceil(Math.max(0, startedAt - preRollBytes) / width) * width;
        const to = Math.min(at, from + mostBytes);
        const sound = buffer.end();
        expect(Buffer.from(sound?.audio ?? [])).toEqual(Buffer.from(tape.subarray(from, to - ((to - from) % width))));
        expect(sound?.cut).toBe(at - from > mostBytes);
        // The next one begins where this one ended.
        const nextFrom = at - (at % width);
        buffer.start();
        write(100);
        const next = buffer.end();
        const end = at - ((at - nextFrom) % width);
        expect(Buffer.from(next?.audio ?? [])).toEqual(Buffer.from(tape.subarray(nextFrom, end)));
      }),
    );
  });

  it("is none before a start", () => {
    const buffer = createUtteranceBuffer(format, limits);
    buffer.write(tape);
    expect(buffer.end()).toBeUndefined();
  });
});
