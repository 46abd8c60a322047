import {
  bytesPerSample,
  createAudioConverter,
  createSampleReader,
  durationMs,
  PCM_8K,
  peakDbfs,
} from "../../audio/index.js";
import type { AudioFormat, Language, SpeakRequest, SpeechChunk, TextToSpeech } from "../../spec/index.js";
import {
  type ConformanceCase,
  type ConformanceOptions,
  caseOn,
  endsAborted,
  endsWhenAborted,
  itemsOf,
  must,
  mustBeFormat,
  mustDescribeItself,
  mustFail,
  plain,
  type Trial,
  within,
} from "./contract.js";

/** Of {@link textToSpeechConformance}. */
export interface TextToSpeechConformanceOptions extends ConformanceOptions<TextToSpeech> {
  /** What to say in each language, a sentence of at least five words. @default a sentence about the weather */
  readonly sentences?: Partial<Readonly<Record<Language, string>>>;
  /**
   * The words in a request's audio, for voices that can be understood, such as a simulator's. Case and marks do not matter.
   * @default what the voice says is not checked, only that it speaks
   */
  readonly hear?: (audio: Uint8Array, format: AudioFormat) => string | Promise<string>;
}

const SENTENCES: Readonly<Record<Language, string>> = {
  en: "Hello, the weather is fine in the city today.",
  hi: "नमस्ते, आज शहर में मौसम बहुत अच्छा है।",
  "hi-en": "Hello ji, आज weather बहुत अच्छा है city में।",
};

type Speak = Omit<SpeakRequest, "signal"> & { readonly signal?: AbortSignal };

/** What the contract of {@link TextToSpeech} asks. */
export function textToSpeechConformance(options: TextToSpeechConformanceOptions): ConformanceCase[] {
  const check = caseOn(options);
  const sentences = { ...SENTENCES, ...options.sentences };

  function requestFor({ capabilities, produces }: TextToSpeech): Speak & { readonly format: AudioFormat } {
    const [language = "en"] = capabilities.languages;
    const [format = PCM_8K] = produces;
    return { text: sentences[language], language, format };
  }

  return [
    check("says what it is, which languages it speaks and in which formats", ({ plugin }) => {
      mustDescribeItself(plugin);
      const { languages } = plugin.capabilities;
      must(languages.length > 0, "capabilities.languages names at least one language", languages);
      must(
        languages.every((language) => language in SENTENCES),
        "capabilities.languages are of Language",
        languages,
      );
      must(plugin.produces.length > 0, "produces names at least one format");
      plugin.produces.forEach(mustBeFormat);
    }),

    check("speaks aloud in every language it declares", async (trial) => {
      for (const language of trial.plugin.capabilities.languages) {
        const request = { ...requestFor(trial.plugin), language, text: sentences[language] };
        mustBeSpeech(await speak(trial, request), request.format, `in ${language}`);
      }
    }),

    check("speaks the same in every format it declares", async (trial) => {
      const lengths: number[] = [];
      for (const format of trial.plugin.produces) {
        const audio = await speak(trial, { ...requestFor(trial.plugin), format });
        mustBeSpeech(audio, format, `as ${format.type} at ${format.rate} Hz`);
        lengths.push(durationMs(audio.length, format));
      }
      const [shortest, longest] = [Math.min(...lengths), Math.max(...lengths)];
      must(longest <= shortest * 1.3 + 300, "The same text lasts about as long in each declared format", lengths);
    }),

    check("says the words of the text, in their order", async (trial) => {
      if (options.hear === undefined) return;
      for (const format of trial.plugin.produces) {
        const request = { ...requestFor(trial.plugin), format };
        const heard = await options.hear(await speak(trial, request), format);
        must(plain(heard) === plain(request.text), `What is said is "${request.text}"`, heard);
      }
    }),

    check("places its words within text and audio, in order, if it places them", async (trial) => {
      const request = requestFor(trial.plugin);
      const chunks = await chunksOf(trial, request);
      const words = chunks.flatMap((chunk) => chunk.words ?? []);
      const audioMs = durationMs(bytesOf(chunks).length, request.format);
      let [textEnd, startMs] = [0, 0];
      for (const word of words) {
        const inText =
          word.textStart >= textEnd && word.textEnd > word.textStart && word.textEnd <= request.text.length;
        must(inText, "The words' places in the text rise and lie within it", word);
        const inAudio = word.startMs >= startMs && word.endMs >= word.startMs && word.endMs <= audioMs + 100;
        must(inAudio, "The words' times rise and lie within the audio", word);
        ({ textEnd, startMs } = word);
      }
    }),

    check("ends without a sound when there is nothing to say", async (trial) => {
      for (const text of ["", " ", "…"]) {
        const { format, language } = requestFor(trial.plugin);
        const audio = await speak(trial, { text, format, language });
        must(
          durationMs(audio.length, format) < 2000,
          "What has no words is (nearly) no audio",
          `${audio.length} bytes`,
        );
      }
    }),

    check("gives nothing when aborted before", ({ plugin, abortWithinMs }) =>
      endsAborted((signal) => plugin.doSpeak({ ...requestFor(plugin), signal }), abortWithinMs),
    ),

    check("stops soon when aborted in the middle", (trial) => {
      const request = requestFor(trial.plugin);
      const text = Array.from({ length: 20 }, () => request.text).join(" ");
      return endsWhenAborted((signal) => trial.plugin.doSpeak({ ...request, text, signal }), trial);
    }),

    check("keeps requests made at once apart", async (trial) => {
      const short = requestFor(trial.plugin);
      const long = { ...short, text: `${short.text} ${short.text} ${short.text}` };
      const alone = [await speak(trial, short), await speak(trial, long)].map(({ length }) => length);
      const together = (await Promise.all([speak(trial, short), speak(trial, long)])).map(({ length }) => length);
      const same = together.every((length, place) => isNear(length, alone[place] as number));
      must(same, "Two requests at once give what each gives alone", { alone, together });
    }),

    check("lets go when no more is read, and speaks again", async (trial) => {
      const request = requestFor(trial.plugin);
      const signal = new AbortController().signal;
      const iterator = trial.plugin.doSpeak({ ...request, signal })[Symbol.asyncIterator]();
      await within(iterator.next(), trial.timeoutMs, "The voice gives its first chunk in time");
      const returned = Promise.resolve(iterator.return?.());
      await within(returned, trial.abortWithinMs, "A stream lets go soon when it is returned early");
      const after = await within(iterator.next(), trial.abortWithinMs, "A stream that was returned early has ended");
      must(after.done === true, "A stream that was returned early gives nothing more");
      mustBeSpeech(await speak(trial, request), request.format, "after a stream was returned early");
    }),
  ];
}

/**
 * What the contract asks of a voice whose provider fails: the failure is thrown, and nothing ends as if it were whole.
 * @param options.create Makes a voice whose provider refuses, breaks off or sends what is no sound.
 */
export function failingTextToSpeechConformance(options: TextToSpeechConformanceOptions): ConformanceCase[] {
  const check = caseOn(options);
  const sentences = { ...SENTENCES, ...options.sentences };
  return [
    check("throws a BolchaalError when its provider fails", async ({ plugin, timeoutMs }) => {
      const [language = "en"] = plugin.capabilities.languages;
      const [format = PCM_8K] = plugin.produces;
      const { signal } = new AbortController();
      await mustFail(plugin.doSpeak({ text: sentences[language], language, format, signal }), timeoutMs);
    }),
  ];
}

async function chunksOf({ plugin, timeoutMs }: Trial<TextToSpeech>, request: Speak): Promise<readonly SpeechChunk[]> {
  const signal = request.signal ?? new AbortController().signal;
  // Frozen: a request is not the voice's to change.
  return itemsOf(
    plugin.doSpeak(Object.freeze({ ...request, signal })),
    timeoutMs,
    "The voice speaks a sentence to its end in time",
  );
}

async function speak(trial: Trial<TextToSpeech>, request: Speak): Promise<Uint8Array> {
  return bytesOf(await chunksOf(trial, request));
}

function bytesOf(chunks: readonly SpeechChunk[]): Uint8Array {
  return Buffer.concat(chunks.map(({ audio }) => audio));
}

function mustBeSpeech(audio: Uint8Array, format: AudioFormat, how: string): void {
  const ms = durationMs(audio.length, format);
  must(
    audio.length % bytesPerSample(format) === 0,
    `A request's audio ${how} is of whole samples`,
    `${audio.length} bytes`,
  );
  must(ms >= 300 && ms <= 30_000, `A sentence ${how} lasts between 0.3 and 30 seconds`, `${ms} ms`);
  const samples = createSampleReader().read(createAudioConverter(format, PCM_8K).convert(audio));
  must(peakDbfs(samples) > -40, `A sentence ${how} can be heard`, `its peak is ${peakDbfs(samples)} dBFS`);
}

function isNear(length: number, other: number): boolean {
  return length <= other * 1.3 + 2000 && other <= length * 1.3 + 2000;
}
