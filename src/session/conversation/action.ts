import type { InterruptionPolicy, Language, VoiceEvent } from "../../spec/index.js";
import type { BrainQuestion, ReplyVolume } from "./state.js";

/** Something the shell is to do, in this order. */
export type ConversationAction =
  | { readonly type: "emit"; readonly event: EventDraft }
  /** Tell speech-to-text where an utterance begins and ends. */
  | { readonly type: "utterance-start"; readonly utteranceId: string }
  | { readonly type: "utterance-end"; readonly utteranceId: string }
  /** Ask the brain and speak its answer; a speculative one is kept back until it is committed. */
  | {
      readonly type: "ask-brain";
      readonly generation: number;
      readonly speculative: boolean;
      readonly language: Language;
      /** How the caller may interrupt it. */
      readonly interruption: InterruptionPolicy;
      readonly question: BrainQuestion;
    }
  /** Speak this text. */
  | {
      readonly type: "speak";
      readonly generation: number;
      readonly text: string;
      readonly language: Language;
      readonly interruption: InterruptionPolicy;
    }
  /** Speak this text in the reply, where it waits for words. */
  | { readonly type: "fill-in"; readonly generation: number; readonly text: string; readonly language: Language }
  /** Keep back the sound of a reply that is not audible yet; let it go. */
  | { readonly type: "hold-reply"; readonly generation: number }
  | { readonly type: "release-reply"; readonly generation: number }
  /** The turn that a speculative reply answers is sure: it may be heard. */
  | { readonly type: "commit-reply"; readonly generation: number }
  /** The reply goes on softer, stands still, or goes on as loud as ever: from where it is, or again from the word where it was ducked. */
  | {
      readonly type: "set-volume";
      readonly generation: number;
      readonly volume: ReplyVolume;
      readonly from: "here" | "ducked-word";
    }
  /** What follows is more likely in this language: a hint for speech-to-text. */
  | { readonly type: "set-language"; readonly language: Language }
  /** Silence a reply for good. Answered at once by the input `reply-stopped`. */
  | { readonly type: "stop-reply"; readonly generation: number }
  | { readonly type: "hang-up" }
  /** The call is over: let go of everything. */
  | { readonly type: "close" };

/** An event before the bus gives it its call, number and time. */
export type EventDraft = VoiceEvent extends infer Event
  ? Event extends VoiceEvent
    ? Omit<Event, "callId" | "seq" | "atMs">
    : never
  : never;
