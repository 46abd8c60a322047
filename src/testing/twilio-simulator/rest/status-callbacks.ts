import { given } from "../twiml/attributes.js";
import type { StatusEvent, StatusOrder } from "./call-order.js";
import { type CallState, talkedSeconds } from "./call-state.js";
import type { AccountContext } from "./context.js";
import { rfc2822 } from "./dates.js";

/** Who a call is between, for its callbacks. */
export interface CallParties {
  readonly callSid: string;
  readonly direction: "inbound" | "outbound-api";
  readonly from: string;
  readonly to: string;
}

/** Tells the app how a call is doing. */
export interface StatusTeller {
  /** @param extra Fields beyond the usual ones. */
  tell(event: StatusEvent, state: CallState, extra?: Readonly<Record<string, string>>): void;
  /** Where its end is told from now on. */
  redirect(order: Pick<StatusOrder, "url" | "method">): void;
}

/** `SequenceNumber` counts the callbacks that are asked for, from 0. */
export function createStatusTeller(
  context: AccountContext,
  parties: CallParties,
  first: StatusOrder | undefined,
): StatusTeller {
  let order = first;
  let sequence = 0;
  return {
    tell(event, state, extra = {}) {
      if (order === undefined || !order.events.includes(event)) return;
      const fields = {
        ...callFields(context.accountSid, parties, event === "initiated" ? "initiated" : state.status),
        ...(event === "completed" ? endFields(state) : {}),
        Timestamp: rfc2822(context.dateAt(context.now())),
        CallbackSource: "call-progress-events",
        SequenceNumber: String(sequence),
        ...extra,
      };
      sequence += 1;
      const { url, method } = order;
      context.callbacks.tell({ kind: "status", callSid: parties.callSid, url, method, fields });
    },
    redirect(next) {
      order = { ...next, events: order?.events ?? ["completed"] };
    },
  };
}

/** The fields of a call's callbacks that every one has. Source: Twilio's "Call resource", `StatusCallback`. */
function callFields(accountSid: string, { callSid, direction, from, to }: CallParties, status: string) {
  return {
    AccountSid: accountSid,
    ApiVersion: "2010-04-01",
    CallSid: callSid,
    CallStatus: status,
    Called: to,
    CalledCountry: "IN",
    Caller: from,
    CallerCountry: "IN",
    Direction: direction,
    From: from,
    FromCountry: "IN",
    To: to,
    ToCountry: "IN",
  };
}

/** `CallDuration` in seconds; `Duration` in minutes as they are billed. */
function endFields(state: CallState): Readonly<Record<string, string>> {
  const seconds = talkedSeconds(state) ?? 0;
  const billed = state.answeredAtMs === undefined ? undefined : String(Math.max(1, Math.ceil(seconds / 60)));
  const code = state.sipResponseCode ?? SIP_RESPONSES[state.status];
  return {
    CallDuration: String(seconds),
    ...given({ Duration: billed, SipResponseCode: code === undefined ? undefined : String(code) }),
  };
}

const SIP_RESPONSES: Readonly<Partial<Record<CallState["status"], number>>> = {
  completed: 200,
  busy: 486,
  "no-answer": 487,
  canceled: 487,
};
