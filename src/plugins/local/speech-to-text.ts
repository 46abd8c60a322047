import { ALAW_8K, createAudioConverter, createSampleReader, MULAW_8K, PCM_8K, PCM_16K } from "../../audio/index.js";
import { BolchaalError } from "../../errors.js";
import type { ListenOptions, SpeechToText, SpeechToTextStream, TranscriptResult } from "../../spec/index.js";
import { DEFAULT_LEAST_FIT, decide } from "./recogniser/decision.js";
import { phraseGrammar } from "./recogniser/grammar.js";
import { type LocalPhrases, spokenPhrases } from "./recogniser/phrases.js";
import { createResultQueue } from "./recogniser/result-queue.js";
import { FILLER_DECODER, PHRASE_DECODER } from "./recogniser/settings.js";
import { createUtteranceBuffer, paddedSpeech, RECOGNISER_RATE, speechIn } from "./recogniser/utterance.js";
import { RecogniserWorkerClient } from "./recogniser-worker-client.js";

/** One recogniser takes about 0.2 s for an utterance, half a second for a long one: enough for some twenty calls. */
export const DEFAULT_RECOGNISER_WORKERS = 1;

export interface LocalSpeechToTextOptions {
  /** What callers may say. Nothing else is recognised. */
  readonly phrases: LocalPhrases;
  /** Worker threads, each with a recogniser of its own (about 90 MB). They start with the first call. @default DEFAULT_RECOGNISER_WORKERS */
  readonly workers?: number;
  /**
   * How well a phrase must fit: 0 takes only what fits as well as any sounds would, lower takes more. Speech that fits
   * nothing so well is `not-understood`. @default DEFAULT_LEAST_FIT
   */
  readonly leastFit?: number;
}

/** A {@link SpeechToText} that owns worker threads. */
export interface LocalSpeechToText extends SpeechToText {
  /** Ends the workers. They keep no process alive while nothing is being recognised, so this is for tests. */
  close(): Promise<void>;
}

/**
 * An embedded recogniser of phrases in English and Hindi: soundswallower in WebAssembly, in a worker thread shared by all
 * calls. No key, no server, no download. It understands the phrases it is given, said whole, and nothing else; it knows an
 * utterance from the session's `speechStart` and `speechEnd`.
 * @throws BolchaalError `invalid-option`
 */
export function localSpeechToText(options: LocalSpeechToTextOptions): LocalSpeechToText {
  const { workers = DEFAULT_RECOGNISER_WORKERS, leastFit = DEFAULT_LEAST_FIT } = options;
  if (!Number.isInteger(workers) || workers < 1) {
    throw new BolchaalError(`The option \`workers\` is ${workers}. Give a whole number from 1.`, {
      code: "invalid-option",
      component: "speech-to-text",
      provider: "local",
    });
  }
  const grammar = phraseGrammar(spokenPhrases(options.phrases));
  const settings = { jsgf: grammar.jsgf, words: grammar.words, decoder: PHRASE_DECODER, filler: FILLER_DECODER };
  const clients = Array.from({ length: workers }, () => new RecogniserWorkerClient(settings));

  async function recognise(speech: Int16Array, signal: AbortSignal): Promise<TranscriptResult> {
    const client = clients.reduce((idlest, other) => (other.load < idlest.load ? other : idlest));
    const heard = await client.recognise(paddedSpeech(speech), signal);
    return decide(heard, (speech.length * 1000) / RECOGNISER_RATE, grammar, leastFit);
  }

  return {
    specVersion: "v1",
    name: "local",
    capabilities: { interim: false, languages: ["en", "hi", "hi-en"] },
    accepts: [MULAW_8K, ALAW_8K, PCM_8K, PCM_16K],
    async doListen(listenOptions) {
      const { signal } = listenOptions;
      await settledOrAborted(Promise.all(clients.map((client) => client.warmUp())), signal);
      return listen(listenOptions, recognise);
    },
    async close() {
      await Promise.all(clients.map((client) => client.close()));
    },
  };
}

/** Waits for a promise, but no longer than until `signal` aborts: throws its reason then. */
async function settledOrAborted(promise: Promise<unknown>, signal: AbortSignal): Promise<void> {
  promise.catch(() => {});
  signal.throwIfAborted();
  let onAbort = () => {};
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(signal.reason);
  });
  signal.addEventListener("abort", onAbort, { once: true });
  try {
    await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener("abort", onAbort);
  }
}

/** One call's stream: cuts utterances out of the audio and has each recognised when it ends. */
function listen(
  { format, signal }: ListenOptions,
  recognise: (speech: Int16Array, signal: AbortSignal) => Promise<TranscriptResult>,
): SpeechToTextStream {
  const converter = createAudioConverter(format, PCM_8K);
  const reader = createSampleReader();
  const buffer = createUtteranceBuffer();
  const results = createResultQueue<TranscriptResult>();
  const closing = new AbortController();

  function end(): void {
    if (closing.signal.aborted) return;
    signal.removeEventListener("abort", onAbort);
    closing.abort(new DOMException("The stream is closed.", "AbortError"));
    results.end();
  }
  function onAbort(): void {
    results.fail(signal.reason);
    end();
  }
  signal.addEventListener("abort", onAbort, { once: true });

  async function tell(utteranceId: string): Promise<void> {
    const speech = speechIn(buffer.end());
    if (speech === undefined) return results.push({ type: "no-speech", utteranceId });
    try {
      results.push({ ...(await recognise(speech, closing.signal)), utteranceId });
    } catch (thrown) {
      if (!closing.signal.aborted) results.fail(thrown);
    }
  }

  return {
    write(audio) {
      if (!closing.signal.aborted) buffer.write(reader.read(converter.convert(audio)));
    },
    speechStart: () => buffer.start(),
    speechEnd(utteranceId) {
      if (!closing.signal.aborted) void tell(utteranceId);
    },
    results,
    async close() {
      end();
    },
  };
}
