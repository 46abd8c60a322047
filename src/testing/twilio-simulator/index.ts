export { KEY_PRESS_MS, type StepReport } from "./caller.js";
export {
  type CallerScript,
  type CallerStep,
  DEFAULT_STEP_TIMEOUT_MS,
  type HangUpStep,
  type InterruptStep,
  type NoiseStep,
  type PauseStep,
  type PressStep,
  type SayStep,
  type SayWavStep,
  type StepLimit,
  type WaitForEndStep,
  type WaitStep,
} from "./caller-script.js";
export type { CarrierFaults, CarrierPacing, MarkFate, MediaFate, StopFate } from "./carrier-faults.js";
export { type ConnectedCallOptions, connectSimulatedCall } from "./connect-simulated-call.js";
export type { DebuggerEvent } from "./debugger-events.js";
export type { EchoPath } from "./echo-path.js";
export type { Stretch } from "./hearing.js";
export type { SimulatedSocket, SimulatedSocketEvents } from "./memory-socket.js";
export type { MessageViolation } from "./message-rules.js";
export { DEFAULT_AGENT_SILENCE_MS, DEFAULT_CALL_TIME_LIMIT_MS, type SimulatedCallOptions } from "./options.js";
export type { CallerVoices } from "./prepare-script.js";
export { heardText, heardWords, recordingOf } from "./recording.js";
export type {
  MarkEcho,
  ReceivedMessage,
  SimulatedCallEnd,
  SimulatedCallReport,
  StreamEnd,
  StreamReport,
} from "./report.js";
export { CLOSE_PATIENCE_MS } from "./simulated-stream.js";
export {
  createTwilioSimulator,
  DEFAULT_CALLED_NUMBER,
  DEFAULT_CALLER_NUMBER,
  type DialOptions,
  type TwilioSimulator,
  type TwilioSimulatorOptions,
} from "./twilio-simulator.js";
export type { TwimlVerb } from "./twiml-reader.js";
export type { CallIdentity } from "./wire-messages.js";
