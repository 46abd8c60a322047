import { describe, expect, it } from "vitest";
import {
  ACCEPTANCE_PATIENCE_MS,
  BRIEFING_TIMEOUT_MS,
  createTransfers,
  type TransferEnd,
  type TransfersOptions,
} from "../../../../src/plugins/twilio/transfer/index.js";
import { twiml } from "../../../../src/plugins/twilio/twiml.js";
import { createVirtualClock, memoryLogger } from "../../../../src/testing/index.js";

const URL = "https://voice.example.com/twilio/dial";
const PERSON = "+919811111111";

function setUp(options: Partial<TransfersOptions> = {}) {
  const clock = createVirtualClock();
  const logger = memoryLogger();
  const back: (readonly [string, TransferEnd])[] = [];
  const transfers = createTransfers({
    url: URL,
    comeBack: (callSid, end) => {
      back.push([callSid, end]);
      return [{ verb: "connect-stream", url: "wss://voice.example.com/media", parameters: { transfer: end } }];
    },
    clock,
    logger,
    ...options,
  });
  /** The paths that the TwiML names. */
  const pathsOf = (xml: string) =>
    [...xml.matchAll(/https:\/\/voice\.example\.com\/twilio\/dial\/([\w-]+)\/(\w+)/gu)].map(
      ([, id = "", what = ""]) => [id, what],
    );
  return { clock, logger, transfers, back, pathsOf };
}

/** An API that takes TwiML for a call. */
function restClient(update: (twiml: string | undefined) => Promise<unknown> = async () => ({})) {
  const sent: (readonly [string, string | undefined])[] = [];
  const calls = (callSid: string) => ({
    update: (change: { twiml?: string }) => {
      sent.push([callSid, change.twiml]);
      return update(change.twiml);
    },
  });
  return { client: { calls } as unknown as NonNullable<TransfersOptions["client"]>, sent };
}

const BRIEFING = { text: "Asha wants a suite for two nights.", language: "en" } as const;

describe("a warm transfer", () => {
  it("briefs who picks up, and connects them once they press 1", async () => {
    const { transfers, pathsOf, back } = setUp();
    const transfer = transfers.warm("CA1", { to: PERSON, callerId: "+15005550006", briefing: BRIEFING });
    const xml = twiml(transfers.nextVerbs("CA1") ?? []);
    const [after = [], brief = []] = pathsOf(xml);
    const id = after[0];
    expect(id).toMatch(/^[\w-]{22}$/);
    expect(xml).toBe(
      `<?xml version="1.0" encoding="UTF-8"?><Response><Dial action="${URL}/${id}/after" method="POST" timeout="25" callerId="+15005550006"><Number url="${URL}/${id}/brief" method="POST">${PERSON}</Number></Dial></Response>`,
    );
    const told = await transfers.answer({ CallSid: "CA2", ParentCallSid: "CA1" }, brief);
    expect(told.map(({ verb }) => verb)).toEqual(["gather", "gather", "hangup"]);
    expect(twiml(told)).toContain("Asha wants a suite for two nights.");
    expect(twiml(told)).toContain("Press 1 to take the call.");
    expect(pathsOf(twiml(told))).toEqual([
      [id, "key"],
      [id, "key"],
    ]);
    expect(transfer.state).toEqual({ phase: "briefing" });
    const key = [id ?? "", "key"];
    expect(await transfers.answer({ Digits: "1" }, key)).toEqual([]);
    // Twice delivered, or another key behind it: the same answer.
    expect(await transfers.answer({ Digits: "1" }, key)).toEqual([]);
    expect(await transfers.answer({ Digits: "7" }, key)).toEqual([]);
    const over = { DialCallStatus: "completed", DialBridged: "true", DialCallDuration: "61" };
    expect(await transfers.answer(over, after)).toEqual([{ verb: "hangup" }]);
    expect(await transfer.result).toEqual({ end: "talked", talkedMs: 61_000 });
    expect(await transfers.answer({ DialCallStatus: "busy" }, after)).toEqual([{ verb: "hangup" }]);
    expect(transfers.nextVerbs("CA1")).toBeUndefined();
    expect(back).toEqual([]);
  });

  it.each<[string, readonly (readonly [object, string])[], TransferEnd]>([
    [
      "is declined",
      [
        [{}, "brief"],
        [{ Digits: "2" }, "key"],
        [{ DialCallStatus: "completed" }, "after"],
      ],
      "declined",
    ],
    ["nobody picks up", [[{ DialCallStatus: "no-answer" }, "after"]], "no-answer"],
    ["is busy", [[{ DialCallStatus: "busy" }, "after"]], "busy"],
    [
      "a mailbox picks up",
      [
        [{}, "brief"],
        [{ DialCallStatus: "completed", DialBridged: "false" }, "after"],
      ],
      "declined",
    ],
    ["the form is strange", [[{ Dial: "x" }, "after"]], "failed"],
  ])("brings the caller back if it %s, once", async (_name, asked, end) => {
    const { transfers, back, pathsOf, clock } = setUp();
    const transfer = transfers.warm("CA1", { to: PERSON, briefing: BRIEFING });
    const [[id = ""] = []] = pathsOf(twiml(transfers.nextVerbs("CA1") ?? []));
    for (const [form, what] of asked) {
      const answer = await transfers.answer(form as Record<string, string>, [id, what]);
      expect(await transfers.answer(form as Record<string, string>, [id, what])).toEqual(answer);
      if (what === "key") expect(answer).toEqual([{ verb: "hangup" }]);
      if (what === "after") expect(twiml(answer)).toContain(`<Parameter name="transfer" value="${end}"/>`);
    }
    expect(await transfer.result).toEqual({ end });
    expect(back).toEqual([["CA1", end]]);
    expect(clock.pendingTimers).toBe(0);
  });

  it.each([
    ["is late", () => new Promise<never>(() => {})],
    ["fails", () => Promise.reject(new Error("no model"))],
  ])("tells the short briefing if the long one %s", async (_name, briefing) => {
    const { transfers, clock, pathsOf } = setUp();
    const shortBriefing = { text: "होटल से एक कॉल है।", language: "hi" } as const;
    transfers.warm("CA1", { to: PERSON, briefing: briefing(), shortBriefing, acceptance: "listen" });
    const [[id = ""] = []] = pathsOf(twiml(transfers.nextVerbs("CA1") ?? []));
    const told = await clock.runUntilSettled(transfers.answer({}, [id, "brief"]));
    expect(told).toEqual([{ verb: "say", ...shortBriefing }]);
    expect([0, BRIEFING_TIMEOUT_MS]).toContain(clock.now());
  });

  it("ends with the caller, and whoever picks up then is not kept", async () => {
    const { transfers, pathsOf } = setUp();
    const transfer = transfers.warm("CA1", { to: PERSON, briefing: BRIEFING });
    const [[id = ""] = []] = pathsOf(twiml(transfers.nextVerbs("CA1") ?? []));
    transfers.callEnded("CA1");
    transfers.callEnded("CA1");
    expect(await transfer.result).toEqual({ end: "caller-left" });
    expect(await transfers.answer({}, [id, "brief"])).toEqual([{ verb: "hangup" }]);
    expect(await transfers.answer({ Digits: "1" }, [id, "key"])).toEqual([{ verb: "hangup" }]);
  });

  it("is given up if nothing is heard of it", async () => {
    const { transfers, clock } = setUp();
    const transfer = transfers.warm("CA1", { to: PERSON, briefing: BRIEFING, ringTimeoutMs: 10_000 });
    expect(await clock.runUntilSettled(transfer.result)).toEqual({ end: "failed" });
    expect(clock.now()).toBe(10_000 + ACCEPTANCE_PATIENCE_MS);
  });
});

describe("a transfer", () => {
  it("takes the call from its line at once, if there is an API to ask", async () => {
    const { client, sent } = restClient();
    const { transfers, clock } = setUp({ client });
    transfers.cold("CA1", {
      to: PERSON,
      before: [{ verb: "say", text: "Ek minute", language: "hi-en" }],
      timeLimitMs: 600_000,
    });
    await clock.advance(0);
    expect(sent).toEqual([
      [
        "CA1",
        expect.stringMatching(/<Say [^>]*>Ek minute<\/Say><Dial [^>]*timeLimit="600"[^>]*>\+919811111111<\/Dial>/u),
      ],
    ]);
    expect(transfers.nextVerbs("CA1")).toBeUndefined();
  });

  it.each<[string, object, TransferEnd]>([
    ["is over already", { status: 400, code: 21220, message: "not in progress" }, "caller-left"],
    ["cannot be had", { status: 500, message: "oops" }, "failed"],
  ])("ends if the call %s", async (_name, thrown, end) => {
    const { client } = restClient(() => Promise.reject(Object.assign(new Error("x"), thrown)));
    const { transfers, clock } = setUp({ client });
    const transfer = transfers.cold("CA1", { to: PERSON });
    expect(await clock.runUntilSettled(transfer.result)).toEqual({ end });
    expect(clock.pendingTimers).toBe(0);
  });

  it("is one at a time for a call, and can be tried again", async () => {
    const { transfers } = setUp();
    transfers.cold("CA1", { to: PERSON });
    expect(() => transfers.cold("CA1", { to: PERSON })).toThrow(expect.objectContaining({ code: "invalid-request" }));
    transfers.callEnded("CA1");
    transfers.cold("CA1", { to: PERSON });
    transfers.cold("CA9", { to: PERSON });
  });

  it("refuses a wrong plan before anybody is dialled, and without the number in the error", () => {
    const { transfers } = setUp();
    expect(() => transfers.cold("CA1", { to: "call me" })).toThrow(expect.objectContaining({ code: "invalid-option" }));
    expect(() => transfers.cold("CA1", { to: PERSON, ringTimeoutMs: 1_500 })).toThrow("whole seconds");
    expect(transfers.nextVerbs("CA1")).toBeUndefined();
  });

  it("that is not known ends the call that asks", async () => {
    const { transfers, logger } = setUp();
    expect(await transfers.answer({}, ["nope", "brief"])).toEqual([{ verb: "hangup" }]);
    expect(await transfers.answer({}, [])).toEqual([{ verb: "hangup" }]);
    expect(logger.lines).toHaveLength(2);
  });

  it("writes no number and no briefing to the log", async () => {
    const { transfers, logger, pathsOf } = setUp();
    transfers.warm("CA1", { to: PERSON, briefing: BRIEFING });
    const [[id = ""] = []] = pathsOf(twiml(transfers.nextVerbs("CA1") ?? []));
    await transfers.answer({ From: "+919822222222" }, [id, "brief"]);
    await transfers.answer({ DialCallStatus: "completed" }, [id, "after"]);
    expect(logger.lines.length).toBeGreaterThan(0);
    expect(JSON.stringify(logger.lines)).not.toMatch(/\+91|suite/u);
  });
});
