import { createAudioConverter, durationMs, sameFormat } from "../../audio/index.js";
import type { AudioFormat, SpeakRequest, SpeechChunk, TextToSpeech, WordTiming } from "../../spec/index.js";
import { type Chain, throughChain } from "./chain.js";

/** A voice that does not tell where its words are says about so much in a millisecond, in UTF-16 units. */
const UNITS_PER_MS = 0.014;

/** Several voices as one: where one breaks off, the next one goes on from the word that was cut. */
export function textToSpeechOf(chain: Chain<TextToSpeech>): TextToSpeech {
  const { providers } = chain;
  const [first] = providers as readonly [TextToSpeech];
  const all = (holds: (voice: TextToSpeech) => boolean) => providers.every(holds);
  return {
    specVersion: "v1",
    name: first.name,
    ...(first.modelId === undefined ? {} : { modelId: first.modelId }),
    capabilities: {
      languages: [...new Set(providers.flatMap(({ capabilities }) => capabilities.languages))],
      text: all(({ capabilities }) => capabilities.text === "written") ? "written" : "spoken",
      script: all(({ capabilities }) => capabilities.script === "latin") ? "latin" : "devanagari",
    },
    produces: first.produces,
    doSpeak: (request) => speak(chain, request),
  };
}

async function* speak(chain: Chain<TextToSpeech>, request: SpeakRequest): AsyncGenerator<SpeechChunk, void, void> {
  const { text, language, format, signal, warn } = request;
  const spoken = createSpoken(text, format);
  let voice: OneVoice | undefined;
  const chunks = throughChain<TextToSpeech, SpeechChunk>(chain, {
    ask(provider, either) {
      const rest = spoken.rest();
      voice = oneVoice(provider, format);
      return rest === ""
        ? nothing()
        : provider.doSpeak({ ...request, text: rest, format: voice.format, signal: either });
    },
    isOutput: ({ audio }) => audio.length > 0,
    goesOn: true,
    mustGive: /[\p{L}\p{N}]/u.test(text),
    fits: ({ capabilities }) => capabilities.languages.includes(language),
    signal,
    warn,
  });
  for await (const { item, provider } of chunks) {
    const audio = voice?.take(item.audio) ?? item.audio;
    yield { ...spoken.add(audio, item.words ?? []), madeBy: item.madeBy ?? provider };
  }
  const last = voice?.flush() ?? new Uint8Array(0);
  if (last.length > 0) yield spoken.add(last, []);
}

async function* nothing(): AsyncGenerator<SpeechChunk, void, void> {}

interface OneVoice {
  readonly format: AudioFormat;
  take(audio: Uint8Array): Uint8Array;
  flush(): Uint8Array;
}

/** A voice in the format asked of it: whole samples only, so that another can follow it at any time. */
function oneVoice({ produces }: TextToSpeech, format: AudioFormat): OneVoice {
  const own = produces.find((produced) => sameFormat(produced, format)) ?? produces[0] ?? format;
  const converter = createAudioConverter(own, format);
  let half = new Uint8Array(0);
  return {
    format: own,
    take(audio) {
      const converted = converter.convert(audio);
      if (format.type !== "audio/pcm") return converted;
      const bytes = half.length === 0 ? converted : Buffer.concat([half, converted]);
      const whole = bytes.length - (bytes.length % 2);
      half = new Uint8Array(bytes.subarray(whole));
      return bytes.subarray(0, whole);
    },
    flush: () => converter.flush(),
  };
}

/** What of a text was spoken, by whichever voice. */
function createSpoken(text: string, format: AudioFormat) {
  let spokenMs = 0;
  /** Where the present voice began, in the text and in time. */
  let fromText = 0;
  let fromMs = 0;
  let words: WordTiming[] = [];

  /** Where to go on in the text: at the word that was cut. */
  function place(): number {
    const cut = words.find(({ endMs }) => endMs > spokenMs);
    if (cut !== undefined) return cut.textStart;
    const { textEnd, endMs } = words.at(-1) ?? { textEnd: fromText, endMs: fromMs };
    // Behind the last word that is known of: by how much a voice says in that time.
    return wordStart(text, textEnd + Math.floor((spokenMs - endMs) * UNITS_PER_MS));
  }

  return {
    rest(): string {
      fromText = place();
      fromMs = spokenMs;
      words = [];
      return text.slice(fromText).trimEnd();
    },
    add(audio: Uint8Array, timings: readonly WordTiming[]): SpeechChunk {
      const moved = timings.map(({ textStart, textEnd, startMs, endMs }) => ({
        textStart: textStart + fromText,
        textEnd: textEnd + fromText,
        startMs: startMs + fromMs,
        endMs: endMs + fromMs,
      }));
      words.push(...moved);
      spokenMs += durationMs(audio.length, format);
      return moved.length === 0 ? { audio } : { audio, words: moved };
    },
  };
}

/** Where the word begins that stands at `place`; the next one, if that is a space. */
function wordStart(text: string, place: number): number {
  return place >= text.length ? text.length : text.slice(0, place + 1).search(/\S*$/u);
}
