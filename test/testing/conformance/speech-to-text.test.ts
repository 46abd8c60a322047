import { describe, expect, it } from "vitest";
import { encodeMulaw, MULAW_8K, PCM_16K } from "../../../src/audio/index.js";
import type { SpeechToText, SpeechToTextStream, TranscriptResult } from "../../../src/spec/index.js";
import { scriptedSpeechToText, speechToTextConformance } from "../../../src/testing/index.js";
import { codedSpeech } from "../../../src/testing/scripted/coded-speech.js";
import { failuresOf, QUICK } from "./failures.js";

const audio = Buffer.concat(codedSpeech("Ek kamra chahiye", 0, 200).map(({ samples }) => encodeMulaw(samples)));
const speech = { format: MULAW_8K, audio, language: "hi-en", text: "ek kamra chahiye!" } as const;
const run = (create: () => SpeechToText) => failuresOf(speechToTextConformance({ create, speech, ...QUICK }));

const good = scriptedSpeechToText();

/** A recogniser that is good but for what `change` does to its streams. */
const recogniser =
  (change: (stream: SpeechToTextStream) => Partial<SpeechToTextStream>, more: Partial<SpeechToText> = {}) =>
  () => ({
    ...good,
    async doListen(options: Parameters<SpeechToText["doListen"]>[0]) {
      const stream = await good.doListen(options);
      const { results, write, speechStart, speechEnd, close } = stream;
      return { results, write, speechStart, speechEnd, close, ...change(stream) };
    },
    ...more,
  });

const formats = "says what it is, which languages it knows and which formats it takes";
const recognises = "recognises an utterance in every format it takes";
const chunks = "recognises the same in chunks of any length";
const another = "recognises one utterance after another";
const apart = "keeps calls at once apart";
const abortBefore = "rejects with the signal's reason when aborted before it opens";
const abort = "ends soon when aborted, and gives nothing after";
const close = "ends its results when closed, and closes twice";
const afterClose = "gives nothing more once it is closed";
const late = "takes what comes late, empty or out of turn";

async function* mapped(
  results: AsyncIterable<TranscriptResult>,
  change: (result: TranscriptResult) => TranscriptResult,
) {
  for await (const result of results) yield change(result);
}

describe("the speech-to-text suite", () => {
  it.each([
    ["as it is", {}],
    ["with interims", { interim: true }],
    ["that takes its time", { delayMs: 20 }],
    ["that does not tell the utterance", { tellsUtterance: false }],
  ])("passes the scripted recogniser %s", async (_, options) => {
    expect(await run(() => scriptedSpeechToText(options))).toEqual([]);
  });

  const shared: SpeechToTextStream[] = [];
  it.each<[string, () => SpeechToText, string[]]>([
    [
      "without formats",
      () => ({ ...good, accepts: [] }),
      [formats, chunks, another, apart, abort, close, afterClose, late],
    ],
    [
      "that hears something else",
      recogniser(({ results }) => ({
        results: mapped(results, (result) => (result.type === "transcript" ? { ...result, text: "no" } : result)),
      })),
      [recognises, chunks],
    ],
    [
      "that takes any format for µ-law",
      () => ({
        ...good,
        accepts: [MULAW_8K, PCM_16K],
        doListen: (options) => good.doListen({ ...options, format: MULAW_8K }),
      }),
      [recognises, chunks],
    ],
    [
      "that drops the odd byte",
      recogniser(({ write }) => ({ write: (piece) => write(piece.subarray(0, piece.length & ~1)) })),
      [chunks],
    ],
    [
      "that names the wrong utterance",
      recogniser(({ results }) => ({ results: mapped(results, (result) => ({ ...result, utteranceId: "u9" })) })),
      [recognises, chunks, another],
    ],
    [
      "that hears one utterance only",
      recogniser(({ speechEnd }) => {
        let heard = false;
        return {
          speechEnd: (id) => {
            if (!heard) speechEnd(id);
            heard = true;
          },
        };
      }),
      [another],
    ],
    [
      "that does not heed the signal",
      () => ({ ...good, doListen: (options) => good.doListen({ ...options, signal: new AbortController().signal }) }),
      [abortBefore, abort],
    ],
    [
      "that tells every call what one has said",
      recogniser((stream) => {
        shared.push(stream);
        return {
          write: (piece) => shared.forEach((one) => void one.write(piece)),
          speechStart: (id) => shared.forEach((one) => void one.speechStart(id)),
          speechEnd: (id) => shared.forEach((one) => void one.speechEnd(id)),
        };
      }),
      [apart],
    ],
    ["that never ends", recogniser(() => ({ close: async () => {} })), [close, afterClose, late]],
    [
      "that closes once",
      recogniser((stream) => {
        let open = true;
        return {
          close: async () => {
            if (!open) throw new Error("closed");
            open = false;
            await stream.close();
          },
        };
      }),
      [close],
    ],
    [
      "that takes no audio after its end",
      recogniser((stream) => {
        let open = true;
        return {
          write: (piece) => {
            if (!open) throw new Error("closed");
            stream.write(piece);
          },
          close: async () => {
            open = false;
            await stream.close();
          },
        };
      }),
      [late],
    ],
  ])("catches a recogniser %s", async (_, create, expected) => {
    shared.length = 0;
    expect(await run(create)).toEqual(expected);
  });
});
