import { randomUUID } from "node:crypto";
import { wait } from "../../async.js";
import type { Clock } from "../../spec/index.js";
import { USER_AGENTS } from "./carrier/network-link.js";
import type { AppLink, HttpAnswer } from "./carrier/wire.js";
import type { DebuggerLog } from "./debugger-events.js";
import { seededRandom } from "./noise.js";
import type { WebhookReport } from "./report.js";
import { type SignatureFault, signatureFor, signedWebhookUrl } from "./signature.js";
import type { TwimlVerb, WebhookMethod } from "./twiml/verbs.js";
import { readTwiml } from "./twiml-reader.js";

/** Twilio waits for a webhook's answer so long, in ms. */
export const WEBHOOK_TIMEOUT_MS = 15_000;

/** What becomes of webhooks on their way. What looks random is the same for the same seed. */
export interface WebhookChaos {
  /** How many of them come twice, 0 to 1. Both copies have the same `I-Twilio-Idempotency-Token`. @default 0 */
  readonly twice?: number;
  /** Each is up to so much late, in ms. @default 0 */
  readonly delayMs?: number;
  /** The second copy is sent up to so much behind the first, in ms: behind later webhooks, too. @default 0 */
  readonly secondDelayMs?: number;
  /** Which copy's answer counts; the other is dropped. After `second`, nothing happens until that has come. @default "first" */
  readonly answer?: "first" | "second" | "either";
  /** @default 1 */
  readonly seed?: number;
}

/** A request to an app's webhook. */
export interface WebhookRequest {
  /** Absolute. */
  readonly url: string;
  readonly method?: WebhookMethod;
  readonly fields: Readonly<Record<string, string>>;
  /** Asks once more, whatever the chaos is, and goes by the second answer. @default false */
  readonly twice?: boolean;
}

/** What a webhook answered: verbs, or nothing Twilio can use. */
export type WebhookAnswer = { readonly verbs: readonly TwimlVerb[] } | { readonly httpStatus?: number };

/** The carrier's requests to the app during one call. */
export interface Webhooks {
  /**
   * Asks the app what to do with the call.
   * @throws BolchaalError `simulation-failed` if it answers with TwiML that Twilio would not take.
   */
  ask(request: WebhookRequest): Promise<WebhookAnswer>;
  /** Tells the app something; what it answers does not matter. */
  tell(request: WebhookRequest): void;
  /** Fetches what is to be played. Not signed. @returns undefined if that is no sound; the debugger tells why. */
  fetchAudio(url: string): Promise<{ readonly type: string; readonly audio: Uint8Array } | undefined>;
  /**
   * All that was sent is answered, or its time is over.
   * @throws what an app in this process threw when it was told something.
   */
  settled(): Promise<void>;
  readonly log: readonly WebhookReport[];
}

/** Of {@link createWebhooks}. */
export interface WebhookContext {
  readonly link: AppLink;
  readonly authToken: string;
  readonly clock: Clock;
  /** Ms since the call began. */
  readonly now: () => number;
  readonly chaos: WebhookChaos;
  readonly signature: SignatureFault;
  readonly twilioDebugger: DebuggerLog;
}

export function createWebhooks(context: WebhookContext): Webhooks {
  const { link, clock, now, chaos, twilioDebugger } = context;
  const random = seededRandom(chaos.seed ?? 1);
  const upTo = (ms: number | undefined) => random() * (ms ?? 0);
  const log: WebhookReport[] = [];
  const pending = new Set<Promise<unknown>>();
  let failure: { readonly error: unknown } | undefined;

  /** @returns undefined if nothing came back. */
  async function send(request: WebhookRequest, token: string, copy: 1 | 2, delayMs: number) {
    if (delayMs > 0) await wait(clock, delayMs, new AbortController().signal);
    const { fields } = request;
    const { url, method, form } = addressOf(request);
    const place = log.push({ url: url.href, method, fields, atMs: now(), token, copy }) - 1;
    const signature = signatureFor(context.authToken, signedWebhookUrl(url), form, context.signature, url.pathname);
    const headers = {
      "user-agent": USER_AGENTS.http,
      "i-twilio-idempotency-token": token,
      ...(signature === null ? {} : { "x-twilio-signature": signature }),
    };
    const answer = await inTime((signal) => link.send({ url, method, headers, fields: form, signal }));
    const sent = log[place] as WebhookReport;
    if (answer !== undefined) log[place] = { ...sent, status: answer.status };
    return answer;
  }

  /** @returns undefined if nothing came back in time; the debugger tells why. */
  async function inTime(ask: (signal: AbortSignal) => Promise<HttpAnswer>): Promise<HttpAnswer | undefined> {
    const late = new AbortController();
    const undo = clock.setTimer(
      () => late.abort(new DOMException(`no answer within ${WEBHOOK_TIMEOUT_MS} ms`, "TimeoutError")),
      WEBHOOK_TIMEOUT_MS,
    );
    try {
      return await ask(late.signal);
    } catch (error) {
      if (!isFromNetwork(error)) throw error;
      twilioDebugger.report(11200, now(), String(late.signal.aborted ? late.signal.reason : error));
      return undefined;
    } finally {
      undo();
    }
  }

  /** Sends it as often as chaos has it. @returns the answer that counts */
  function deliver(request: WebhookRequest): Promise<HttpAnswer | undefined> {
    const token = randomUUID();
    const delayMs = upTo(chaos.delayMs);
    const isTwice = random() < (chaos.twice ?? 0) || request.twice === true;
    const first = kept(send(request, token, 1, delayMs));
    if (!isTwice) return first;
    const secondDelayMs = delayMs + upTo(chaos.secondDelayMs);
    const wanted = chaos.answer === "either" ? (random() < 0.5 ? "first" : "second") : chaos.answer;
    if (request.twice !== true && wanted !== "second") {
      unwatched(send(request, token, 2, secondDelayMs));
      return first;
    }
    // An answer was lost, and the carrier asks again.
    return kept(first.then(() => send(request, token, 2, secondDelayMs - delayMs)));
  }

  /** Nobody waits for it but the end of the call. */
  function unwatched(promise: Promise<unknown>): void {
    kept(promise).catch((error: unknown) => {
      failure ??= { error };
    });
  }

  function kept<T>(promise: Promise<T>): Promise<T> {
    pending.add(promise);
    const gone = () => pending.delete(promise);
    promise.then(gone, gone);
    return promise;
  }

  async function ask(request: WebhookRequest): Promise<WebhookAnswer> {
    const answer = await deliver(request);
    if (answer === undefined) return {};
    const { status, contentType, body } = answer;
    if (status < 200 || status > 299) {
      twilioDebugger.report(11200, now(), `the webhook answered ${status}`);
      return { httpStatus: status };
    }
    if (/^(?:text|application)\/xml\b/.test(contentType)) return { verbs: readTwiml(new TextDecoder().decode(body)) };
    twilioDebugger.report(12300, now(), contentType);
    return { httpStatus: status };
  }

  async function fetchAudio(url: string) {
    const headers = { "user-agent": USER_AGENTS.http };
    const answer = await inTime((signal) =>
      link.send({ url: new URL(url), method: "GET", headers, fields: {}, signal }),
    );
    if (answer === undefined) return undefined;
    const { status, contentType, body } = answer;
    if (status === 200 && contentType.startsWith("audio/")) return { type: contentType, audio: body };
    if (status === 200) twilioDebugger.report(12300, now(), contentType);
    else twilioDebugger.report(11200, now(), `what was to be played was answered with ${status}`);
    return undefined;
  }

  return {
    ask,
    tell: (request) => unwatched(deliver(request)),
    fetchAudio,
    async settled() {
      while (pending.size > 0) await Promise.allSettled(pending);
      if (failure !== undefined) throw failure.error;
    },
    log,
  };
}

/** Of a GET, the fields stand in the address, which is then signed alone. A fragment is not sent. */
function addressOf({ url: text, method = "POST", fields }: WebhookRequest) {
  const url = new URL(text);
  url.hash = "";
  if (method === "POST") return { url, method, form: fields };
  for (const [name, value] of Object.entries(fields)) url.searchParams.append(name, value);
  return { url, method, form: {} };
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
