import type { AudioFormat } from "./audio-format.js";
import type { CallInfo } from "./call.js";
import type { Language } from "./language.js";
import type { ProviderName } from "./text-to-speech.js";

/** A speech-to-text plug-in. One object serves all calls; `doListen` opens one call's stream. */
export interface SpeechToText {
  readonly specVersion: "v1";
  /** The provider's name in events and errors, such as `deepgram`. */
  readonly name: string;
  /** The model's id at the provider, for the price list. */
  readonly modelId?: string;
  readonly capabilities: SpeechToTextCapabilities;
  /** The formats it takes, the one it likes best first. The session converts only when the carrier's is not among them. */
  readonly accepts: readonly AudioFormat[];
  /**
   * Opens a stream for one call. Called once a call; not to be called by apps.
   * @throws signal.reason when aborted; a `BolchaalError` when the provider cannot be reached.
   */
  doListen(options: ListenOptions): Promise<SpeechToTextStream>;
}

export interface SpeechToTextCapabilities {
  /** Sends transcripts that may still change while the caller speaks. */
  readonly interim: boolean;
  readonly languages: readonly Language[];
}

export interface ListenOptions {
  readonly call: CallInfo;
  /** One of the plug-in's `accepts`. */
  readonly format: AudioFormat;
  /** The language the call starts in: a hint. */
  readonly language: Language;
  /** Aborts when the call is over: the stream ends and lets go of all it owns. */
  readonly signal: AbortSignal;
  /** Tells of a failure that the plug-in got over by itself: it becomes a `warning` event. */
  readonly warn?: (warning: Error) => void;
}

/** One call's speech-to-text. */
export interface SpeechToTextStream {
  /** Takes the caller's audio as it comes, silence included. Never waits, and keeps a bounded amount. */
  write(audio: Uint8Array): void;
  /** The session's voice activity detector heard the caller begin utterance `utteranceId`. Its first samples were already written. */
  speechStart(utteranceId: string): void;
  /** The caller fell silent: give the final transcript of `utteranceId` soon. Providers with their own endpointing may ignore it. */
  speechEnd(utteranceId: string): void;
  /** The call goes on in another language: a hint, for providers that can use it. */
  setLanguage?(language: Language): void;
  /** What was heard. Ends when the stream closes; throws when the provider fails for good. */
  readonly results: AsyncIterable<TranscriptResult>;
  /** Who hears at present, where it is not the plug-in itself but one of several behind it. */
  readonly madeBy?: ProviderName;
  /** Ends the stream. Safe to call twice. */
  close(): Promise<void>;
}

/** What the recogniser made of an utterance. */
export type TranscriptResult =
  /** The words, so far (`final: false`) or for good. */
  | {
      readonly type: "transcript";
      readonly final: boolean;
      /** The id the session gave in `speechEnd`, where the provider can tell; else the provider's own, or none. */
      readonly utteranceId?: string;
      readonly text: string;
      readonly language?: Language;
      /** 0 to 1. */
      readonly confidence?: number;
    }
  /** There was speech, but no words could be made of it. */
  | { readonly type: "not-understood"; readonly utteranceId?: string }
  /** There was no speech in it after all: a cough, a click. */
  | { readonly type: "no-speech"; readonly utteranceId?: string };
