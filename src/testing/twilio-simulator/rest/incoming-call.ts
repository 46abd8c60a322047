import type { CallerScript } from "../caller-script.js";
import { DEFAULT_CALL_TIME_LIMIT_MS, type SimulatedCallOptions, simulationFailed } from "../options.js";
import { DEFAULT_CALLER_NUMBER } from "../twilio-simulator.js";
import { given } from "../twiml/attributes.js";
import { type AccountCall, createAccountCall } from "./account-call.js";
import { DEFAULT_PERSON_SCRIPT } from "./callees.js";
import type { AccountContext } from "./context.js";
import { newSid } from "./ids.js";

/** A call to one of the account's numbers. */
export interface IncomingCallOptions {
  /** @default DEFAULT_CALLER_NUMBER */
  readonly from?: string;
  /** @default the account's first number */
  readonly to?: string;
  /** What the caller does. @default DEFAULT_PERSON_SCRIPT */
  readonly script?: CallerScript;
  /** Whatever else is special in this call. @default nothing */
  readonly call?: SimulatedCallOptions;
}

/** Somebody calls. The number's own webhook says what to do with it. */
export function takeCall(context: AccountContext, options: IncomingCallOptions): AccountCall {
  const { from = DEFAULT_CALLER_NUMBER, to, script = DEFAULT_PERSON_SCRIPT } = options;
  const own = context.numbers.find(({ phoneNumber }) => to === undefined || phoneNumber === to);
  if (own === undefined) throw simulationFailed(`The account has no number ${to}. Give it among numbers.`);
  const { voiceUrl, voiceMethod, voiceFallbackUrl, statusCallback, statusCallbackMethod } = own;
  if (voiceUrl === "") throw simulationFailed(`The number ${own.phoneNumber} has no webhook. Give it a voiceUrl.`);
  const call = createAccountCall(context, {
    callSid: newSid("CA"),
    direction: "inbound",
    state: "ringing",
    from,
    to: own.phoneNumber,
    instructions: {
      url: voiceUrl,
      method: voiceMethod,
      ...given({ fallbackUrl: voiceFallbackUrl === "" ? undefined : voiceFallbackUrl }),
    },
    timeLimitMs: DEFAULT_CALL_TIME_LIMIT_MS,
    statusOrder:
      statusCallback === "" ? undefined : { url: statusCallback, method: statusCallbackMethod, events: ["completed"] },
  });
  context.calls.push(call);
  // An incoming call is picked up by its first verb; the simulated carrier asks for that at once.
  call.pickUp();
  call.connect({ script, fields: {}, call: options.call });
  return call;
}
