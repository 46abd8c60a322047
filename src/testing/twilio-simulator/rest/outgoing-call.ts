import type { CallerScript } from "../caller-script.js";
import { type AccountCall, createAccountCall } from "./account-call.js";
import type { CallOrder } from "./call-order.js";
import {
  type Callee,
  DEFAULT_CALLEE_RINGS_MS,
  type MachineCallee,
  type PersonCallee,
  type RefusedCallee,
  scriptOf,
} from "./callees.js";
import type { AccountContext } from "./context.js";
import { type Detected, type DetectionOrder, detect } from "./detection.js";
import { newSid } from "./ids.js";
import { leadInOf, scriptBehind } from "./lead-in.js";

/** Makes a call: it waits for its turn, rings, and is picked up or not, as its callee has it. */
export function placeCall(
  context: AccountContext,
  order: CallOrder,
  callee: Exclude<Callee, RefusedCallee>,
): AccountCall {
  const { now } = context;
  const call = createAccountCall(context, {
    callSid: newSid("CA"),
    direction: "outbound-api",
    state: "queued",
    from: order.from,
    to: order.to,
    instructions: order.instructions,
    timeLimitMs: order.timeLimitMs,
    statusOrder: order.status,
  });
  for (const warning of order.warnings) context.report({ ...warning, level: "warning", callSid: call.callSid });
  const leaveQueue = context.queue.enter(dial);
  call.over.then(leaveQueue, leaveQueue);
  return call;

  function dial(): void {
    call.change({ queueMs: now() - call.createdAtMs, dialledAtMs: now() });
    call.status.tell("initiated", call.history.now);
    call.timers.after(context.routingMs, route);
  }

  function route(): void {
    if (callee.outcome === "failed") return call.end("failed", { sipResponseCode: callee.sipResponseCode ?? 404 });
    call.change({ status: "ringing", ringingAtMs: now() });
    call.status.tell("ringing", call.history.now);
    const giveUp = call.timers.after(order.ringLimitMs, () => call.end("no-answer"));
    if (callee.outcome === "no-answer") return;
    call.timers.after(callee.ringsMs ?? DEFAULT_CALLEE_RINGS_MS, () => {
      if (callee.outcome === "busy") return call.end("busy");
      giveUp();
      answer(context, call, order, callee);
    });
  }
}

function answer(
  context: AccountContext,
  call: AccountCall,
  { record, detection }: CallOrder,
  callee: PersonCallee | MachineCallee,
): void {
  const script = scriptOf(callee);
  const connect = (left: CallerScript, fields: Readonly<Record<string, string>>) =>
    call.connect({ script: left, fields, call: callee.call });
  call.pickUp(record);
  if (detection === undefined) return connect(script, {});
  const { answeredBy, afterMs } = whoPickedUp(script, callee, detection);
  call.timers.after(afterMs, () => {
    call.change({ answeredBy });
    // What was heard until now is over when the instructions begin.
    if (detection.async === undefined) connect(scriptBehind(script, afterMs), { AnsweredBy: answeredBy });
    else tellDetected(context, call, detection, { answeredBy, afterMs });
  });
  if (detection.async !== undefined) connect(script, {});
}

function whoPickedUp(script: CallerScript, callee: PersonCallee | MachineCallee, detection: DetectionOrder): Detected {
  const beeps = callee.outcome === "machine" && callee.beeps !== false;
  const heard = detect(leadInOf(script), beeps, detection);
  return callee.detectedAs === undefined ? heard : { ...heard, answeredBy: callee.detectedAs };
}

function tellDetected(
  { accountSid, callbacks }: AccountContext,
  { callSid }: AccountCall,
  { async }: DetectionOrder,
  { answeredBy, afterMs }: Detected,
): void {
  if (async?.callback === undefined) return;
  const { url, method } = async.callback;
  const fields = {
    AccountSid: accountSid,
    AnsweredBy: answeredBy,
    CallSid: callSid,
    MachineDetectionDuration: String(afterMs),
  };
  callbacks.tell({ kind: "machine", callSid, url, method, fields });
}
