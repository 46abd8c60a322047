import { describe, expect, it } from "vitest";
import { DEFAULT_LINES, VoiceSession } from "../../../src/session/index.js";
import type { BrainPart } from "../../../src/spec/index.js";
import { scriptedBrain } from "../../../src/testing/index.js";
import { carrierCall, UNIT_MS } from "./speaking-carrier.js";

const spoken = (said: readonly { readonly text: string }[]) =>
  said.map(({ text }) => text).filter((text) => text !== "");

describe("a call on which the carrier hears and speaks", () => {
  it("answers each turn once, sentence by sentence, and tells the end", async () => {
    const { carrier, clock, of } = carrierCall();
    carrier.callerSays("two rooms");
    await clock.advance(5_000);
    expect(carrier.said).toEqual([
      { generation: 1, text: "You said two rooms.", language: "en", interruption: "duck", last: false },
      { generation: 1, text: "Shall I book it for you?", language: "en", interruption: "duck", last: false },
      { generation: 1, text: "", language: "en", interruption: "duck", last: true },
    ]);
    expect(of("turn-end")).toMatchObject([{ turnId: 1, text: "two rooms" }]);
    expect(of("reply")).toMatchObject([
      { turnId: 1, outcome: "played", heardText: "You said two rooms. Shall I book it for you?" },
    ]);
    expect(of("playback-start")).toHaveLength(1);
    expect(of("state").map(({ state }) => state)).toEqual(["thinking", "speaking", "listening"]);
  });

  it("knows what was heard when the caller interrupts, in the words that were written", async () => {
    const { carrier, clock, of, session } = carrierCall((clock) => ({
      brain: scriptedBrain(["It is ₹1500 for a night, with breakfast.", "Fine."], { clock }),
    }));
    carrier.callerSays("how much is it");
    const said = "It is one thousand five hundred rupees";
    await clock.advance(said.length * UNIT_MS);
    carrier.callerSays("too much");
    await clock.advance(5_000);
    expect(spoken(carrier.said)[0]).toMatch(/^It is one thousand five hundred rupees/);
    expect(of("barge-in")).toMatchObject([{ reason: "speech", heardText: "It is ₹1500" }]);
    expect(session.conversation.history.map(({ role, text }) => [role, text])).toEqual([
      ["caller", "how much is it"],
      ["agent", "It is ₹1500"],
      ["caller", "too much"],
      ["agent", "Fine."],
    ]);
  });

  it("goes on with the rest when a listener's noise made the carrier stop", async () => {
    const { carrier, clock, of } = carrierCall();
    carrier.callerSays("two rooms");
    await clock.advance(100 + 19 * UNIT_MS);
    carrier.callerSays("haan");
    await clock.advance(5_000);
    expect(of("backchannel")).toMatchObject([{ text: "haan" }]);
    expect(spoken(carrier.said)).toEqual([
      "You said two rooms.",
      "Shall I book it for you?",
      "Shall I book it for you?",
    ]);
    expect(of("reply").map(({ heardText }) => heardText)).toEqual(["You said two rooms.", "Shall I book it for you?"]);
  });

  it("does not take up again what a key, or the app, has stopped", async () => {
    for (const stop of ["key", "app"] as const) {
      const { carrier, clock, of, session } = carrierCall();
      carrier.callerSays("two rooms");
      await clock.advance(100 + 19 * UNIT_MS);
      if (stop === "app") session.interrupt();
      else carrier.tell({ type: "interrupted", by: "dtmf", generation: 1, heardText: "You said", playedMs: 950 });
      await clock.advance(3_000);
      expect(of("reply")).toMatchObject([{ outcome: "interrupted" }]);
      expect(of("reply-start")).toHaveLength(1);
    }
  });

  it("tells the carrier what cannot be interrupted", async () => {
    const { carrier, clock } = carrierCall({ greeting: { text: "This call is recorded.", protected: true } });
    await clock.advance(3_000);
    expect(carrier.said[0]).toMatchObject({ text: "This call is recorded.", interruption: "none" });
  });

  it("takes words back that were not said yet, when the caller goes on", async () => {
    const { carrier, clock, of } = carrierCall();
    carrier.callerSays("I want to book");
    await clock.advance(50);
    carrier.callerSays("for tomorrow");
    await clock.advance(6_000);
    expect(of("reply").map(({ outcome }) => outcome)).toEqual(["dropped", "played"]);
    expect(spoken(carrier.said)[0]).toBe("You said I want to book for tomorrow.");
  });

  it("ends by bye, behind the goodbye", async () => {
    const { carrier, clock, of } = carrierCall();
    carrier.callerSays("okay bye");
    await clock.advance(10_000);
    expect(of("reply")).toMatchObject([{ kind: "goodbye", outcome: "played" }]);
    expect(carrier.said[0]).toMatchObject({ interruption: "none" });
    expect(of("call-end")).toMatchObject([{ reason: "farewell" }]);
  });

  it("asks into silence, and ends by it", async () => {
    const { clock, of } = carrierCall({ greeting: "Hello." });
    await clock.advance(60_000);
    const kinds = ["greeting", ...DEFAULT_LINES.silencePrompts.map(() => "silence-prompt"), "goodbye"];
    expect(of("reply").map(({ kind }) => kind)).toEqual(kinds);
    expect(of("call-end")).toMatchObject([{ reason: "silence" }]);
  });

  it("fills the silence of a slow brain, before its words and between them", async () => {
    const { carrier, clock, of } = carrierCall((clock) => ({
      brain: scriptedBrain([[{ waitMs: 4_000 }, "One. ", { waitMs: 5_000 }, "Two."]], { clock }),
      lines: { fillers: ["Let me see."] },
    }));
    carrier.callerSays("how much");
    await clock.advance(15_000);
    expect(spoken(carrier.said).filter((text) => text === "Let me see.").length).toBeGreaterThanOrEqual(2);
    expect(of("reply")).toMatchObject([{ outcome: "played" }]);
  });

  it("runs tools, follows the caller's language and asks again what was not understood", async () => {
    const { carrier, clock, of } = carrierCall((clock) => ({
      brain: scriptedBrain(
        ({ kind }) =>
          kind === "not-understood"
            ? "Please say that again."
            : [
                { type: "tool-call", toolCallId: "t1", name: "book", input: {}, run: () => "booked" } as BrainPart,
                "हो गया।",
              ],
        { clock },
      ),
    }));
    carrier.callerSays("mujhe ek kamra chahiye kal ke liye");
    await clock.advance(3_000);
    expect(of("tool-result")).toMatchObject([{ name: "book", output: "booked" }]);
    expect(carrier.languages.at(-1)).toMatch(/hi/);
    carrier.tell({ type: "transcript", result: { type: "not-understood" } });
    carrier.tell({ type: "turn-end" });
    await clock.advance(3_000);
    expect(spoken(carrier.said)).toEqual(["हो गया।", "Please say that again."]);
  });

  it("apologises for a brain that fails, and is over when the caller hangs up", async () => {
    const { carrier, clock, of } = carrierCall({
      brain: () => {
        throw new Error("no brain");
      },
    });
    carrier.callerSays("hello there");
    await clock.advance(3_000);
    expect(of("reply")[0]).toMatchObject({ outcome: "failed" });
    expect(spoken(carrier.said)).toEqual([
      typeof DEFAULT_LINES.apology === "string" ? DEFAULT_LINES.apology : DEFAULT_LINES.apology.en,
    ]);
    carrier.end("caller-hangup");
    await clock.advance(1_000);
    expect(of("call-end")).toMatchObject([{ reason: "caller-hangup" }]);
    expect(clock.pendingTimers).toBe(0);
  });

  it("needs no ears and no voice, and refuses a line that is neither", () => {
    expect(() => carrierCall()).not.toThrow();
    const wrong = { brain: () => "", transport: { specVersion: "v1", kind: "pigeon", name: "pigeon" } };
    expect(() => new VoiceSession(wrong as unknown as ConstructorParameters<typeof VoiceSession>[0])).toThrow(
      expect.objectContaining({ code: "invalid-option" }),
    );
  });
});
