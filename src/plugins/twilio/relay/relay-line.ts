import type { SpeechTransport } from "../../../spec/index.js";
import type { RelayStart } from "./start.js";

/** A call's line through Twilio's ConversationRelay: Twilio hears and speaks. */
export interface TwilioConversationRelay extends SpeechTransport {
  /** Twilio's `setup`. Rejects with a `BolchaalError` if the line ended without one. */
  readonly started: Promise<RelayStart>;
  /**
   * Presses keys at the caller's end: 0-9, *, #, and w to wait half a second.
   * @throws BolchaalError `invalid-request`
   */
  sendDigits(digits: string): void;
  /**
   * Ends the session, and not the call, behind what is being said: Twilio asks the action of `<Connect>` what comes next, and
   * gives it `data`.
   */
  handOff(data: string): Promise<void>;
  /** Lets go of the line at once: the socket is closed, and Twilio takes the session for a failed one. */
  release(): void;
  /** How many messages of Twilio's were of no use, and of ours found no room. */
  readonly droppedCount: number;
}
