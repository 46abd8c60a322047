/**
 * Tests for phone agents: a virtual clock, scripted plug-ins, a Twilio that dials in, and a conformance suite for each
 * plug-in contract. Nothing here needs a test runner, a key or a network.
 *
 * @packageDocumentation
 */

export * from "./conformance/index.js";
export * from "./deepgram-simulator/index.js";
export * from "./elevenlabs-simulator/index.js";
export * from "./openai-simulator/index.js";
export type {
  FaultFrom,
  ListeningProviderSimulator,
  ProviderFault,
  ProviderServerOptions,
  ProviderSimulator,
  ProviderVisit,
} from "./provider-server/index.js";
export * from "./sarvam-simulator/index.js";
export * from "./scenario/index.js";
export * from "./scripted/index.js";
export * from "./twilio-simulator/index.js";
export * from "./twilio-simulator/rest/index.js";
export * from "./virtual-clock.js";
