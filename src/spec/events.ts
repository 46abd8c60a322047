import type { BolchaalErrorCode, Component } from "../errors.js";
import type { CallEndReason, CallInfo } from "./call.js";
import type { CallIntent } from "./intent.js";
import type { Language } from "./language.js";

/** What every event carries. */
export interface EventBase {
  readonly callId: string;
  /** 1, 2, 3 … in each call, without gaps. */
  readonly seq: number;
  /** Milliseconds on the session's clock since the session was made. */
  readonly atMs: number;
}

/** The line is open. */
export interface CallStartEvent extends EventBase {
  readonly type: "call-start";
  readonly call: CallInfo;
  readonly language: Language;
}

/** Sound came from the caller, in the transport's format. */
export interface AudioInEvent extends EventBase {
  readonly type: "audio-in";
  readonly audio: Uint8Array;
}

/** The caller began to speak. */
export interface SpeechStartEvent extends EventBase {
  readonly type: "speech-start";
  readonly turnId: number;
  readonly utteranceId: string;
}

/** The caller fell silent. The turn may go on. */
export interface SpeechEndEvent extends EventBase {
  readonly type: "speech-end";
  readonly turnId: number;
  readonly utteranceId: string;
  readonly speechMs: number;
}

/** The recogniser heard words. */
export interface TranscriptEvent extends EventBase {
  readonly type: "transcript";
  readonly turnId: number;
  readonly final: boolean;
  readonly text: string;
  readonly language: Language;
  /** 0 to 1, where the recogniser tells. */
  readonly confidence?: number;
}

/** Endpointing decided that the caller's turn is over. */
export interface TurnEndEvent extends EventBase {
  readonly type: "turn-end";
  readonly turnId: number;
  /** All the caller said in the turn; empty if nothing was understood. */
  readonly text: string;
  readonly language: Language;
  /** What the words want of the call itself, if anything. */
  readonly intent?: CallIntent;
  /** From the end of the caller's speech to this decision, in ms. */
  readonly waitedMs: number;
}

/** What a reply is: the opening, an answer to a turn, a line of the session's or the app's own, or the last words. */
export type ReplyKind = "greeting" | "answer" | "line" | "silence-prompt" | "goodbye";

/** The agent begins to make a reply. */
export interface ReplyStartEvent extends EventBase {
  readonly type: "reply-start";
  readonly turnId: number;
  readonly generation: number;
  readonly kind: ReplyKind;
}

/** A reply is over: played out, interrupted, or given up. Exactly one for each `reply-start`. */
export interface ReplyEvent extends EventBase {
  readonly type: "reply";
  readonly turnId: number;
  readonly generation: number;
  readonly kind: ReplyKind;
  /** All that the agent meant to say, as far as it was made. */
  readonly text: string;
  /** What the caller heard of it. */
  readonly heardText: string;
  readonly language: Language;
  readonly outcome: "played" | "interrupted" | "dropped" | "failed";
}

/** A stretch of the agent's voice went to the line, in the transport's format. */
export interface TtsChunkEvent extends EventBase {
  readonly type: "tts-chunk";
  readonly turnId: number;
  readonly generation: number;
  readonly audio: Uint8Array;
}

/** The first sound of a reply went to the line. */
export interface PlaybackStartEvent extends EventBase {
  readonly type: "playback-start";
  readonly turnId: number;
  readonly generation: number;
}

/** The caller has heard a reply to its end. */
export interface PlaybackEndEvent extends EventBase {
  readonly type: "playback-end";
  readonly turnId: number;
  readonly generation: number;
  readonly playedMs: number;
}

/** The caller interrupted the agent, and the agent stopped. */
export interface BargeInEvent extends EventBase {
  readonly type: "barge-in";
  /** Of the reply that was stopped. */
  readonly turnId: number;
  readonly generation: number;
  readonly heardText: string;
  readonly playedMs: number;
  /** What it was stopped by: the caller's voice, words or a key; or the app. */
  readonly reason: "speech" | "words" | "dtmf" | "app";
}

/** The caller said "haan" or the like over the agent, and the agent went on. */
export interface BackchannelEvent extends EventBase {
  readonly type: "backchannel";
  readonly turnId: number;
  readonly text: string;
}

/** The call goes on in another language. */
export interface LanguageEvent extends EventBase {
  readonly type: "language";
  readonly from: Language;
  readonly to: Language;
}

/** The caller has been silent for long, or is back. */
export interface CallerAwayEvent extends EventBase {
  readonly type: "caller-away";
  readonly away: boolean;
}

/** The caller pressed a key. */
export interface DtmfEvent extends EventBase {
  readonly type: "dtmf";
  readonly digit: string;
}

/** The brain asked for a tool. */
export interface ToolCallEvent extends EventBase {
  readonly type: "tool-call";
  readonly turnId: number;
  readonly toolCallId: string;
  readonly name: string;
  readonly input: unknown;
}

/** A tool has answered. */
export interface ToolResultEvent extends EventBase {
  readonly type: "tool-result";
  readonly turnId: number;
  readonly toolCallId: string;
  readonly name: string;
  readonly output: unknown;
}

/** What the agent is doing. */
export type SessionState = "listening" | "thinking" | "speaking" | "ending";

/** The agent is doing something else now. */
export interface StateEvent extends EventBase {
  readonly type: "state";
  readonly state: SessionState;
}

/** What a provider was asked to do: what it may send a bill for. */
export interface UsageEvent extends EventBase, ProviderUsage {
  readonly type: "usage";
  readonly turnId: number;
}

/** How much of a provider was used. */
export interface ProviderUsage {
  readonly component: "speech-to-text" | "brain" | "text-to-speech" | "speech-to-speech";
  /** Such as `openai`. */
  readonly provider: string;
  /** The model's id there, where the plug-in tells. */
  readonly model?: string;
  readonly inputTokens?: number;
  readonly outputTokens?: number;
  /** Of the input, what the provider had in its cache. */
  readonly cachedInputTokens?: number;
  /** Sound that was sent to be understood, in ms. */
  readonly audioMs?: number;
  /** Text that was sent to be spoken, in UTF-16 units. */
  readonly characters?: number;
}

/** How long the parts of a turn took. Each is left out where the turn had no such part. */
export interface MetricsEvent extends EventBase {
  readonly type: "metrics";
  readonly turnId: number;
  /** End of the caller's speech → turn over. */
  readonly endpointMs?: number;
  /** End of the caller's speech → the last final transcript of the turn. */
  readonly transcriptionMs?: number;
  /** Turn over → the brain's first words. */
  readonly brainMs?: number;
  /** Turn over → the first piece that can be spoken. */
  readonly firstPieceMs?: number;
  /** Voice asked → its first sound. */
  readonly voiceMs?: number;
  /** End of the caller's speech → first sound on the line. */
  readonly totalMs?: number;
}

/** Something was not as it should be; the call goes on. */
export interface WarningEvent extends EventBase {
  readonly type: "warning";
  readonly code: string;
  readonly message: string;
}

/** A part failed. What the caller hears instead follows as its own events. */
export interface ErrorEvent extends EventBase {
  readonly type: "error";
  readonly code: BolchaalErrorCode;
  readonly component: Component;
  readonly provider?: string;
  readonly message: string;
  readonly error: unknown;
}

/** The call is over. The last event; exactly one. */
export interface CallEndEvent extends EventBase {
  readonly type: "call-end";
  readonly reason: CallEndReason;
  /** From `call-start`, in ms. */
  readonly durationMs: number;
}

/** Everything that happens in a call, as one stream. */
export type VoiceEvent =
  | CallStartEvent
  | AudioInEvent
  | SpeechStartEvent
  | SpeechEndEvent
  | TranscriptEvent
  | TurnEndEvent
  | ReplyStartEvent
  | ReplyEvent
  | TtsChunkEvent
  | PlaybackStartEvent
  | PlaybackEndEvent
  | BargeInEvent
  | BackchannelEvent
  | LanguageEvent
  | CallerAwayEvent
  | DtmfEvent
  | ToolCallEvent
  | ToolResultEvent
  | StateEvent
  | UsageEvent
  | MetricsEvent
  | WarningEvent
  | ErrorEvent
  | CallEndEvent;

/** The events by their type. */
export type VoiceEventOf<Type extends VoiceEvent["type"]> = Extract<VoiceEvent, { readonly type: Type }>;
