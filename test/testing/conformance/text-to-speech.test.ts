import { describe, expect, it } from "vitest";
import { MULAW_8K, PCM_16K } from "../../../src/audio/index.js";
import type { SpeakRequest, SpeechChunk, TextToSpeech } from "../../../src/spec/index.js";
import { scriptedTextToSpeech, textToSpeechConformance } from "../../../src/testing/index.js";
import { failuresOf, IMPATIENT, QUICK } from "./failures.js";

const good = scriptedTextToSpeech();
const run = (create: () => TextToSpeech) => failuresOf(textToSpeechConformance({ create, ...QUICK }));

/** A voice that is good but for its `doSpeak`. */
const voice = (doSpeak: TextToSpeech["doSpeak"], more: Partial<TextToSpeech> = {}): TextToSpeech => ({
  ...good,
  ...more,
  doSpeak,
});

async function* slowly(chunks: AsyncIterable<SpeechChunk>): AsyncGenerator<SpeechChunk> {
  for await (const chunk of chunks) {
    await new Promise((resolve) => setTimeout(resolve, 5));
    yield chunk;
  }
}

describe("the text-to-speech suite", () => {
  it.each([
    ["as it is", scriptedTextToSpeech],
    ["in odd chunks, with words", () => scriptedTextToSpeech({ chunkBytes: 777, wordTimings: true })],
    ["that takes its time", () => scriptedTextToSpeech({ firstByteMs: 5, betweenChunksMs: 1, wordTimings: true })],
  ])("passes the scripted voice %s", async (_, create) => {
    expect(await run(() => create())).toEqual([]);
  });

  const never = new AbortController().signal;
  let last: SpeakRequest | undefined;
  it.each<[string, () => TextToSpeech, string[]]>([
    [
      "that says nothing of itself",
      () => ({ ...good, name: "", produces: [{ type: "audio/pcmu", rate: 16000 }] }),
      ["says what it is, which languages it speaks and in which formats"],
    ],
    [
      "that does not heed the signal",
      () => voice((request) => slowly(good.doSpeak({ ...request, signal: never }))),
      ["gives nothing when aborted before", "stops soon when aborted in the middle"],
    ],
    [
      "that gives all it has after an abort, at once",
      () =>
        voice((request) => {
          request.signal.throwIfAborted();
          return good.doSpeak({ ...request, signal: never });
        }),
      ["gives nothing when aborted before", "stops soon when aborted in the middle"],
    ],
    [
      "that throws another error when aborted",
      () =>
        voice(async function* (request) {
          for await (const chunk of good.doSpeak({ ...request, signal: never })) {
            if (request.signal.aborted) throw new Error("cancelled");
            yield chunk;
          }
        }),
      ["gives nothing when aborted before", "stops soon when aborted in the middle"],
    ],
    [
      "that gives the same format whatever is asked",
      () => voice((request) => good.doSpeak({ ...request, format: PCM_16K }), { produces: [MULAW_8K, PCM_16K] }),
      ["speaks the same in every format it declares"],
    ],
    [
      "that mixes requests",
      () =>
        voice(async function* (request) {
          last = request;
          await new Promise((resolve) => setTimeout(resolve, 5));
          const { text } = last;
          yield* good.doSpeak({ ...request, text });
        }),
      ["keeps requests made at once apart"],
    ],
    [
      "that places its words wrongly",
      () =>
        voice(async function* (request) {
          yield* good.doSpeak(request);
          yield { audio: new Uint8Array(0), words: [{ textStart: 3, textEnd: 999, startMs: 0, endMs: 1 }] };
        }),
      ["places its words within text and audio, in order, if it places them"],
    ],
    [
      "that fails on nothing to say",
      () =>
        voice((request) => {
          if (request.text.trim() === "") throw new Error("no text");
          return good.doSpeak(request);
        }),
      ["ends without a sound when there is nothing to say"],
    ],
    [
      "that is mute",
      () => voice(async function* () {}),
      [
        "speaks aloud in every language it declares",
        "speaks the same in every format it declares",
        "lets go when no more is read, and speaks again",
      ],
    ],
  ])("catches a voice %s", async (_, create, expected) => {
    expect(await run(create)).toEqual(expected);
  });

  it("catches a voice that never ends", async () => {
    const create = () => voice(() => ({ [Symbol.asyncIterator]: () => ({ next: () => new Promise(() => {}) }) }));
    expect(await failuresOf(textToSpeechConformance({ create, ...IMPATIENT }))).toEqual([
      "speaks aloud in every language it declares",
      "speaks the same in every format it declares",
      "places its words within text and audio, in order, if it places them",
      "ends without a sound when there is nothing to say",
      "gives nothing when aborted before",
      "stops soon when aborted in the middle",
      "keeps requests made at once apart",
      "lets go when no more is read, and speaks again",
    ]);
  });
});
