import type { BolchaalError } from "../errors.js";
import type { CallInfo, SpeechTransportEvent, TransportEvent } from "../spec/index.js";
import type { ConversationAction, ConversationInput } from "./conversation/index.js";

/** An input before the session gives it its time. */
export type Happening = ConversationInput extends infer Input
  ? Input extends ConversationInput
    ? Omit<Input, "atMs">
    : never
  : never;

/** What happens on a line that is not the same on every line. */
export type LineEvent = Exclude<
  TransportEvent | SpeechTransportEvent,
  { readonly type: "start" | "dtmf" | "warning" | "end" }
>;

/** The part of the conversation's decisions that is about hearing and speaking. */
export type ChannelAction = Exclude<ConversationAction, { readonly type: "emit" | "hang-up" | "close" }>;

/**
 * How words come and go in a call. The cascade (sound, speech-to-text, brain, voice) is one; a carrier that recognises
 * and speaks itself, and a model that hears and speaks, are others. All give the conversation the same inputs and carry
 * out the same actions.
 */
export interface CallChannel {
  /** The call has begun. */
  open(call: CallInfo): void;
  /** What happened on the line, as far as it is about hearing and speaking. */
  take(event: LineEvent): void;
  carryOut(action: ChannelAction): void;
  /** The line is about to end: the last moment to tell what was used. */
  lineEnded(): void;
  /** Lets go of everything. */
  close(): void;
}

/** What a channel tells the session. */
export interface ChannelListener {
  /** Something for the conversation. */
  happened(happening: Happening): void;
  /** A stretch of a reply's sound went to the line. */
  spoke(generation: number, audio: Uint8Array): void;
  /** A plug-in failed; what follows from it comes as a happening. */
  failed(error: BolchaalError): void;
}
