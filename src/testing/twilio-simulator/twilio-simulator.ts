import { writeFile } from "node:fs/promises";
import type { Clock } from "../../spec/index.js";
import type { InProcessApp } from "./carrier/memory-link.js";
import { createLegRunner } from "./carrier/run-leg.js";
import { callIdentity } from "./identity.js";
import { resolveCall, type SimulatedCallOptions, simulationFailed } from "./options.js";
import { recordingOf } from "./recording.js";
import type { SimulatedCallReport } from "./report.js";
import type { SignatureFault } from "./signature.js";
import type { DialedParty } from "./verbs/dialed-party.js";
import type { WebhookChaos } from "./webhook.js";

/** Of {@link createTwilioSimulator}. */
export interface TwilioSimulatorOptions {
  /** The app's voice webhook, as it would stand in Twilio's console: the signature is made over this. */
  readonly webhookUrl: string;
  /** Told when a call is over, as the status callback that stands at a number ("Call status changes"). @default none */
  readonly statusCallbackUrl?: string;
  /** Asked if the voice webhook does not answer with TwiML. @default none */
  readonly fallbackUrl?: string;
  /** The account's auth token, which signs every request. */
  readonly authToken: string;
  /**
   * Where the app really listens, such as `http://127.0.0.1:3000`, if its public address leads elsewhere. Webhook and
   * stream then both go there, with path and Host as they are.
   * @default the addresses themselves
   */
  readonly connectTo?: string;
  /** The app itself, if it runs in this process: a phone server fits. No socket is opened then, and `clock` may be a virtual one. */
  readonly app?: InProcessApp;
  /** Paces the calls. @default the system's clock; a virtual one cannot pace a network: give `app` with it */
  readonly clock?: Clock;
  /** Who is at the other end of a `<Dial>`. @default somebody who answers and listens */
  readonly parties?: (number: string) => DialedParty;
  /** What becomes of webhooks on their way. @default nothing */
  readonly webhooks?: WebhookChaos;
}

/** One call from a {@link TwilioSimulator}. */
export interface DialOptions extends SimulatedCallOptions {
  /** @default "+919812345678" */
  readonly from?: string;
  /** @default "+918041234567" */
  readonly to?: string;
  /** @default one made up */
  readonly callSid?: string;
  /** Further fields of the webhooks' forms, or other values for the usual ones. */
  readonly fields?: Readonly<Record<string, string>>;
  /** Writes the call as a stereo WAV to this path: the caller left, the agent as heard right. */
  readonly recordTo?: string;
  /** Asks the voice webhook twice, as carriers do when an answer is lost, and goes by the second answer. @default false */
  readonly webhookTwice?: boolean;
  /** What becomes of webhooks on their way in this call. @default the simulator's `webhooks` */
  readonly webhooks?: WebhookChaos;
  /** Instead of the right signatures: these, or none. */
  readonly signatures?: { readonly webhook?: SignatureFault; readonly upgrade?: SignatureFault };
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
 * Makes a Twilio that dials in: it asks the app's voice webhook and carries out the TwiML to its end: Media Streams,
 * ConversationRelay, `<Gather>`, `<Dial>` and what stands around them. It behaves as the real one is documented to,
 * strict where that is strict.
 *
 * @example
 * const twilio = createTwilioSimulator({ webhookUrl: "https://agent.example/twilio/voice", authToken, connectTo: "http://127.0.0.1:3000" });
 * const report = await twilio.dial({ script: [{ waitFor: "agent-silence" }, { say: "bye" }, { waitForEnd: true }] });
 */
export function createTwilioSimulator(options: TwilioSimulatorOptions): TwilioSimulator {
  return { dial: (call = {}) => dial(options, call) };
}

async function dial(simulator: TwilioSimulatorOptions, options: DialOptions): Promise<SimulatedCallReport> {
  const { webhookUrl, fallbackUrl, statusCallbackUrl, connectTo, authToken, app, clock, parties } = simulator;
  const webhooks = options.webhooks ?? simulator.webhooks;
  const { script, timeLimitMs } = resolveCall(options);
  const run = createLegRunner({
    authToken,
    ...(app === undefined ? {} : { app }),
    ...(clock === undefined ? {} : { clock }),
    ...(parties === undefined ? {} : { parties }),
    ...(webhooks === undefined ? {} : { webhooks }),
    ...(options.signatures === undefined ? {} : { signatures: options.signatures }),
    ...(statusCallbackUrl === undefined
      ? {}
      : { statusCallback: parsedUrl(statusCallbackUrl, "statusCallbackUrl").href }),
    ...(connectTo === undefined ? {} : { connectTo: parsedUrl(connectTo, "connectTo") }),
    webhookTwice: options.webhookTwice ?? false,
  });
  const { ended } = run({
    identity: callIdentity(options.callSid),
    direction: "inbound",
    from: options.from ?? DEFAULT_CALLER_NUMBER,
    to: options.to ?? DEFAULT_CALLED_NUMBER,
    instructions: {
      url: parsedUrl(webhookUrl, "webhookUrl").href,
      ...(fallbackUrl === undefined ? {} : { fallbackUrl: parsedUrl(fallbackUrl, "fallbackUrl").href }),
    },
    fields: options.fields ?? {},
    script,
    timeLimitMs,
    call: options,
  });
  const report = await ended;
  if (options.recordTo !== undefined) await writeFile(options.recordTo, recordingOf(report));
  return report;
}

function parsedUrl(url: string, option: string): URL {
  if (!URL.canParse(url))
    throw simulationFailed(`The option ${option} is no URL: ${JSON.stringify(url)}. Give a whole one, with https://.`);
  return new URL(url);
}
