import { bytesForMs, createAudioConverter, silence } from "../../audio/index.js";
import type { AudioFormat, Language, SpeechToTextStream, TranscriptResult } from "../../spec/index.js";
import { must, pause, within } from "./contract.js";

/** One utterance, without silence around it. */
export interface Utterance {
  readonly format: AudioFormat;
  readonly audio: Uint8Array;
  readonly language: Language;
  readonly text?: string;
}

/** A recogniser's stream, its results read as they come. */
export interface OpenStream {
  readonly stream: SpeechToTextStream;
  readonly format: AudioFormat;
  readonly results: readonly TranscriptResult[];
  /** Settles when the results have ended, with what they threw. */
  readonly ended: Promise<{ readonly error: unknown } | undefined>;
  /** The next result that is not an interim transcript. */
  answer(timeoutMs: number): Promise<TranscriptResult>;
}

/** Reads a stream. */
export function listenTo(stream: SpeechToTextStream, format: AudioFormat): OpenStream {
  const results: TranscriptResult[] = [];
  let wake = () => {};
  let read = 0;
  const ended = (async () => {
    try {
      for await (const result of stream.results) {
        results.push(result);
        wake();
      }
      return undefined;
    } catch (error) {
      return { error };
    }
  })();

  async function nextAnswer(): Promise<TranscriptResult> {
    while (true) {
      for (; read < results.length; read += 1) {
        const result = results[read] as TranscriptResult;
        if (result.type === "transcript" && !result.final) continue;
        read += 1;
        return result;
      }
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  }

  return {
    stream,
    format,
    results,
    ended,
    answer: (timeoutMs) => within(nextAnswer(), timeoutMs, "An utterance is answered in time"),
  };
}

/** Says an utterance as a session would: in pieces, the start told after some of it, silence behind. */
export function say({ stream, format }: OpenStream, speech: Utterance, utteranceId: string, pieceBytes: number): void {
  const converter = createAudioConverter(speech.format, format);
  const said = Buffer.concat([converter.convert(speech.audio), converter.flush(), silence(format, 400)]);
  const kept = Buffer.from(said);
  stream.write(silence(format, 200));
  const startAt = Math.min(said.length / 2, bytesForMs(60, format));
  let started = false;
  for (let at = 0; at < said.length; at += pieceBytes) {
    stream.write(said.subarray(at, at + pieceBytes));
    if (started || at < startAt) continue;
    stream.speechStart(utteranceId);
    started = true;
  }
  if (!started) stream.speechStart(utteranceId);
  stream.speechEnd(utteranceId);
  must(said.equals(kept), "write() does not change the sound: others hear it too");
}

/** Answers come when they come: so long a second one is waited for, in ms. */
const SECOND_ANSWER_WITHIN_MS = 50;

/** No utterance was answered more often than it was said. */
export async function mustAnswerOnce({ results }: OpenStream, utteranceIds: readonly string[]): Promise<void> {
  await pause(SECOND_ANSWER_WITHIN_MS);
  const answers = results.filter((result) => result.type !== "transcript" || result.final);
  for (const id of utteranceIds) {
    const named = answers.filter(({ utteranceId }) => utteranceId === id);
    must(named.length <= 1, "An utterance is answered once", named);
  }
  const texts = answers.flatMap((answer) => (answer.type === "transcript" ? [answer.text] : []));
  const [first] = texts;
  const same = texts.filter((text) => text === first).length;
  must(same <= utteranceIds.length, "The same words are not given twice", texts);
}
