/** Where a call stands, as Twilio's API has it. */
export type TwilioCallStatus =
  | "queued"
  | "ringing"
  | "in-progress"
  | "completed"
  | "busy"
  | "failed"
  | "no-answer"
  | "canceled";

/** What is read of a call in Twilio's API. */
export interface TwilioCall {
  readonly sid: string;
  readonly status: string;
  readonly to?: string;
  readonly from?: string;
  readonly direction?: string;
  /** Whole seconds, as text. */
  readonly duration?: string | null;
  readonly answeredBy?: string | null;
  readonly dateCreated?: Date | null;
}

/** How a call is made. Times are whole seconds. */
export interface TwilioCallCreation {
  to: string;
  from: string;
  url?: string;
  twiml?: string;
  method?: string;
  statusCallback?: string;
  statusCallbackEvent?: string[];
  statusCallbackMethod?: string;
  timeout?: number;
  timeLimit?: number;
  machineDetection?: string;
  /** A text: `"true"`. */
  asyncAmd?: string;
  asyncAmdStatusCallback?: string;
  asyncAmdStatusCallbackMethod?: string;
}

/** How a call is changed. */
export interface TwilioCallChange {
  status?: "canceled" | "completed";
  url?: string;
  method?: string;
  twiml?: string;
}

/** One call, to be asked or changed. */
export interface TwilioCallContext {
  fetch(): Promise<TwilioCall>;
  update(change: TwilioCallChange): Promise<TwilioCall>;
}

/** The account's calls. */
export interface TwilioCalls {
  (callSid: string): TwilioCallContext;
  create(call: TwilioCallCreation): Promise<TwilioCall>;
  /** The newest first. */
  list(filter: { to?: string; from?: string; limit?: number }): Promise<readonly TwilioCall[]>;
}

/** What is used of a client of the package `twilio` (^5 or ^6): what `twilio(accountSid, authToken)` gives fits as it is. */
export interface TwilioRestClient {
  readonly calls: TwilioCalls;
}

/** A client, or what makes one. */
export type TwilioRestClientSource = TwilioRestClient | (() => TwilioRestClient | Promise<TwilioRestClient>);
