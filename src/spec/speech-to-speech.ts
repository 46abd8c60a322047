import type { BolchaalError } from "../errors.js";
import type { AudioFormat } from "./audio-format.js";
import type { CallInfo } from "./call.js";
import type { Language } from "./language.js";
import type { ModelTool, ModelUsage } from "./language-model.js";

/** A model that hears, thinks and speaks. One object serves all calls; `doConnect` opens one call's connection. */
export interface SpeechToSpeech {
  readonly specVersion: "v1";
  /** The provider's name in events and errors, such as `openai`. */
  readonly name: string;
  /** The model's id at the provider. */
  readonly modelId: string;
  readonly capabilities: { readonly languages: readonly Language[] };
  /** The formats it hears and speaks in, the one it likes best first. */
  readonly formats: readonly AudioFormat[];
  /**
   * Opens a connection for one call. Not to be called by apps.
   * @throws signal.reason when aborted; a `BolchaalError` when the provider cannot be reached or refuses.
   */
  doConnect(options: ConnectOptions): Promise<SpeechToSpeechStream>;
}

export interface ConnectOptions {
  readonly call: CallInfo;
  /** One of the plug-in's `formats`: of what it hears, and of what it says. */
  readonly format: AudioFormat;
  /** The language the call starts in. */
  readonly language: Language;
  /** Who it is and how it is to speak. */
  readonly instructions: string;
  /** What it may call. */
  readonly tools: readonly ModelTool[];
  /** Aborts when the call is over: the connection ends and lets go of all it owns. */
  readonly signal: AbortSignal;
}

/**
 * One call's connection. The session decides whose turn it is: the model is told when the caller's words are over, and
 * speaks when it is asked to. Requests and their answers are matched by `requestId`, which the session makes.
 */
export interface SpeechToSpeechStream {
  /** Takes the caller's audio as it comes, silence included. Never waits, and keeps a bounded amount. */
  write(audio: Uint8Array): void;
  /** What was written since the last commit is one utterance: hear it, and give its transcript. */
  commit(utteranceId: string): void;
  /** What was written since the last commit was no speech. */
  discard(): void;
  /** Answer what was said so far, by these instructions. */
  respond(requestId: string, options: { readonly instructions: string }): void;
  /** Say exactly this; it is not part of the conversation. */
  say(requestId: string, text: string, language: Language): void;
  /** The answer is not wanted any more: nothing more of it comes but its end. */
  cancel(requestId: string): void;
  /** The caller has heard so much of the answer's audio, in ms: the rest was never said. */
  truncate(requestId: string, playedMs: number): void;
  /** Tells the model something that was not spoken, such as a key the caller pressed. */
  addText(text: string): void;
  /** What a tool gave. `respond` is called once all of an answer's tools have given. */
  toolResult(toolCallId: string, text: string): void;
  /** What comes from the model, in order. Throws when the connection fails for good. */
  readonly events: AsyncIterable<SpeechToSpeechEvent>;
  /** Ends the connection. Safe to call twice. */
  close(): Promise<void>;
}

/** Something from the model. */
export type SpeechToSpeechEvent =
  /** What the caller said in an utterance, so far or for good; empty and final: nothing was understood. */
  | {
      readonly type: "caller-transcript";
      readonly utteranceId: string;
      readonly final: boolean;
      readonly text: string;
      readonly language?: Language;
    }
  /** A stretch of an answer's sound, in the connection's format. */
  | { readonly type: "audio"; readonly requestId: string; readonly audio: Uint8Array }
  /** The next words of an answer, as they are spoken. They come about when their sound does. */
  | { readonly type: "text"; readonly requestId: string; readonly text: string }
  /** The answer wants a tool. */
  | {
      readonly type: "tool-call";
      readonly requestId: string;
      readonly toolCallId: string;
      readonly name: string;
      /** JSON as the model wrote it. */
      readonly inputText: string;
    }
  | ({ readonly type: "usage"; readonly requestId: string } & ModelUsage)
  /** The answer is over: all of it came, it was cancelled, or it failed. */
  | {
      readonly type: "response-end";
      readonly requestId: string;
      readonly outcome: "completed" | "cancelled" | "failed";
      readonly error?: BolchaalError;
    }
  /** Something was wrong, and the connection goes on. */
  | { readonly type: "warning"; readonly error: BolchaalError };
