import { writeFile } from "node:fs/promises";
import type { Clock } from "../../spec/index.js";
import { systemClock } from "../../system-clock.js";
import { scriptedTextToSpeech } from "../scripted/text-to-speech.js";
import { scriptFailed } from "./connect-simulated-call.js";
import { createDebugger } from "./debugger-events.js";
import { callIdentity } from "./identity.js";
import { resolveCall, type SimulatedCallOptions, simulationFailed } from "./options.js";
import { prepareScript } from "./prepare-script.js";
import { recordingOf } from "./recording.js";
import type { SimulatedCallEnd, SimulatedCallReport, StreamReport } from "./report.js";
import { signatureOf } from "./signature.js";
import { createSimulatedStream } from "./simulated-stream.js";
import { openStreamSocket } from "./stream-socket.js";
import type { TwimlVerb } from "./twiml-reader.js";
import { askWebhook } from "./webhook.js";
import type { CallIdentity } from "./wire-messages.js";

/** Of {@link createTwilioSimulator}. */
export interface TwilioSimulatorOptions {
  /** The app's voice webhook, as it would stand in Twilio's console: the signature is made over this. */
  readonly webhookUrl: string;
  /** The account's auth token, which signs every request. */
  readonly authToken: string;
  /**
   * Where the app really listens, such as `http://127.0.0.1:3000`, if its public address leads elsewhere. Webhook and
   * stream then both go there, with path and Host as they are.
   * @default the addresses themselves
   */
  readonly connectTo?: string;
  /** Paces the calls. @default the system's clock; a virtual one cannot pace sockets, use `connectSimulatedCall` for it */
  readonly clock?: Clock;
}

/** One call from a {@link TwilioSimulator}. */
export interface DialOptions extends SimulatedCallOptions {
  /** @default "+919812345678" */
  readonly from?: string;
  /** @default "+918041234567" */
  readonly to?: string;
  /** @default one made up */
  readonly callSid?: string;
  /** Further fields of the webhook's form, or other values for the usual ones. */
  readonly fields?: Readonly<Record<string, string>>;
  /** Writes the call as a stereo WAV to this path: the caller left, the agent as heard right. */
  readonly recordTo?: string;
  /** Asks the webhook twice, as carriers do when an answer is lost, and goes by the second answer. @default false */
  readonly webhookTwice?: boolean;
  /** Instead of the right signatures: these, or none. */
  readonly signatures?: { readonly webhook?: string | null; readonly upgrade?: string | null };
}

/** A Twilio that rings the app. */
export interface TwilioSimulator {
  /**
   * Rings the app, and lets a scripted caller talk with it until the call is over.
   * @throws BolchaalError `simulation-failed` if the app's TwiML is wrong, or if a step of the script was not done in time.
   */
  dial(options?: DialOptions): Promise<SimulatedCallReport>;
}

/** Who calls, unless told otherwise. */
export const DEFAULT_CALLER_NUMBER = "+919812345678";
/** Who is called, unless told otherwise. */
export const DEFAULT_CALLED_NUMBER = "+918041234567";

/**
 * Makes a Twilio that dials in: it asks the app's voice webhook, follows the TwiML, opens the Media Stream's WebSocket
 * and behaves as the real one is documented to, strict where that is strict.
 *
 * @example
 * const twilio = createTwilioSimulator({ webhookUrl: "https://agent.example/twilio/voice", authToken, connectTo: "http://127.0.0.1:3000" });
 * const report = await twilio.dial({ script: [{ waitFor: "agent-silence" }, { say: "bye" }, { waitForEnd: true }] });
 */
export function createTwilioSimulator(options: TwilioSimulatorOptions): TwilioSimulator {
  return { dial: (call = {}) => dial(options, call) };
}

async function dial(simulator: TwilioSimulatorOptions, options: DialOptions): Promise<SimulatedCallReport> {
  const { clock = systemClock } = simulator;
  const identity = callIdentity(options.callSid);
  const twilioDebugger = createDebugger();
  const voices = { ...options, voice: options.voice ?? scriptedTextToSpeech() };
  const { script, seed } = resolveCall(options, {});
  const steps = await prepareScript(script, voices, seed);

  const answer = await ask(simulator, options, identity, twilioDebugger);
  if (!("verbs" in answer))
    return withoutStream(identity, { reason: "webhook-failed", atMs: 0, ...answer }, [], [], twilioDebugger);
  const { before, connect, next } = parted(answer.verbs);
  if (connect === undefined)
    return withoutStream(identity, { reason: "no-stream", atMs: 0 }, before, [], twilioDebugger);

  const call = resolveCall(options, connect.parameters);
  const stream = createSimulatedStream(identity, steps, call, clock);
  const { upgrade = signatureOf(simulator.authToken, connect.url) } = options.signatures ?? {};
  const address = socketAddress(connect.url, simulator.connectTo);
  const refusal = await openStreamSocket(connect.url, address, upgrade, stream);
  if (refusal !== undefined) {
    twilioDebugger.report(refusal.code, 0, refusal.detail);
    const httpStatus = refusal.httpStatus === undefined ? {} : { httpStatus: refusal.httpStatus };
    return withoutStream(identity, { reason: "stream-refused", atMs: 0, ...httpStatus }, before, next, twilioDebugger);
  }
  const report = await stream.ended;
  if (options.recordTo !== undefined) await writeFile(options.recordTo, recordingOf(report));
  if (report.end.failure !== undefined) throw scriptFailed(report.end.failure, report);
  const debuggerEvents = [...twilioDebugger.events, ...report.debuggerEvents];
  return { ...identity, ...report, debuggerEvents, before, next: goesOn(report.end) ? next : [] };
}

async function ask(
  { webhookUrl, authToken, connectTo = webhookUrl }: TwilioSimulatorOptions,
  options: DialOptions,
  identity: CallIdentity,
  twilioDebugger: ReturnType<typeof createDebugger>,
) {
  const url = parsedUrl(webhookUrl, "webhookUrl");
  const request = {
    url,
    connectTo: parsedUrl(connectTo, "connectTo"),
    authToken,
    fields: { ...voiceFields(options, identity), ...options.fields },
    twilioDebugger,
    ...(options.signatures?.webhook === undefined ? {} : { signature: options.signatures.webhook }),
  };
  if (options.webhookTwice === true) await askWebhook(request);
  return askWebhook(request);
}

/** The form of an incoming call: https://www.twilio.com/docs/voice/twiml#request-parameters */
function voiceFields(options: DialOptions, { accountSid, callSid }: CallIdentity): Record<string, string> {
  const { from = DEFAULT_CALLER_NUMBER, to = DEFAULT_CALLED_NUMBER } = options;
  return {
    AccountSid: accountSid,
    ApiVersion: "2010-04-01",
    CallSid: callSid,
    CallStatus: "ringing",
    Called: to,
    Caller: from,
    CallerCountry: "IN",
    Direction: "inbound",
    From: from,
    FromCity: "",
    FromCountry: "IN",
    To: to,
    ToCountry: "IN",
  };
}

const ENDS_OR_MOVES: readonly string[] = ["Hangup", "Redirect", "Reject", "Connect"];

function parted(verbs: readonly TwimlVerb[]) {
  const ending = verbs.findIndex(({ verb }) => ENDS_OR_MOVES.includes(verb));
  const first = verbs[ending];
  if (first?.verb !== "Connect") return { before: upToEnd(verbs), connect: undefined, next: [] };
  return { before: verbs.slice(0, ending), connect: first, next: upToEnd(verbs.slice(ending + 1)) };
}

/** The verbs that are carried out: none behind one that ends or moves the call. */
function upToEnd(verbs: readonly TwimlVerb[]): readonly TwimlVerb[] {
  const ending = verbs.findIndex(({ verb }) => ENDS_OR_MOVES.includes(verb));
  return ending < 0 ? verbs : verbs.slice(0, ending + 1);
}

/** The caller is still there, and Twilio goes on with the next verb. */
function goesOn({ reason }: StreamReport["end"]): boolean {
  return reason === "agent-hangup" || reason === "connection-lost";
}

function socketAddress(url: string, connectTo: string | undefined): string {
  if (connectTo === undefined) return url;
  const address = parsedUrl(connectTo, "connectTo");
  address.protocol = address.protocol === "https:" ? "wss:" : "ws:";
  return address.href;
}

function parsedUrl(url: string, option: string): URL {
  if (!URL.canParse(url))
    throw simulationFailed(`The option ${option} is no URL: ${JSON.stringify(url)}. Give a whole one, with https://.`);
  return new URL(url);
}

function withoutStream(
  identity: CallIdentity,
  end: SimulatedCallEnd,
  before: readonly TwimlVerb[],
  next: readonly TwimlVerb[],
  twilioDebugger: ReturnType<typeof createDebugger>,
): SimulatedCallReport {
  const nothing = { steps: [], agentSpeech: [], messages: [], echoes: [], violations: [] };
  const silence = { said: new Uint8Array(0), heard: new Uint8Array(0) };
  return {
    ...identity,
    end,
    durationMs: 0,
    ...nothing,
    ...silence,
    debuggerEvents: twilioDebugger.events,
    before,
    next,
  };
}
