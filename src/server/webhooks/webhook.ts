import type { CallTokens, FormFields, TwimlVerb } from "../../plugins/twilio/index.js";
import type { CallDesk } from "../call-desk.js";
import type { GatherLines } from "../gather-lines.js";
import type { ResolvedPhoneServerOptions } from "../options.js";
import type { ServerUrls } from "../urls.js";

/** Answers a webhook: what Twilio is to do next. `path` is what follows its name in the address. */
export type Webhook = (form: FormFields, callSid: string, path: readonly string[]) => Promise<readonly TwimlVerb[]>;

/** What webhooks are made with. */
export interface WebhookContext {
  readonly options: ResolvedPhoneServerOptions;
  readonly urls: ServerUrls;
  readonly calls: CallDesk;
  readonly tokens: CallTokens;
  readonly gatherLines: GatherLines;
}
