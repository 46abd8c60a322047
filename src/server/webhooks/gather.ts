import type { Webhook, WebhookContext } from "./webhook.js";

/** `/gather/<callSid>/<turn>`: Twilio is through with what it was given, and has what the caller said, if anything. */
export function gatherWebhook({ gatherLines, options, calls }: WebhookContext): Webhook {
  return async (form, callSid, path) => {
    const line = gatherLines.find(callSid);
    const turn = turnOf(callSid, path);
    if (line !== undefined && turn !== undefined) return line.action(turn, form);
    if (await calls.wentWell(callSid)) return [{ verb: "hangup" }];
    options.logger.error({ callSid }, "a turn of a call that is not known here: the caller hears the fallback");
    return options.fallback;
  };
}

/** `/gather-partial/<callSid>/<turn>`: the caller is speaking. */
export function gatherPartialWebhook({ gatherLines }: WebhookContext): Webhook {
  return async (form, callSid, path) => {
    const turn = turnOf(callSid, path);
    return turn === undefined ? [] : (gatherLines.find(callSid)?.partial(turn, form) ?? []);
  };
}

/** The turn that an address names, if it is one of this call's. */
function turnOf(callSid: string, [sid = "", turn = ""]: readonly string[]): number | undefined {
  return sid === encodeURIComponent(callSid) && /^\d{1,6}$/u.test(turn) ? Number(turn) : undefined;
}
