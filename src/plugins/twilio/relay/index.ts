export { type RelayEnding, readRelayEnding } from "./after-relay.js";
export { twilioConversationRelay } from "./conversation-relay.js";
export { LAST_WORDS_TIMEOUT_MS } from "./leaving.js";
export { DEFAULT_RELAY_LANGUAGES, type TwilioConversationRelayOptions } from "./options.js";
export type { TwilioConversationRelay } from "./relay-line.js";
export type { RelayStart } from "./start.js";
export { type ConversationRelayVerbOptions, conversationRelayVerb } from "./verb.js";
