export { createSimulatedEar, EAR_FRAME_MS, type SimulatedEar } from "./ear.js";
export type {
  FaultFrom,
  ListeningProviderSimulator,
  ProviderFault,
  ProviderServerOptions,
  ProviderSimulator,
  ProviderVisit,
} from "./faults.js";
export { createProviderSimulator } from "./provider-server.js";
export type { Knock, Listener, ProviderConnection, ProviderWays, Refusal } from "./ways.js";
