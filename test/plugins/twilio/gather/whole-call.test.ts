import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { heardText, scriptedBrain, scriptedTextToSpeech } from "../../../../src/testing/index.js";
import { gatherCallWith } from "./gather-app.js";

describe("a call in gather mode", () => {
  it("is greeted, answered once a turn, and ended behind the goodbye", async () => {
    const { report, of, clock } = await gatherCallWith({
      script: [
        { waitFor: "agent-silence" },
        { say: "two rooms please" },
        { waitFor: "agent-silence" },
        { say: "okay bye" },
        { waitForEnd: true },
      ],
    });
    expect(report.spoken.map(({ text, atMs, whole }) => [text, atMs, whole])).toEqual([
      ["Welcome.", 0, true],
      ["You said two rooms please.", 2_200, true],
      ["Anything else?", 3_200, true],
      ["Thank you for your time.", 5_400, true],
      ["Goodbye!", 6_400, true],
    ]);
    // Nobody can interrupt the goodbye: Twilio comes back as soon as it is over, and hangs up.
    expect(report.verbs.map(({ verb }) => verb.verb)).toEqual(["Gather", "Gather", "Say", "Say", "Redirect", "Hangup"]);
    expect(report.end).toEqual({ reason: "agent-hangup", atMs: 6_600 });
    expect(of("reply").map(({ kind, outcome }) => [kind, outcome])).toEqual([
      ["greeting", "played"],
      ["answer", "played"],
      ["goodbye", "played"],
    ]);
    expect(of("call-end")).toMatchObject([{ reason: "farewell" }]);
    expect(clock.pendingTimers).toBe(0);
  });

  it("is interrupted, and its brain knows what was heard", async () => {
    const { report, of } = await gatherCallWith({
      agent: (clock) => ({
        brain: scriptedBrain(["We have one room with a view of the sea for you tonight, and two without.", "Sure."], {
          clock,
        }),
      }),
      script: [
        { waitFor: "agent-silence" },
        { say: "what do you have" },
        { interruptAfterMs: 1_600, say: "stop stop" },
        { waitFor: "agent-silence" },
        { hangUp: true },
      ],
    });
    expect(heardText(report)).toBe("Welcome. We have one room with a view of the Sure.");
    expect(of("barge-in")).toMatchObject([{ reason: "speech", heardText: "We have one" }]);
    expect(of("reply").map(({ outcome }) => outcome)).toEqual(["played", "interrupted", "played"]);
    expect(of("call-end")).toMatchObject([{ reason: "caller-hangup" }]);
  });

  it("goes on with what was not heard, if the caller only listened", async () => {
    const { report, of } = await gatherCallWith({
      agent: (clock) => ({
        brain: scriptedBrain(["We have one room with a view of the sea for you tonight, and two without."], { clock }),
      }),
      script: [
        { waitFor: "agent-silence" },
        { say: "what do you have" },
        { interruptAfterMs: 1_600, say: "haan ji" },
        { waitFor: "agent-silence" },
        { hangUp: true },
      ],
    });
    expect(of("backchannel")).toMatchObject([{ text: "haan ji" }]);
    expect(report.spoken.map(({ text }) => text).at(-1)).toBe(
      "room with a view of the sea for you tonight, and two without.",
    );
    expect(of("turn-end").map(({ text }) => text)).toEqual(["what do you have"]);
  });

  it("lets nobody interrupt what must be heard", async () => {
    const { report, of } = await gatherCallWith({
      agent: () => ({ greeting: { text: "This call is recorded for your safety.", interruption: "none" } }),
      script: [
        { interruptAfterMs: 400, say: "haan" },
        { waitFor: "agent-silence" },
        { say: "a room" },
        { waitFor: "agent-silence" },
        { hangUp: true },
      ],
    });
    expect(report.spoken[0]).toMatchObject({ text: "This call is recorded for your safety.", whole: true });
    expect(of("barge-in")).toEqual([]);
    expect(of("turn-end").map(({ text }) => text)).toEqual(["a room"]);
  });

  it("tells keys, one by one", async () => {
    const { of } = await gatherCallWith({
      script: [{ waitFor: "agent-silence" }, { press: "40#" }, { pauseMs: 500 }, { hangUp: true }],
    });
    expect(of("dtmf").map(({ digit }) => digit)).toEqual(["4", "0", "#"]);
  });

  it("prompts a silent caller, and ends in the end without starting anew", async () => {
    const { report, of } = await gatherCallWith({ script: [{ waitForEnd: true, timeoutMs: 60_000 }] });
    expect(report.spoken.map(({ text, atMs }) => [text, atMs])).toEqual([
      ["Welcome.", 0],
      // Eight seconds of silence, said when Twilio comes back next: it listens for five at a time.
      ["Are you still there?", 10_260],
      ["I can't hear you.", 21_120],
      ["Please say something.", 21_920],
      ["I still can't hear you, so I will hang up now.", 32_580],
      ["Goodbye!", 34_780],
    ]);
    expect(of("call-end")).toMatchObject([{ reason: "silence" }]);
  });

  it("fills a slow brain's silence, and loses nothing of its reply", async () => {
    const { report, of } = await gatherCallWith({
      agent: (clock) => ({
        brain: scriptedBrain(
          [["Let me look. One ", { waitMs: 5_500 }, "is left. ", { waitMs: 5_500 }, "Shall I book it?"]],
          { clock },
        ),
      }),
      script: [
        { waitFor: "agent-silence" },
        { say: "a room for tonight please" },
        { pauseMs: 20_000 },
        { hangUp: true },
      ],
    });
    const said = report.spoken.map(({ text, atMs, heardMs }) => ({ text, atMs, endMs: atMs + heardMs }));
    expect(said.map(({ text }) => text)).toEqual([
      "Welcome.",
      "Let me look.",
      // Words that hang are said when nothing follows them for long.
      "One",
      "is left.",
      "Just a little longer, please.",
      "Shall I book it?",
    ]);
    const gaps = said.slice(2).map(({ atMs }, place) => atMs - (said[place + 1]?.endMs ?? 0));
    expect(Math.max(...gaps)).toBeLessThanOrEqual(3_000);
    expect(of("reply").at(-1)).toMatchObject({ outcome: "played" });
  });

  it("asks again if Twilio is not sure of the words, and goes on in the caller's language", async () => {
    const { report, of } = await gatherCallWith({
      script: [
        { waitFor: "agent-silence" },
        { say: "mumble", confidence: 0.2 },
        { waitFor: "agent-silence" },
        { say: "मुझे एक कमरा चाहिए", language: "hi" },
        { waitFor: "agent-silence" },
        { hangUp: true },
      ],
    });
    expect(of("turn-end").map(({ text }) => text)).toEqual(["", "मुझे एक कमरा चाहिए"]);
    expect(of("reply").map(({ text }) => text)[1]).toBe("You said . Anything else?");
    const languages = report.verbs.flatMap(({ verb }) => (verb.verb === "Gather" ? [verb.language] : []));
    expect(languages).toEqual(["en-IN", "en-IN", "hi-IN"]);
  });

  it("speaks with a voice of its own, which Twilio fetches", async () => {
    const { report, of, host } = await gatherCallWith({
      textToSpeech: (clock) => scriptedTextToSpeech({ clock, firstByteMs: 150 }),
      script: [
        { waitFor: "agent-silence" },
        { say: "two rooms" },
        { waitFor: "agent-silence" },
        { say: "bye" },
        { waitForEnd: true },
      ],
    });
    expect(report.spoken.map(({ text, url }) => [text, url !== undefined])).toEqual([
      ["Welcome.", true],
      ["You said two rooms.", true],
      ["Anything else?", true],
      ["Thank you for your time.", true],
      ["Goodbye!", true],
    ]);
    expect(of("reply").every(({ outcome }) => outcome === "played")).toBe(true);
    expect(host.bytes).toBeGreaterThan(0);
  });

  it("speaks with Twilio's voice where its own fails or stalls", async () => {
    const { report } = await gatherCallWith({
      textToSpeech: (clock) =>
        scriptedTextToSpeech({
          clock,
          firstByteMs: 50,
          fault: ({ text }) =>
            text.startsWith("You")
              ? { error: new Error("quota") }
              : text.startsWith("Any")
                ? { stall: true }
                : undefined,
        }),
      script: [{ waitFor: "agent-silence" }, { say: "two" }, { pauseMs: 9_000 }, { hangUp: true }],
    });
    expect(report.spoken.map(({ text, url, voice }) => [text, url !== undefined, voice])).toEqual([
      ["Welcome.", true, undefined],
      ["You said two.", false, "Polly.Aditi"],
      ["Anything else?", false, "Polly.Aditi"],
    ]);
  });

  it("is one call with one reply a turn, whatever becomes of its webhooks", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          seed: fc.integer({ min: 1, max: 1_000_000 }),
          twice: fc.constantFrom(0.3, 0.7, 1),
          delayMs: fc.constantFrom(0, 300, 1_500),
          secondDelayMs: fc.constantFrom(0, 2_000, 8_000),
          answer: fc.constantFrom("first", "second", "either"),
        }),
        async (webhooks) => {
          const { of, events, sessions, clock } = await gatherCallWith({
            webhooks,
            script: [
              { waitFor: "agent-silence" },
              { say: "two rooms please" },
              { waitFor: "agent-silence" },
              { say: "for three nights" },
              { waitFor: "agent-silence" },
              { say: "okay bye" },
              { waitForEnd: true },
            ],
          });
          expect(sessions).toBe(1);
          expect(of("turn-end").map(({ text }) => text)).toEqual(["two rooms please", "for three nights", "okay bye"]);
          // While Twilio waits for the copy of an answer, the session may take the caller for silent: nobody hears of it.
          const heard = of("reply").filter(({ outcome }) => outcome !== "dropped");
          expect(heard.map(({ kind, outcome }) => [kind, outcome])).toEqual([
            ["greeting", "played"],
            ["answer", "played"],
            ["answer", "played"],
            ["goodbye", "played"],
          ]);
          expect(of("call-end")).toMatchObject([{ reason: "farewell" }]);
          expect(events.at(-1)?.type).toBe("call-end");
          expect(clock.pendingTimers).toBe(0);
        },
      ),
      { numRuns: 60 },
    );
  });
});
