import { dialWebhook, machineWebhook, recordingWebhook, statusWebhook } from "./callbacks.js";
import { gatherPartialWebhook, gatherWebhook } from "./gather.js";
import { afterStreamWebhook, voiceWebhook } from "./voice.js";
import type { Webhook, WebhookContext } from "./webhook.js";

export type { Webhook, WebhookContext } from "./webhook.js";

/** All webhooks, by the first part of their path. */
export function createWebhooks(context: WebhookContext): ReadonlyMap<string, Webhook> {
  return new Map([
    ["voice", voiceWebhook(context)],
    ["after-stream", afterStreamWebhook(context)],
    ["after-relay", afterStreamWebhook(context)],
    ["gather", gatherWebhook(context)],
    ["gather-partial", gatherPartialWebhook(context)],
    ["status", statusWebhook(context)],
    ["dial", dialWebhook(context)],
    ["recording", recordingWebhook(context)],
    ["amd", machineWebhook(context)],
  ]);
}
