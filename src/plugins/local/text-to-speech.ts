import { bytesOfSamples, createResampler, encodeMulaw, MULAW_8K, PCM_8K, PCM_16K, PCM_24K } from "../../audio/index.js";
import { spokenLanguage } from "../../language/index.js";
import type { AudioFormat, Language, SpeakRequest, SpeechChunk, TextToSpeech, WordTiming } from "../../spec/index.js";
import { type VoiceChunk, VoiceWorkerClient } from "./voice-worker-client.js";

/** A voice of eSpeak NG, by language. The `+f…` behind the name makes it a woman's. */
export const DEFAULT_LOCAL_VOICES: Readonly<Record<"en" | "hi", string>> = { en: "en-us+f3", hi: "hi+f3" };
/** In words a minute: somewhat slower than eSpeak NG's 175, for the telephone. */
export const DEFAULT_LOCAL_VOICE_RATE = 165;
/** From 0 to 99. */
export const DEFAULT_LOCAL_VOICE_PITCH = 50;

export interface LocalTextToSpeechOptions {
  /** eSpeak NG's names, such as `en-gb`, `en-us+m3`, `hi`. @default DEFAULT_LOCAL_VOICES */
  readonly voices?: Partial<Record<"en" | "hi", string>>;
  /** Words a minute, 80 to 450. @default DEFAULT_LOCAL_VOICE_RATE */
  readonly rate?: number;
  /** 0 to 99. @default DEFAULT_LOCAL_VOICE_PITCH */
  readonly pitch?: number;
}

/** A {@link TextToSpeech} that owns a worker thread. */
export interface LocalTextToSpeech extends TextToSpeech {
  /** Ends the worker. It does not keep a process alive while nothing is spoken, so this is for tests. */
  close(): Promise<void>;
}

/**
 * An embedded voice for English and Hindi: eSpeak NG in WebAssembly, in a worker thread shared by all calls. No key, no
 * server, no download. It sounds like a machine of the 1990s. Hindi is to be written in Devanagari.
 */
export function localTextToSpeech(options: LocalTextToSpeechOptions = {}): LocalTextToSpeech {
  const { rate = DEFAULT_LOCAL_VOICE_RATE, pitch = DEFAULT_LOCAL_VOICE_PITCH } = options;
  const voices = { ...DEFAULT_LOCAL_VOICES, ...options.voices };
  const client = new VoiceWorkerClient();
  return {
    specVersion: "v1",
    name: "local",
    capabilities: { languages: ["en", "hi", "hi-en"] },
    produces: [MULAW_8K, PCM_8K, PCM_16K, PCM_24K],
    doSpeak({ text, language, format, signal }) {
      const order = { text, voice: voices[voiceLanguage(text, language)], rate, pitch };
      return inFormat(client.speak(order, signal), text, format);
    },
    close: () => client.close(),
  };
}

/** One voice a language: the Hindi one for mixed speech too, in which English words stay in Latin letters. The English one reads no Devanagari. */
function voiceLanguage(text: string, language: Language): "en" | "hi" {
  if (/\p{Script=Devanagari}/u.test(text)) return "hi";
  return spokenLanguage(language);
}

/** The voice's samples in the asked format, with the places of its words in the text's UTF-16 units. */
async function* inFormat(
  chunks: AsyncIterable<VoiceChunk>,
  text: string,
  format: SpeakRequest["format"],
): AsyncGenerator<SpeechChunk, void, void> {
  let resampler: ReturnType<typeof createResampler> | undefined;
  const places = createWordPlaces(text);
  let lengthMs = 0;
  for await (const { samples, sampleRate, words } of chunks) {
    resampler ??= createResampler(sampleRate, format.rate);
    lengthMs += (samples.length / sampleRate) * 1000;
    const audio = encoded(resampler.process(samples), format);
    const timings = words.flatMap((word) => places.add(word));
    if (audio.length > 0 || timings.length > 0) yield { audio, ...(timings.length > 0 ? { words: timings } : {}) };
  }
  const audio = resampler === undefined ? new Uint8Array(0) : encoded(resampler.flush(), format);
  yield { audio, words: places.end(lengthMs) };
}

function encoded(samples: Int16Array, format: AudioFormat): Uint8Array {
  return format.type === "audio/pcmu" ? encodeMulaw(samples) : bytesOfSamples(samples);
}

/**
 * Turns the voice's word events into timings. An event tells where a word begins, so a word is known when the next one
 * begins. eSpeak NG counts code points, and tells a number more than once: what does not go forward is passed over.
 */
function createWordPlaces(text: string): {
  add(word: VoiceChunk["words"][number]): WordTiming[];
  end(lengthMs: number): WordTiming[];
} {
  const unitAt: number[] = [];
  let unit = 0;
  for (const character of text) {
    unitAt.push(unit);
    unit += character.length;
  }
  let open: Omit<WordTiming, "endMs"> | undefined;
  const close = (endMs: number): WordTiming[] => (open === undefined ? [] : [{ ...open, endMs }]);
  return {
    add({ start, length, atMs }) {
      const textStart = unitAt[start] ?? text.length;
      if (textStart < (open?.textEnd ?? 0) || atMs < (open?.startMs ?? 0)) return [];
      const closed = close(atMs);
      open = { textStart, textEnd: unitAt[start + length] ?? text.length, startMs: atMs };
      return closed;
    },
    end(lengthMs) {
      // The voice ends with its last word: at most 50 ms of silence follow.
      const last = close(Math.max(open?.startMs ?? 0, lengthMs));
      open = undefined;
      return last;
    },
  };
}
