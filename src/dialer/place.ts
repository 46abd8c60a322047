import { type Alarm, wait } from "../async.js";
import { BolchaalError } from "../errors.js";
import {
  createCall,
  listCalls,
  type RequestFault,
  type TwilioCallCreation,
  type TwilioRestClientSource,
} from "../plugins/twilio/rest/index.js";
import type { Clock } from "../spec/index.js";
import { findAmong, type SoughtCall } from "./find-call.js";

/** Twilio's API answers within this when it is asked for a call, in ms; then nobody knows whether it was made. */
export const CREATE_TIMEOUT_MS = 15_000;

/** A call that Twilio had no time for is asked for again, at most so often. */
export const MOST_TRIES = 6;

/** A call that turned out not to have been made is asked for again, at most so often. */
export const MOST_SECOND_CHANCES = 2;

/** The account's list is looked through after each of these, in ms: it may be some seconds behind. */
export const LOOK_DELAYS_MS: readonly number[] = [1_000, 2_000, 4_000, 8_000, 16_000];

/** The first wait for a Twilio that is busy, in ms, doubled each time up to the longest. */
export const BACKOFF_MS = 500;
export const LONGEST_BACKOFF_MS = 30_000;

const LISTED = 50;

/** A call to be placed, and what placing it needs. */
export interface Placing {
  readonly client: TwilioRestClientSource;
  readonly creation: TwilioCallCreation;
  readonly clock: Clock;
  readonly now: () => number;
  readonly random: () => number;
  /** Aborts when the call is not wanted any more. What was asked for is cleared up all the same. */
  readonly signal: AbortSignal;
  /** Waits until one more call may be begun. */
  turn(): Promise<void>;
  /** A webhook told which call it is. */
  isKnown(): boolean;
  /** Sounds when that happens. */
  readonly news: Alarm;
  isOther(callSid: string): boolean;
  isOnlyOne(): boolean;
  /** Twilio has the call. May come late, behind `placed`. */
  created(callSid: string): void;
}

/** How it went: Twilio has it, or one very likely it; or not; or nobody can tell. */
export type Placed =
  | { readonly type: "known" }
  | { readonly type: "found"; readonly callSid: string }
  | { readonly type: "not-created"; readonly error: BolchaalError }
  | { readonly type: "uncertain"; readonly error: BolchaalError };

/** Asks Twilio for a call until it has it. What may have been carried out is never asked for again before it is clear. */
export async function place(placing: Placing): Promise<Placed> {
  let [tries, secondChances] = [1, 0];
  while (true) {
    const asked = ask(placing);
    const fault = await asked.answer;
    if (fault === undefined || placing.isKnown()) return { type: "known" };
    if (fault.fate === "refused") return { type: "not-created", error: fault.error };
    if (fault.fate === "unknown") {
      const found = await lookFor(placing, asked);
      if (found !== "absent") return found;
      if (secondChances >= MOST_SECOND_CHANCES) return { type: "not-created", error: fault.error };
      secondChances += 1;
    } else if (tries >= MOST_TRIES) return { type: "not-created", error: fault.error };
    if (placing.signal.aborted) return { type: "not-created", error: fault.error };
    try {
      if (fault.fate !== "unknown") await wait(placing.clock, backoffMs(tries, fault, placing.random), placing.signal);
      await placing.turn();
    } catch {
      return { type: "not-created", error: fault.error };
    }
    tries += 1;
  }
}

/** Half of it is chance, so that those who were turned away together do not come again together. */
function backoffMs(tries: number, { error }: RequestFault, random: () => number): number {
  const longestMs = Math.min(LONGEST_BACKOFF_MS, BACKOFF_MS * 2 ** tries);
  return Math.max(error.retryAfterMs ?? 0, (longestMs * (1 + random())) / 2);
}

/** One request for the call. */
interface Asked {
  readonly atMs: number;
  /** What went wrong; undefined: nothing did. */
  readonly answer: Promise<RequestFault | undefined>;
  /** What Twilio answered when its time was up, if it was a refusal. */
  lateRefusal(): RequestFault | undefined;
}

function ask({ client, creation, clock, now, created, news }: Placing): Asked {
  let refusal: RequestFault | undefined;
  const atMs = now();
  const answer = createCall(client, creation, { clock, timeoutMs: CREATE_TIMEOUT_MS }, (late) => {
    if ("value" in late) created(late.value.sid);
    else if (late.fault.fate !== "unknown") refusal = late.fault;
    news.sound();
  }).then((outcome) => {
    if ("fault" in outcome) return outcome.fault;
    created(outcome.value.sid);
    return undefined;
  });
  return { atMs, answer, lateRefusal: () => refusal };
}

/** Finds out what became of a request that nobody answered: from a webhook, a late answer, or the account's list. */
async function lookFor(placing: Placing, asked: Asked): Promise<Placed | "absent"> {
  const { client, creation, clock, news, isOther } = placing;
  const { to, from } = creation;
  let found: ReturnType<typeof findAmong> = "unclear";
  for (const delayMs of LOOK_DELAYS_MS) {
    if (!hasNews(placing, asked)) await news.sounded(clock, clock.now() + delayMs, NEVER);
    if (!hasNews(placing, asked)) {
      const listed = await listCalls(client, { to, from, limit: LISTED }, { clock });
      const sought: SoughtCall = { to, from, askedAtMs: asked.atMs, isOther, isOnlyOne: placing.isOnlyOne() };
      found = "value" in listed ? findAmong(listed.value, sought) : "unclear";
    }
    if (placing.isKnown()) return { type: "known" };
    const refusal = asked.lateRefusal();
    if (refusal !== undefined)
      return refusal.fate === "refused" ? { type: "not-created", error: refusal.error } : "absent";
    if (typeof found === "object") return { type: "found", callSid: found.callSid };
  }
  // The last look alone counts: the list may have been behind in those before.
  return found === "absent" ? "absent" : { type: "uncertain", error: uncertain() };
}

function hasNews(placing: Placing, asked: Asked): boolean {
  return placing.isKnown() || asked.lateRefusal() !== undefined;
}

/** What may have been carried out is looked for to the end, wanted or not. */
const NEVER = new AbortController().signal;

function uncertain(): BolchaalError {
  return new BolchaalError(
    "Twilio did not answer when it was asked for a call, and whether it made one cannot be found out. It was not asked again. Look at the calls in Twilio's console before you call again.",
    { code: "provider-timeout", component: "dialer", provider: "twilio" },
  );
}
