import type { AudioFormat } from "./audio-format.js";
import type { Language } from "./language.js";

/** A text-to-speech plug-in. One object serves all calls. */
export interface TextToSpeech {
  readonly specVersion: "v1";
  /** The provider's name in events and errors, such as `elevenlabs`. */
  readonly name: string;
  /** The model's id at the provider, for the price list. */
  readonly modelId?: string;
  readonly capabilities: TextToSpeechCapabilities;
  /** The formats it can speak in, the one it likes best first. The session asks for the carrier's own if it is among them. */
  readonly produces: readonly AudioFormat[];
  /**
   * Speaks one piece of text, a sentence or a clause, streaming. Not to be called by apps.
   * Ends, or throws `signal.reason`, soon after `signal` aborts.
   */
  doSpeak(request: SpeakRequest): AsyncIterable<SpeechChunk>;
}

export interface TextToSpeechCapabilities {
  readonly languages: readonly Language[];
  /**
   * What the voice wants to be given. `spoken`: words as they are to be said; the session writes out numbers, money, dates
   * and abbreviations, and leaves out markdown, tags and emoji. `written`: the text as the brain gave it.
   * @default "spoken"
   */
  readonly text?: "spoken" | "written";
  /** The script it reads Hindi in, for `spoken` text. @default "devanagari" */
  readonly script?: "devanagari" | "latin";
}

export interface SpeakRequest {
  readonly text: string;
  readonly language: Language;
  /** One of the plug-in's `produces`. */
  readonly format: AudioFormat;
  readonly signal: AbortSignal;
  /** Tells of a failure that the plug-in got over by itself: it becomes a `warning` event. */
  readonly warn?: (warning: Error) => void;
}

/** A stretch of speech. */
export interface SpeechChunk {
  /** Bytes in the asked format. Any length; a sample may straddle two chunks. */
  readonly audio: Uint8Array;
  /** Where words begin, if the voice can tell. Times count from the start of this request's audio. */
  readonly words?: readonly WordTiming[];
  /** Who made it, where it is not the plug-in itself but one of several behind it. */
  readonly madeBy?: ProviderName;
}

/** A provider, and its model. */
export interface ProviderName {
  readonly name: string;
  readonly modelId?: string;
}

/** Where one word of the requested text stands in the audio. */
export interface WordTiming {
  /** Index of the word's first UTF-16 unit in the requested text. */
  readonly textStart: number;
  /** Index behind the word's last unit. */
  readonly textEnd: number;
  readonly startMs: number;
  readonly endMs: number;
}
