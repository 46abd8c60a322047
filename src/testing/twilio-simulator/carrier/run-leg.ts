import type { Clock } from "../../../spec/index.js";
import { systemClock } from "../../../system-clock.js";
import { scriptedTextToSpeech } from "../../scripted/text-to-speech.js";
import { createDebugger } from "../debugger-events.js";
import { callIdentity } from "../identity.js";
import type { LegOptions, RunLeg, TwimlSource } from "../live-leg.js";
import { type ResolvedCall, resolveCall, type SimulatedCallOptions, scriptFailed } from "../options.js";
import { type CallerVoices, prepareScript } from "../prepare-script.js";
import type { SimulatedCallReport } from "../report.js";
import { type SignatureFault, signatureFor } from "../signature.js";
import { carryOutDocuments } from "../verbs/carry-out.js";
import { createCallLog, type Instructions, type LegContext } from "../verbs/context.js";
import type { DialedParty } from "../verbs/dialed-party.js";
import { createWebhooks, type WebhookChaos } from "../webhook.js";
import { reportOf } from "./leg-report.js";
import { type InProcessApp, memoryLink } from "./memory-link.js";
import { networkLink } from "./network-link.js";
import { createPhone } from "./phone.js";
import { RestReach } from "./rest-reach.js";

/** Of {@link createLegRunner}. */
export interface LegRunnerOptions {
  /** The account's auth token, which signs every request. */
  readonly authToken: string;
  /** The app, if it runs in this process: then no socket is opened. @default it is reached over the network */
  readonly app?: InProcessApp;
  /**
   * Where the app really listens, such as `http://127.0.0.1:3000`, if its public address leads elsewhere. Everything
   * then goes there, with path and Host as they are.
   * @default the addresses themselves
   */
  readonly connectTo?: URL;
  /** Paces the calls. @default the system's clock; a virtual one cannot pace a network: give `app` with it */
  readonly clock?: Clock;
  /** Who is at the other end of a `<Dial>`. @default somebody who answers and listens */
  readonly parties?: (number: string) => DialedParty;
  /** What becomes of webhooks on their way. @default nothing */
  readonly webhooks?: WebhookChaos;
  /** Instead of the right signatures, other ones. @default none */
  readonly signatures?: {
    readonly webhook?: SignatureFault;
    readonly upgrade?: SignatureFault;
  };
  /** Told when a call is over, as the number's status callback. @default none */
  readonly statusCallback?: string;
  /** Asks for the call's first instructions twice, and goes by the second answer. @default false */
  readonly webhookTwice?: boolean;
  /** Of every call that does not say otherwise. */
  readonly call?: SimulatedCallOptions;
}

/** Makes what carries out calls: it asks the app, and does what its TwiML says, as Twilio is documented to. */
export function createLegRunner(runner: LegRunnerOptions): RunLeg {
  const link = runner.app === undefined ? networkLink(runner.connectTo) : memoryLink(runner.app);
  const clock = runner.clock ?? systemClock;

  return (options) => {
    const rest = new RestReach();
    return {
      ended: run(options, rest),
      redirect: (source) => rest.redirect(source),
      hangUp: (reason) => rest.hangUp(reason),
    };
  };

  async function run(options: LegOptions, rest: RestReach): Promise<SimulatedCallReport> {
    const { identity, script, timeLimitMs } = options;
    const settings = { ...runner.call, ...options.call };
    const call = resolveCall({ ...settings, script, timeLimitMs });
    const voices = { ...settings, voice: settings.voice ?? scriptedTextToSpeech({ clock }) };
    const phone = await phoneOf(call, voices);
    const { onOver } = options;
    if (onOver !== undefined) phone.signal.addEventListener("abort", () => phone.over && onOver(phone.over));
    rest.attach((reason) => phone.end(reason));

    const twilioDebugger = createDebugger();
    const webhooks = createWebhooks({
      link,
      clock,
      twilioDebugger,
      authToken: runner.authToken,
      now: phone.now,
      chaos: runner.webhooks ?? {},
      signature: runner.signatures?.webhook,
    });
    const log = createCallLog();
    let streams = 0;
    const leg: LegContext = {
      ...{ identity, phone, call, clock, link, webhooks, twilioDebugger, log },
      from: options.from,
      to: options.to,
      direction: options.direction,
      party: runner.parties ?? (() => ({})),
      fields: () => ({
        ...voiceFields(options),
        ...statusOf(options, log.verbs.length, phone.over),
        ...options.fields,
      }),
      upgradeSignature: (url) =>
        signatureFor(runner.authToken, url, {}, runner.signatures?.upgrade, new URL(url).pathname),
      nextStream() {
        streams += 1;
        return streams === 1 ? identity : { ...callIdentity(identity.callSid), accountSid: identity.accountSid };
      },
    };
    const createCalleePhone = ({ script: steps }: DialedParty) =>
      phoneOf(resolveCall({ ...(steps === undefined ? {} : { script: steps }), record: call.record }), voices);

    const first: Instructions = firstInstructions(options.instructions, runner.webhookTwice ?? false);
    await carryOutDocuments(leg, first, rest, { createPhone: createCalleePhone });
    if (runner.statusCallback !== undefined)
      webhooks.tell({ url: runner.statusCallback, fields: { ...leg.fields(), ...endFields(phone.now()) } });
    await webhooks.settled();
    const report = reportOf(leg);
    if (phone.over?.failure !== undefined) throw scriptFailed(phone.over.failure, report);
    return report;
  }

  async function phoneOf(
    call: ResolvedCall,
    voices: CallerVoices & { readonly voice: NonNullable<CallerVoices["voice"]> },
  ) {
    return createPhone(await prepareScript(call.script, voices, call.seed), call, clock);
  }
}

function firstInstructions(source: TwimlSource, twice: boolean): Instructions {
  return "url" in source ? { ...source, twice } : source;
}

/** The form of a call: https://www.twilio.com/docs/voice/twiml#request-parameters */
function voiceFields({ identity, from, to, direction }: LegOptions): Record<string, string> {
  return {
    AccountSid: identity.accountSid,
    ApiVersion: "2010-04-01",
    CallSid: identity.callSid,
    Called: to,
    Caller: from,
    CallerCountry: "IN",
    Direction: direction,
    From: from,
    FromCity: "",
    FromCountry: "IN",
    To: to,
    ToCountry: "IN",
  };
}

/** What the status callback tells beyond that. */
function endFields(durationMs: number): Record<string, string> {
  return {
    CallDuration: String(Math.ceil(durationMs / 1000)),
    Duration: String(Math.ceil(durationMs / 60_000)),
    CallbackSource: "call-progress-events",
    SequenceNumber: "0",
  };
}

/** A call that comes in is ringing until its first verb. */
function statusOf({ direction }: LegOptions, verbs: number, over: unknown): { CallStatus: string } {
  if (over !== undefined) return { CallStatus: "completed" };
  return { CallStatus: direction === "inbound" && verbs === 0 ? "ringing" : "in-progress" };
}
