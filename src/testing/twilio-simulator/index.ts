export { KEY_PRESS_MS, type StepReport } from "./caller.js";
export {
  type CallerScript,
  type CallerStep,
  DEFAULT_CONFIDENCE,
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
export type { InProcessApp } from "./carrier/memory-link.js";
export { AUTO_SPEECH_TIMEOUT_MS, NOTICE_MS } from "./carrier/recogniser.js";
export { createLegRunner, type LegRunnerOptions } from "./carrier/run-leg.js";
export type { CarrierFaults, CarrierPacing, MarkFate, MediaFate, StopFate } from "./carrier-faults.js";
export { type ConnectedCallOptions, connectSimulatedCall } from "./connect-simulated-call.js";
export type { DebuggerEvent } from "./debugger-events.js";
export type { EchoPath } from "./echo-path.js";
export type { Stretch } from "./hearing.js";
export type { LegOptions, LiveLeg, RunLeg, TwimlSource } from "./live-leg.js";
export type { SimulatedSocket, SimulatedSocketEvents } from "./memory-socket.js";
export type { MessageViolation } from "./message-rules.js";
export { DEFAULT_AGENT_SILENCE_MS, DEFAULT_CALL_TIME_LIMIT_MS, type SimulatedCallOptions } from "./options.js";
export type { CallerVoices } from "./prepare-script.js";
export { heardText, heardWords, recordingOf } from "./recording.js";
export type {
  CallOver,
  CarriedOut,
  DialLeg,
  MarkEcho,
  PhoneReport,
  ReceivedMessage,
  SimulatedCallEnd,
  SimulatedCallReport,
  SpokenText,
  StreamEnd,
  StreamLog,
  StreamReport,
  StreamViolation,
  WebhookReport,
} from "./report.js";
export type { SignatureFault, WrongSignature } from "./signature.js";
export { CLOSE_PATIENCE_MS } from "./simulated-stream.js";
export {
  createTwilioSimulator,
  DEFAULT_CALLED_NUMBER,
  DEFAULT_CALLER_NUMBER,
  type DialOptions,
  type TwilioSimulator,
  type TwilioSimulatorOptions,
} from "./twilio-simulator.js";
export type {
  ConnectStreamVerb,
  ConversationRelayVerb,
  DialedNumber,
  DialVerb,
  GatherVerb,
  Interruptible,
  PauseVerb,
  PlayVerb,
  PromptVerb,
  RecordVerb,
  SayVerb,
  TwimlVerb,
  WebhookMethod,
} from "./twiml/verbs.js";
export { DEFAULT_DIALED_PARTY_RINGS_MS, type DialedParty } from "./verbs/dialed-party.js";
export { WEBHOOK_TIMEOUT_MS, type WebhookChaos } from "./webhook.js";
export type { CallIdentity } from "./wire-messages.js";
