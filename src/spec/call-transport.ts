import type { AudioFormat } from "./audio-format.js";
import type { CallInfo } from "./call.js";
import type { SpeechTransport } from "./speech-transport.js";

/** The line to the caller. One object is one call. Its `kind` tells how words come and go over it. */
export type CallTransport = AudioTransport | SpeechTransport;

/**
 * A line that carries sound both ways: a carrier's media stream, a browser, a test. The session brings its own
 * speech-to-text and text-to-speech for it.
 */
export interface AudioTransport {
  readonly specVersion: "v1";
  readonly kind: "audio";
  /** The carrier's name in events and errors, such as `twilio`. */
  readonly name: string;
  /** Of the sound in both directions. */
  readonly format: AudioFormat;
  /**
   * Starts delivery: everything that happens on the line goes to `listener`, in order, what came before included
   * (bounded). Called once, by the session. `start` comes first, `end` last and exactly once.
   */
  connect(listener: (event: TransportEvent) => void): void;
  /**
   * Plays `audio` to the caller behind all that was sent before. Before `start` it is kept.
   * @returns false when nothing more can be taken (the socket is dead or its buffer at the cap); the audio was dropped then.
   */
  sendAudio(audio: Uint8Array): boolean;
  /** Asks to be told (`mark` event) when all audio sent so far has been played. */
  sendMark(name: string): void;
  /** Drops all audio not yet played. Marks that are pending come back at once: they tell nothing of what was heard. */
  clear(): void;
  /** Ends the call at the carrier. Safe to call twice, and after the end. */
  hangUp(): Promise<void>;
}

/** What happens on the line. */
export type TransportEvent =
  | { readonly type: "start"; readonly call: CallInfo }
  /** Sound from the caller, any length. The bytes are the listener's to keep. */
  | { readonly type: "audio"; readonly audio: Uint8Array }
  | { readonly type: "mark"; readonly name: string }
  | { readonly type: "dtmf"; readonly digit: string }
  /** Something on the line was not as it should be; the call goes on. */
  | { readonly type: "warning"; readonly message: string; readonly count: number }
  | { readonly type: "end"; readonly reason: "caller-hangup" | "hung-up" | "transport-lost"; readonly cause?: unknown };
