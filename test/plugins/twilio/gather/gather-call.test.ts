import { BolchaalError } from "bolchaal";
import { createGatherCall, DEFAULT_LOST_AFTER_MS, type GatherCallOptions } from "bolchaal/twilio";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { SayRequest } from "../../../../src/spec/index.js";
import { memoryLogger } from "../../../../src/testing/index.js";
import { BASE, gatheringTwilio, linesOf } from "./gathering-twilio.js";

/** 67 ms a unit: 1005 ms. */
const TEXT = "Two rooms left.";
const TEXT_MS = 15 * 67;
const FETCH_MS = 300;

const piece = (generation: number, text: string, more: Partial<SayRequest> = {}): SayRequest => ({
  generation,
  text,
  language: "en",
  interruption: "duck",
  last: true,
  ...more,
});

/** A call that has said `text`, and listens. */
async function inCall(text = TEXT, options: Partial<GatherCallOptions> = {}, more: Partial<SayRequest> = {}) {
  const twilio = gatheringTwilio(options);
  twilio.connect();
  twilio.begin();
  twilio.call.say(piece(1, text, more));
  await twilio.answer();
  return twilio;
}

describe("a document", () => {
  it("asks within a prompt, listens, and comes back to a turn of its own", async () => {
    const { documents } = await inCall(TEXT, { hints: ["Goa"], numDigits: 1, profanityFilter: false });
    const action = `${BASE}/gather/CA1/1`;
    expect(documents).toEqual([
      [
        {
          verb: "gather",
          input: ["speech", "dtmf"],
          action,
          prompt: [{ verb: "say", text: TEXT, language: "en" }],
          timeoutMs: 5_000,
          speechTimeoutMs: "auto",
          language: "en-IN",
          hints: ["Goa"],
          numDigits: 1,
          partialResultCallback: `${BASE}/gather-partial/CA1/1`,
          profanityFilter: false,
        },
        { verb: "redirect", url: action },
      ],
    ]);
  });

  it("follows the language that is told, else the one that is spoken, else the option's", async () => {
    const twilio = gatheringTwilio({ language: "hi" });
    const languages = () =>
      twilio.documents.map((verbs) => verbs.flatMap((verb) => (verb.verb === "gather" ? [verb.language] : []))[0]);
    twilio.begin();
    await twilio.answer();
    twilio.call.say(piece(1, TEXT));
    twilio.back();
    await twilio.answer();
    twilio.call.setLanguage("hi-en");
    twilio.call.say(piece(2, TEXT));
    twilio.back();
    await twilio.answer();
    expect(languages()).toEqual(["hi-IN", "en-IN", "hi-IN"]);
  });

  it("with a speech model waits for a whole second of silence, and tells no partial results if it shall not", async () => {
    const [verbs = []] = (await inCall(TEXT, { speechModel: "googlev2_telephony", partialResults: false })).documents;
    expect(verbs[0]).toMatchObject({ speechModel: "googlev2_telephony", speechTimeoutMs: 1_000 });
    expect(verbs[0]).not.toHaveProperty("partialResultCallback");
  });

  it("says before it listens what cannot be interrupted, and keeps the order", async () => {
    const twilio = gatheringTwilio();
    twilio.begin();
    const say = (text: string, interruption: SayRequest["interruption"], last = false) =>
      twilio.call.say(piece(1, text, { interruption, last }));
    say("Recorded.", "none");
    say("Welcome.", "duck");
    say("Legal.", "none");
    say("Bye.", "none", true);
    for (let turn = 0; turn < 2; turn += 1) {
      await twilio.answer();
      twilio.back();
    }
    await twilio.answer();
    expect(twilio.documents.map(linesOf)).toEqual([
      ["Recorded.", "+ Welcome.", "(listen 1000)"],
      ["Legal.", "Bye."],
      ["(listen 5000)"],
    ]);
  });

  it("speaks in the voices it is told", async () => {
    const [verbs = []] = (await inCall(TEXT, { sayVoices: { en: "Polly.Kajal-Neural" } })).documents;
    expect(verbs[0]).toMatchObject({ prompt: [{ voice: "Polly.Kajal-Neural" }] });
  });
});

describe("an answer", () => {
  it("comes at once with a whole reply, later with a part, and in time with nothing", async () => {
    const twilio = await inCall();
    const { clock, call } = twilio;
    const answeredAfter = async (act: () => void) => {
      const fromMs = clock.now();
      twilio.back({ SpeechResult: "hello" });
      act();
      await twilio.answer();
      return [clock.now() - fromMs, ...linesOf(twilio.document ?? [])];
    };
    expect(await answeredAfter(() => call.say(piece(2, "Yes.")))).toEqual([0, "+ Yes.", "(listen 5000)"]);
    expect(await answeredAfter(() => call.say(piece(3, "Yes.", { last: false })))).toEqual([
      1_500,
      "+ Yes.",
      "(listen 1000)",
    ]);
    expect(await answeredAfter(() => call.stop(3))).toEqual([2_600, "(listen 1000)"]);
  });

  it("comes back soon for a reply that is late, and not for ever", async () => {
    const twilio = await inCall();
    twilio.back({ SpeechResult: "hello" });
    const listened: number[] = [];
    const answeredAtMs: number[] = [];
    for (let turn = 0; turn < 12; turn += 1) {
      const [verb] = await twilio.answer();
      const ms = verb?.verb === "gather" ? (verb.timeoutMs ?? 0) : 0;
      listened.push(ms);
      answeredAtMs.push(twilio.clock.now());
      await twilio.clock.advance(ms);
      twilio.back();
    }
    expect(listened.slice(0, 4)).toEqual([1_000, 1_000, 1_000, 1_000]);
    expect(listened.at(-1)).toBe(5_000);
    expect(answeredAtMs.slice(0, 3)).toEqual([2_600, 4_300, 6_000]);
    twilio.call.say(piece(2, "Here it is."));
    expect(linesOf(await twilio.answer())).toEqual(["+ Here it is.", "(listen 5000)"]);
  });

  it("is the same for a webhook that comes twice, however late, and tells nothing twice", async () => {
    const twilio = await inCall();
    const { call, clock } = twilio;
    const form = { SpeechResult: "hello", Confidence: "0.9" };
    const answers = [call.action(1, form), call.action(1, form)];
    call.say(piece(2, "Yes."));
    const [first, second] = await Promise.all(answers);
    await clock.advance(5_000);
    const again = call.action(2, {});
    await clock.advance(100);
    await again;
    expect(second).toBe(first);
    expect(await call.action(1, { SpeechResult: "something else" })).toBe(first);
    expect(await call.voice({ CallSid: "CA1" })).toBe(twilio.documents[0]);
    expect(twilio.of("transcript")).toHaveLength(1);
    expect(twilio.of("start")).toHaveLength(1);
    expect(twilio.of("playback-start").map(({ generation }) => generation)).toEqual([1, 2]);
  });

  it("leads back who asks for a turn that never was", async () => {
    const twilio = await inCall();
    for (const turn of [7, -1, Number.NaN]) {
      expect(await twilio.call.action(turn, { SpeechResult: "hello" })).toEqual([
        { verb: "redirect", url: `${BASE}/gather/CA1/1` },
      ]);
    }
    expect(await twilio.call.comeBack()).toEqual([{ verb: "redirect", url: `${BASE}/gather/CA1/1` }]);
    expect(twilio.of("warning").map(({ count }) => count)).toEqual([1]);
    expect(twilio.of("transcript")).toEqual([]);
  });
});

describe("the caller", () => {
  it("is heard with the confidence, and not understood with too little of it", async () => {
    const twilio = await inCall();
    twilio.back({ SpeechResult: "two rooms", Confidence: "0.9" });
    await twilio.answer();
    twilio.back({ SpeechResult: "mumble", Confidence: "0.1" });
    expect(twilio.of("transcript").map(({ result }) => result)).toEqual([
      { type: "transcript", final: true, utteranceId: "gather-1", text: "two rooms", confidence: 0.9 },
      { type: "not-understood", utteranceId: "gather-2" },
    ]);
    expect(twilio.of("turn-end")).toHaveLength(2);
  });

  it("is heard while speaking: in order, each words once, and of the turn that goes on only", async () => {
    const twilio = await inCall();
    const { call } = twilio;
    await twilio.clock.advance(3_000);
    await twilio.partial({ UnstableSpeechResult: "two", SequenceNumber: "0" });
    await twilio.partial({ StableSpeechResult: "two", UnstableSpeechResult: "rooms", SequenceNumber: "2" });
    await twilio.partial({ UnstableSpeechResult: "two roo", SequenceNumber: "1" });
    await twilio.partial({ UnstableSpeechResult: "two rooms", SequenceNumber: "2" });
    await twilio.partial({});
    expect(await call.partial(0, { UnstableSpeechResult: "old" })).toEqual([]);
    twilio.back({ SpeechResult: "two rooms" });
    await call.partial(1, { UnstableSpeechResult: "late", SequenceNumber: "3" });
    const texts = twilio.of("transcript").flatMap(({ result }) => (result.type === "transcript" ? [result.text] : []));
    expect(texts).toEqual(["two", "two rooms", "two rooms"]);
  });

  it("who was only thought to speak has finished all the same", async () => {
    const twilio = await inCall();
    await twilio.clock.advance(3_000);
    await twilio.partial({ UnstableSpeechResult: "hm" });
    twilio.back();
    expect(twilio.events.slice(-2).map(({ type }) => type)).toEqual(["transcript", "turn-end"]);
  });

  it("presses keys, which come in their order, and interrupt", async () => {
    const twilio = await inCall("Press one for rooms, two for the restaurant, or three for a taxi to the airport.");
    await twilio.clock.advance(3_000);
    twilio.back({ Digits: "12", FinishedOnKey: "#" });
    expect(twilio.events.slice(-4)).toMatchObject([
      { type: "interrupted", by: "dtmf", heardText: "Press one for rooms," },
      { type: "dtmf", digit: "1" },
      { type: "dtmf", digit: "2" },
      { type: "dtmf", digit: "#" },
    ]);
  });
});

describe("what was heard", () => {
  const LONG = "We have one room with a view of the sea, and two without.";

  it("is told by the time it takes, if Twilio listens on", async () => {
    const twilio = await inCall();
    await twilio.clock.advance(4_000);
    expect(twilio.events.map(({ type, atMs }) => [type, atMs])).toEqual([
      ["start", 0],
      ["playback-start", 0],
      ["playback-end", FETCH_MS + TEXT_MS],
    ]);
    twilio.back();
    expect(twilio.of("playback-end")).toMatchObject([{ generation: 1, playedMs: TEXT_MS }]);
  });

  it("is told by Twilio's coming back, if that is sooner", async () => {
    const twilio = await inCall(TEXT, {}, { interruption: "none" });
    await twilio.clock.advance(700);
    twilio.back();
    expect(twilio.of("playback-end")).toMatchObject([{ atMs: 700 }]);
  });

  it.each([
    // The caller's "wait" takes 268 ms, the silence behind it a second, and the webhook 150 ms.
    [2_000, "We"],
    [3_000, "We have one room"],
    [4_100, "We have one room with a view of the"],
  ])("is a part, if the caller was heard %i ms behind the answer: %s", async (afterMs, heardText) => {
    const twilio = await inCall(LONG);
    await twilio.clock.advance(afterMs);
    twilio.back({ SpeechResult: "wait" });
    expect(twilio.of("interrupted")).toMatchObject([{ generation: 1, by: "speech", heardText }]);
    expect(twilio.of("playback-end")).toEqual([]);
  });

  it("is all of it, if the caller began behind it", async () => {
    const twilio = await inCall();
    await twilio.clock.advance(FETCH_MS + TEXT_MS + 268 + 1_150);
    twilio.back({ SpeechResult: "wait" });
    expect(twilio.of("interrupted")).toEqual([]);
    expect(twilio.of("playback-end")).toMatchObject([{ playedMs: TEXT_MS }]);
  });

  it("leaves the rest of an interrupted reply unsaid", async () => {
    const twilio = await inCall(LONG, {}, { last: false });
    await twilio.clock.advance(2_500);
    twilio.call.say(piece(1, "Shall I book it?"));
    twilio.back({ SpeechResult: "wait" });
    twilio.call.say(piece(1, "Please?"));
    expect(twilio.of("interrupted")).toHaveLength(1);
    expect(linesOf(await twilio.answer())).toEqual(["(listen 1000)"]);
  });

  it("is known from the first words already", async () => {
    const twilio = await inCall(LONG);
    await twilio.clock.advance(2_500);
    await twilio.partial({ UnstableSpeechResult: "wa" });
    expect(twilio.of("interrupted")).toMatchObject([{ heardText: "We have one room", atMs: 2_500 }]);
    await twilio.clock.advance(1_000);
    twilio.back({ SpeechResult: "wait" });
    expect(twilio.of("interrupted")).toHaveLength(1);
  });

  it("holds at least what could not be interrupted", async () => {
    const twilio = gatheringTwilio();
    twilio.connect();
    twilio.begin();
    twilio.call.say(piece(1, "This call is recorded.", { interruption: "none", last: false }));
    twilio.call.say(piece(1, LONG));
    await twilio.answer();
    twilio.back({ SpeechResult: "wait" });
    expect(twilio.of("interrupted")).toMatchObject([{ heardText: "This call is recorded." }]);
  });

  it("counts a reply's earlier documents", async () => {
    const twilio = await inCall(TEXT, {}, { last: false });
    await twilio.clock.advance(2_000);
    twilio.call.say(piece(1, LONG));
    twilio.back();
    await twilio.answer();
    await twilio.clock.advance(3_000);
    twilio.back({ SpeechResult: "wait" });
    expect(twilio.of("interrupted")).toMatchObject([{ heardText: `${TEXT} We have one room` }]);
    expect(twilio.of("playback-start")).toHaveLength(1);
  });

  it("is all that Twilio was given, if the session stops the reply; the rest is dropped", async () => {
    const twilio = await inCall(TEXT, {}, { last: false });
    twilio.call.say(piece(1, LONG, { last: false }));
    expect(twilio.call.stop(1)).toEqual({ heardText: TEXT, playedMs: TEXT_MS });
    twilio.call.say(piece(1, "More."));
    twilio.back();
    expect(linesOf(await twilio.answer())).toEqual(["(listen 5000)"]);
    await twilio.clock.advance(5_000);
    expect(twilio.events.map(({ type }) => type)).toEqual(["start", "playback-start"]);
    expect(twilio.call.stop(1)).toEqual({ heardText: "", playedMs: 0 });
  });
});

describe("the end", () => {
  it("is the caller's, if Twilio says so and nobody has hung up", async () => {
    const twilio = await inCall();
    twilio.call.ended({ CallStatus: "in-progress" });
    expect(twilio.of("end")).toEqual([]);
    twilio.call.ended({ CallStatus: "completed" });
    twilio.call.ended({ CallStatus: "completed" });
    await twilio.call.over;
    expect(twilio.of("end")).toMatchObject([{ reason: "caller-hangup" }]);
    expect(twilio.clock.pendingTimers).toBe(0);
    expect(await twilio.call.action(1, {})).toEqual([{ verb: "hangup" }]);
  });

  it("comes with the words that were said last", async () => {
    const twilio = await inCall();
    await twilio.clock.advance(3_000);
    twilio.back({ SpeechResult: "bye", CallStatus: "completed" });
    expect(linesOf(await twilio.answer())).toEqual(["(hangup)"]);
    expect(twilio.events.slice(-3).map(({ type }) => type)).toEqual(["transcript", "turn-end", "end"]);
  });

  it("is a loss, if the call failed", async () => {
    const twilio = await inCall();
    twilio.call.ended({ CallStatus: "failed" });
    const [end] = twilio.of("end");
    expect(end?.reason).toBe("transport-lost");
    expect(BolchaalError.isInstance(end?.cause) && end.cause.code).toBe("transport-failed");
  });

  it("is a loss, if Twilio tells nothing for long", async () => {
    const twilio = await inCall();
    await twilio.clock.advance(60_000);
    await twilio.partial({ UnstableSpeechResult: "still here" });
    await twilio.clock.advance(DEFAULT_LOST_AFTER_MS - 1);
    expect(twilio.of("end")).toEqual([]);
    await twilio.clock.advance(1);
    expect(twilio.of("end")).toMatchObject([{ reason: "transport-lost" }]);
    expect(twilio.clock.pendingTimers).toBe(0);
  });

  it("waits, without REST, for Twilio to come back, and comes behind what is left to say", async () => {
    const twilio = await inCall();
    twilio.back({ SpeechResult: "bye" });
    twilio.call.say(piece(2, "Bye!", { last: false }));
    const hungUp = Promise.all([twilio.call.hangUp(), twilio.call.hangUp()]);
    expect(linesOf(await twilio.answer())).toEqual(["Bye!", "(hangup)"]);
    expect(twilio.of("end")).toEqual([]);
    await twilio.clock.runUntilSettled(hungUp);
    expect(twilio.of("end")).toMatchObject([{ reason: "hung-up", atMs: FETCH_MS + 4 * 67 }]);
    expect(twilio.clock.pendingTimers).toBe(0);
  });

  it("comes by REST when Twilio has said what it was given", async () => {
    const asked: [string, number][] = [];
    const hangUp: GatherCallOptions["hangUp"] = async ({ callId }) => {
      asked.push([callId, twilio.clock.now()]);
      twilio.call.ended({ CallStatus: "completed" });
    };
    const twilio = await inCall(TEXT, { hangUp });
    await twilio.clock.runUntilSettled(twilio.call.hangUp());
    expect(asked).toEqual([["CA1", FETCH_MS + TEXT_MS]]);
    expect(twilio.of("end")).toMatchObject([{ reason: "hung-up" }]);
    expect(twilio.clock.pendingTimers).toBe(0);
  });

  it("comes by REST at once, if the caller has made Twilio stop speaking", async () => {
    const asked: number[] = [];
    const hangUp: GatherCallOptions["hangUp"] = async () => {
      asked.push(twilio.clock.now());
      twilio.call.ended({ CallStatus: "completed" });
    };
    const twilio = await inCall("We have one room with a view of the sea, and two without.", { hangUp });
    await twilio.clock.advance(2_000);
    await twilio.partial({ UnstableSpeechResult: "stop" });
    await twilio.clock.runUntilSettled(twilio.call.hangUp());
    expect(asked).toEqual([2_000]);
  });

  it("comes with the next answer, if REST fails or takes too long", async () => {
    for (const hangUp of [() => Promise.reject(new Error("503")), () => new Promise<void>(() => {})]) {
      const logger = memoryLogger();
      const twilio = await inCall(TEXT, { hangUp, logger });
      const hungUp = twilio.call.hangUp();
      await twilio.clock.advance(10_000);
      expect(twilio.of("end")).toEqual([]);
      twilio.back();
      expect(linesOf(await twilio.answer())).toEqual(["(hangup)"]);
      await twilio.clock.runUntilSettled(hungUp);
      expect(twilio.of("end")).toMatchObject([{ reason: "hung-up" }]);
    }
  });

  it("lets go of a call with the fallback", async () => {
    const twilio = await inCall(TEXT, { fallback: [{ verb: "redirect", url: "/else" }] });
    twilio.back({ SpeechResult: "hello" });
    twilio.call.release();
    expect(await twilio.answer()).toEqual([{ verb: "redirect", url: "/else" }]);
    expect(twilio.of("end")).toMatchObject([{ reason: "hung-up" }]);
  });

  it("is the call's own, if its listener fails", async () => {
    const logger = memoryLogger();
    const twilio = gatheringTwilio({ logger });
    twilio.call.connect((event) => {
      if (event.type === "playback-start") throw new Error("oops");
    });
    twilio.begin();
    twilio.call.say(piece(1, TEXT));
    await twilio.answer();
    await twilio.call.over;
    twilio.back();
    expect(await twilio.answer()).toEqual([{ verb: "hangup" }]);
  });

  it("rejects who waits for a call that never started", async () => {
    const twilio = gatheringTwilio();
    twilio.call.ended({ CallStatus: "canceled" });
    await expect(twilio.call.started).rejects.toThrow("The call was over before it started.");
  });
});

describe("the options", () => {
  it.each<[Partial<GatherCallOptions>, string]>([
    [{ baseUrl: "voice.example.com" }, "The base URL"],
    [{ baseUrl: `${BASE}?a=1` }, "The base URL"],
    [{ answerWithinMs: 15_000 }, "answerWithinMs is 15000. Give 1 to 10000."],
    [{ minConfidence: 2 }, "minConfidence is 2. Give 0 to 1."],
    [{ listenMs: 1_500 }, "The timeout of a gather is 1500 ms."],
    [{ speechModel: "phone_call", speechTimeoutMs: "auto" }, 'has no speechTimeout "auto"'],
    [{ hints: ["a,b"] }, "The hint"],
    [{ fallback: [{ verb: "play" }] }, "There is nothing to play."],
  ])("%o are refused", (options, message) => {
    expect(() => createGatherCall({ baseUrl: BASE, ...options })).toThrow(message);
  });
});

describe("whatever Twilio asks, in whatever order", () => {
  const step = fc.oneof(
    fc.record({
      type: fc.constant("action" as const),
      turn: fc.integer({ min: -1, max: 8 }),
      text: fc.constantFrom("", "hello", "haan ji"),
    }),
    fc.record({ type: fc.constant("partial" as const), turn: fc.integer({ min: 0, max: 8 }) }),
    fc.record({ type: fc.constant("voice" as const) }),
    fc.record({
      type: fc.constant("say" as const),
      text: fc.constantFrom("", "One.", "Two words."),
      last: fc.boolean(),
      none: fc.boolean(),
    }),
    fc.record({ type: fc.constant("next" as const) }),
    fc.record({ type: fc.constant("stop" as const) }),
    fc.record({ type: fc.constant("wait" as const), ms: fc.integer({ min: 1, max: 4_000 }) }),
  );

  it("each webhook is answered in time, and the events stay in order", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        const { clock, call, events, connect, begin } = gatheringTwilio();
        connect();
        begin();
        let generation = 1;
        const answers: Promise<unknown>[] = [];
        for (const each of steps) {
          if (each.type === "action") answers.push(call.action(each.turn, { SpeechResult: each.text }));
          if (each.type === "partial") answers.push(call.partial(each.turn, { UnstableSpeechResult: "h" }));
          if (each.type === "voice") answers.push(call.voice({ CallSid: "CA1" }));
          if (each.type === "say")
            call.say(piece(generation, each.text, { last: each.last, interruption: each.none ? "none" : "duck" }));
          if (each.type === "next") generation += 1;
          if (each.type === "stop") call.stop(generation);
          if (each.type === "wait") await clock.advance(each.ms);
        }
        const fromMs = clock.now();
        await clock.runUntilSettled(Promise.all(answers));
        expect(clock.now() - fromMs).toBeLessThanOrEqual(2_600);
        const played = events.flatMap((event) =>
          event.type === "playback-start" || event.type === "playback-end" || event.type === "interrupted"
            ? [event.generation + (event.type === "playback-start" ? 0 : 0.5)]
            : [],
        );
        expect(played).toEqual([...new Set(played)].toSorted((a, b) => a - b));
        call.ended({ CallStatus: "completed" });
        await clock.runUntilSettled(call.over);
        expect(events.filter(({ type }) => type === "start" || type === "end")).toHaveLength(2);
        expect(clock.pendingTimers).toBe(0);
      }),
      { numRuns: 300 },
    );
  });
});
