import { BolchaalError } from "../../errors.js";
import {
  type CallTokens,
  conversationRelayVerb,
  type FormFields,
  RESERVED_PARAMETERS,
  type TwimlVerb,
} from "../../plugins/twilio/index.js";
import { textOf } from "../form-body.js";
import type { CallMode } from "../options.js";
import type { Webhook, WebhookContext } from "./webhook.js";

/** A call comes in, or one that we placed was picked up: it is connected to an agent, in the call's mode. */
export function voiceWebhook(context: WebhookContext): Webhook {
  const { options, calls } = context;
  const { dialer, logger, mode } = options;
  return async (form, callSid, path) => {
    const outbound = dialer?.onVoice(form, path);
    if (outbound?.type === "hang-up") return HANG_UP;
    // Asked again, Twilio gets the same line again.
    if (!calls.hasRoom && context.gatherLines.find(callSid) === undefined) {
      logger.warn({ callSid, calls: calls.sessions.size }, "no room for a call");
      return options.busy;
    }
    const parameters = { ...checkedParameters(await options.parameters(form)), ...outbound?.parameters };
    return CONNECT[mode](context, form, callSid, parameters);
  };
}

type Connect = (
  context: WebhookContext,
  form: FormFields,
  callSid: string,
  parameters: Readonly<Record<string, string>>,
) => Promise<readonly TwimlVerb[]>;

/** How a call is connected, in each mode. */
const CONNECT: Readonly<Record<CallMode, Connect>> = {
  "media-stream": async ({ urls, tokens, calls }, form, callSid, parameters) => {
    calls.offer(callSid);
    const all = { ...parameters, ...ownParameters(form, callSid, tokens) };
    return [
      { verb: "connect-stream", url: urls.media, parameters: all },
      { verb: "redirect", url: urls.afterStream },
    ];
  },
  "conversation-relay": async ({ options, urls, tokens, calls }, _form, callSid, parameters) => {
    calls.offer(callSid);
    const token = tokens.issue(callSid);
    const addresses = { url: urls.relay, action: urls.afterRelay, parameters: { ...parameters, token } };
    return [conversationRelayVerb({ ...options.relay.verb, ...addresses })];
  },
  gather: ({ gatherLines }, form, callSid, parameters) => gatherLines.open(callSid, parameters).voice(form),
};

/** What a stream does not tell by itself. */
function ownParameters(form: FormFields, callSid: string, tokens: CallTokens) {
  return {
    from: textOf(form, "From"),
    to: textOf(form, "To"),
    direction: directionOf(form),
    token: tokens.issue(callSid),
  };
}

/**
 * A stream is over, and the call is not: either the agent has hung up, which without Twilio's REST API is no more than
 * closing the stream; or no stream could be opened, and the call goes on without; or something broke, and the caller is
 * owed a word.
 */
export function afterStreamWebhook({ options, calls, gatherLines }: WebhookContext): Webhook {
  return async (form, callSid) => {
    const handedOver = options.transfers?.nextVerbs(callSid);
    if (handedOver !== undefined) return handedOver;
    if (await calls.wentWell(callSid)) return HANG_UP;
    const known = gatherLines.find(callSid);
    if (options.withoutStream === "gather" && (known !== undefined || (calls.isUntaken(callSid) && calls.hasRoom))) {
      options.logger.warn({ callSid }, "no stream could be opened: the call goes on in gather mode");
      return gatherLines.open(callSid, await options.parameters(form)).voice(form);
    }
    options.logger.error({ callSid }, "a call lost its stream, or never had one: the caller hears the fallback");
    return options.fallback;
  };
}

const HANG_UP: readonly TwimlVerb[] = [{ verb: "hangup" }];

function directionOf(form: FormFields): "inbound" | "outbound" {
  return textOf(form, "Direction").startsWith("outbound") ? "outbound" : "inbound";
}

function checkedParameters(parameters: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const taken = RESERVED_PARAMETERS.filter((name) => Object.hasOwn(parameters, name));
  if (taken.length === 0) return parameters;
  throw new BolchaalError(`The parameters ${taken.join(", ")} are the library's own. Give yours other names.`, {
    code: "invalid-option",
    component: "server",
  });
}
