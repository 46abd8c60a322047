export {
  type ChangeOutcome,
  cancelCall,
  createCall,
  DEFAULT_REST_TIMEOUT_MS,
  fetchCall,
  hangUpCall,
  listCalls,
  type RequestOutcome,
  redirectCall,
  TWIML_CHARACTERS,
  type TwilioRequestOptions,
} from "./calls.js";
export type {
  TwilioCall,
  TwilioCallChange,
  TwilioCallContext,
  TwilioCallCreation,
  TwilioCallStatus,
  TwilioCalls,
  TwilioRestClient,
  TwilioRestClientSource,
} from "./client.js";
export type { RequestFate, RequestFault } from "./faults.js";
export { type TwilioAccountOptions, twilioRestClient } from "./load-client.js";
