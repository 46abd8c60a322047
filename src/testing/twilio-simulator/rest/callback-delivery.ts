import { randomUUID } from "node:crypto";
import type { Clock } from "../../../spec/index.js";
import { USER_AGENTS } from "../carrier/network-link.js";
import type { AppLink } from "../carrier/wire.js";
import { seededRandom } from "../noise.js";
import { type SignatureFault, signatureFor, signedWebhookUrl } from "../signature.js";
import { WEBHOOK_TIMEOUT_MS } from "../webhook.js";
import { type RetryPolicy, readRetryPolicy, wantsRetry } from "./callback-retries.js";
import type { CallbackChaos } from "./options.js";
import { pause } from "./pause.js";
import type { AccountDebuggerEvent, CallbackKind, CallbackReport } from "./report.js";

/** One that is to be overtaken is held back at most so long, in ms. */
export const HELD_AT_MOST_MS = 5_000;

/** Something that the app is told. */
export interface Callback {
  readonly kind: CallbackKind;
  readonly callSid: string;
  readonly url: string;
  readonly method: "GET" | "POST";
  readonly fields: Readonly<Record<string, string>>;
}

/** The way of callbacks to the app. */
export interface Callbacks {
  /** Sends it, behind what happens in this instant. */
  tell(callback: Callback): void;
  /** All are delivered, or lost. @throws what an app in this process threw. */
  settled(): Promise<void>;
  readonly log: readonly CallbackReport[];
}

/** Of {@link createCallbacks}. */
export interface CallbackContext {
  readonly link: AppLink;
  readonly authToken: string;
  readonly clock: Clock;
  readonly now: () => number;
  readonly chaos: CallbackChaos;
  readonly seed: number;
  readonly signature: SignatureFault;
  readonly report: (event: Omit<AccountDebuggerEvent, "atMs">) => void;
}

/** A callback on its way. */
interface Posting extends Callback {
  readonly token: string;
  readonly copy: 1 | 2;
  readonly retries: RetryPolicy;
}

export function createCallbacks(context: CallbackContext): Callbacks {
  const { link, clock, now, chaos } = context;
  const random = seededRandom(context.seed);
  const chance = (share = 0) => random() < share;
  const upTo = (ms = 0) => random() * ms;
  const log: CallbackReport[] = [];
  const pending = new Set<Promise<void>>();
  /** By call, what waits to be overtaken. */
  const held = new Map<string, () => void>();
  let failure: { readonly error: unknown } | undefined;

  function tell(callback: Callback): void {
    const posting = { ...callback, token: randomUUID(), retries: readRetryPolicy(callback.url) };
    const delayMs = upTo(chaos.delayMs);
    const [isLost, isTwice, isOvertaken] = [chance(chaos.lost), chance(chaos.twice), chance(chaos.overtaken)];
    if (isLost) return void write({ ...posting, copy: 1 }, 1, true);
    const overtake = held.get(callback.callSid);
    held.delete(callback.callSid);
    const gate = isOvertaken ? hold(callback.callSid) : Promise.resolve();
    keep(gate.then(() => post({ ...posting, copy: 1 }, delayMs, overtake)));
    if (!isTwice) return;
    const secondDelayMs = delayMs + upTo(chaos.secondDelayMs);
    keep(gate.then(() => post({ ...posting, copy: 2 }, secondDelayMs)));
  }

  /** Settles when the next one of the call has been sent, or it takes too long. */
  function hold(callSid: string): Promise<void> {
    return new Promise((release) => {
      const undo = clock.setTimer(() => {
        if (held.get(callSid) === overtake) held.delete(callSid);
        release();
      }, HELD_AT_MOST_MS);
      const overtake = () => {
        undo();
        release();
      };
      held.set(callSid, overtake);
    });
  }

  /** @param sent Called as soon as it is on its way. */
  async function post(posting: Posting, delayMs: number, sent = () => {}): Promise<void> {
    await pause(clock, delayMs);
    for (let attempt = 1; ; attempt += 1) {
      const sending = send(posting, attempt);
      if (attempt === 1) sent();
      const outcome = await sending;
      if (!wantsRetry(posting.retries, outcome, attempt)) return;
    }
  }

  /** @returns the HTTP status, or what kept it from coming. */
  async function send(posting: Posting, attempt: number): Promise<number | "ct" | "rt"> {
    const { method, fields, callSid } = posting;
    const { url, form } = addressOf(posting);
    const place = write(posting, attempt, false);
    const signature = signatureFor(context.authToken, signedWebhookUrl(url), form, context.signature, url.pathname);
    const headers = {
      "user-agent": USER_AGENTS.http,
      "i-twilio-idempotency-token": posting.token,
      ...(signature === null ? {} : { "x-twilio-signature": signature }),
    };
    const late = new AbortController();
    const timedOut = new DOMException(`no answer within ${posting.retries.timeoutMs} ms`, "TimeoutError");
    const undo = clock.setTimer(() => late.abort(timedOut), Math.min(posting.retries.timeoutMs, WEBHOOK_TIMEOUT_MS));
    try {
      const { status } = await link.send({
        url,
        method,
        headers,
        fields: method === "GET" ? {} : fields,
        signal: late.signal,
      });
      log[place] = { ...(log[place] as CallbackReport), status };
      if (status >= 400)
        context.report({ code: 11200, level: "error", message: `a callback was answered with ${status}`, callSid });
      return status;
    } catch (error) {
      const broke = late.signal.aborted || isFromNetwork(error);
      if (!broke) throw error;
      const told = String(late.signal.aborted ? late.signal.reason : error);
      context.report({ code: late.signal.aborted ? 11200 : 11205, level: "error", message: told, callSid });
      return late.signal.aborted ? "rt" : "ct";
    } finally {
      undo();
    }
  }

  function write({ kind, callSid, url, method, fields, token, copy }: Posting, attempt: number, lost: boolean): number {
    return log.push({ kind, callSid, url, method, fields, atMs: now(), token, copy, attempt, lost }) - 1;
  }

  function keep(work: Promise<void>): void {
    const kept = work
      .catch((error: unknown) => {
        failure ??= { error };
      })
      .finally(() => pending.delete(kept));
    pending.add(kept);
  }

  return {
    tell,
    async settled() {
      while (pending.size > 0) await Promise.all(pending);
      if (failure !== undefined) throw failure.error;
    },
    log,
  };
}

/** Of a GET, the fields stand in the address. A fragment is for Twilio alone. */
function addressOf({ url: text, method, fields }: Posting) {
  const url = new URL(text);
  url.hash = "";
  if (method === "POST") return { url, form: fields };
  for (const [name, value] of Object.entries(fields)) url.searchParams.append(name, value);
  return { url, form: {} };
}

function isFromNetwork(error: unknown): boolean {
  return error instanceof Error && ("syscall" in error || ("code" in error && String(error.code).startsWith("ECONN")));
}
