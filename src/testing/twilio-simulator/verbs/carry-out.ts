import { orAborted } from "../carrier/or-aborted.js";
import { simulationFailed } from "../options.js";
import type { TwimlVerb } from "../twiml/verbs.js";
import { readTwiml } from "../twiml-reader.js";
import { connectStream } from "./connect-stream.js";
import type { DocumentContext, Flow, Instructions, LegContext } from "./context.js";
import { conversationRelay } from "./conversation-relay.js";
import { type DialTools, dial } from "./dial.js";
import { gather } from "./gather.js";
import { record } from "./record.js";
import { speak } from "./speak.js";

/** What can take the place of the document that is carried out. */
export interface Interruptions {
  /** A document begins. @returns what aborts when others take its place */
  begin(): AbortSignal;
  /** What has taken its place, if anything has. */
  takeNext(): Instructions | undefined;
}

/** So many documents in a row that do nothing but point to the next are a circle. */
export const MOST_REDIRECTS = 20;

/**
 * Carries out documents one after another, until the call is over.
 * @throws BolchaalError `simulation-failed` for TwiML that Twilio would not take, and for redirects in a circle.
 */
export async function carryOutDocuments(
  leg: LegContext,
  first: Instructions,
  interruptions: Interruptions,
  tools: Pick<DialTools, "createPhone">,
): Promise<void> {
  const dialTools = { ...tools, whisper: (callee: LegContext, next: Instructions) => whisper(callee, next, tools) };
  const ended = await follow(leg, first, interruptions, dialTools, { index: -1 });
  if (ended === "end-of-document") leg.phone.end(ended);
}

/** What somebody hears who has been called, before they are connected: at its end they are. */
async function whisper(callee: LegContext, first: Instructions, tools: Pick<DialTools, "createPhone">): Promise<void> {
  const never = { begin: () => new AbortController().signal, takeNext: () => undefined };
  const dialTools = { ...tools, whisper: async () => {} };
  const log = { ...callee.log, verbs: [] };
  await follow({ ...callee, log }, first, never, dialTools, { index: 0 });
}

/** @returns whether the last document came to its end, rather than the call. */
async function follow(
  leg: LegContext,
  first: Instructions,
  interruptions: Interruptions,
  tools: DialTools,
  counter: { index: number },
): Promise<"end-of-document" | undefined> {
  let next: Instructions | undefined = first;
  let base = "url" in first ? first.url : "";
  let redirects = 0;
  while (next !== undefined) {
    counter.index += 1;
    const signal = AbortSignal.any([leg.phone.signal, interruptions.begin()]);
    if ("url" in next) base = next.url;
    const resolve = (url: string | undefined) => absolute(url ?? base, base);
    const before = leg.log.verbs.length;
    const flow: Flow | "end-of-document" = await carryOutDocument({ leg, resolve, signal }, next, tools, counter.index);
    const replaced = interruptions.takeNext();
    if (leg.phone.over !== undefined) return undefined;
    if (replaced === undefined && flow === "end-of-document") return flow;
    const onlyRedirects = leg.log.verbs.slice(before).every(({ verb }) => verb.verb === "Redirect");
    redirects = onlyRedirects ? redirects + 1 : 0;
    if (redirects > MOST_REDIRECTS)
      throw simulationFailed(`The TwiML redirects in a circle, at ${base}. Let it come to something else.`);
    next = replaced ?? (typeof flow === "object" && "goTo" in flow ? flow.goTo : undefined);
  }
  return undefined;
}

/** @returns where to go next; undefined if the call is over or the document was left. */
async function carryOutDocument(
  document: DocumentContext,
  instructions: Instructions,
  tools: DialTools,
  index: number,
): Promise<Flow | "end-of-document"> {
  const { leg, signal } = document;
  try {
    signal.throwIfAborted();
    const verbs = await orAborted(verbsOf(instructions, leg), signal);
    if (verbs === undefined) {
      leg.phone.end("webhook-failed");
      return undefined;
    }
    for (const verb of verbs) {
      const flow = await carryOutVerb(verb, document, tools, index);
      signal.throwIfAborted();
      if (flow !== undefined && "end" in flow) leg.phone.end(flow.end);
      if (flow !== undefined) return flow;
    }
    return "end-of-document";
  } catch (error) {
    if (!signal.aborted) throw error;
    return undefined;
  }
}

/** @returns undefined if the app gave none. */
async function verbsOf(source: Instructions, leg: LegContext): Promise<readonly TwimlVerb[] | undefined> {
  if ("twiml" in source) return readTwiml(source.twiml);
  const { url, method = "POST", fallbackUrl, fields, twice = false } = source;
  const request = { url, method, fields: { ...leg.fields(), ...fields }, twice };
  const answer = await leg.webhooks.ask(request);
  if ("verbs" in answer) return answer.verbs;
  leg.log.httpStatus = answer.httpStatus;
  if (fallbackUrl === undefined) return undefined;
  const failure = { ErrorCode: "11200", ErrorUrl: url };
  const second = await leg.webhooks.ask({ url: fallbackUrl, method, fields: { ...request.fields, ...failure } });
  return "verbs" in second ? second.verbs : undefined;
}

/** Carries out a verb, and writes it down. */
async function carryOutVerb(
  verb: TwimlVerb,
  document: DocumentContext,
  tools: DialTools,
  index: number,
): Promise<Flow> {
  const { log, phone } = document.leg;
  const place = log.verbs.push({ verb, atMs: phone.now(), endMs: phone.now(), document: index }) - 1;
  try {
    return await flowOf(verb, document, tools);
  } finally {
    const begun = log.verbs[place];
    if (begun !== undefined) log.verbs[place] = { ...begun, endMs: phone.over?.atMs ?? phone.now() };
  }
}

async function flowOf(verb: TwimlVerb, document: DocumentContext, tools: DialTools): Promise<Flow> {
  switch (verb.verb) {
    case "Say":
    case "Play":
    case "Pause":
      return speak(verb, document);
    case "Gather":
      return gather(verb, document);
    case "Connect":
      return connectStream(verb, document);
    case "ConversationRelay":
      return conversationRelay(verb, document);
    case "Dial":
      return dial(verb, document, tools);
    case "Record":
      return record(verb, document);
    case "Redirect":
      return {
        goTo: { url: document.resolve(verb.url), ...(verb.method === undefined ? {} : { method: verb.method }) },
      };
    case "Reject":
      return { end: "reject" };
    case "Hangup":
      return { end: "hangup" };
  }
}

/** @throws BolchaalError `simulation-failed` if an address leads nowhere. */
function absolute(url: string, base: string): string {
  if (URL.canParse(url)) return url;
  if (URL.canParse(url, base)) return new URL(url, base).href;
  throw simulationFailed(
    `The TwiML has the address ${JSON.stringify(url)}, which is not whole. Twilio would refuse it with error 11100: give it with https://.`,
  );
}
