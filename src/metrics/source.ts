import type { VoiceEvent } from "../spec/index.js";

/** Where the events come from: a `VoiceSession`. */
export interface MeteredSession {
  /** Hears every event, in order. @returns a function that undoes it */
  on(type: "*", listener: (event: VoiceEvent) => void): () => void;
}
