import type { TwilioRestClientSource } from "../plugins/twilio/rest/index.js";
import type { FormFields } from "../plugins/twilio/signature.js";
import type { AgentOptions, CarrierSpeechAgentOptions, VoiceSession } from "../session/index.js";
import type { CallInfo, Clock, Localized, Logger } from "../spec/index.js";
import type { CallingWindow } from "./calling-window.js";
import type { OutboundCall } from "./outbound-call-types.js";

/** A call that sells something, or one that somebody is waiting for: a delivery, an appointment, a reply. */
export type CallKind = "promotional" | "transactional";

/**
 * What is done when a machine picks up:
 *
 * - `hang-up`
 * - `leave-message`: says `message` behind the beep, or behind the greeting if no beep comes, and hangs up.
 * - `carry-on`: the agent talks to it as to anybody.
 */
export type MachinePolicy =
  | { readonly do: "hang-up" }
  | { readonly do: "leave-message"; readonly message: Localized }
  | { readonly do: "carry-on" };

/**
 * Who finds out that a machine picked up: `carrier`: Twilio listens (which it charges for), and what the machine says is
 * understood as well; `words`: only the latter; `none`: nobody.
 */
export type MachineDetection = "carrier" | "words" | "none";

/** What an agent is made of. */
export type AnyAgent = AgentOptions | CarrierSpeechAgentOptions;

/** Makes the agent for a call. */
export type OutboundAgent = (call: CallInfo) => AnyAgent | Promise<AnyAgent>;

/** A call to be made. */
export interface OutboundCallOptions {
  /** In E.164: `+919812345678`. Blanks, dots, hyphens and brackets are taken out. */
  readonly to: string;
  /** One of the account's numbers. @default the dialer's `from` */
  readonly from?: string;
  /** Makes the agent. @default the phone server's */
  readonly agent?: OutboundAgent;
  /** What the agent is told of this call: found again in the call's `parameters`. Of any length. @default none */
  readonly variables?: Readonly<Record<string, string>>;
  /**
   * The same key gives the same call: it is dialled once, however often it is ordered. Known while the call goes on, and
   * for a while behind it; not to other processes.
   * @default one of its own
   */
  readonly idempotencyKey?: string;
  /** The calling window is kept for `promotional` calls. @default "transactional" */
  readonly kind?: CallKind;
  /** The carrier ends the call when it has lasted so long, in ms. At least 1000. @default 1800000 */
  readonly timeLimitMs?: number;
  /** The phone rings for so long, in ms. 5000 to 600000. @default 45000 */
  readonly ringTimeoutMs?: number;
  /** @default the dialer's */
  readonly machine?: MachinePolicy;
  /** @default the dialer's */
  readonly machineDetection?: MachineDetection;
}

/** What a hook is told of a call that is about to be dialled. */
export interface CallToBe {
  readonly to: string;
  readonly from: string;
  readonly kind: CallKind;
  readonly variables: Readonly<Record<string, string>>;
  readonly idempotencyKey: string;
}

/** Of `createDialer`. */
export interface DialerOptions {
  /** The account: a client of the package `twilio`, or a function that makes one, such as `twilioRestClient()`. */
  readonly client: TwilioRestClientSource;
  /** The phone server's: where Twilio asks what to do with the calls, and tells of them. */
  readonly publicUrl: string;
  /** The phone server's. @default "/twilio" */
  readonly basePath?: string;
  /** The number that calls, unless a call has its own. One of the account's. @default none: each call brings one */
  readonly from?: string;
  /** So many calls are begun a second: what Twilio allows the account, so that none piles up in its queue. @default 1 */
  readonly callsPerSecond?: number;
  /** What is done when a machine picks up. @default { do: "hang-up" } */
  readonly machine?: MachinePolicy;
  /** @default "carrier" */
  readonly machineDetection?: MachineDetection;
  /**
   * When promotional calls may be made: one window for all, a function of the number, or `"any-time"`.
   * @default INDIAN_CALLING_WINDOW for numbers in India (+91), any time for others
   */
  readonly callingWindow?: CallingWindow | "any-time" | ((to: string) => CallingWindow | "any-time");
  /**
   * Whether a number must not be called. Asked just before each call is dialled; if it fails, or takes too long, the call is
   * not made.
   * @default none: nobody is asked
   */
  readonly doNotCall?: (to: string, signal: AbortSignal) => boolean | Promise<boolean>;
  /** The app's own last word: `false`, or an error, refuses the call. Asked behind `doNotCall`. @default none */
  readonly beforeCall?: (call: CallToBe, signal: AbortSignal) => boolean | undefined | Promise<boolean | undefined>;
  /** Both hooks answer within this, in ms each. @default 5000 */
  readonly hookTimeoutMs?: number;
  /** Hears of each session of the dialer's calls, before it starts. @default none */
  readonly onSession?: (session: VoiceSession, call: OutboundCall) => void;
  /** No phone numbers are written to it. @default silent */
  readonly logger?: Logger;
  /** @default the system's clock */
  readonly clock?: Clock;
  /** The wall clock, in ms since 1970: for calling windows, and to find calls in the account. @default Date.now */
  readonly now?: () => number;
  /** From 0 to below 1: spreads what is tried again. @default Math.random */
  readonly random?: () => number;
}

/** What becomes of a call that Twilio asks about. */
export type OutboundAnswer =
  /** It is connected to an agent. `parameters` go along, short enough for `<Parameter>`s. */
  | { readonly type: "connect"; readonly parameters: Readonly<Record<string, string>> }
  /** It is not wanted any more. */
  | { readonly type: "hang-up" };

/**
 * What a phone server tells a dialer, and asks of it. `path` is what follows the webhook's name in its address: the
 * dialer puts a key there, by which it knows its calls.
 */
export interface DialerDesk {
  /** `/voice/<key>`: a call was picked up. Undefined: it is not one of this dialer's. */
  onVoice(form: FormFields, path: readonly string[]): OutboundAnswer | undefined;
  /** `/status/<key>`: how a call is doing. @returns whether it is one of this dialer's */
  onStatus(form: FormFields, path: readonly string[]): boolean;
  /** `/amd/<key>`: who picked up. @returns whether it is one of this dialer's */
  onAmd(form: FormFields, path: readonly string[]): boolean;
  /** The call with all its variables, those that were too long for a `<Parameter>` included. Others' calls stay as they are. */
  callInfo(call: CallInfo): CallInfo;
  /**
   * The agent for a call: its own if it has one, made for what its machine policy needs.
   * @param standard The phone server's agent, for calls that bring none, and for others' calls.
   */
  agentFor(call: CallInfo, standard: OutboundAgent): Promise<AnyAgent>;
  /** A call's session was made, and has not started yet. Others' calls are left alone. */
  onSession(session: VoiceSession, call: CallInfo): void;
}

/** Makes outbound calls, each once. */
export interface Dialer {
  /**
   * Orders a call. It is dialled when its turn has come.
   * @throws BolchaalError `invalid-option` for an order that is wrong; `invalid-request` for a known key with another
   *   number; `session-ended` once the dialer is closed.
   */
  call(options: OutboundCallOptions): OutboundCall;
  /** The calls that are not over. */
  readonly calls: ReadonlySet<OutboundCall>;
  /** So many calls wait for their turn. */
  readonly waiting: number;
  /** The call with Twilio's id, as long as it is remembered. */
  find(callSid: string): OutboundCall | undefined;
  /** For the phone server. */
  readonly desk: DialerDesk;
  /**
   * Takes no more calls; those that wait are cancelled, those that go on may do so for `graceMs`, and are cancelled then.
   * Settles when all are over.
   */
  close(options?: { readonly graceMs?: number }): Promise<void>;
}
