import type { TwilioCallCreation } from "../plugins/twilio/rest/index.js";
import type { ResolvedCallOptions } from "./options.js";

/**
 * How Twilio is asked for a call.
 * @param webhooks Where the phone server's webhooks are.
 * @param key What stands at the end of their addresses, so that the call is known by whatever it asks or tells.
 */
export function creationOf(call: ResolvedCallOptions, webhooks: string, key: string): TwilioCallCreation {
  return {
    to: call.to,
    from: call.from,
    url: `${webhooks}/voice/${key}`,
    method: "POST",
    statusCallback: `${webhooks}/status/${key}`,
    statusCallbackEvent: ["initiated", "ringing", "answered", "completed"],
    statusCallbackMethod: "POST",
    timeout: Math.ceil(call.ringTimeoutMs / 1000),
    timeLimit: Math.ceil(call.timeLimitMs / 1000),
    ...(call.machineDetection === "carrier" ? detection(call, `${webhooks}/amd/${key}`) : {}),
  };
}

/** In the background: whoever picks up is not kept waiting. Only who leaves a message needs to know when to begin. */
function detection({ machine }: ResolvedCallOptions, callback: string): Partial<TwilioCallCreation> {
  return {
    machineDetection: machine.do === "leave-message" ? "DetectMessageEnd" : "Enable",
    asyncAmd: "true",
    asyncAmdStatusCallback: callback,
    asyncAmdStatusCallbackMethod: "POST",
  };
}
