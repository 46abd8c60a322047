import { BolchaalError } from "../errors.js";
import { type CallTokens, type FormFields, RESERVED_PARAMETERS, type TwimlVerb } from "../plugins/twilio/index.js";
import type { CallDesk } from "./call-desk.js";
import { textOf } from "./form-body.js";
import type { ResolvedPhoneServerOptions } from "./options.js";

/** Answers a webhook: what Twilio is to do next. `path` is what follows its name in the address. */
export type Webhook = (form: FormFields, callSid: string, path: readonly string[]) => Promise<readonly TwimlVerb[]>;

/** The addresses that the TwiML names. */
export interface WebhookUrls {
  readonly stream: string;
  readonly afterStream: string;
}

/** A call comes in: it is connected to a stream. What follows is asked for when the stream is over. */
export function voiceWebhook(
  options: ResolvedPhoneServerOptions,
  urls: WebhookUrls,
  calls: CallDesk,
  tokens: CallTokens,
): Webhook {
  return async (form, callSid) => {
    if (!calls.hasRoom) {
      options.logger.warn({ callSid, calls: calls.sessions.size }, "no room for a call");
      return options.busy;
    }
    const parameters = {
      ...checkedParameters(await options.parameters(form)),
      from: textOf(form, "From"),
      to: textOf(form, "To"),
      direction: textOf(form, "Direction").startsWith("outbound") ? "outbound" : "inbound",
      token: tokens.issue(callSid),
    };
    return [
      { verb: "connect-stream", url: urls.stream, parameters },
      { verb: "redirect", url: urls.afterStream },
    ];
  };
}

/**
 * A stream is over, and the call is not: either the agent has hung up, which without Twilio's REST API is no more than
 * closing the stream, or something broke, and the caller is owed a word.
 */
export function afterStreamWebhook(options: ResolvedPhoneServerOptions, calls: CallDesk): Webhook {
  return async (_form, callSid) => {
    if (await calls.wentWell(callSid)) return [{ verb: "hangup" }];
    options.logger.error({ callSid }, "a call lost its stream, or never had one: the caller hears the fallback");
    return options.fallback;
  };
}

function checkedParameters(parameters: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const taken = RESERVED_PARAMETERS.filter((name) => Object.hasOwn(parameters, name));
  if (taken.length === 0) return parameters;
  throw new BolchaalError(`The parameters ${taken.join(", ")} are the library's own. Give yours other names.`, {
    code: "invalid-option",
    component: "server",
  });
}
