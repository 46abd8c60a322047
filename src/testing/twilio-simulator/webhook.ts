import type { createDebugger } from "./debugger-events.js";
import { postForm } from "./http-post.js";
import { signatureOf, signedWebhookUrl } from "./signature.js";
import { readTwiml, type TwimlVerb } from "./twiml-reader.js";

/** Twilio waits for a webhook's answer so long, in ms. */
export const WEBHOOK_TIMEOUT_MS = 15_000;

/** A request to an app's voice webhook. */
export interface WebhookRequest {
  readonly url: URL;
  readonly connectTo: URL;
  readonly authToken: string;
  /** Instead of the right signature: this, or none. */
  readonly signature?: string | null;
  readonly fields: Readonly<Record<string, string>>;
  readonly twilioDebugger: ReturnType<typeof createDebugger>;
}

/** What the webhook answered: verbs, or nothing Twilio can use. */
export type WebhookAnswer = { readonly verbs: readonly TwimlVerb[] } | { readonly httpStatus?: number };

/**
 * Asks the app what to do with a call.
 * @throws BolchaalError `simulation-failed` if it answers with TwiML that Twilio would not take.
 */
export async function askWebhook(request: WebhookRequest): Promise<WebhookAnswer> {
  const { url, connectTo, authToken, fields, twilioDebugger } = request;
  const signature =
    request.signature === undefined ? signatureOf(authToken, signedWebhookUrl(url), fields) : request.signature;
  const headers = {
    "user-agent": "TwilioProxy/1.1",
    ...(signature === null ? {} : { "x-twilio-signature": signature }),
  };
  try {
    const answer = await postForm(url, connectTo, headers, fields, WEBHOOK_TIMEOUT_MS);
    if (answer.status < 200 || answer.status > 299) {
      twilioDebugger.report(11200, 0, `the webhook answered ${answer.status}`);
      return { httpStatus: answer.status };
    }
    if (/^(?:text|application)\/xml\b/.test(answer.contentType)) return { verbs: readTwiml(answer.body) };
    twilioDebugger.report(12300, 0, answer.contentType);
    return { httpStatus: answer.status };
  } catch (error) {
    if (!isFromNetwork(error)) throw error;
    twilioDebugger.report(11200, 0, String(error));
    return {};
  }
}

function isFromNetwork(error: unknown): boolean {
  return (
    error instanceof Error &&
    ("syscall" in error ||
      error.name === "AbortError" ||
      error.name === "TimeoutError" ||
      ("code" in error && String(error.code).startsWith("ECONN")))
  );
}
