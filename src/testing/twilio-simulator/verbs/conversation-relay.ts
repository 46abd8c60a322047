import { randomBytes } from "node:crypto";
import { createRelaySession, type RelayOutcome } from "../relay/relay-session.js";
import type { ConversationRelayVerb } from "../twiml/verbs.js";
import type { DocumentContext, Flow, LegContext } from "./context.js";
import { fetchSound } from "./speak.js";

/** Carries out `<Connect><ConversationRelay>`: it lasts until the app or the caller ends it, or the socket is lost. */
export async function conversationRelay(verb: ConversationRelayVerb, document: DocumentContext): Promise<Flow> {
  const { leg, signal } = document;
  const { phone, log, clock, twilioDebugger } = leg;
  const sessionId = `VX${randomBytes(16).toString("hex")}`;
  const session = createRelaySession({
    verb,
    phone,
    clock,
    twilioDebugger,
    setup: setupOf(sessionId, verb, leg),
    fetchSound: (url) => fetchSound(url, document).catch(ignoreIf(signal)),
  });
  log.asked = false;
  const refusal = await leg.link.openSocket(verb.url, leg.upgradeSignature(verb.url), session);
  if (refusal !== undefined) {
    const { detail, httpStatus } = refusal;
    twilioDebugger.report(64102, phone.now(), detail);
    const status = httpStatus === undefined ? {} : { httpStatus };
    log.lastLine = { reason: "stream-refused", atMs: phone.now(), ...status };
    const error = { code: "64102", message: detail };
    return afterwards(verb, document, {
      SessionId: sessionId,
      ...fieldsOf({ status: "failed", durationMs: 0, error }),
    });
  }
  const leave = () => phone.over ?? session.stop();
  if (signal.aborted) leave();
  signal.addEventListener("abort", leave, { once: true });
  const outcome = await session.ended;
  signal.removeEventListener("abort", leave);
  log.lastLine = outcome.end;
  log.messages.push(...outcome.messages);
  log.violations.push(...outcome.violations);
  return afterwards(verb, document, { SessionId: sessionId, ...fieldsOf(outcome) });
}

/** The app is asked what comes next; if the call is over, only told. */
function afterwards(verb: ConversationRelayVerb, document: DocumentContext, fields: Record<string, string>): Flow {
  const { leg, signal, resolve } = document;
  if (verb.action === undefined) return undefined;
  const request = { url: resolve(verb.action), ...(verb.method === undefined ? {} : { method: verb.method }) };
  if (!signal.aborted) return { goTo: { ...request, fields } };
  if (leg.phone.over !== undefined) leg.webhooks.tell({ ...request, fields: { ...leg.fields(), ...fields } });
  return undefined;
}

function fieldsOf(outcome: Pick<RelayOutcome, "status" | "durationMs" | "handoffData" | "error">) {
  const { status, durationMs, handoffData, error } = outcome;
  return {
    SessionStatus: status,
    SessionDuration: String(Math.round(durationMs / 1000)),
    ...(handoffData === undefined ? {} : { HandoffData: handoffData }),
    ...(error === undefined ? {} : { ErrorCode: error.code, ErrorMessage: error.message }),
  };
}

/** https://www.twilio.com/docs/voice/conversationrelay/websocket-messages#setup-message */
function setupOf(sessionId: string, verb: ConversationRelayVerb, { identity, from, to, direction }: LegContext) {
  return {
    sessionId,
    accountSid: identity.accountSid,
    parentCallSid: null,
    callSid: identity.callSid,
    from,
    to,
    forwardedFrom: "",
    callType: "PSTN",
    callerName: "",
    direction: direction === "inbound" ? "inbound" : "outbound-api",
    callStatus: direction === "inbound" ? "RINGING" : "IN-PROGRESS",
    customParameters: verb.parameters,
  };
}

function ignoreIf(signal: AbortSignal) {
  return (error: unknown): undefined => {
    if (!signal.aborted) throw error;
  };
}
