import { randomBytes } from "node:crypto";
import { BolchaalError } from "../../../errors.js";
import { silentLogger } from "../../../session/silent-logger.js";
import type { Clock, Logger } from "../../../spec/index.js";
import { systemClock } from "../../../system-clock.js";
import { atMost } from "../at-most.js";
import { redirectCall, type TwilioRestClientSource } from "../rest/index.js";
import type { FormFields } from "../signature.js";
import { type TwimlVerb, twiml } from "../twiml.js";
import { readDialed, readKey } from "./forms.js";
import {
  INITIAL_TRANSFER,
  stepTransfer,
  type TransferAcceptance,
  type TransferEnd,
  type TransferInput,
  type TransferState,
} from "./transfer-state.js";
import { type Briefing, briefingVerbs, DEFAULT_TRANSFER_RING_MS, type DialPlan, dialVerbs } from "./transfer-verbs.js";

/** A briefing that is being written is waited for so long, in ms: who has picked up hears nothing meanwhile. */
export const BRIEFING_TIMEOUT_MS = 3_000;

/** Behind the ringing, so long may everything take until somebody has taken the call, in ms. */
export const ACCEPTANCE_PATIENCE_MS = 90_000;

/** So many transfers are remembered. */
export const REMEMBERED_TRANSFERS = 1_000;

/** Of {@link createTransfers}. */
export interface TransfersOptions {
  /** Where Twilio asks what comes next, without a slash at its end: of a phone server, `https://…/twilio/dial`. */
  readonly url: string;
  /** What is done with a caller whose transfer did not come about: a new stream to the agent, or a line and the end. */
  readonly comeBack: (callSid: string, end: TransferEnd) => readonly TwimlVerb[] | Promise<readonly TwimlVerb[]>;
  /** What is done with a caller who has talked. @default the call ends */
  readonly afterTalk?: readonly TwimlVerb[];
  /** Twilio's API, to take a call from its line at once. @default none: what `nextVerbs` gives is to be done when the line has closed */
  readonly client?: TwilioRestClientSource;
  /** @default silent */
  readonly logger?: Logger;
  /** @default the system's clock */
  readonly clock?: Clock;
}

/** A transfer with a briefing. */
export interface WarmTransferOptions extends DialPlan {
  /** What is said to who picks up, such as a summary of the call: a text, or what is being made of it. */
  readonly briefing: Briefing | Promise<Briefing>;
  /** Said if `briefing` is not there in time, or fails. @default "A caller is waiting for you." */
  readonly shortBriefing?: Briefing;
  /** How the call is taken. With `listen`, a mailbox takes it, too. @default "key" */
  readonly acceptance?: "key" | "listen";
}

/** How a transfer ended. */
export interface TransferResult {
  readonly end: TransferEnd;
  readonly talkedMs?: number;
}

/** A transfer on its way. */
export interface Transfer {
  readonly callSid: string;
  readonly state: TransferState;
  /** Settles when it is over. Never rejects. */
  readonly result: Promise<TransferResult>;
}

/** The transfers of an app. */
export interface Transfers {
  /**
   * Connects the caller with somebody else, and nothing is said to them before.
   * @throws BolchaalError `invalid-request` if the call is being transferred already, `invalid-option` for a wrong plan.
   */
  cold(callSid: string, plan: DialPlan): Transfer;
  /**
   * Calls somebody, tells them who is calling and why, and connects the caller once they take the call.
   * @throws BolchaalError `invalid-request` if the call is being transferred already, `invalid-option` for a wrong plan.
   */
  warm(callSid: string, options: WarmTransferOptions): Transfer;
  /** What is to be done when the call's line has closed; undefined: nothing of a transfer's. */
  nextVerbs(callSid: string): readonly TwimlVerb[] | undefined;
  /** Answers Twilio under `url`: `path` is what stands behind it. The same question again gets the same answer. */
  answer(form: FormFields, path: readonly string[]): Promise<readonly TwimlVerb[]>;
  /** The caller's call is over, as the status callback tells. */
  callEnded(callSid: string): void;
}

const SHORT_BRIEFING: Briefing = { text: "A caller is waiting for you.", language: "en" };

interface Entry extends Transfer {
  state: TransferState;
  readonly id: string;
  readonly acceptance: TransferAcceptance;
  readonly verbs: readonly TwimlVerb[];
  readonly briefing: Promise<Briefing>;
  readonly settle: (result: TransferResult) => void;
  undoWatch: () => void;
  /** What the caller was given when it was over. */
  next: Promise<readonly TwimlVerb[]> | undefined;
}

/** Makes the transfers of an app: who is dialled, what Twilio asks meanwhile, and how each ended. */
export function createTransfers(options: TransfersOptions): Transfers {
  const {
    url,
    comeBack,
    afterTalk = [{ verb: "hangup" }],
    client,
    logger = silentLogger,
    clock = systemClock,
  } = options;
  const byId = new Map<string, Entry>();

  function feed(entry: Entry, input: TransferInput): void {
    const before = entry.state;
    entry.state = stepTransfer(before, input, entry.acceptance);
    if (entry.state.phase === "accepted") entry.undoWatch();
    const { end, talkedMs } = entry.state;
    if (end === undefined || before.phase === "over") return;
    entry.undoWatch();
    logger.info({ callId: entry.callSid, end }, "transfer over");
    entry.settle({ end, ...(talkedMs === undefined ? {} : { talkedMs }) });
  }

  function ongoing(callSid: string): Entry | undefined {
    return [...byId.values()].findLast((entry) => entry.callSid === callSid && entry.state.phase !== "over");
  }

  function begin(
    callSid: string,
    plan: DialPlan,
    { acceptance, briefing }: { readonly acceptance: TransferAcceptance; readonly briefing: Promise<Briefing> },
  ): Transfer {
    if (ongoing(callSid) !== undefined) throw failure("The call is being transferred already. Wait for its result.");
    const id = randomBytes(16).toString("base64url");
    const after = `${url}/${id}/after`;
    const brief = acceptance === "answer" ? {} : { brief: `${url}/${id}/brief` };
    const verbs = dialVerbs(plan, { after, ...brief });
    // Written once to see that it can be.
    const instructions = twiml(verbs);
    let settle: (result: TransferResult) => void = () => {};
    const result = new Promise<TransferResult>((resolve) => {
      settle = resolve;
    });
    const entry: Entry = {
      callSid,
      id,
      acceptance,
      verbs,
      briefing,
      result,
      settle,
      state: INITIAL_TRANSFER,
      next: undefined,
      undoWatch: () => {},
    };
    const { ringTimeoutMs = DEFAULT_TRANSFER_RING_MS } = plan;
    entry.undoWatch = clock.setTimer(() => feed(entry, { type: "lost" }), ringTimeoutMs + ACCEPTANCE_PATIENCE_MS);
    keep(entry);
    if (client !== undefined) void redirect(entry, client, instructions);
    return entry;
  }

  /** What is over is forgotten first. */
  function keep(entry: Entry): void {
    byId.set(entry.id, entry);
    if (byId.size <= REMEMBERED_TRANSFERS) return;
    const oldest = [...byId.values()].find(({ state }) => state.phase === "over");
    if (oldest !== undefined) byId.delete(oldest.id);
  }

  async function redirect(entry: Entry, from: TwilioRestClientSource, instructions: string): Promise<void> {
    try {
      const outcome = await redirectCall(from, entry.callSid, { twiml: instructions }, { clock });
      if (outcome === "already-over") feed(entry, { type: "caller-left" });
    } catch (error) {
      logger.error({ callId: entry.callSid, error }, "a call could not be taken from its line to be transferred");
      feed(entry, { type: "lost" });
    }
  }

  async function brief(entry: Entry, shortBriefing: Briefing): Promise<readonly TwimlVerb[]> {
    const { callSid, id, acceptance } = entry;
    feed(entry, { type: "answered" });
    const told = await atMost(clock, BRIEFING_TIMEOUT_MS, entry.briefing).catch((error: unknown) => {
      logger.warn({ callId: callSid, error }, "the briefing failed: the short one is told");
      return undefined;
    });
    if (entry.state.phase === "over") return [{ verb: "hangup" }];
    return briefingVerbs(told?.value ?? shortBriefing, acceptance === "key" ? `${url}/${id}/key` : undefined);
  }

  function key(entry: Entry, form: FormFields): readonly TwimlVerb[] {
    feed(entry, readKey(form));
    // Nothing to do is to connect the two.
    return entry.state.phase === "accepted" ? [] : [{ verb: "hangup" }];
  }

  function after(entry: Entry, form: FormFields): Promise<readonly TwimlVerb[]> {
    feed(entry, readDialed(form));
    const { end = "failed" } = entry.state;
    entry.next ??=
      end === "talked" ? Promise.resolve(afterTalk) : Promise.resolve().then(() => comeBack(entry.callSid, end));
    return entry.next;
  }

  const shortBriefings = new WeakMap<Transfer, Briefing>();

  return {
    cold: (callSid, plan) => begin(callSid, plan, { acceptance: "answer", briefing: Promise.resolve(SHORT_BRIEFING) }),
    warm(callSid, { briefing, shortBriefing = SHORT_BRIEFING, acceptance = "key", ...plan }) {
      const made = Promise.resolve(briefing);
      // Who hears of its failing is who asks for it, if anybody does.
      made.catch(() => {});
      const transfer = begin(callSid, plan, { acceptance, briefing: made });
      shortBriefings.set(transfer, shortBriefing);
      return transfer;
    },
    nextVerbs(callSid) {
      const entry = ongoing(callSid);
      return entry === undefined || client !== undefined ? undefined : entry.verbs;
    },
    async answer(form, [id = "", what = ""]) {
      const entry = byId.get(id);
      if (entry === undefined) {
        logger.warn({}, "Twilio asked about a transfer that is not known");
        return [{ verb: "hangup" }];
      }
      if (what === "brief") return brief(entry, shortBriefings.get(entry) ?? SHORT_BRIEFING);
      if (what === "key") return key(entry, form);
      return after(entry, form);
    },
    callEnded(callSid) {
      const entry = ongoing(callSid);
      if (entry !== undefined) feed(entry, { type: "caller-left" });
    },
  };
}

function failure(message: string): BolchaalError {
  return new BolchaalError(message, { code: "invalid-request", component: "transport", provider: "twilio" });
}
