import { createDialer, type Dialer, type DialerOptions, type OutboundCall } from "../../src/dialer/index.js";
import type { TwilioCallChange, TwilioCallCreation, TwilioRestClient } from "../../src/plugins/twilio/rest/index.js";
import { createVirtualClock, memoryLogger } from "../../src/testing/index.js";

export const FROM = "+15005550006";
export const TO = "+919812345678";
/** Noon in India. */
export const STARTED_AT = Date.parse("2026-11-23T12:00:00+05:30");

/** How a request for a call goes: it is made, and when the answer comes; or what is thrown, and whether it is made all the same. */
export type Fate =
  | { readonly answerMs?: number }
  | { readonly error: object; readonly made?: boolean; readonly afterMs?: number }
  | { readonly silent: true; readonly made: boolean; readonly answerMs?: number };

export interface FakeCall {
  readonly sid: string;
  readonly creation: TwilioCallCreation;
  readonly atMs: number;
  status: string;
}

export const failure = (status: number, code?: number) => ({ status, code, message: "No." });
export const RESET = { code: "ECONNRESET", message: "socket hang up" };

/** A dialer and its account, in the hands of the test. Nothing happens to a call but what the test says. */
export function dialing(options: Partial<DialerOptions> = {}) {
  const clock = createVirtualClock();
  const now = () => STARTED_AT + clock.now();
  const made: FakeCall[] = [];
  const creations: { readonly atMs: number; readonly to: string }[] = [];
  const changes: { readonly sid: string; readonly atMs: number; readonly change: TwilioCallChange }[] = [];
  const fates: Fate[] = [];
  /** What the list shows: the fake's own calls, unless the test says otherwise. */
  let list = () => Promise.resolve(made.map(shown));
  let update = (sid: string, change: TwilioCallChange): Promise<FakeCall> => {
    const call = found(sid);
    if (change.status === "completed" || call.status !== "in-progress") call.status = change.status ?? call.status;
    return Promise.resolve(call);
  };

  function found(sid: string): FakeCall {
    const call = made.find((each) => each.sid === sid);
    if (call === undefined) throw failure(404, 20404);
    return call;
  }

  function make(creation: TwilioCallCreation): FakeCall {
    const call = { sid: `CA${made.length + 1}`, creation, atMs: clock.now(), status: "queued" };
    made.push(call);
    return call;
  }

  const later = (ms: number) => new Promise<void>((resolve) => clock.setTimer(resolve, ms));

  async function create(creation: TwilioCallCreation): Promise<FakeCall> {
    creations.push({ atMs: clock.now(), to: creation.to });
    const fate = fates.shift() ?? {};
    if ("silent" in fate) {
      const call = fate.made ? make(creation) : undefined;
      await (fate.answerMs === undefined ? new Promise<never>(() => {}) : later(fate.answerMs));
      if (call === undefined) throw failure(400, 21211);
      return call;
    }
    if ("error" in fate) {
      if (fate.made === true) make(creation);
      if (fate.afterMs !== undefined) await later(fate.afterMs);
      throw fate.error;
    }
    const call = make(creation);
    if (fate.answerMs !== undefined) await later(fate.answerMs);
    return call;
  }

  const calls = (sid: string) => ({
    fetch: async () => shown(found(sid)),
    update: async (change: TwilioCallChange) => {
      changes.push({ sid, atMs: clock.now(), change });
      return update(sid, change);
    },
  });
  const client: TwilioRestClient = { calls: Object.assign(calls, { create, list: () => list() }) as never };
  const logger = memoryLogger();
  const dialer: Dialer = createDialer({
    client,
    publicUrl: "https://voice.example.com",
    from: FROM,
    clock,
    now,
    logger,
    random: () => 0.5,
    ...options,
  });

  /** A call's webhook comes in: its fields, and what follows its name in the address. */
  function webhook(which: "statusCallback" | "url" | "asyncAmdStatusCallback", sid: string, fields: object) {
    const { creation } = found(sid);
    const form = { CallSid: sid, To: creation.to, From: creation.from, ...fields } as Record<string, string>;
    const [, name = "", ...path] = (creation[which] ?? "").replace("https://voice.example.com/twilio", "").split("/");
    if (name === "status") return dialer.desk.onStatus(form, path);
    if (name === "amd") return dialer.desk.onAmd(form, path);
    return dialer.desk.onVoice(form, path);
  }

  function tell(sid: string, status: string, sequence: number, fields: object = {}): void {
    found(sid).status = status;
    webhook("statusCallback", sid, { CallStatus: status, SequenceNumber: String(sequence), ...fields });
  }

  return {
    clock,
    dialer,
    logger,
    made,
    creations,
    changes,
    webhook,
    tell,
    /** How the next requests for calls go, in order. */
    next: (...these: readonly Fate[]) => fates.push(...these),
    listed(how: typeof list) {
      list = how;
    },
    updated(how: typeof update) {
      update = how;
    },
    /** The call rings, is picked up, is asked about, and ends behind `talkMs`. */
    async talk(sid: string, talkMs = 10_000, fields: object = {}) {
      tell(sid, "ringing", 1);
      tell(sid, "in-progress", 2);
      webhook("url", sid, { CallStatus: "in-progress" });
      await clock.advance(talkMs);
      tell(sid, "completed", 3, { CallDuration: String(talkMs / 1000), ...fields });
      await clock.advance(2000);
    },
  };

  function shown({ sid, creation, status, atMs }: FakeCall) {
    const dateCreated = new Date(Math.floor((STARTED_AT + atMs) / 1000) * 1000);
    return { sid, status, to: creation.to, from: creation.from, direction: "outbound-api", dateCreated };
  }
}

/** Everything that is told of a call, in a word each. */
export function toldOf(call: OutboundCall): string[] {
  const told: string[] = [];
  call.on("*", (event) => {
    if (event.type === "answered") told.push(`answered by ${event.by}`);
    else if (event.type === "ended") told.push(`ended ${event.end.reason}`);
    else told.push(event.type);
  });
  return told;
}
