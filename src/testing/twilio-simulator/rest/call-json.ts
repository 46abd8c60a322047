import type { AccountCall } from "./account-call.js";
import { type CallState, talkedSeconds } from "./call-state.js";
import type { AccountContext } from "./context.js";
import { rfc2822 } from "./dates.js";
import type { Recording } from "./recording.js";

/** A call as the API writes it. Source: Twilio's "Call resource". */
export function callJson(context: AccountContext, call: AccountCall, state: CallState): object {
  const { accountSid, dateAt, numbers } = context;
  const { callSid, createdAtMs, direction, from, to } = call;
  const date = (atMs: number | undefined) => (atMs === undefined ? null : rfc2822(dateAt(atMs)));
  const seconds = talkedSeconds(state);
  const uri = `/2010-04-01/Accounts/${accountSid}/Calls/${callSid}`;
  const own = numbers.find(({ phoneNumber }) => phoneNumber === (direction === "inbound" ? to : from));
  return {
    account_sid: accountSid,
    annotation: null,
    answered_by: state.answeredBy ?? null,
    api_version: "2010-04-01",
    caller_name: "",
    date_created: date(createdAtMs),
    date_updated: date(state.updatedAtMs),
    direction,
    duration: seconds === undefined ? null : String(seconds),
    end_time: date(state.endedAtMs),
    forwarded_from: null,
    from,
    from_formatted: from,
    group_sid: null,
    parent_call_sid: null,
    phone_number_sid: own?.sid ?? "",
    price: null,
    price_unit: "USD",
    queue_time: String(Math.round(state.queueMs)),
    sid: callSid,
    start_time: date(startOf(call, state)),
    status: state.status,
    subresource_uris: { recordings: `${uri}/Recordings.json`, streams: `${uri}/Streams.json` },
    to,
    to_formatted: to,
    trunk_sid: "",
    uri: `${uri}.json`,
  };
}

/** When a call was dialled; undefined as long as it waits. */
export function startOf({ direction, createdAtMs }: AccountCall, { dialledAtMs }: CallState): number | undefined {
  return direction === "inbound" ? createdAtMs : dialledAtMs;
}

/** A recording of a call as the API writes it. */
export function recordingJson({ accountSid, dateAt }: AccountContext, callSid: string, recording: Recording): object {
  const { sid, order, startedAtMs, updatedAtMs, status } = recording;
  const isOver = status !== "in-progress" && status !== "paused";
  return {
    account_sid: accountSid,
    api_version: "2010-04-01",
    call_sid: callSid,
    channels: order.channels,
    conference_sid: null,
    date_created: rfc2822(dateAt(startedAtMs)),
    date_updated: rfc2822(dateAt(updatedAtMs)),
    duration: isOver ? String(Math.round(recording.durationMs() / 1_000)) : null,
    encryption_details: null,
    error_code: null,
    price: null,
    price_unit: "USD",
    sid,
    source: order.source,
    start_time: rfc2822(dateAt(startedAtMs)),
    status,
    track: "both",
    uri: `/2010-04-01/Accounts/${accountSid}/Calls/${callSid}/Recordings/${sid}.json`,
  };
}
