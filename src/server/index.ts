/**
 * The phone server: ties Twilio's webhooks and media streams to sessions. Stands alone, or mounts in Express.
 *
 * @packageDocumentation
 */

export { AGENT_TIMEOUT_MS, LAST_WORDS_MS } from "./call-desk.js";
export { MAX_BODY_BYTES } from "./form-body.js";
export { GATHER_REMEMBERED_MS } from "./gather-lines.js";
export type { LiveCall } from "./live-call.js";
export type { PhoneServerRequest } from "./node-http.js";
export {
  type CallAgent,
  type CallMode,
  DEFAULT_BASE_PATH,
  DEFAULT_BUSY,
  DEFAULT_FALLBACK,
  DEFAULT_MAX_CALLS,
  type GatherOptions,
  type MetricsPage,
  type PhoneServerOptions,
  type RelayOptions,
} from "./options.js";
export { createPhoneServer, DEFAULT_GRACE_MS, MAX_MESSAGE_BYTES, type PhoneServer } from "./phone-server.js";
