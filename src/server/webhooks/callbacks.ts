import { readRecordingStatus } from "../../plugins/twilio/index.js";
import { textOf } from "../form-body.js";
import type { Webhook, WebhookContext } from "./webhook.js";

/** Twilio tells how a call is doing. Nothing is to be done about it. */
export function statusWebhook({ options, gatherLines }: WebhookContext): Webhook {
  return async (form, callSid, path) => {
    gatherLines.find(callSid)?.ended(form);
    options.dialer?.onStatus(form, path);
    if (FINAL.includes(textOf(form, "CallStatus"))) options.transfers?.callEnded(callSid);
    return [];
  };
}

const FINAL: readonly string[] = ["completed", "busy", "no-answer", "failed", "canceled"];

/** Twilio tells of a recording that it makes. */
export function recordingWebhook({ options }: WebhookContext): Webhook {
  return async (form) => {
    const recording = readRecordingStatus(form);
    if (recording !== undefined) options.onRecording?.(recording);
    return [];
  };
}

/** `/dial/…`: how a call that is being handed over goes on. */
export function dialWebhook({ options }: WebhookContext): Webhook {
  return async (form, _callSid, path) => options.transfers?.answer(form, path) ?? options.fallback;
}

/** Twilio tells who has picked up. */
export function machineWebhook({ options }: WebhookContext): Webhook {
  return async (form, _callSid, path) => {
    options.dialer?.onAmd(form, path);
    return [];
  };
}
