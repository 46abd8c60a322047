/** What providers reached over the network share: keys, refusals, and one WebSocket client with good manners. */
export { type ApiKeyOptions, readApiKey } from "./api-key.js";
export {
  type NetworkAddress,
  type NetworkRequest,
  type NetworkSocket,
  type NetworkSocketListener,
  type ProviderNetwork,
  systemNetwork,
} from "./network.js";
export { createPendingAnswers, type PendingAnswers, type PendingAnswersOptions } from "./pending-answers.js";
export {
  DEFAULT_CONNECT_TIMEOUT_MS,
  DEFAULT_MAX_UNREAD_BYTES,
  DEFAULT_MAX_UNSENT_BYTES,
  openProviderSocket,
  type ProviderMessage,
  type ProviderSocket,
  type ProviderSocketOptions,
} from "./provider-socket.js";
export { closeError, type ProviderParty, refusalError } from "./refusal.js";
export { createResultStream, type ResultStream } from "./result-stream.js";
