import type { CallInfo } from "./call.js";
import type { InterruptionPolicy } from "./interruption.js";
import type { Language } from "./language.js";
import type { TranscriptResult } from "./speech-to-text.js";

/**
 * A line on which the carrier hears and speaks: words come and go over it, no sound. The session brings only a brain for
 * it; who ends a turn, and how a caller interrupts, is the carrier's to decide.
 */
export interface SpeechTransport {
  readonly specVersion: "v1";
  readonly kind: "speech";
  /** The carrier's name in events and errors, such as `twilio`. */
  readonly name: string;
  /**
   * Starts delivery: everything that happens on the line goes to `listener`, in order, what came before included
   * (bounded). Called once, by the session. `start` comes first, `end` last and exactly once.
   */
  connect(listener: (event: SpeechTransportEvent) => void): void;
  /** Says a piece of a reply behind all that was handed over before. Pieces after the end, and of a stopped reply, are dropped. */
  say(piece: SayRequest): void;
  /**
   * Says nothing more of a reply. What the carrier has and cannot give back is heard all the same, and counted as heard.
   * No event tells of this reply any more.
   */
  stop(generation: number): HeardSoFar;
  /** The caller is likely to speak this language from now on. */
  setLanguage(language: Language): void;
  /** Ends the call at the carrier, behind what it is still saying. Safe to call twice, and after the end. */
  hangUp(): Promise<void>;
}

/** A stretch of a reply, a sentence or so. */
export interface SayRequest {
  /** The reply it belongs to: 1, 2, 3… per call. */
  readonly generation: number;
  /** As people say it: numbers and the like in words. Blank only if there is nothing but the end to tell. */
  readonly text: string;
  readonly language: Language;
  /** `none`: the caller cannot interrupt it. */
  readonly interruption: InterruptionPolicy;
  /** The reply ends with it. */
  readonly last: boolean;
}

/** What the caller heard of a reply, told by the carrier or estimated from the time it was spoken. */
export interface HeardSoFar {
  /** A beginning of the reply's pieces put together, blanks between them. */
  readonly heardText: string;
  readonly playedMs: number;
}

/** What happens on a line on which the carrier hears and speaks. */
export type SpeechTransportEvent =
  | { readonly type: "start"; readonly call: CallInfo }
  /** What the carrier has recognised. Interim results come while the caller speaks. */
  | { readonly type: "transcript"; readonly result: TranscriptResult }
  /** The caller has finished, says the carrier. Comes behind the final transcripts of the turn. */
  | { readonly type: "turn-end" }
  /** The caller begins to hear a reply. */
  | { readonly type: "playback-start"; readonly generation: number }
  /** The caller has heard all of a reply. */
  | { readonly type: "playback-end"; readonly generation: number; readonly playedMs: number }
  /** The caller spoke, or pressed a key, and the carrier has stopped speaking. */
  | ({ readonly type: "interrupted"; readonly generation: number; readonly by: "speech" | "dtmf" } & HeardSoFar)
  | { readonly type: "dtmf"; readonly digit: string }
  /** Something on the line was not as it should be; the call goes on. */
  | { readonly type: "warning"; readonly message: string; readonly count: number }
  | { readonly type: "end"; readonly reason: "caller-hangup" | "hung-up" | "transport-lost"; readonly cause?: unknown };
