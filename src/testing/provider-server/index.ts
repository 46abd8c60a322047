export { createSimulatedEar, EAR_FRAME_MS, type SimulatedEar } from "./ear.js";
export type {
  ProviderFault,
  ProviderServer,
  ProviderServerOptions,
  ProviderVisit,
} from "./faults.js";
export type { Knock, Listener, ProviderWays, Refusal } from "./provider-server.js";
export { type ProviderConnection, startProviderServer } from "./provider-server.js";
