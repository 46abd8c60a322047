/**
 * Outbound calls: each dialled once, at the pace the account allows, within the hours it may, and told of from its
 * waiting to its end.
 *
 * @packageDocumentation
 */
export type {
  AnsweredBy,
  OutboundEnd,
  OutboundEndReason,
  OutboundEvent,
  OutboundEventOf,
  OutboundStatus,
  Refusal,
} from "./call-progress.js";
export {
  type CallingWindow,
  INDIAN_CALLING_WINDOW,
  isWithinCallingWindow,
  nextOpeningAt,
} from "./calling-window.js";
export { createDialer, DEFAULT_DIALER_GRACE_MS } from "./dialer.js";
export type {
  AnyAgent,
  CallKind,
  CallToBe,
  Dialer,
  DialerDesk,
  DialerOptions,
  MachineDetection,
  MachinePolicy,
  OutboundAgent,
  OutboundAnswer,
  OutboundCallOptions,
} from "./dialer-types.js";
export {
  DEFAULT_CALLS_PER_SECOND,
  DEFAULT_HOOK_TIMEOUT_MS,
  DEFAULT_MACHINE_POLICY,
  DEFAULT_RING_TIMEOUT_MS,
  DEFAULT_TIME_LIMIT_MS,
} from "./options.js";
export type { OutboundCall, OutboundListener } from "./outbound-call-types.js";
