import { Channel, untilAborted, wait } from "../../async.js";
import { createAudioConverter, durationMs, sameFormat } from "../../audio/index.js";
import type {
  AudioFormat,
  Language,
  ListenOptions,
  ProviderName,
  SpeechToText,
  SpeechToTextStream,
  TranscriptResult,
} from "../../spec/index.js";
import { type Attempt, attemptsOf, type Chain, failureOf, lateError, RETRY_AFTER_MS } from "./chain.js";
import { createUnanswered, type HeardMessage, type Unanswered } from "./unanswered.js";

/** Who has listened so long has worked. */
const WORKED_MS = 5_000;

/** An utterance so long is no cough: it is answered, if only with `not-understood`. */
const LONG_MS = 700;

/** Several recognisers as one: where one fails, the next one hears again what was not answered. */
export function speechToTextOf(chain: Chain<SpeechToText>): SpeechToText {
  const { providers } = chain;
  const [first] = providers as readonly [SpeechToText];
  return {
    specVersion: "v1",
    name: first.name,
    ...(first.modelId === undefined ? {} : { modelId: first.modelId }),
    capabilities: {
      interim: providers.some(({ capabilities }) => capabilities.interim),
      languages: [...new Set(providers.flatMap(({ capabilities }) => capabilities.languages))],
    },
    accepts: first.accepts,
    doListen: async (options) => listen(chain, options),
  };
}

function listen(chain: Chain<SpeechToText>, options: ListenOptions): SpeechToTextStream {
  const { clock } = chain;
  const { format, signal } = options;
  const over = new AbortController();
  const either = AbortSignal.any([signal, over.signal]);
  const unanswered = createUnanswered((bytes) => durationMs(bytes, format));
  const results = new Channel<TranscriptResult>();
  let language = options.language;
  let current: Current | undefined;

  async function run(): Promise<void> {
    let attempts = attemptsOf(chain, fitsTo(language));
    for (let attempt = attempts.next(); attempt !== undefined; attempt = attempts.next()) {
      const { trial, place, provider, begunAtMs } = attempt;
      try {
        if (attempt.isSecond) await wait(clock, RETRY_AFTER_MS, either);
        current = await open(chain, attempt, { ...options, language, signal: either }, unanswered);
        for await (const result of current.results) {
          trial.succeeded();
          unanswered.answered(result);
          results.push(result);
        }
        either.throwIfAborted();
        throw new Error("it ended before the call");
      } catch (thrown) {
        current?.letGo();
        current = undefined;
        if (either.aborted) return trial.left();
        const error = failureOf(chain, provider.name, thrown);
        if (clock.now() - begunAtMs > WORKED_MS) {
          // It has worked until now: everybody may be tried again, itself too; first of all if its line broke, and soon.
          chain.health.begin(place).failed(error);
          attempts = attemptsOf(chain, fitsTo(language), error.code === "provider-timeout" ? place : undefined);
        } else if (!attempts.failed(attempt, error, false)) return results.close({ value: error });
        options.warn?.(error);
      }
    }
  }
  void run().finally(() => {
    if (signal.aborted) results.close({ value: signal.reason });
    else results.close();
  });

  function tell(message: HeardMessage): void {
    unanswered.keep(message);
    current?.tell(message);
  }

  return {
    write: (audio) => tell({ type: "audio", audio }),
    speechStart: (utteranceId) => tell({ type: "start", utteranceId }),
    speechEnd: (utteranceId) => tell({ type: "end", utteranceId }),
    setLanguage(next) {
      language = next;
      current?.setLanguage(next);
    },
    results,
    get madeBy(): ProviderName {
      return current?.provider ?? (chain.providers[0] as SpeechToText);
    },
    async close() {
      over.abort(new DOMException("The stream was closed.", "AbortError"));
      await current?.close();
    },
  };
}

function fitsTo(language: Language) {
  return ({ capabilities }: SpeechToText) => capabilities.languages.includes(language);
}

/** A provider that listens at present. */
interface Current {
  readonly provider: SpeechToText;
  readonly results: AsyncIterable<TranscriptResult>;
  tell(message: HeardMessage): void;
  setLanguage(language: Language): void;
  close(): Promise<void>;
  /** It has failed: whatever it still does is nobody's concern. */
  letGo(): void;
}

/** Opens a provider's stream in time, tells it what was not answered, and watches that it answers. */
async function open(
  chain: Chain<SpeechToText>,
  { provider, isLast }: Attempt<SpeechToText>,
  options: ListenOptions,
  unanswered: Unanswered,
): Promise<Current> {
  const { clock, rules } = chain;
  const own = new AbortController();
  const signal = AbortSignal.any([options.signal, own.signal]);
  const late = () => own.abort(lateError(chain, provider.name, rules.firstMs));
  const takes = formatOf(provider, options.format);
  const converter = createAudioConverter(options.format, takes);
  // The last one in the chain has all the time there is.
  const unwatchOpening = isLast ? () => {} : clock.setTimer(late, rules.firstMs);
  const opening = provider.doListen({ ...options, format: takes, signal });
  const stream = await whichever(opening, signal).finally(unwatchOpening);

  let unwatch = () => {};
  let heardOf = false;
  let startedAtMs = 0;
  let isReplay = true;
  function pass(message: HeardMessage): void {
    if (message.type === "audio") stream.write(converter.convert(message.audio));
    else if (message.type === "start") {
      heardOf = false;
      startedAtMs = clock.now();
      stream.speechStart(message.utteranceId);
    } else {
      stream.speechEnd(message.utteranceId);
      // Who has said anything in an utterance is alive; who has said nothing of a long one owes an answer.
      unwatch();
      const isLong = isReplay || clock.now() - startedAtMs >= LONG_MS;
      if (!heardOf && isLong && chain.providers.length > 1) unwatch = clock.setTimer(late, rules.firstMs);
    }
  }

  async function* results(): AsyncGenerator<TranscriptResult, void, void> {
    try {
      for await (const result of untilAborted(stream.results, signal)) {
        heardOf = true;
        unwatch();
        yield result;
      }
    } finally {
      unwatch();
    }
  }

  for (const message of unanswered.messages()) pass(message);
  isReplay = false;
  return {
    provider,
    results: results(),
    tell: pass,
    setLanguage: (language) => stream.setLanguage?.(language),
    close: () => stream.close(),
    letGo() {
      unwatch();
      own.abort(new DOMException("Another provider listens.", "AbortError"));
      stream.close().then(undefined, () => {});
    },
  };
}

function formatOf({ accepts }: SpeechToText, format: AudioFormat): AudioFormat {
  return accepts.find((accepted) => sameFormat(accepted, format)) ?? accepts[0] ?? format;
}

/** What is opened, or the signal's reason; a stream that opens too late is closed. */
function whichever(opening: Promise<SpeechToTextStream>, signal: AbortSignal): Promise<SpeechToTextStream> {
  return new Promise((resolve, reject) => {
    const onAbort = () => {
      reject(signal.reason);
      opening
        .then(
          (stream) => stream.close(),
          () => {},
        )
        .catch(() => {});
    };
    if (signal.aborted) return onAbort();
    signal.addEventListener("abort", onAbort, { once: true });
    opening.then(resolve, reject).finally(() => signal.removeEventListener("abort", onAbort));
  });
}
