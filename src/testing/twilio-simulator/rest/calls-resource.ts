import type { AccountCall } from "./account-call.js";
import { ApiError } from "./api-error.js";
import type { ApiCallOn, Handled } from "./api-types.js";
import { readCallChange } from "./call-change.js";
import { callJson, startOf } from "./call-json.js";
import { readCallOrder } from "./call-order.js";
import { type CallState, isOver } from "./call-state.js";
import type { AccountContext } from "./context.js";
import { readForm } from "./form-reader.js";
import { placeCall } from "./outgoing-call.js";
import { pageOf } from "./paging.js";

export function createCall(context: AccountContext, { request }: ApiCallOn): Handled {
  const form = readForm(request.form);
  const order = readCallOrder(form, context.mayCallFrom);
  const callee = context.callee(order.to);
  if (callee.outcome === "refused") throw new ApiError(callee.code);
  const call = placeCall(context, order, callee);
  context.calls.push(call);
  return {
    status: 201,
    body: { ...callJson(context, call, call.history.now) },
    callSid: call.callSid,
    ignored: form.ignored(),
  };
}

/** What is told may be old, but is never nothing. */
export function fetchCall(context: AccountContext, { request, sids: [callSid] }: ApiCallOn): Handled {
  const call = findCall(context, request.path, callSid);
  const state = call.history.at(context.now() - context.staleMs) ?? call.history.at(call.createdAtMs);
  return { status: 200, body: { ...callJson(context, call, state ?? call.history.now) } };
}

export function updateCall(context: AccountContext, { request, sids: [callSid] }: ApiCallOn): Handled {
  const call = findCall(context, request.path, callSid);
  const form = readForm(request.form);
  const change = readCallChange(form);
  const before = call.history.now;
  if (isOver(before)) throw new ApiError(21220, "Unable to update record: call is already over");
  if (change.instructions !== undefined && before.status !== "in-progress")
    throw new ApiError(21220, "Unable to update record: Call is not in-progress. Cannot redirect.");
  if (change.statusCallback !== undefined) call.status.redirect(change.statusCallback);
  if (change.timeLimitMs !== undefined) call.limit(change.timeLimitMs);
  if (change.instructions !== undefined) call.redirect(change.instructions);
  // `canceled` does nothing to a call that was picked up.
  const ends = change.status === "completed" || (change.status === "canceled" && before.status !== "in-progress");
  if (ends) call.hangUp();
  return { status: 200, body: { ...callJson(context, call, call.history.now) }, ignored: form.ignored() };
}

/** The newest first. A call that is too young is not there yet. */
export function listCalls(context: AccountContext, { request }: ApiCallOn): Handled {
  const { query, path } = request;
  const matches = filterOf(query, context);
  const shown = context.calls
    .filter((call) => !isForgotten(context, call))
    .flatMap((call) => {
      const state = call.history.at(context.now() - context.staleMs);
      return state === undefined ? [] : [{ call, state }];
    })
    .filter(({ call, state }) => matches(call, state))
    .reverse();
  const body = pageOf(shown, {
    key: "calls",
    path,
    query,
    sidOf: ({ call }) => call.callSid,
    write: ({ call, state }) => callJson(context, call, state),
  });
  return { status: 200, body };
}

/** @throws ApiError 20404 */
export function findCall(context: AccountContext, path: string, callSid: string | undefined): AccountCall {
  const call = context.calls.find((one) => one.callSid === callSid);
  if (call === undefined || isForgotten(context, call))
    throw new ApiError(20404, `The requested resource ${path} was not found`);
  return call;
}

function isForgotten({ now, forgetsAfterMs }: AccountContext, { history }: AccountCall): boolean {
  const { endedAtMs } = history.now;
  return endedAtMs !== undefined && now() - endedAtMs >= forgetsAfterMs;
}

type Matches = (call: AccountCall, state: CallState) => boolean;

/** @throws ApiError 20001 for a date that is none. */
function filterOf(query: URLSearchParams, { dateAt }: AccountContext): Matches {
  const [to, from, status] = ["To", "From", "Status"].map((name) => query.get(name) ?? undefined);
  const dates = [...query].flatMap(([name, value]) => {
    const [, field, sign] = /^(StartTime|EndTime)([<>]?)$/.exec(name) ?? [];
    return field === undefined ? [] : [{ field, holds: dateTest(name, sign ?? "", value) }];
  });
  return (call, state) =>
    (to === undefined || call.to === to) &&
    (from === undefined || call.from === from) &&
    (status === undefined || state.status === status) &&
    dates.every(({ field, holds }) => {
      const atMs = field === "StartTime" ? startOf(call, state) : state.endedAtMs;
      return atMs !== undefined && holds(dateAt(atMs).getTime());
    });
}

const DAY_MS = 86_400_000;

/** Whole seconds, as the API's dates are. A date without a time is the whole day; both `<` and `>` take in the date itself. */
function dateTest(name: string, sign: string, value: string): (timeMs: number) => boolean {
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(value);
  const startMs = Date.parse(isDay ? `${value}T00:00:00Z` : value);
  if (Number.isNaN(startMs)) throw new ApiError(20001, `Invalid parameter ${name}: ${value} is no date`);
  const endMs = startMs + (isDay ? DAY_MS : 1_000);
  const second = (timeMs: number) => Math.floor(timeMs / 1_000) * 1_000;
  if (sign === "<") return (timeMs) => second(timeMs) < endMs;
  if (sign === ">") return (timeMs) => second(timeMs) >= startMs;
  return (timeMs) => second(timeMs) >= startMs && second(timeMs) < endMs;
}
