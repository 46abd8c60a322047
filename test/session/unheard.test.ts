import { describe, expect, it } from "vitest";
import { type CallerScript, heardText, scriptedSpeechToText } from "../../src/testing/index.js";
import { wholeCall } from "./whole-call.js";

const SAY = { say: "what does the room cost for us" } as const;
const wait = { waitFor: "agent-silence", timeoutMs: 6_000, onTimeout: "continue" } as const;

/** A call with a recogniser that gives no answer to some of its utterances. */
const call = (script: CallerScript, outcomes: readonly ("none" | "transcript")[]) =>
  wholeCall(script, {}, {}, (clock) => ({
    speechToText: scriptedSpeechToText({ clock, delayMs: 50, utterances: outcomes.map((outcome) => ({ outcome })) }),
    brain: ({ kind }) => (kind === "not-understood" ? "pardon" : "five hundred"),
  }));

describe("speech that never gets a transcript", () => {
  it("has the caller asked again, and the call goes on", async () => {
    const { report, of } = await call([{ pauseMs: 300 }, SAY, wait, SAY, wait, { hangUp: true }], ["none"]);
    expect(heardText(report)).toBe("pardon five hundred");
    expect(of("warning")).toMatchObject([{ code: "no-transcript" }]);
  });

  it("ends the call politely when it goes on", async () => {
    const { report, of } = await call(
      [{ pauseMs: 300 }, SAY, wait, SAY, wait, SAY, wait, { pauseMs: 9_000 }],
      ["none", "none", "none", "none"],
    );
    expect(heardText(report)).toBe("pardon pardon Sorry, we have a technical problem. Please call again later.");
    expect(of("call-end")).toMatchObject([{ reason: "error" }]);
  });

  it("is forgotten once a turn is heard", async () => {
    const { of } = await call(
      [{ pauseMs: 300 }, SAY, wait, SAY, wait, SAY, wait, SAY, wait, SAY, wait, { hangUp: true }],
      ["none", "none", "transcript", "none", "none"],
    );
    expect(of("call-end")).toMatchObject([{ reason: "caller-hangup" }]);
  });

  it("is no matter when it was a cough", async () => {
    const { report, of } = await call([{ pauseMs: 300 }, { say: "uh" }, wait, { hangUp: true }], ["none"]);
    expect(heardText(report)).toBe("");
    expect(of("warning")).toEqual([]);
  });
});
