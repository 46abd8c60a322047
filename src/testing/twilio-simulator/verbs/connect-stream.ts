import { createSimulatedStream } from "../simulated-stream.js";
import type { ConnectStreamVerb } from "../twiml/verbs.js";
import type { DocumentContext, Flow, LegContext } from "./context.js";

/** Carries out `<Connect><Stream>`: it lasts until the app closes the socket, or the call is over. */
export async function connectStream(verb: ConnectStreamVerb, document: DocumentContext): Promise<Flow> {
  const { leg, signal } = document;
  const { phone, log, link, call, clock, twilioDebugger } = leg;
  const identity = leg.nextStream();
  const customParameters = verb.parameters;
  const stream = createSimulatedStream({ identity, phone, call, customParameters, clock, twilioDebugger });
  const tell = (event: string, error?: string) => tellStatus(leg, verb, identity.streamSid, event, error);

  log.asked = false;
  const refusal = await link.openSocket(verb.url, leg.upgradeSignature(verb.url), stream);
  if (refusal !== undefined) {
    const { code, detail, httpStatus } = refusal;
    twilioDebugger.report(code, phone.now(), detail);
    const status = httpStatus === undefined ? {} : { httpStatus };
    log.lastLine = { reason: "stream-refused", atMs: phone.now(), ...status };
    tell("stream-error", detail);
    return afterwards(verb, document);
  }
  tell("stream-started");
  const leave = () => phone.over ?? stream.stop();
  if (signal.aborted) leave();
  signal.addEventListener("abort", leave, { once: true });
  const { end, messages, echoes, violations } = await stream.ended;
  signal.removeEventListener("abort", leave);
  log.lastLine = end;
  log.messages.push(...messages);
  log.echoes.push(...echoes);
  log.violations.push(...violations);
  tell("stream-stopped");
  return afterwards(verb, document);
}

function afterwards({ action, method }: ConnectStreamVerb, { signal, resolve }: DocumentContext): Flow {
  if (signal.aborted || action === undefined) return undefined;
  return { goTo: { url: resolve(action), ...(method === undefined ? {} : { method }) } };
}

function tellStatus(leg: LegContext, verb: ConnectStreamVerb, streamSid: string, event: string, error?: string): void {
  if (verb.statusCallback === undefined) return;
  leg.webhooks.tell({
    url: verb.statusCallback,
    ...(verb.statusCallbackMethod === undefined ? {} : { method: verb.statusCallbackMethod }),
    fields: {
      AccountSid: leg.identity.accountSid,
      CallSid: leg.identity.callSid,
      StreamSid: streamSid,
      StreamName: verb.name ?? streamSid,
      StreamEvent: event,
      Timestamp: new Date().toISOString(),
      ...(error === undefined ? {} : { StreamError: error }),
    },
  });
}
