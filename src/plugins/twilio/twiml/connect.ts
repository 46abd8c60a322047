import { language, matching, webAddress } from "./check.js";
import { element, invalid } from "./element.js";

/** Name and value of a `<Parameter>` together stay below this, in characters. Source: Twilio's "TwiML Stream". */
export const PARAMETER_CHARACTERS = 500;

/** Opens the media stream both ways. What follows is done when the stream is over and the call is not. */
export interface ConnectStreamVerb {
  readonly verb: "connect-stream";
  /** A `wss://` address without a query: Twilio does not send one. */
  readonly url: string;
  /** Come back in the stream's `start`. @see PARAMETER_CHARACTERS */
  readonly parameters?: Readonly<Record<string, string>>;
  /** Asked when the stream is over, if Twilio does so behind a stream. @default none: the next verb is done */
  readonly action?: string;
}

/** What of the caller's stops the agent's speech. */
export type RelayInterruptible = "none" | "dtmf" | "speech" | "any";

/** Lets Twilio hear and speak for an app at the other end of a WebSocket: `<Connect><ConversationRelay>`. */
export interface ConnectRelayVerb {
  readonly verb: "connect-relay";
  /** A `wss://` address. */
  readonly url: string;
  /** Asked when the session is over, however it ended. @default none: the next verb is done */
  readonly action?: string;
  /** Come back in `setup`. @see PARAMETER_CHARACTERS */
  readonly parameters?: Readonly<Record<string, string>>;
  /** What is special in a language. */
  readonly languages?: readonly RelayLanguage[];
  readonly welcomeGreeting?: string;
  /** @default "any" */
  readonly welcomeGreetingInterruptible?: RelayInterruptible;
  /** Of both hearing and speaking: a tag such as `hi-IN`; `multi` for any. @default "en-US" */
  readonly language?: string;
  readonly ttsLanguage?: string;
  readonly transcriptionLanguage?: string;
  readonly ttsProvider?: "ElevenLabs" | "Google" | "Amazon";
  readonly voice?: string;
  readonly transcriptionProvider?: "Deepgram" | "Google";
  readonly speechModel?: string;
  /** @default "any" */
  readonly interruptible?: RelayInterruptible;
  /** @default "high" */
  readonly interruptSensitivity?: "low" | "medium" | "high";
  /** @default false */
  readonly dtmfDetection?: boolean;
  /** @default "none" */
  readonly reportInputDuringAgentSpeech?: RelayInterruptible;
  /** What is said next stops what is being said. @default false */
  readonly preemptible?: boolean;
  readonly hints?: readonly string[];
  /** What Twilio is to tell beyond the usual. */
  readonly debug?: readonly ("debugging" | "speaker-events" | "tokens-played")[];
  readonly elevenlabsTextNormalization?: "on" | "auto" | "off";
  readonly intelligenceService?: string;
  /** The words so far are told while the caller speaks. @default false */
  readonly partialPrompts?: boolean;
  /** So much silence ends the caller's turn, in ms: 600 to 5000, or `auto`. */
  readonly speechTimeoutMs?: number | "auto";
  /** "Haan" and the like do not stop the agent. */
  readonly ignoreBackchannel?: boolean;
  readonly profanityFilter?: boolean;
}

/** A `<Language>` of a ConversationRelay. */
export interface RelayLanguage {
  /** A tag such as `hi-IN`. */
  readonly code: string;
  readonly ttsProvider?: "ElevenLabs" | "Google" | "Amazon";
  readonly voice?: string;
  readonly transcriptionProvider?: "Deepgram" | "Google";
  readonly speechModel?: string;
}

/** @throws BolchaalError `invalid-option` */
export function streamElement({ url, parameters, action }: ConnectStreamVerb): string {
  if (!/^wss?:\/\/[^?#]+$/u.test(url)) {
    throw invalid(`"${url}" cannot be a stream's address. Give a wss:// address without a query.`);
  }
  return connectElement(action, element("Stream", { url }, parameterElements(parameters)));
}

/** @throws BolchaalError `invalid-option` */
export function relayElement(verb: ConnectRelayVerb): string {
  const { url, parameters, languages = [], hints = [], debug = [], speechTimeoutMs } = verb;
  const comma = hints.find((hint) => hint.includes(","));
  if (comma !== undefined) throw invalid(`The hint "${comma}" has a comma. Give each hint by itself.`);
  const attributes = {
    url: matching("The address of a relay", url, /^wss?:\/\/[^\s#]+$/u, "a wss:// address"),
    welcomeGreeting: verb.welcomeGreeting,
    welcomeGreetingInterruptible: verb.welcomeGreetingInterruptible,
    language: language("The language of a relay", verb.language),
    ttsLanguage: language("The ttsLanguage of a relay", verb.ttsLanguage),
    transcriptionLanguage: language("The transcriptionLanguage of a relay", verb.transcriptionLanguage),
    ttsProvider: verb.ttsProvider,
    voice: verb.voice,
    transcriptionProvider: verb.transcriptionProvider,
    speechModel: verb.speechModel,
    interruptible: verb.interruptible,
    interruptSensitivity: verb.interruptSensitivity,
    dtmfDetection: verb.dtmfDetection,
    reportInputDuringAgentSpeech: verb.reportInputDuringAgentSpeech,
    preemptible: verb.preemptible,
    hints: hints.length === 0 ? undefined : hints.join(","),
    debug: debug.length === 0 ? undefined : debug.join(" "),
    elevenlabsTextNormalization: verb.elevenlabsTextNormalization,
    intelligenceService: verb.intelligenceService,
    partialPrompts: verb.partialPrompts,
    // Twilio's own client writes these two without capitals.
    speechtimeout: speechTimeoutOf(speechTimeoutMs),
    ignorebackchannel: verb.ignoreBackchannel,
    profanityFilter: verb.profanityFilter,
  };
  const children = languages.map(languageElement).join("") + parameterElements(parameters);
  return connectElement(verb.action, element("ConversationRelay", attributes, children));
}

function speechTimeoutOf(ms: number | "auto" | undefined): number | "auto" | undefined {
  if (ms === undefined || ms === "auto" || (Number.isInteger(ms) && ms >= 600 && ms <= 5000)) return ms;
  throw invalid(`The speech timeout of a relay is ${ms} ms. Give 600 to 5000, or "auto".`);
}

function languageElement({ code, ...others }: RelayLanguage): string {
  return element("Language", { code: language("The code of a relay's language", code), ...others });
}

function connectElement(action: string | undefined, noun: string): string {
  const method = action === undefined ? undefined : "POST";
  return element("Connect", { action: webAddress("The action of a connect", action), method }, noun);
}

function parameterElements(parameters: Readonly<Record<string, string>> = {}): string {
  const children = Object.entries(parameters).map(([name, value]) => {
    if (name === "" || name.length + value.length >= PARAMETER_CHARACTERS) {
      throw invalid(
        `Parameter "${name}" is too long, or has no name. Keep name and value below ${PARAMETER_CHARACTERS} characters together.`,
      );
    }
    return element("Parameter", { name, value });
  });
  return children.join("");
}
