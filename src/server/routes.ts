import { isTwilioSignature, type SpeechHost, twiml } from "../plugins/twilio/index.js";
import { type Answer, json, refusal, xml } from "./answer.js";
import { isBearer } from "./bearer.js";
import type { CallDesk } from "./call-desk.js";
import { textOf } from "./form-body.js";
import { liveCallsOf } from "./live-call.js";
import type { MetricsPage, ResolvedPhoneServerOptions } from "./options.js";
import { pathOf, type Question } from "./question.js";
import type { Webhook } from "./webhooks/index.js";

/** Answers every request that is one of the server's; undefined: it is not. */
export type Routes = (question: Question) => Promise<Answer | undefined>;

/** Whether Twilio signed a request. */
export function isSigned(
  { authTokens }: ResolvedPhoneServerOptions,
  question: Pick<Question, "header">,
  url: string,
  params = {},
): boolean {
  return isTwilioSignature({ authToken: authTokens, signature: question.header("x-twilio-signature"), url, params });
}

/**
 * The routes under the base path: Twilio's webhooks, whose first part of the path names them, and what anybody may ask.
 * @param webhooks By the first part of their path, such as `voice`.
 * @param host The sounds that Twilio fetches.
 */
export function createRoutes(
  options: ResolvedPhoneServerOptions,
  calls: CallDesk,
  webhooks: ReadonlyMap<string, Webhook>,
  host: SpeechHost,
): Routes {
  const { basePath, publicUrl, metrics, statusToken, logger, maxCalls } = options;

  async function answerWebhook(webhook: Webhook, path: readonly string[], question: Question): Promise<Answer> {
    if (question.method !== "POST") return refusal(405, { Allow: "POST" });
    const form = await question.form();
    if ("status" in form) return refusal(form.status, { Connection: "close" });
    if (!isSigned(options, question, publicUrl + question.target, form.fields)) {
      logger.warn({ path: pathOf(question.target) }, "a webhook without Twilio's signature was refused");
      return refusal(403);
    }
    const callSid = textOf(form.fields, "CallSid");
    if (callSid === "") return refusal(400);
    return xml(await webhook(form.fields, callSid, path).then(twiml).catch(apology));
  }

  /** Whatever went wrong here, the caller hears a sentence, and not Twilio's error. */
  function apology(error: unknown): string {
    logger.error({ error }, "a webhook failed: the caller hears the fallback");
    return twiml(options.fallback);
  }

  function health(): Answer {
    const state = { status: calls.closing ? "closing" : "ok", calls: calls.sessions.size, maxCalls };
    return json(state, calls.closing ? 503 : 200);
  }

  /** Which calls there are is nobody's business but the operator's. */
  function liveCalls(token: string, question: Question): Answer {
    if (!isBearer(question, token)) return refusal(401, { "WWW-Authenticate": "Bearer" });
    return json({ calls: liveCallsOf(calls.sessions, options.clock) });
  }

  /** A sound that Twilio was told to play: who knows its id may fetch it. */
  function speech([id = "", ...more]: readonly string[]): Answer {
    const sound = more.length > 0 ? undefined : host.get(id);
    if (sound === undefined) return refusal(404);
    return {
      status: 200,
      type: sound.contentType,
      body: sound.body,
      headers: { "Cache-Control": "private, no-store" },
    };
  }

  async function metricsOf(page: MetricsPage, question: Question): Promise<Answer> {
    const { metricsToken } = options;
    if (metricsToken !== undefined && !isBearer(question, metricsToken)) {
      return refusal(401, { "WWW-Authenticate": "Bearer" });
    }
    const text = await page.text().catch((error: unknown) => {
      logger.error({ error }, "the metrics could not be read");
    });
    return text === undefined ? refusal(500) : { status: 200, type: page.contentType, body: text };
  }

  const pages = new Map<string, (question: Question) => Answer | Promise<Answer>>([["health", health]]);
  if (metrics !== undefined) pages.set("metrics", (question) => metricsOf(metrics, question));
  if (statusToken !== undefined) pages.set("calls", (question) => liveCalls(statusToken, question));

  return async (question) => {
    const path = pathOf(question.target);
    if (!path.startsWith(`${basePath}/`)) return undefined;
    const [name = "", ...rest] = path.slice(basePath.length + 1).split("/");
    const webhook = webhooks.get(name);
    if (webhook !== undefined) return answerWebhook(webhook, rest, question);
    const page = rest.length === 0 ? pages.get(name) : name === "speech" ? () => speech(rest) : undefined;
    if (page === undefined) return undefined;
    return isReading(question) ? page(question) : refusal(405, { Allow: "GET, HEAD" });
  };
}

function isReading({ method }: Question): boolean {
  return method === "GET" || method === "HEAD";
}
