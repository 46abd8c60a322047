import type { DialerDesk } from "../dialer/index.js";
import { BolchaalError } from "../errors.js";
import {
  type ConversationRelayVerbOptions,
  type FormFields,
  type GatherCallOptions,
  type RecordingStatus,
  type Transfers,
  type TwilioConversationRelayOptions,
  type TwilioMediaStreamOptions,
  type TwimlVerb,
  twiml,
} from "../plugins/twilio/index.js";
import {
  type AgentOptions,
  type CarrierSpeechAgentOptions,
  silentLogger,
  systemClock,
  type VoiceSession,
} from "../session/index.js";
import type { CallInfo, Clock, Logger, TextToSpeech } from "../spec/index.js";

/** Where the routes stand, unless told otherwise. */
export const DEFAULT_BASE_PATH = "/twilio";

/** So many calls at once, unless told otherwise. */
export const DEFAULT_MAX_CALLS = 100;

/** What the caller hears, unless told otherwise, when there is no room for the call. */
export const DEFAULT_BUSY: readonly TwimlVerb[] = [
  { verb: "say", language: "hi", text: "माफ़ कीजिए, अभी सभी लाइनें व्यस्त हैं। कृपया थोड़ी देर बाद फ़ोन कीजिए।" },
  { verb: "say", language: "en", text: "Sorry, all our lines are busy. Please call again in a little while." },
  { verb: "hangup" },
];

/** What the caller hears, unless told otherwise, when the agent cannot be had or was lost. */
export const DEFAULT_FALLBACK: readonly TwimlVerb[] = [
  { verb: "say", language: "hi", text: "माफ़ कीजिए, अभी तकनीकी समस्या है। कृपया बाद में फ़ोन कीजिए।" },
  { verb: "say", language: "en", text: "Sorry, we have a technical problem. Please call again later." },
  { verb: "hangup" },
];

/** A page of metrics: what `prometheusMetrics()` of `bolchaal/metrics` gives, or anything of its shape. */
export interface MetricsPage {
  text(): Promise<string>;
  /** Its media type. */
  readonly contentType: string;
}

/** An agent for any line, or one for lines on which Twilio recognises and speaks. */
export type CallAgent = AgentOptions | CarrierSpeechAgentOptions;

/**
 * How a call is held:
 *
 * - `media-stream`: its sound comes and goes over a WebSocket; the agent hears and speaks itself.
 * - `gather`: Twilio recognises and speaks, turn by turn, over webhooks alone.
 * - `conversation-relay`: Twilio recognises and speaks, and its words come and go over a WebSocket.
 */
export type CallMode = "media-stream" | "gather" | "conversation-relay";

/** How calls are held in gather mode. */
export interface GatherOptions
  extends Omit<GatherCallOptions, "baseUrl" | "parameters" | "voice" | "fallback" | "logger" | "clock"> {
  /** Says the replies: Twilio fetches the sound of each piece once it is made whole. @default Twilio's own voices, `<Say>` */
  readonly textToSpeech?: TextToSpeech;
}

/** How calls are held through ConversationRelay. */
export interface RelayOptions {
  /** Of the TwiML: voices, recognisers, hints, the language the call starts in. @default those of `conversationRelayVerb` */
  readonly verb?: Omit<ConversationRelayVerbOptions, "url" | "action" | "parameters">;
  /** Of the line. @default those of `twilioConversationRelay` */
  readonly line?: Omit<TwilioConversationRelayOptions, "clock" | "logger">;
}

/** Of `createPhoneServer`. */
export interface PhoneServerOptions {
  /**
   * Makes the agent for a call: everything a session needs but the line. Asked once a call, and given 5 s. Where Twilio
   * recognises and speaks, it needs no speech-to-text and no text-to-speech.
   */
  readonly agent: (call: CallInfo) => CallAgent | Promise<CallAgent>;
  /**
   * The address at which Twilio reaches this server: `https://voice.example.com`, with a path if a proxy takes one off.
   * Signatures are checked against it, which is why it stands here and is never taken from a request. Plain `http` is for
   * this machine only (`http://127.0.0.1:3000`): Twilio wants TLS.
   */
  readonly publicUrl: string;
  /** The account's auth token; the old and the new one while it is being rotated. */
  readonly authToken: string | readonly string[];
  /** @default "/twilio" */
  readonly basePath?: string;
  /** @default 100 */
  readonly maxCalls?: number;
  /** What is done with a call for which there is no room. @default DEFAULT_BUSY */
  readonly busy?: readonly TwimlVerb[];
  /** What is done with a call whose agent failed, or whose stream broke. @default DEFAULT_FALLBACK */
  readonly fallback?: readonly TwimlVerb[];
  /** Data for the agent, from the webhook's form: found again in the call's `parameters`. @default none */
  readonly parameters?: (
    form: FormFields,
  ) => Readonly<Record<string, string>> | Promise<Readonly<Record<string, string>>>;
  /**
   * Makes the calls that go out: a dialer of `bolchaal/dialer`. Its calls get their own agents, and what Twilio tells of
   * them goes to it.
   * @default none: calls come in only
   */
  readonly dialer?: { readonly desk: DialerDesk };
  /** Hands calls over to people: `createTransfers`, whose `url` is this server's `…/dial`. @default none */
  readonly transfers?: Transfers;
  /** Hears of recordings that the carrier makes, if their status callback is this server's `…/recording`. @default nobody does */
  readonly onRecording?: (recording: RecordingStatus) => void;
  /** How calls are held. @default "media-stream" */
  readonly mode?: CallMode;
  /** How calls are held in gather mode. @default Twilio recognises and speaks, with the defaults of `createGatherCall` */
  readonly gather?: GatherOptions;
  /** How calls are held through ConversationRelay. @default Twilio's own voices, the language of English */
  readonly relay?: RelayOptions;
  /**
   * What becomes of a call for which Twilio could not open the stream: it goes on in gather mode, or the caller hears the
   * fallback.
   * @default "gather"
   */
  readonly withoutStream?: "gather" | "fallback";
  /** Hears of each session before it starts: the place to listen to its events. */
  readonly onSession?: (session: VoiceSession, call: CallInfo) => void;
  /** Caps and bounds of the streams, and how to hang up at Twilio. @default those of `twilioMediaStream` */
  readonly stream?: Omit<TwilioMediaStreamOptions, "clock" | "logger">;
  /**
   * Answers `GET /metrics`, under the base path. The sessions are counted by giving `metrics.observe` to them in `onSession`.
   * @default none: there is no such route
   */
  readonly metrics?: MetricsPage;
  /** Who asks for the metrics must bring it: `Authorization: Bearer …`. @default none: everybody may read them */
  readonly metricsToken?: string;
  /**
   * Answers `GET /calls`, under the base path, to who brings it (`Authorization: Bearer …`): the calls that are going on.
   * @default none: there is no such route
   */
  readonly statusToken?: string;
  /** Also the sessions', unless the agent brings its own. Phone numbers are not written to it. @default silent */
  readonly logger?: Logger;
  /** Also the sessions', unless the agent brings its own. @default the system's clock */
  readonly clock?: Clock;
}

/** The options with every default in its place. */
export interface ResolvedPhoneServerOptions
  extends Required<
    Omit<
      PhoneServerOptions,
      | "authToken"
      | "dialer"
      | "transfers"
      | "onRecording"
      | "onSession"
      | "parameters"
      | "metrics"
      | "metricsToken"
      | "statusToken"
    >
  > {
  readonly authTokens: readonly string[];
  readonly dialer: DialerDesk | undefined;
  readonly transfers: Transfers | undefined;
  readonly onRecording: PhoneServerOptions["onRecording"];
  readonly onSession: PhoneServerOptions["onSession"];
  readonly metrics: MetricsPage | undefined;
  readonly metricsToken: string | undefined;
  readonly statusToken: string | undefined;
  readonly parameters: NonNullable<PhoneServerOptions["parameters"]>;
}

/** @throws BolchaalError `invalid-option` */
export function resolveOptions(options: PhoneServerOptions): ResolvedPhoneServerOptions {
  const { agent, basePath = DEFAULT_BASE_PATH, maxCalls = DEFAULT_MAX_CALLS } = options;
  const authTokens = [options.authToken].flat().filter((token) => typeof token === "string" && token !== "");
  if (typeof agent !== "function") throw invalid("There is no agent. Give a function that makes one for a call.");
  if (authTokens.length === 0) {
    throw invalid(
      "There is no auth token, and without it no request can be trusted. Give authToken (Twilio's console shows it).",
    );
  }
  if (!/^(?:\/[\w.~-]+)*$/u.test(basePath))
    throw invalid(`The base path "${basePath}" is wrong. Give one like "/twilio".`);
  if (!Number.isInteger(maxCalls) || maxCalls < 1)
    throw invalid(`maxCalls is ${maxCalls}. Give a whole number from 1.`);
  // An empty one is a variable that is not set: the metrics must not stand open for it.
  if (options.metricsToken === "") {
    throw invalid("The metricsToken is empty. Give one that cannot be guessed, or leave it out to let everybody read.");
  }
  if (options.statusToken === "") {
    throw invalid("The statusToken is empty. Give one that cannot be guessed, or leave it out: then nobody can ask.");
  }
  const { busy = DEFAULT_BUSY, fallback = DEFAULT_FALLBACK } = options;
  // Written once to see that they can be: a caller in need of them is no time to find out.
  twiml([...busy, ...fallback]);
  return Object.freeze({
    agent,
    authTokens,
    basePath,
    maxCalls,
    publicUrl: checkedPublicUrl(options.publicUrl),
    busy,
    fallback,
    parameters: options.parameters ?? (() => ({})),
    dialer: options.dialer?.desk,
    transfers: options.transfers,
    onRecording: options.onRecording,
    mode: options.mode ?? "media-stream",
    gather: options.gather ?? {},
    relay: options.relay ?? {},
    withoutStream: options.withoutStream ?? "gather",
    onSession: options.onSession,
    metrics: options.metrics,
    metricsToken: options.metricsToken,
    statusToken: options.statusToken,
    stream: options.stream ?? {},
    logger: options.logger ?? silentLogger,
    clock: options.clock ?? systemClock,
  });
}

const THIS_MACHINE = /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/u;

function checkedPublicUrl(publicUrl: string): string {
  const url = URL.canParse(publicUrl) ? new URL(publicUrl) : undefined;
  const secure = url?.protocol === "https:" || (url?.protocol === "http:" && THIS_MACHINE.test(url.hostname));
  if (url === undefined || !secure || url.search !== "" || url.hash !== "" || url.username !== "") {
    throw invalid(
      `The public URL "${publicUrl}" is wrong. Give the https address Twilio reaches, such as "https://voice.example.com".`,
    );
  }
  return publicUrl.replace(/\/+$/u, "");
}

function invalid(message: string): BolchaalError {
  return new BolchaalError(message, { code: "invalid-option", component: "server" });
}
