import { randomBytes } from "node:crypto";
import { wait } from "../../../async.js";
import type { Phone } from "../carrier/phone.js";
import type { DialLeg } from "../report.js";
import type { DialedNumber, DialVerb } from "../twiml/verbs.js";
import type { DocumentContext, Flow, Instructions, LegContext } from "./context.js";
import { DEFAULT_DIALED_PARTY_RINGS_MS, type DialedParty } from "./dialed-party.js";
import { recordingFields } from "./record.js";

/** What a `<Dial>` needs of the leg it runs in. */
export interface DialTools {
  /** The phone of somebody who is called. */
  createPhone(party: DialedParty): Promise<Phone>;
  /** Carries out what they hear before they are connected. Returns at its end, or when they have hung up. */
  whisper(callee: LegContext, instructions: Instructions): Promise<void>;
}

/** A call to a number, as it will go. */
interface Plan {
  readonly number: DialedNumber;
  readonly party: DialedParty;
  readonly callSid: string;
  readonly ringsMs: number;
  /** What has become of it when it has rung out. */
  readonly outcome: NonNullable<DialedParty["outcome"]>;
}

/** Carries out `<Dial>`: rings, lets who answers hear the `url` of their `<Number>`, connects the two until one hangs up. */
export async function dial(verb: DialVerb, document: DocumentContext, tools: DialTools): Promise<Flow> {
  const { leg } = document;
  leg.phone.begin();
  const rounds = verb.sequential ? verb.numbers.map((number) => [number]) : [verb.numbers];
  let last: DialLeg | undefined;
  for (const numbers of rounds) {
    const plans = numbers.map((number) => planOf(number, leg.party(number.number), verb.timeoutMs));
    last = await ring(plans, verb, document, tools);
    if (last.bridged) break;
  }
  if (verb.action === undefined || last === undefined || document.signal.aborted) return undefined;
  return { goTo: { url: document.resolve(verb.action), method: verb.method, fields: fieldsOf(last, verb, leg) } };
}

function planOf(number: DialedNumber, party: DialedParty, timeoutMs: number): Plan {
  const { outcome = "answers", ringsMs = DEFAULT_DIALED_PARTY_RINGS_MS } = party;
  const callSid = `CA${randomBytes(16).toString("hex")}`;
  if (outcome === "no-answer" || ringsMs >= timeoutMs)
    return { number, party, callSid, outcome: "no-answer", ringsMs: timeoutMs };
  return { number, party, callSid, outcome, ringsMs };
}

/** Rings them all at once. The first who answers is connected; without one, it is over when the last has rung out. */
async function ring(
  plans: readonly Plan[],
  verb: DialVerb,
  document: DocumentContext,
  tools: DialTools,
): Promise<DialLeg> {
  const { leg, signal } = document;
  const startMs = leg.phone.now();
  const answering = plans.filter(({ outcome }) => outcome === "answers").sort(byRinging)[0];
  const lastPlan = plans.toSorted(byRinging).at(-1) as Plan;
  const decisive = answering ?? lastPlan;
  for (const plan of plans) tellStatus(plan, document, ["initiated", "ringing"]);
  try {
    await wait(leg.clock, decisive.ringsMs, signal);
  } catch (error) {
    for (const plan of plans) leg.log.dialLegs.push(unanswered(plan, "canceled", startMs, leg));
    throw error;
  }
  for (const plan of plans.filter((each) => each !== answering)) {
    const status = plan.outcome === "answers" || plan.ringsMs > decisive.ringsMs ? "canceled" : plan.outcome;
    leg.log.dialLegs.push(unanswered(plan, status, startMs, leg));
    tellStatus(plan, document, ["completed"], status);
  }
  if (answering !== undefined) return talk(answering, verb, startMs, document, tools);
  return unanswered(lastPlan, lastPlan.outcome as Exclude<Plan["outcome"], "answers">, startMs, leg);
}

function byRinging(one: Plan, other: Plan): number {
  return one.ringsMs - other.ringsMs;
}

/** Somebody has answered. */
async function talk(
  plan: Plan,
  verb: DialVerb,
  startMs: number,
  document: DocumentContext,
  tools: DialTools,
): Promise<DialLeg> {
  const { leg, signal } = document;
  const callee = await tools.createPhone(plan.party);
  const answeredMs = leg.phone.now();
  const leave = () => callee.end("hangup");
  signal.addEventListener("abort", leave, { once: true });
  if (signal.aborted) leave();
  tellStatus(plan, document, ["answered"], "in-progress");
  callee.begin();
  let bridged = false;
  try {
    const { url, method } = plan.number;
    if (url !== undefined)
      await tools.whisper(calleeContext(plan, callee, verb, leg), { url: document.resolve(url), method });
    if (callee.over === undefined) {
      bridged = true;
      await bridge(leg.phone, callee, verb, document);
    }
  } finally {
    signal.removeEventListener("abort", leave);
    callee.end("hangup");
    // Whoever declines while being asked has not answered the caller.
    const status = bridged ? "completed" : "no-answer";
    const endMs = leg.phone.now();
    const { number, callSid } = { number: plan.number.number, callSid: plan.callSid };
    const times = { ringingMs: startMs, answeredMs, endMs };
    leg.log.dialLegs.push({ number, callSid, status, bridged, ...times, ...callee.report() });
    tellStatus(plan, document, ["completed"], "completed", endMs - answeredMs);
  }
  return leg.log.dialLegs.at(-1) as DialLeg;
}

/** The two hear each other until one hangs up, or the time is over. */
async function bridge(caller: Phone, callee: Phone, verb: DialVerb, { leg, signal }: DocumentContext): Promise<void> {
  const ended = new AbortController();
  const end = () => ended.abort();
  const disconnects = [
    caller.connect({
      listening: true,
      frame: (frame) => callee.playout.queue(frame, callee.now()),
      digit: (digit) => verb.hangupOnStar && digit === "*" && end(),
    }),
    callee.connect({
      listening: true,
      frame: (frame) => caller.playout.queue(frame, caller.now()),
      digit: () => {},
    }),
  ];
  callee.signal.addEventListener("abort", end, { once: true });
  try {
    await wait(leg.clock, verb.timeLimitMs, AbortSignal.any([signal, ended.signal]));
  } catch (error) {
    if (!ended.signal.aborted || signal.aborted) throw error;
  } finally {
    callee.signal.removeEventListener("abort", end);
    for (const disconnect of disconnects) disconnect();
    caller.voice.stop();
  }
}

function calleeContext({ number, callSid }: Plan, phone: Phone, verb: DialVerb, leg: LegContext): LegContext {
  const from = verb.callerId ?? leg.from;
  const own = { ParentCallSid: leg.identity.callSid, CallSid: callSid, Direction: "outbound-dial" };
  const parties = { From: from, Caller: from, To: number.number, Called: number.number };
  return {
    ...leg,
    identity: { ...leg.identity, callSid },
    from,
    to: number.number,
    direction: "outbound-dial",
    phone,
    fields: () => ({ ...leg.fields(), ...own, ...parties, CallStatus: phone.over ? "completed" : "in-progress" }),
  };
}

function unanswered(plan: Plan, status: DialLeg["status"], ringingMs: number, { phone }: LegContext): DialLeg {
  const silence = { steps: [], agentSpeech: [], said: new Uint8Array(0), heard: new Uint8Array(0), spoken: [] };
  const { number, callSid } = { number: plan.number.number, callSid: plan.callSid };
  return { number, callSid, status, bridged: false, ringingMs, endMs: phone.now(), ...silence };
}

function fieldsOf(dialed: DialLeg, verb: DialVerb, leg: LegContext): Record<string, string> {
  const { callSid, status, bridged, answeredMs, endMs } = dialed;
  const talkedMs = answeredMs === undefined ? 0 : endMs - answeredMs;
  return {
    DialCallStatus: status,
    DialCallSid: callSid,
    DialBridged: String(bridged),
    ...(answeredMs === undefined ? {} : { DialCallDuration: String(Math.round(talkedMs / 1000)) }),
    ...(verb.record !== undefined && bridged ? recordingFields(leg.identity.accountSid, talkedMs) : {}),
  };
}

/** Tells a `<Number>`'s status callback what it wants to know. */
function tellStatus(
  { number, callSid }: Plan,
  { leg, resolve }: DocumentContext,
  events: readonly string[],
  status?: string,
  durationMs?: number,
): void {
  const { statusCallback, statusCallbackMethod: method, statusCallbackEvents: wanted } = number;
  if (statusCallback === undefined) return;
  for (const event of events.filter((each) => wanted.includes(each))) {
    leg.webhooks.tell({
      url: resolve(statusCallback),
      method,
      fields: {
        ...leg.fields(),
        ParentCallSid: leg.identity.callSid,
        CallSid: callSid,
        Direction: "outbound-dial",
        To: number.number,
        Called: number.number,
        CallStatus: status ?? event,
        CallbackSource: "call-progress-events",
        SequenceNumber: String(SEQUENCE.indexOf(event)),
        ...(durationMs === undefined ? {} : { CallDuration: String(Math.round(durationMs / 1000)) }),
      },
    });
  }
}

const SEQUENCE: readonly string[] = ["initiated", "ringing", "answered", "completed"];
