import type { CarriedOut, SimulatedCallEnd, SimulatedCallReport } from "../report.js";
import type { TwimlVerb } from "../twiml/verbs.js";
import type { LegContext } from "../verbs/context.js";

/** What became of a call that is over. */
export function reportOf({ identity, phone, log, webhooks, twilioDebugger }: LegContext): SimulatedCallReport {
  const { reason, atMs } = phone.over ?? { reason: "end-of-document", atMs: phone.now() };
  const { messages, echoes, violations, verbs, dialLegs } = log;
  return {
    ...identity,
    ...phone.report(),
    end: endOf({ phone, log }),
    over: { reason, atMs },
    durationMs: atMs,
    debuggerEvents: twilioDebugger.events,
    ...{ messages, echoes, violations, verbs, dialLegs },
    webhooks: webhooks.log,
    ...aroundFirstConnect(verbs),
  };
}

function endOf({ phone, log }: Pick<LegContext, "phone" | "log">): SimulatedCallEnd {
  const { reason, atMs, failure } = phone.over ?? { reason: "end-of-document", atMs: phone.now() };
  const how = failure === undefined ? {} : { failure };
  if (log.lastLine !== undefined) return log.lastLine;
  if (reason === "caller-hangup" || reason === "time-limit" || reason === "killed") return { reason, atMs, ...how };
  if (reason === "rest") return { reason: "agent-hangup", atMs };
  if (reason === "webhook-failed")
    return { reason, atMs, ...(log.httpStatus === undefined ? {} : { httpStatus: log.httpStatus }) };
  return { reason: log.asked ? "agent-hangup" : "no-stream", atMs };
}

/** The verbs of the document with the first `<Connect>`, before it and behind it. */
function aroundFirstConnect(verbs: readonly CarriedOut[]) {
  const place = verbs.findIndex(({ verb }) => verb.verb === "Connect" || verb.verb === "ConversationRelay");
  const connect = verbs[place];
  const plain = (some: readonly CarriedOut[]): TwimlVerb[] => some.map(({ verb }) => verb);
  if (connect === undefined) return { before: plain(verbs), next: [] };
  const behind = verbs.slice(place + 1).filter(({ document }) => document === connect.document);
  return { before: plain(verbs.slice(0, place)), next: plain(behind) };
}
