import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CallerScript } from "../../../../src/testing/index.js";
import { beep } from "../../../../src/testing/twilio-simulator/rest/beep.js";
import { type DetectionOrder, detect } from "../../../../src/testing/twilio-simulator/rest/detection.js";
import type { Callee } from "../../../../src/testing/twilio-simulator/rest/index.js";
import { leadInOf, scriptBehind } from "../../../../src/testing/twilio-simulator/rest/lead-in.js";
import { BASE } from "../in-process-app.js";
import { account } from "./account-kit.js";

const ORDER: DetectionOrder = {
  until: "start",
  timeoutMs: 30_000,
  speechThresholdMs: 2_400,
  speechEndThresholdMs: 1_200,
  silenceTimeoutMs: 5_000,
};

describe("who picked up", () => {
  it.each([
    ["somebody who says hello", 300, 400, false, {}, "human", 1_900],
    ["somebody who talks on", 0, 2_400, false, {}, "machine_start", 2_400],
    ["a machine, to its end", 500, 6_000, true, { until: "end" }, "machine_end_beep", 6_900],
    ["a machine without a beep, to its end", 0, 6_000, false, { until: "end" }, "machine_end_silence", 7_200],
    ["a person, though the end is waited for", 0, 400, false, { until: "end" }, "human", 1_600],
    ["a machine that talks too long", 0, 40_000, true, { until: "end" }, "unknown", 30_000],
    ["nobody", 0, 0, false, {}, "unknown", 5_000],
    ["somebody who is slow", 5_000, 400, false, {}, "unknown", 5_000],
    ["somebody, with a shorter silence", 0, 400, false, { speechEndThresholdMs: 500 }, "human", 900],
    ["somebody, with a lower threshold", 0, 1_000, false, { speechThresholdMs: 1_000 }, "machine_start", 1_000],
  ] as const)("is %s", (_who, silenceMs, speechMs, beeps, order, answeredBy, afterMs) => {
    expect(detect({ silenceMs, speechMs }, beeps, { ...ORDER, ...order })).toEqual({ answeredBy, afterMs });
  });
});

describe("the beginning of a script", () => {
  it.each<[CallerScript, number, number]>([
    [[{ say: "hello" }, { waitForEnd: true }], 0, 200],
    [[{ pauseMs: 700 }, { say: "haan ji boliye" }, { pauseMs: 100 }, { say: "hello" }], 700, 600],
    [[{ say: "one" }, { say: "two three" }, { waitFor: "agent-silence" }], 0, 600],
    [[{ waitFor: "agent-speech" }, { say: "hello" }], 0, 0],
    [[{ sayWav: beep() }, { noise: "pink", ms: 50, levelDbfs: -40 }, { say: "hello" }], 450, 200],
    [[{ sayWav: "greeting.wav" }], 1_000, 0],
    [[{ interruptAfterMs: 100, say: "stop" }], 0, 0],
    [[], 0, 0],
  ])("of %j is %i ms of silence and %i ms of speech", (script, silenceMs, speechMs) => {
    expect(leadInOf(script)).toEqual({ silenceMs, speechMs });
  });

  it.each<[number, CallerScript]>([
    [0, [{ pauseMs: 700 }, { say: "haan ji boliye" }, { waitForEnd: true }]],
    [300, [{ pauseMs: 400 }, { say: "haan ji boliye" }, { waitForEnd: true }]],
    [700, [{ say: "haan ji boliye" }, { waitForEnd: true }]],
    [701, [{ say: "ji boliye" }, { waitForEnd: true }]],
    [1_100, [{ say: "boliye" }, { waitForEnd: true }]],
    [1_250, [{ waitForEnd: true }]],
    [9_000, [{ waitForEnd: true }]],
  ])("is over after %i ms but for the rest", (ms, left) => {
    expect(scriptBehind([{ pauseMs: 700 }, { say: "haan ji boliye" }, { waitForEnd: true }], ms)).toEqual(left);
  });

  it("is as long as its parts, wherever it is cut", () => {
    const step = fc.oneof(
      fc.record({ pauseMs: fc.integer({ min: 1, max: 3_000 }) }),
      fc.record({
        say: fc
          .array(fc.constantFrom("haan", "ji", "hello"), { minLength: 1, maxLength: 6 })
          .map((words) => words.join(" ")),
      }),
    );
    const lengthOf = (script: CallerScript) =>
      script.reduce(
        (ms, one) => ms + ("pauseMs" in one ? one.pauseMs : "say" in one ? one.say.split(" ").length * 200 : 0),
        0,
      );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 6 }), fc.integer({ min: 0, max: 20_000 }), (script, ms) => {
        const left = lengthOf(scriptBehind(script, ms));
        const wanted = Math.max(0, lengthOf(script) - ms);
        // A word that has begun is left out whole.
        expect(left).toBeLessThanOrEqual(wanted);
        expect(left).toBeGreaterThan(wanted - 200);
      }),
    );
  });
});

const MACHINE: Callee = {
  outcome: "machine",
  announcement: "the person you have called is not available please leave a message after the tone",
};
const ANNOUNCEMENT_MS = 15 * 200;
const SYNC = { machineDetection: "Enable" };
const ASYNC = { ...SYNC, asyncAmd: "true", asyncAmdStatusCallback: `${BASE}/amd` };

describe("a call that is to find out", () => {
  it.each<[string, Callee, string, string, number]>([
    ["a person", {}, "Enable", "human", 2_500 + 200 + 1_200],
    ["a machine", MACHINE, "Enable", "machine_start", 2_500 + 2_400],
    ["a machine, when it is ready", MACHINE, "DetectMessageEnd", "machine_end_beep", 2_500 + ANNOUNCEMENT_MS + 400],
    ["a person, wrongly", { detectedAs: "machine_start" }, "Enable", "machine_start", 2_500 + 200 + 1_200],
  ])("holds its instructions: %s", async (_who, callee, machineDetection, answeredBy, atMs) => {
    const { create, end, forms, client, clock, visits } = account({ callees: () => callee });
    const { sid } = await create({ machineDetection });
    await clock.advance(atMs - 1);
    expect([visits, (await client.calls(sid).fetch()).answeredBy]).toEqual([[], null]);
    await clock.advance(1);
    expect((await client.calls(sid).fetch()).answeredBy).toBe(answeredBy);
    const { calls } = await end();
    expect(calls[0]).toMatchObject({ answeredBy, status: "completed", answeredAtMs: 2_500 });
    expect(forms("/voice")[0]).toMatchObject({ AnsweredBy: answeredBy, CallStatus: "in-progress" });
    expect(calls[0]?.leg?.webhooks[0]?.atMs).toBe(0);
  });

  it("lets its instructions hear only what is said behind that", async () => {
    const { create, end } = account({ callees: () => MACHINE, routes: { "/voice": '<Pause length="5"/>' } });
    await create(SYNC);
    const [call] = (await end()).calls;
    // Of fifteen words twelve were said.
    expect(call?.leg?.steps[0]?.step).toEqual({ say: "after the tone" });
  });

  it.each<[string, Callee, string, string, number]>([
    ["a person", {}, "Enable", "human", 1_400],
    ["a machine", MACHINE, "Enable", "machine_start", 2_400],
    ["a machine, when it is ready", MACHINE, "DetectMessageEnd", "machine_end_beep", ANNOUNCEMENT_MS + 400],
  ])("goes on meanwhile, and is told: %s", async (_who, callee, machineDetection, answeredBy, afterMs) => {
    const {
      account: made,
      create,
      end,
      forms,
    } = account({
      callees: () => callee,
      routes: { "/voice": '<Pause length="10"/>' },
    });
    const { sid } = await create({ ...ASYNC, machineDetection });
    const { callbacks } = await end();
    expect(forms("/voice")[0]).not.toHaveProperty("AnsweredBy");
    expect(forms("/amd")).toEqual([
      { AccountSid: made.accountSid, CallSid: sid, AnsweredBy: answeredBy, MachineDetectionDuration: String(afterMs) },
    ]);
    expect(callbacks.map(({ kind, atMs }) => [kind, atMs])).toEqual([["machine", 2_500 + afterMs]]);
  });

  it("tells nothing of a call that is over before", async () => {
    const { create, end, forms } = account({ callees: () => MACHINE, routes: { "/voice": "<Hangup/>" } });
    await create(ASYNC);
    expect((await end()).calls[0]).not.toHaveProperty("answeredBy");
    expect(forms("/amd")).toEqual([]);
  });

  it("may be ended meanwhile", async () => {
    const { create, client, clock, end, visits } = account({ callees: () => MACHINE });
    const { sid } = await create(SYNC);
    await clock.advance(3_000);
    expect((await client.calls(sid).update({ status: "completed" })).status).toBe("completed");
    expect((await end()).calls[0]).toMatchObject({ status: "completed", endedAtMs: 3_000 });
    expect(visits).toEqual([]);
  });

  it.each([{ asyncAmdStatusCallback: "" }, { asyncAmdStatusCallback: "/amd" }])("warns with %j", async (wrong) => {
    const { create, end } = account();
    await create({ ...ASYNC, ...wrong });
    const { debuggerEvents, callbacks, calls } = await end();
    expect(debuggerEvents.map(({ code, level }) => [code, level])).toEqual([[21262, "warning"]]);
    expect([callbacks, calls[0]?.status]).toEqual([[], "completed"]);
  });

  it("does not when it sends digits", async () => {
    const { create, end, forms } = account({ routes: { "/voice": '<Pause length="10"/>' } });
    await create({ ...ASYNC, sendDigits: "ww1" });
    expect((await end()).calls[0]).not.toHaveProperty("answeredBy");
    expect(forms("/amd")).toEqual([]);
  });
});

describe("an answering machine", () => {
  it("says its announcement, beeps, records, and hangs up", async () => {
    const { create, end } = account({
      callees: () => ({ ...MACHINE, recordsMs: 4_000 }),
      routes: { "/voice": '<Pause length="60"/>' },
    });
    await create();
    const [call] = (await end()).calls;
    expect(call?.leg?.over).toEqual({ reason: "caller-hangup", atMs: ANNOUNCEMENT_MS + 400 + 4_000 });
    expect(call?.leg?.steps.map(({ startMs, endMs }) => endMs - startMs)).toEqual([ANNOUNCEMENT_MS, 400, 4_000]);
  });
});
