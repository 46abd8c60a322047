/**
 * Twilio: a call's audio over Media Streams, the TwiML that opens it, and the checks that it is Twilio who asks.
 *
 * @packageDocumentation
 */
export { type CallTokenOptions, type CallTokens, createCallTokens, DEFAULT_CALL_TOKEN_TTL_MS } from "./call-tokens.js";
export { CLOSE_TIMEOUT_MS, PING_EVERY_MS } from "./connection.js";
export {
  createGatherCall,
  createSpeechHost,
  DEFAULT_ANSWER_WITHIN_MS,
  DEFAULT_GATHER_FALLBACK,
  DEFAULT_LISTEN_MS,
  DEFAULT_LOST_AFTER_MS,
  DEFAULT_MIN_CONFIDENCE,
  DEFAULT_MODEL_SPEECH_TIMEOUT_MS,
  DEFAULT_SPEECH_BYTES,
  DEFAULT_SPEECH_TTL_MS,
  DEFAULT_UNIT_MS,
  DEFAULT_WHOLE_REPLY_MS,
  estimateHeard,
  type GatherCall,
  type GatherCallOptions,
  type GatherVoice,
  type HostedSpeech,
  LONGEST_ANSWER_WITHIN_MS,
  LONGEST_PIECE_MS,
  type SpeechHost,
  type SpeechHostOptions,
  type SpokenPiece,
  SYNTHESIS_TIMEOUT_MS,
} from "./gather/index.js";
export { KEPT_EVENTS } from "./inbox.js";
export { type TwilioMediaStream, twilioMediaStream } from "./media-stream.js";
export {
  DEFAULT_KEPT_CALLER_AUDIO_BYTES,
  DEFAULT_KEPT_REPLY_AUDIO_BYTES,
  DEFAULT_MAX_BUFFERED_BYTES,
  DEFAULT_STALLED_AFTER_MS,
  DEFAULT_START_TIMEOUT_MS,
  HANG_UP_TIMEOUT_MS,
  STOP_TIMEOUT_MS,
  type TwilioMediaStreamOptions,
} from "./media-stream-options.js";
export {
  clearMessage,
  LONGEST_MESSAGE_CHARACTERS,
  markMessage,
  mediaMessage,
  readTwilioMessage,
  type TwilioMediaMessage,
  type TwilioMessage,
  type TwilioStamp,
  type TwilioStartMessage,
} from "./messages.js";
export { CONTROL_RESERVE_BYTES, KEPT_MARKS } from "./outbox.js";
export {
  type ConversationRelayVerbOptions,
  conversationRelayVerb,
  DEFAULT_RELAY_LANGUAGES,
  LAST_WORDS_TIMEOUT_MS,
  type RelayEnding,
  type RelayStart,
  readRelayEnding,
  type TwilioConversationRelay,
  type TwilioConversationRelayOptions,
  twilioConversationRelay,
} from "./relay/index.js";
export {
  type ChangeOutcome,
  cancelCall,
  createCall,
  DEFAULT_REST_TIMEOUT_MS,
  fetchCall,
  hangUpCall,
  listCalls,
  type RequestFate,
  type RequestFault,
  type RequestOutcome,
  redirectCall,
  TWIML_CHARACTERS,
  type TwilioAccountOptions,
  type TwilioCall,
  type TwilioCallChange,
  type TwilioCallContext,
  type TwilioCallCreation,
  type TwilioCallStatus,
  type TwilioCalls,
  type TwilioRequestOptions,
  type TwilioRestClient,
  type TwilioRestClientSource,
  twilioRestClient,
} from "./rest/index.js";
export { type FormFields, isTwilioSignature, type SignedRequest, signatureUrls, twilioSignature } from "./signature.js";
export { RESERVED_PARAMETERS, type TwilioCallStart } from "./start.js";
export {
  type ConnectRelayVerb,
  type ConnectStreamVerb,
  type DialedConference,
  type DialedNumber,
  type DialRecording,
  type DialVerb,
  type GatherVerb,
  HINT_CHARACTERS,
  LONGEST_RING_MS,
  MOST_HINTS,
  PARAMETER_CHARACTERS,
  type PauseVerb,
  type PlayVerb,
  type PromptVerb,
  type RelayInterruptible,
  type RelayLanguage,
  SAY_VOICES,
  type SayVerb,
  type TwimlVerb,
  twiml,
} from "./twiml.js";
export type { WebSocketData, WebSocketLike } from "./web-socket.js";
