import type { Clock, Language, Logger } from "../../../spec/index.js";
import { SAY_VOICES } from "../twiml.js";
import type { RelayStart } from "./start.js";

/** The tags by which ConversationRelay is told a language, unless told otherwise. */
export const DEFAULT_RELAY_LANGUAGES: Readonly<Record<Language, string>> = Object.freeze({
  en: SAY_VOICES.en.language,
  hi: SAY_VOICES.hi.language,
  "hi-en": SAY_VOICES["hi-en"].language,
});

/** Of {@link twilioConversationRelay}. */
export interface TwilioConversationRelayOptions {
  /**
   * Ends the call at Twilio, by its REST API for instance. Without it, hanging up ends the session, and Twilio asks the
   * action of `<Connect>` what comes next, or goes on to the next verb.
   */
  readonly hangUp?: (start: RelayStart) => Promise<void>;
  /**
   * The TwiML asks for `speaker-events`: so it is known when the voice begins and ends. If none come all the same, and
   * without them, it is estimated by the clock. @default true
   */
  readonly speakerEvents?: boolean;
  /** The tag of each language, as in the TwiML. @default DEFAULT_RELAY_LANGUAGES */
  readonly languages?: Readonly<Record<Language, string>>;
  /** How long the voice takes for a UTF-16 unit of text, in ms, where it must be estimated. @default DEFAULT_UNIT_MS */
  readonly unitMs?: Readonly<Record<Language, number>>;
  /** `setup` must come within this, in ms. @default 10000 */
  readonly startTimeoutMs?: number;
  /** The socket's buffer never grows past this. @default 1048576 */
  readonly maxBufferedBytes?: number;
  /** A socket of which no byte has left for so long is dead, in ms. @default 10000 */
  readonly stalledAfterMs?: number;
  /** @default silent */
  readonly logger?: Logger;
  /** @default the system's clock */
  readonly clock?: Clock;
}
