export { createTwilioAccount, type TwilioAccount } from "./account.js";
export {
  type AnsweredBy,
  type AnsweringCallee,
  type BusyCallee,
  type Callee,
  DEFAULT_CALLEE_RINGS_MS,
  DEFAULT_MACHINE_RECORDS_MS,
  DEFAULT_PERSON_SCRIPT,
  type FailingCallee,
  type MachineCallee,
  type PersonCallee,
  type RefusalCode,
  type RefusedCallee,
  type UnansweredCallee,
} from "./callees.js";
export type { ApiFault, ApiFaultContext, ApiOperation } from "./faults.js";
export type { TwilioHttpClient, TwilioHttpRequest, TwilioHttpResponse } from "./http-client.js";
export type { ListeningTwilioApi } from "./http-ways.js";
export type { IncomingCallOptions } from "./incoming-call.js";
export {
  type CallbackChaos,
  DEFAULT_CALLS_PER_SECOND,
  DEFAULT_ROUTING_MS,
  type OwnNumberOptions,
  type TwilioAccountOptions,
} from "./options.js";
export type {
  AccountCallReport,
  AccountCallStatus,
  AccountDebuggerEvent,
  ApiRequestReport,
  CallbackKind,
  CallbackReport,
  PauseBehaviour,
  RecordingReport,
  RecordingStatus,
  TwilioAccountReport,
} from "./report.js";
