import { BolchaalError } from "../../../errors.js";
import type { Clock } from "../../../spec/index.js";
import { systemClock } from "../../../system-clock.js";
import { atMost } from "../at-most.js";
import type {
  TwilioCall,
  TwilioCallChange,
  TwilioCallCreation,
  TwilioRestClient,
  TwilioRestClientSource,
} from "./client.js";
import { clientFault, faultOf, isAlreadyOver, lateFault, type RequestFault } from "./faults.js";

/** Twilio's API answers within this, in ms, unless told otherwise. */
export const DEFAULT_REST_TIMEOUT_MS = 10_000;

/** Longer instructions Twilio does not take in a request, in characters. Source: Twilio's "Call resource". */
export const TWIML_CHARACTERS = 4000;

/** How Twilio's API is asked. */
export interface TwilioRequestOptions {
  /** In ms. @default 10000 */
  readonly timeoutMs?: number;
  /** @default the system's clock */
  readonly clock?: Clock;
}

/** What came of a request to change a call: Twilio took it, or the call was over already. */
export type ChangeOutcome = "done" | "already-over";

/** An answer, or what went wrong. */
export type RequestOutcome<T> = { readonly value: T } | { readonly fault: RequestFault };

/**
 * Ends a call, whether it waits, rings or goes on.
 * @throws BolchaalError
 */
export function hangUpCall(
  client: TwilioRestClientSource,
  callSid: string,
  options?: TwilioRequestOptions,
): Promise<ChangeOutcome> {
  return changeCall(client, callSid, { status: "completed" }, "hang up", options).then(outcomeOf);
}

/**
 * Ends a call as `canceled`, if it waits or rings still; one that was picked up meanwhile is hung up.
 * @throws BolchaalError
 */
export async function cancelCall(
  client: TwilioRestClientSource,
  callSid: string,
  options?: TwilioRequestOptions,
): Promise<ChangeOutcome> {
  const call = await changeCall(client, callSid, { status: "canceled" }, "cancel a call", options);
  // On a call that was picked up it has no effect, or is refused as for one that is over: which, the second request tells.
  if (call !== undefined && call.status !== "in-progress") return "done";
  return hangUpCall(client, callSid, options);
}

/**
 * Gives a call other instructions: what is running stops, a stream with `stop`. Addresses in `twiml` must be absolute.
 * @throws BolchaalError `invalid-option` for instructions that are too long.
 */
export async function redirectCall(
  client: TwilioRestClientSource,
  callSid: string,
  instructions: { readonly twiml: string } | { readonly url: string },
  options?: TwilioRequestOptions,
): Promise<ChangeOutcome> {
  if ("twiml" in instructions && instructions.twiml.length > TWIML_CHARACTERS) {
    throw new BolchaalError(
      `The TwiML has ${instructions.twiml.length} characters. Keep it to ${TWIML_CHARACTERS}, or give a url.`,
      { code: "invalid-option", component: "transport", provider: "twilio" },
    );
  }
  const change = "twiml" in instructions ? { twiml: instructions.twiml } : { url: instructions.url, method: "POST" };
  return changeCall(client, callSid, change, "redirect a call", options).then(outcomeOf);
}

/**
 * A call as the API has it, which may be some seconds old.
 * @returns undefined if there is none, or none any more.
 * @throws BolchaalError
 */
export async function fetchCall(
  client: TwilioRestClientSource,
  callSid: string,
  options?: TwilioRequestOptions,
): Promise<TwilioCall | undefined> {
  const outcome = await request(client, "look up a call", ({ calls }) => calls(callSid).fetch(), options);
  if ("value" in outcome) return outcome.value;
  if (isAlreadyOver(outcome.fault)) return undefined;
  throw outcome.fault.error;
}

/**
 * Asks for a call. Never rejects: whoever asked must know whether the call may exist all the same.
 * @param late Hears of an answer that comes when its time was up.
 */
export function createCall(
  client: TwilioRestClientSource,
  creation: TwilioCallCreation,
  options?: TwilioRequestOptions,
  late?: (outcome: RequestOutcome<TwilioCall>) => void,
): Promise<RequestOutcome<TwilioCall>> {
  return request(client, "make a call", ({ calls }) => calls.create(creation), options, late);
}

/** The account's calls from one number to another, the newest first. Never rejects. */
export function listCalls(
  client: TwilioRestClientSource,
  filter: { readonly to: string; readonly from: string; readonly limit: number },
  options?: TwilioRequestOptions,
): Promise<RequestOutcome<readonly TwilioCall[]>> {
  return request(client, "list calls", ({ calls }) => calls.list(filter), options);
}

/** @returns the call; undefined if it is over. */
async function changeCall(
  client: TwilioRestClientSource,
  callSid: string,
  change: TwilioCallChange,
  doing: string,
  options?: TwilioRequestOptions,
): Promise<TwilioCall | undefined> {
  const outcome = await request(client, doing, ({ calls }) => calls(callSid).update(change), options);
  if ("value" in outcome) return outcome.value;
  if (isAlreadyOver(outcome.fault)) return undefined;
  throw outcome.fault.error;
}

function outcomeOf(call: TwilioCall | undefined): ChangeOutcome {
  return call === undefined ? "already-over" : "done";
}

/** Asks within a time. What comes later is told to `late`, and else to nobody. */
async function request<T>(
  source: TwilioRestClientSource,
  doing: string,
  ask: (client: TwilioRestClient) => Promise<T>,
  { timeoutMs = DEFAULT_REST_TIMEOUT_MS, clock = systemClock }: TwilioRequestOptions = {},
  late?: (outcome: RequestOutcome<T>) => void,
): Promise<RequestOutcome<T>> {
  let isLate = false;
  const outcome = askOnce(source, doing, ask);
  outcome.then((told) => isLate && late?.(told));
  const inTime = await atMost(clock, timeoutMs, outcome);
  if (inTime !== undefined) return inTime.value;
  isLate = true;
  return { fault: lateFault(doing, timeoutMs) };
}

/** Never rejects. Without a client nothing is asked. */
async function askOnce<T>(
  source: TwilioRestClientSource,
  doing: string,
  ask: (client: TwilioRestClient) => Promise<T>,
): Promise<RequestOutcome<T>> {
  let client: TwilioRestClient;
  try {
    client = typeof source === "function" ? await source() : source;
  } catch (thrown) {
    return { fault: clientFault(thrown) };
  }
  try {
    return { value: await ask(client) };
  } catch (thrown) {
    return { fault: faultOf(thrown, doing) };
  }
}
