import { wait } from "../../async.js";
import {
  bytesOfSamples,
  concatBytes,
  createAudioConverter,
  MULAW_8K,
  PCM_8K,
  PCM_16K,
  PCM_24K,
} from "../../audio/index.js";
import type { AudioFormat, Clock, Language, SpeakRequest, SpeechChunk, TextToSpeech } from "../../spec/index.js";
import { systemClock } from "../../system-clock.js";
import { checkWordMs, codedSpeech, type SpokenWord } from "./coded-speech.js";
import { stall } from "./pacing.js";

/** How long the scripted voice takes to say a word, in ms. */
export const DEFAULT_WORD_MS = 200;

/** Of {@link scriptedTextToSpeech}. */
export interface ScriptedTextToSpeechOptions {
  /** Where the delays are taken from. @default the system's clock */
  readonly clock?: Clock;
  /** How long a word of the audio is, in ms: a multiple of 10, up to 2550. @default DEFAULT_WORD_MS */
  readonly wordMs?: number;
  /** From the request to the first chunk, in ms of the clock. @default 0 */
  readonly firstByteMs?: number;
  /** From one chunk to the next, in ms of the clock. @default 0 */
  readonly betweenChunksMs?: number;
  /** Bytes of a chunk; samples may straddle two. @default one chunk a word */
  readonly chunkBytes?: number;
  /** Tells where words stand. @default false */
  readonly wordTimings?: boolean;
  /** @default µ-law at 8 kHz, then PCM at 8, 16 and 24 kHz */
  readonly produces?: readonly AudioFormat[];
  /** @default "scripted" */
  readonly name?: string;
  /** What goes wrong with a request, if anything; `count` is 1 for the first. @default nothing does */
  readonly fault?: (request: SpeakRequest, count: number) => ScriptedVoiceFault | undefined;
}

/** What goes wrong with one request to the scripted voice. */
export interface ScriptedVoiceFault {
  /** The voice says so many chunks, and then … @default 0 */
  readonly afterChunks?: number;
  /** … says no more, without an end, until it is aborted … */
  readonly stall?: true;
  /** … or throws this. */
  readonly error?: unknown;
}

/**
 * A voice for tests. The same text always gives the same sound, and the sound tells which word it is: `heardWords`
 * reads from a call's recording what was heard, word by word. To the ear it is a buzz.
 */
export function scriptedTextToSpeech(options: ScriptedTextToSpeechOptions = {}): TextToSpeech {
  const { clock = systemClock, firstByteMs = 0, betweenChunksMs = 0, wordTimings = false } = options;
  const wordMs = checkWordMs(options.wordMs ?? DEFAULT_WORD_MS);
  let requests = 0;

  async function* doSpeak(request: SpeakRequest): AsyncGenerator<SpeechChunk, void, void> {
    const { text, format, signal } = request;
    signal.throwIfAborted();
    const utterance = requests;
    requests += 1;
    const fault = options.fault?.(request, requests);
    let said = 0;
    for (const chunk of chunksOf(codedSpeech(text, utterance & 0xff, wordMs), format, options.chunkBytes)) {
      if (said === (fault?.afterChunks ?? 0)) await goWrong(fault, signal);
      const delayMs = said === 0 ? firstByteMs : betweenChunksMs;
      if (delayMs > 0) await wait(clock, delayMs, signal);
      signal.throwIfAborted();
      yield wordTimings ? chunk : { audio: chunk.audio };
      said += 1;
    }
    if (said <= (fault?.afterChunks ?? 0)) await goWrong(fault, signal);
    signal.throwIfAborted();
  }

  return {
    specVersion: "v1",
    name: options.name ?? "scripted",
    capabilities: { languages: LANGUAGES, text: "written" },
    produces: options.produces ?? [MULAW_8K, PCM_8K, PCM_16K, PCM_24K],
    doSpeak,
  };
}

const LANGUAGES: readonly Language[] = ["hi", "en", "hi-en"];

async function goWrong(fault: ScriptedVoiceFault | undefined, signal: AbortSignal): Promise<void> {
  if (fault?.stall === true) await stall(signal);
  if (fault?.error !== undefined) throw fault.error;
}

function* chunksOf(
  words: readonly SpokenWord[],
  format: AudioFormat,
  chunkBytes: number | undefined,
): Generator<SpeechChunk & { readonly words: NonNullable<SpeechChunk["words"]> }, void, void> {
  const converter = createAudioConverter(PCM_8K, format);
  const parts = words.map((word, place) => {
    const audio = converter.convert(bytesOfSamples(word.samples));
    const isLast = place === words.length - 1;
    return { audio: isLast ? concatBytes(audio, converter.flush()) : audio, words: [timingOf(word)] };
  });
  if (chunkBytes === undefined) yield* parts;
  else yield* cut(parts, chunkBytes);
}

/** Equal chunks; the words' places come with the first. */
function* cut(parts: readonly (SpeechChunk & { readonly words: NonNullable<SpeechChunk["words"]> })[], bytes: number) {
  const audio = concatBytes(...parts.map((part) => part.audio));
  for (let at = 0; at < audio.length; at += bytes) {
    yield { audio: audio.slice(at, at + bytes), words: at === 0 ? parts.flatMap(({ words }) => words) : [] };
  }
}

function timingOf({ textStart, textEnd, startMs, endMs }: SpokenWord) {
  return { textStart, textEnd, startMs, endMs };
}
