import { describe, expect, it } from "vitest";
import { encodeMulaw, MULAW_8K, writeWav } from "../../../src/audio/index.js";
import {
  type CallerScript,
  createTwilioSimulator,
  createVirtualClock,
  type DialOptions,
  heardText,
} from "../../../src/testing/index.js";
import { codedSpeech } from "../../../src/testing/scripted/coded-speech.js";
import { AUTH_TOKEN, BASE, inProcessApp, type Route } from "./in-process-app.js";

async function call(routes: Readonly<Record<string, Route>>, script: CallerScript, options: DialOptions = {}) {
  const clock = createVirtualClock(500);
  const { app, visits } = inProcessApp(routes);
  const twilio = createTwilioSimulator({ webhookUrl: `${BASE}/voice`, authToken: AUTH_TOKEN, app, clock });
  const report = await clock.runUntilSettled(twilio.dial({ script, ...options }));
  expect(clock.pendingTimers).toBe(0);
  const results = visits.filter(({ path }) => path === "/turn").map(({ form }) => form);
  return { report, visits, results };
}

const gather = (attributes: string, inner = "<Say>what would you like</Say>") =>
  `<Gather input="speech dtmf" action="/turn" ${attributes}>${inner}</Gather>`;

describe("a <Gather>", () => {
  it("says its prompt, hears the answer and asks the action", async () => {
    const { report, results, visits } = await call(
      { "/voice": gather('speechTimeout="1" language="hi-IN"'), "/turn": "<Say>thank you</Say><Hangup/>" },
      [{ waitFor: "agent-silence" }, { say: "ek kamra chahiye" }, { waitForEnd: true }],
    );
    expect(results).toMatchObject([
      { SpeechResult: "ek kamra chahiye", Confidence: "0.92", Language: "hi-IN", CallStatus: "in-progress" },
    ]);
    expect(visits.every(({ headers }) => headers.get("x-twilio-signature") !== null)).toBe(true);
    expect(heardText(report)).toBe("what would you like thank you");
    // The prompt of four words ends at 800 ms, and 600 ms of silence are enough for the caller.
    expect(report.steps.map(({ startMs, endMs }) => [startMs, endMs])).toEqual([
      [0, 1_400],
      [1_400, 2_000],
      [2_000, 3_400],
    ]);
    expect(report.spoken).toEqual([
      { text: "what would you like", atMs: 0, heardMs: 800, whole: true },
      { text: "thank you", atMs: 3_000, heardMs: 400, whole: true },
    ]);
    expect(report.end).toEqual({ reason: "agent-hangup", atMs: 3_400 });
    expect(report.over).toEqual({ reason: "hangup", atMs: 3_400 });
    expect(report.verbs.map(({ verb, atMs, endMs, document }) => [verb.verb, atMs, endMs, document])).toEqual([
      ["Gather", 0, 3_000, 0],
      ["Say", 3_000, 3_400, 1],
      ["Hangup", 3_400, 3_400, 1],
    ]);
    expect(report.webhooks.map(({ url, status, copy }) => [url, status, copy])).toEqual([
      [`${BASE}/voice`, 200, 1],
      [`${BASE}/turn`, 200, 1],
    ]);
  });

  it("stops its prompt when the caller speaks, but not a <Say> before it", async () => {
    const { report, results } = await call(
      {
        "/voice": `<Say>this call is recorded</Say>${gather('speechTimeout="auto"', "<Say>we have rooms with and without breakfast at</Say>")}`,
        "/turn": "<Hangup/>",
      },
      [{ interruptAfterMs: 1_200, say: "just a room please" }, { waitForEnd: true }],
    );
    expect(report.spoken).toEqual([
      { text: "this call is recorded", atMs: 0, heardMs: 800, whole: true },
      { text: "we have rooms with and without breakfast at", atMs: 800, heardMs: 600, whole: false },
    ]);
    expect(heardText(report)).toBe("this call is recorded we have rooms");
    expect(results).toMatchObject([{ SpeechResult: "just a room please" }]);
  });

  it("lets the caller finish, however long it takes", async () => {
    const { results } = await call({ "/voice": gather('timeout="1" speechTimeout="1"'), "/turn": "<Hangup/>" }, [
      { interruptAfterMs: 300, say: "a b c d e f g h i j k l" },
      { waitForEnd: true },
    ]);
    expect(results).toMatchObject([{ SpeechResult: "a b c d e f g h i j k l" }]);
  });

  it("hears what falls into its own time only", async () => {
    const { results } = await call(
      { "/voice": `<Say>one two three</Say>${gather('speechTimeout="1"', "")}`, "/turn": "<Hangup/>" },
      // At 200 ms the caller begins, at 600 ms the carrier to listen.
      [{ pauseMs: 200 }, { say: "a b c d" }, { waitForEnd: true }],
    );
    expect(results).toMatchObject([{ SpeechResult: "c d" }]);
  });

  it("with bargeIn=false says its prompt to the end, and hears only then", async () => {
    const { report, results } = await call(
      { "/voice": gather('bargeIn="false" speechTimeout="1"'), "/turn": "<Hangup/>" },
      [{ pauseMs: 200 }, { say: "too early" }, { pauseMs: 600 }, { say: "now" }, { waitForEnd: true }],
    );
    expect(report.spoken[0]?.whole).toBe(true);
    expect(results).toMatchObject([{ SpeechResult: "now" }]);
  });

  it("takes pieces of speech together until the caller pauses", async () => {
    const { results } = await call({ "/voice": gather('speechTimeout="2"', ""), "/turn": "<Hangup/>" }, [
      { say: "my number is", confidence: 0.8 },
      { pauseMs: 1_500 },
      { say: "nine eight", confidence: 0.6 },
      { waitForEnd: true },
    ]);
    expect(results).toMatchObject([{ SpeechResult: "my number is nine eight", Confidence: "0.6" }]);
  });

  it("falls through to the next verb without input, after the prompt and the timeout", async () => {
    const { report, results } = await call(
      { "/voice": `${gather('timeout="3"')}<Say>are you there</Say>`, "/turn": "<Hangup/>" },
      [{ waitForEnd: true }],
    );
    expect(results).toEqual([]);
    expect(report.spoken.map(({ text, atMs }) => [text, atMs])).toEqual([
      ["what would you like", 0],
      ["are you there", 3_800],
    ]);
    expect([report.end, report.over.reason]).toEqual([{ reason: "agent-hangup", atMs: 4_400 }, "end-of-document"]);
  });

  it("asks the action all the same with actionOnEmptyResult", async () => {
    const { results } = await call(
      { "/voice": gather('timeout="1" actionOnEmptyResult="true"'), "/turn": "<Hangup/>" },
      [{ waitForEnd: true }],
    );
    expect(results).toHaveLength(1);
    expect(results[0]).not.toHaveProperty("SpeechResult");
  });

  it.each<[string, string, string, object | undefined]>([
    ["a number of keys", 'numDigits="3"', "12345", { Digits: "123" }],
    ["the finishing key", "", "42#", { Digits: "42", FinishedOnKey: "#" }],
    ["another finishing key", 'finishOnKey="*"', "4#2*", { Digits: "4#2", FinishedOnKey: "*" }],
    ["no key: then by time", 'finishOnKey="" timeout="2"', "4#", { Digits: "4#" }],
  ])("ends keys by %s", async (_name, attributes, press, expected) => {
    const { results } = await call({ "/voice": gather(attributes), "/turn": "<Hangup/>" }, [
      { press },
      { waitForEnd: true },
    ]);
    expect(results).toHaveLength(1);
    expect(results[0]).toMatchObject(expected as object);
    expect(results[0]).not.toHaveProperty("SpeechResult");
  });

  it("hears no keys if it asks for speech alone, nor speech if for keys alone", async () => {
    const deaf = (input: string) => `<Gather input="${input}" timeout="2" action="/turn"/>`;
    const script: CallerScript = [{ press: "1" }, { pauseMs: 400 }, { say: "two" }, { waitForEnd: true }];
    const speech = await call({ "/voice": deaf("speech"), "/turn": "<Hangup/>" }, script);
    expect(speech.results).toMatchObject([{ SpeechResult: "two" }]);
    const keys = await call({ "/voice": deaf("dtmf"), "/turn": "<Hangup/>" }, script);
    expect(keys.results).toMatchObject([{ Digits: "1" }]);
  });

  it("understands what the script says it understands", async () => {
    const { results, report } = await call(
      { "/voice": `${gather('speechTimeout="1" timeout="2"')}`, "/turn": "<Hangup/>" },
      [
        { waitFor: "agent-silence" },
        { say: "mmm", misheard: "" },
        { pauseMs: 1_200 },
        { say: "do kamre", misheard: "two camera", confidence: 0.31 },
        { waitForEnd: true },
      ],
    );
    expect(results).toMatchObject([{ SpeechResult: "two camera", Confidence: "0.31" }]);
    expect(report.webhooks).toHaveLength(2);
  });

  it("tells partial results as the words come", async () => {
    const { visits } = await call(
      {
        "/voice": gather('speechTimeout="1" partialResultCallback="/partial"', ""),
        "/partial": "",
        "/turn": "<Hangup/>",
      },
      [{ say: "one two three" }, { waitForEnd: true }],
    );
    const partials = visits.filter(({ path }) => path === "/partial").map(({ form }) => form);
    expect(partials.map((form) => [form.StableSpeechResult, form.UnstableSpeechResult, form.SequenceNumber])).toEqual([
      ["", "one", "0"],
      ["one", "two", "1"],
      ["one two", "three", "2"],
    ]);
  });

  it("plays hosted audio within it", async () => {
    const samples = codedSpeech("namaste ji", 0, 200).map((word) => encodeMulaw(word.samples));
    const wav = writeWav({ format: MULAW_8K, channels: 1, data: Buffer.concat(samples) });
    const { report, visits } = await call(
      {
        "/voice": gather('speechTimeout="1"', "<Play>/speech/1</Play>"),
        "/speech/1": () => new Response(wav, { headers: { "content-type": "audio/wav" } }),
        "/turn": "<Hangup/>",
      },
      [{ waitFor: "agent-silence" }, { say: "haan" }, { waitForEnd: true }],
    );
    expect(report.spoken).toEqual([
      { text: "namaste ji", url: `${BASE}/speech/1`, atMs: 0, heardMs: 400, whole: true },
    ]);
    expect(heardText(report)).toBe("namaste ji");
    expect(visits.map(({ method, path }) => [method, path])).toEqual([
      ["POST", "/voice"],
      ["GET", "/speech/1"],
      ["POST", "/turn"],
    ]);
    expect(visits[1]?.headers.get("x-twilio-signature")).toBeNull();
  });

  it.each([
    ["is not there", () => new Response("", { status: 404 }), 11200],
    ["is no sound", () => new Response("<p>", { headers: { "content-type": "text/html" } }), 12300],
  ])("goes on if what it is to play %s", async (_name, answer, code) => {
    const { report } = await call({ "/voice": "<Play>/speech/1</Play><Say>so</Say>", "/speech/1": answer }, [
      { waitForEnd: true },
    ]);
    expect(report.debuggerEvents.map((event) => event.code)).toEqual([code]);
    expect(heardText(report)).toBe("so");
  });

  it("without an action asks the address of its document again", async () => {
    const { visits } = await call(
      { "/voice": ({ SpeechResult }) => (SpeechResult ? "<Hangup/>" : '<Gather input="speech" speechTimeout="1"/>') },
      [{ say: "hello" }, { waitForEnd: true }],
    );
    expect(visits.map(({ path, form }) => [path, form.SpeechResult])).toEqual([
      ["/voice", undefined],
      ["/voice", "hello"],
    ]);
  });

  it("asks by GET where it is told to, with the form in the address", async () => {
    const { visits } = await call({ "/voice": gather('method="GET" numDigits="1"'), "/turn": "<Hangup/>" }, [
      { press: "7" },
      { waitForEnd: true },
    ]);
    expect([visits[1]?.method, visits[1]?.form.Digits]).toEqual(["GET", "7"]);
  });

  it("ends when the caller hangs up, in the middle of the prompt", async () => {
    const { report } = await call({ "/voice": gather("") }, [{ pauseMs: 300 }, { hangUp: true }]);
    expect(report.end).toEqual({ reason: "caller-hangup", atMs: 300 });
    expect(report.spoken).toEqual([{ text: "what would you like", atMs: 0, heardMs: 300, whole: false }]);
  });

  it("ends at the time limit, and when an action is not there", async () => {
    const long = await call({ "/voice": gather('timeout="60"') }, [{ waitForEnd: true }], { timeLimitMs: 2_000 });
    expect(long.report.end).toEqual({ reason: "time-limit", atMs: 2_000 });
    const lost = await call({ "/voice": gather('numDigits="1"') }, [{ press: "1" }, { waitForEnd: true }]);
    expect(lost.report.end).toEqual({ reason: "webhook-failed", atMs: 0, httpStatus: 404 });
  });

  it("fails when a step is not done in time", async () => {
    const failure = await call({ "/voice": "<Pause length='60'/>" }, [
      { waitFor: "agent-speech", timeoutMs: 500 },
    ]).catch((error: unknown) => error);
    expect(String(failure)).toContain("was not done within 500 ms");
    expect((failure as { cause: { over: object } }).cause.over).toEqual({ reason: "caller-hangup", atMs: 500 });
  });
});
