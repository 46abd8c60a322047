import { untilAborted } from "../../../async.js";
import {
  bytesForMs,
  concatBytes,
  convertAudio,
  durationMs,
  MULAW_8K,
  sameFormat,
  writeWav,
} from "../../../audio/index.js";
import type { AudioFormat, Clock, Language, SayRequest, TextToSpeech } from "../../../spec/index.js";
import { speakingMs } from "./estimate-heard.js";
import type { SpeechHost } from "./speech-host.js";
import type { Utterance } from "./utterance.js";

/** A piece's sound must be made within this, in ms; then Twilio's voice says it instead. */
export const SYNTHESIS_TIMEOUT_MS = 4_000;

/** No piece is longer, in ms: a voice that does not stop fills no memory. */
export const LONGEST_PIECE_MS = 120_000;

/** How replies are said: by Twilio, or by a voice of our own whose sound Twilio fetches. */
export type GatherVoice =
  /** `<Say>`, in one of Twilio's voices. */
  | "say"
  /** `<Play>` of what the voice has made. Until a piece is made whole, nothing of it can be heard: it cannot be streamed. */
  | { readonly textToSpeech: TextToSpeech; readonly host: SpeechHost };

/** What the pieces of one call are said with. */
export interface VoiceContext {
  readonly voice: GatherVoice;
  /** How `<Say>` speaks. */
  readonly unitMs: Readonly<Record<Language, number>>;
  /** Twilio's voice in a language, if not the usual one. */
  readonly sayVoice: Readonly<Partial<Record<Language, string>>>;
  readonly clock: Clock;
  /** Where the sound of that id is fetched. */
  readonly soundUrl: (id: string) => string;
  /** A sound was made, or there will be none. */
  readonly onReady: () => void;
  /** The voice failed, and Twilio's says the piece. */
  readonly onFailed: (error: unknown) => void;
}

type Sound = { readonly id: string; readonly durationMs: number };

/** Begins to make a piece's sound, if it needs one. */
export function createUtterance(piece: SayRequest, context: VoiceContext): Utterance {
  const { voice, clock, unitMs, sayVoice, soundUrl } = context;
  const { text, language, generation } = piece;
  const dropped = new AbortController();
  const late = new AbortController();
  let sound: Sound | undefined;
  let readyAtMs = voice === "say" ? clock.now() : undefined;

  async function make({ textToSpeech, host }: Exclude<GatherVoice, "say">): Promise<void> {
    const signal = AbortSignal.any([dropped.signal, late.signal]);
    const undo = clock.setTimer(
      () => late.abort(new Error(`The voice took more than ${SYNTHESIS_TIMEOUT_MS} ms.`)),
      SYNTHESIS_TIMEOUT_MS,
    );
    try {
      const audio = await synthesise(textToSpeech, text, language, signal);
      const id = host.put(writeWav({ format: MULAW_8K, channels: 1, data: audio }));
      if (id === undefined) throw new Error("There is no room for more speech.");
      sound = { id, durationMs: durationMs(audio.length, MULAW_8K) };
    } catch (error) {
      if (!dropped.signal.aborted) context.onFailed(error);
    } finally {
      undo();
    }
    if (dropped.signal.aborted) return;
    readyAtMs = clock.now();
    context.onReady();
  }

  if (voice !== "say") void make(voice);

  return {
    text,
    language,
    generation,
    interruptible: piece.interruption !== "none",
    get readyAtMs() {
      return readyAtMs;
    },
    spoken() {
      if (sound !== undefined) {
        return { text, durationMs: sound.durationMs, verb: { verb: "play", url: soundUrl(sound.id) } };
      }
      const own = sayVoice[language];
      const verb = { verb: "say", text, language, ...(own === undefined ? {} : { voice: own }) } as const;
      return { text, durationMs: speakingMs(text, language, unitMs), verb };
    },
    drop() {
      dropped.abort();
      if (sound !== undefined && voice !== "say") voice.host.drop(sound.id);
    },
  };
}

/** A whole piece as µ-law at 8 kHz. */
async function synthesise(
  textToSpeech: TextToSpeech,
  text: string,
  language: Language,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const { produces } = textToSpeech;
  const format = (produces.find((each) => sameFormat(each, MULAW_8K)) ?? produces[0]) as AudioFormat;
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const { audio } of untilAborted(textToSpeech.doSpeak({ text, language, format, signal }), signal)) {
    bytes += audio.length;
    if (bytes > bytesForMs(LONGEST_PIECE_MS, format)) throw new Error("The voice does not come to an end.");
    chunks.push(audio);
  }
  if (bytes === 0) throw new Error("The voice made no sound.");
  return convertAudio(concatBytes(...chunks), format, MULAW_8K);
}
