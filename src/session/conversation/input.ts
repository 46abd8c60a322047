import type {
  CallInfo,
  InterruptionPolicy,
  Language,
  ProviderUsage,
  ToolResult,
  TranscriptResult,
} from "../../spec/index.js";
import type { ToolAtWork } from "./state.js";

/** Something that happened, with its time on the session's clock. The whole list of a call's inputs replays the call. */
export type ConversationInput = { readonly atMs: number } & (
  | { readonly type: "call-start"; readonly call: CallInfo }
  /** Voice activity: the caller began to speak. */
  | { readonly type: "speech-start" }
  /** Voice activity: the caller speaks on; there was a voice for `voicedMs` of it by now. */
  | { readonly type: "speech"; readonly voicedMs: number }
  /** Voice activity: the caller fell silent, at `endedAtMs`. */
  | { readonly type: "speech-end"; readonly endedAtMs: number; readonly speechMs: number }
  | { readonly type: "transcript"; readonly result: TranscriptResult }
  | { readonly type: "dtmf"; readonly digit: string }
  /** The brain gave its first words, or switched the language, or asked for memory or the end of the call. */
  | { readonly type: "reply-text"; readonly generation: number }
  | { readonly type: "reply-language"; readonly generation: number; readonly language: Language }
  /** How the reply may be interrupted from now on. */
  | { readonly type: "reply-interruption"; readonly generation: number; readonly policy: InterruptionPolicy }
  | { readonly type: "reply-memory"; readonly generation: number; readonly value: unknown }
  | { readonly type: "reply-ends-call"; readonly generation: number }
  /** The call itself goes on in this language. */
  | { readonly type: "reply-switches-language"; readonly generation: number; readonly language: Language }
  /** A provider was used, for a reply or for hearing. */
  | { readonly type: "usage"; readonly generation?: number; readonly usage: ProviderUsage }
  /** A plug-in got over a failure by itself. */
  | { readonly type: "warning"; readonly message: string }
  /** A tool that the reply asked for was started; it has answered. */
  | ({ readonly type: "tool-call"; readonly generation: number; readonly input: unknown } & Omit<ToolResult, "output"> &
      ToolAtWork)
  | ({ readonly type: "tool-result"; readonly generation: number } & ToolResult)
  /** The first sound of a reply went to the line, `voiceMs` after the voice was asked for it. */
  | { readonly type: "playback-start"; readonly generation: number; readonly voiceMs: number }
  /** All that was made of a reply is heard by `fromMs`, and there is more to come; it has come. */
  | { readonly type: "reply-dry"; readonly generation: number; readonly fromMs: number }
  | { readonly type: "reply-flows"; readonly generation: number }
  /** A reply is over by itself: all of it was played, or nothing more can be made of it. */
  | ({ readonly type: "reply-over"; readonly generation: number; readonly failed: boolean } & HeardInput)
  /** The answer to a `stop-reply` action. */
  | ({ readonly type: "reply-stopped"; readonly generation: number } & HeardInput)
  /** The app wants a line said. */
  | { readonly type: "say"; readonly text: string; readonly interruption?: InterruptionPolicy }
  /** The app says that the caller's turn is over. */
  | { readonly type: "end-turn" }
  /** The app wants the agent to stop speaking. */
  | { readonly type: "interrupt" }
  /** The carrier has stopped speaking: the caller spoke, or pressed a key. */
  | { readonly type: "interrupted"; readonly by: "speech" | "dtmf" }
  /** The app wants the call ended, after these last words if there are any. */
  | { readonly type: "end"; readonly lastWords?: string }
  /** Speech-to-text failed for good. */
  | { readonly type: "hearing-failed" }
  | { readonly type: "transport-end"; readonly reason: "caller-hangup" | "hung-up" | "transport-lost" }
  /** Time has passed. */
  | { readonly type: "tick" }
);

/** What became of a reply at the caller's ear. */
export interface HeardInput {
  readonly text: string;
  readonly heardText: string;
  readonly unheardText: string;
  readonly playedMs: number;
}

/** The inputs by their type. */
export type InputOf<Type extends ConversationInput["type"]> = Extract<ConversationInput, { readonly type: Type }>;
