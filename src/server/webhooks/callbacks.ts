import type { Webhook, WebhookContext } from "./webhook.js";

/** Twilio tells how a call is doing. Nothing is to be done about it. */
export function statusWebhook({ options, gatherLines }: WebhookContext): Webhook {
  return async (form, callSid, path) => {
    gatherLines.find(callSid)?.ended(form);
    options.dialer?.onStatus(form, path);
    return [];
  };
}

/** Twilio tells who has picked up. */
export function machineWebhook({ options }: WebhookContext): Webhook {
  return async (form, _callSid, path) => {
    options.dialer?.onAmd(form, path);
    return [];
  };
}
