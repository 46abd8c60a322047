import type { OutboundCallOptions, OutboundEnd } from "../../dialer/index.js";
import { UsageError } from "../arguments.js";
import { type CallFigures, showCall, summaryOf } from "../call-view.js";
import type { CliContext } from "../context.js";
import { agrees } from "../person.js";
import { showFaults } from "../serve.js";
import { readAccountSettings, readServerSettings } from "../settings.js";
import { statusTokens } from "../status-token.js";
import { unlessTaken } from "../taken-port.js";
import type { View } from "../view.js";
import { agentFor, type RequestedAgent } from "./agent-for.js";
import { endOnInterrupt } from "./ending.js";
import type { Line, OpenLine, PlacedCall } from "./line.js";
import { showProgress } from "./progress-view.js";
import type { CallRequest } from "./request.js";

/** The person ended it with Ctrl-C. */
export const INTERRUPTED = 130;

/** A call that is over at Twilio may have its last words written down for so long, in ms. */
const LAST_EVENTS_MS = 3_000;

/**
 * Places one call with a phone server of its own, shows how it goes, and stays until it is over. The number's own webhook
 * is not touched: what Twilio is to do comes with the call.
 * @returns the exit code: 0 if the call took place; 130 after Ctrl-C; else 1
 */
export async function runCall(context: CliContext, request: CallRequest, openLine: OpenLine): Promise<number> {
  const { environment, view } = context;
  const server = readServerSettings(environment, request.port);
  const account = readAccountSettings(environment);
  if (!account.ready || !server.ready) {
    const faults = [...(account.ready ? [] : account.faults), ...(server.ready ? [] : server.faults)];
    showFaults(view, "Not ready to call. This is missing:", faults);
    return 1;
  }
  if (!(await isWanted(context, request))) return 1;
  const requested = await agentFor(request, context);
  let figures: Promise<CallFigures> | undefined;
  try {
    const opening = openLine({
      context,
      ...server,
      account: account.account,
      statusToken: statusTokens(environment)[0] ?? "",
      onSession(session) {
        figures = showCall(session, view.paint, (text) => view.line(text));
      },
    });
    const line = await unlessTaken(server.port, opening);
    for (const made of requested.madeOf) view.note(made);
    view.line(`Calling ${request.to} from ${request.from}. Ctrl+C ends the call.`);
    const { end, asked } = await followed(context, line, orderOf(request, requested));
    if (figures !== undefined && asked <= 2) {
      view.title("Summary");
      view.table(summaryOf(await figures));
    }
    view.line();
    if (asked > 0) return INTERRUPTED;
    return end?.reason === "completed" ? 0 : 1;
  } finally {
    await requested.close();
  }
}

/** What was typed, as the dialer takes it. */
export function orderOf(request: CallRequest, { agent }: Pick<RequestedAgent, "agent">): OutboundCallOptions {
  const { to, from, variables, machine, kind } = request;
  return { to, from, variables, machine, kind, agent };
}

/** Shows the call's progress to its end, and has Ctrl-C end it; then closes the line. */
async function followed(
  context: CliContext,
  line: Line,
  order: OutboundCallOptions,
): Promise<{ readonly end: OutboundEnd | undefined; readonly asked: number }> {
  let [asked, graceMs] = [0, 0];
  try {
    const call = line.call(order);
    const ending = endOnInterrupt(context, call);
    try {
      const end = await Promise.race([shown(context.view, call), ending.enough]);
      asked = ending.asked;
      graceMs = asked > 1 ? 0 : LAST_EVENTS_MS;
      return { end, asked };
    } finally {
      ending.release();
    }
  } finally {
    const closed = line.close({ graceMs });
    // Who asked a third time does not wait for Twilio.
    if (asked > 2) closed.catch(() => {});
    else await closed;
  }
}

/** Shows how the call goes. @returns how it ended */
async function shown(view: View, call: PlacedCall): Promise<OutboundEnd | undefined> {
  let end: OutboundEnd | undefined;
  for await (const event of call) {
    showProgress(view, event);
    if (event.type === "ended") ({ end } = event);
  }
  return end;
}

/** A call costs money and rings somebody: it is made when somebody says yes. */
async function isWanted({ person, view }: CliContext, { to, from, confirmed }: CallRequest): Promise<boolean> {
  if (confirmed) return true;
  if (person === undefined) throw new UsageError("Nobody is there to say yes. Add --yes to call without being asked.");
  if (await agrees(person, `Call ${to} from ${from}?`)) return true;
  view.line("Not called.");
  return false;
}
