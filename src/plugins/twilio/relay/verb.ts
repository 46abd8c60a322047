import type { Language } from "../../../spec/index.js";
import type { ConnectRelayVerb, RelayLanguage } from "../twiml.js";
import { DEFAULT_RELAY_LANGUAGES } from "./options.js";

/** Of {@link conversationRelayVerb}: anything of the verb's, and what it needs. */
export interface ConversationRelayVerbOptions extends Omit<ConnectRelayVerb, "verb" | "language" | "languages"> {
  /** The language the call starts in. @default "en" */
  readonly language?: Language;
  /** The tag of each language, as given to `twilioConversationRelay`. @default DEFAULT_RELAY_LANGUAGES */
  readonly tags?: Readonly<Record<Language, string>>;
  /** Voice and recogniser of each tag. @default Twilio's own */
  readonly languages?: readonly RelayLanguage[];
}

/**
 * The TwiML that opens a line for `twilioConversationRelay`, as that needs it: keys are told, also while the agent speaks, and
 * break nothing off; so is what the caller has said so far, and when the voice begins and ends.
 */
export function conversationRelayVerb(options: ConversationRelayVerbOptions): ConnectRelayVerb {
  const { language = "en", tags = DEFAULT_RELAY_LANGUAGES, languages = [], ...others } = options;
  const missing = [...new Set(Object.values(tags))].filter((tag) => languages.every(({ code }) => code !== tag));
  return {
    interruptible: "speech",
    reportInputDuringAgentSpeech: "dtmf",
    dtmfDetection: true,
    debug: ["speaker-events"],
    ...others,
    verb: "connect-relay",
    language: tags[language],
    languages: [...languages, ...missing.map((code) => ({ code }))],
  };
}
