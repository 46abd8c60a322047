import type { CallerScript } from "./caller-script.js";
import type { SimulatedCallOptions } from "./options.js";
import type { CallOver, SimulatedCallReport } from "./report.js";
import type { CallIdentity } from "./wire-messages.js";

/** Where the instructions for a call come from: an app's address, or the TwiML itself. */
export type TwimlSource =
  | {
      readonly url: string;
      /** @default "POST" */
      readonly method?: "GET" | "POST";
      /** Asked if `url` does not answer with TwiML. @default none */
      readonly fallbackUrl?: string;
    }
  | { readonly twiml: string };

/** What a call is made of, once it is answered. */
export interface LegOptions {
  readonly identity: CallIdentity;
  readonly direction: "inbound" | "outbound-api";
  readonly from: string;
  readonly to: string;
  readonly instructions: TwimlSource;
  /** What the person at the phone does. */
  readonly script: CallerScript;
  /** Fields of its webhooks beyond the usual ones, or other values for these: such as `AnsweredBy`. */
  readonly fields: Readonly<Record<string, string>>;
  readonly timeLimitMs: number;
  /** Whatever else is special in this call. @default as the runner was told */
  readonly call?: SimulatedCallOptions;
  /** Called at the very instant the call is over; the last webhooks may still be on their way. */
  readonly onOver?: (how: CallOver) => void;
}

/** An answered call, as the account's REST API reaches it. */
export interface LiveLeg {
  /**
   * Settles when the call is over and its webhooks are answered.
   * Rejects with a BolchaalError `simulation-failed` if the app's TwiML is wrong, or if a step of the script was not done in time.
   */
  readonly ended: Promise<SimulatedCallReport>;
  /** What is running stops (a stream gets `stop`, and is closed), and the call goes on with these instructions. */
  redirect(instructions: TwimlSource): void;
  /** The REST API ends the call. @param reason @default "rest" */
  hangUp(reason?: "rest" | "time-limit"): void;
}

/** Carries out a call's TwiML until it is over. */
export type RunLeg = (options: LegOptions) => LiveLeg;
