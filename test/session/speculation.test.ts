import { describe, expect, it } from "vitest";
import { answeredCall, HEARD } from "./call.js";

const TURNS = { end: "silence", speculativeStart: true } as const;
const call = () => answeredCall({ turns: TURNS });
const asked = (played: ReturnType<typeof call>) =>
  played
    .actions("ask-brain")
    .map(({ atMs, generation, speculative, question }) => [atMs, generation, speculative, question.text]);

describe("an answer begun ahead", () => {
  it("starts with the words, and counts from the end of the turn", () => {
    const played = call().says(1000, 2000, "what is the price");
    expect(asked(played)).toEqual([[2100, 1, true, "what is the price"]]);
    expect([played.events("reply-start"), played.state.reply]).toEqual([[], undefined]);
    played.until(2900);
    expect(played.actions("commit-reply")).toMatchObject([{ atMs: 2900, generation: 1 }]);
    expect(played.events("reply-start")).toMatchObject([{ at: 2900, generation: 1, turnId: 1 }]);
    expect(asked(played)).toHaveLength(1);
  });

  it("leaves no trace when the caller goes on", () => {
    const played = call().says(1000, 2000, "what is the price").says(2500, 3200, "of the big one").until(5000);
    expect(asked(played)).toEqual([
      [2100, 1, true, "what is the price"],
      [3300, 2, true, "what is the price of the big one"],
    ]);
    expect(played.actions("stop-reply")).toMatchObject([{ atMs: 3300, generation: 1 }]);
    expect(played.events("reply")).toEqual([]);
    expect(played.events("reply-start")).toMatchObject([{ generation: 2 }]);
    expect(played.events("turn-end")).toMatchObject([{ text: "what is the price of the big one" }]);
  });

  it("stays when a noise interrupts the wait and the words are the same", () => {
    const played = call().says(1000, 2000, "what is the price");
    played.at(2400, { type: "speech-start" }).at(2600, { type: "speech-end", endedAtMs: 2600, speechMs: 100 });
    played.at(2700, { type: "transcript", result: { type: "no-speech", utteranceId: "utterance-2" } }).until(4000);
    expect(asked(played)).toHaveLength(1);
    expect(played.actions("commit-reply")).toHaveLength(1);
  });

  it("stays when the final differs in capitals and full stops only", () => {
    const played = call().at(1000, { type: "speech-start" });
    const words = (text: string, final: boolean) =>
      ({ type: "transcript", result: { type: "transcript", final, text, utteranceId: "utterance-1" } }) as const;
    played.at(1900, words("what is the price", false));
    played.at(2000, { type: "speech-end", endedAtMs: 2000, speechMs: 1000 });
    played.at(2300, words("What is the price?", true)).until(4000);
    expect(asked(played)).toEqual([[2000, 1, true, "what is the price"]]);
    expect(played.events("turn-end")).toMatchObject([{ text: "What is the price?" }]);
    expect(played.actions("commit-reply")).toHaveLength(1);
  });

  it("is begun three times a turn at most", () => {
    const played = call();
    for (let at = 1000, n = 1; n <= 5; at += 1000, n += 1) played.says(at, at + 500, `words ${n}`);
    played.until(9000);
    expect(asked(played).map(([, , speculative]) => speculative)).toEqual([true, true, true, false]);
    expect(played.events("reply-start")).toHaveLength(1);
  });

  it("is not begun for a goodbye, nor while the agent speaks", () => {
    expect(asked(call().says(1000, 2000, "okay bye"))).toEqual([]);
    const played = call().says(1000, 2000, "what is the price").until(2900);
    played.at(3000, { type: "playback-start", generation: 1, voiceMs: 1 }).says(4000, 4200, "haan");
    expect(asked(played)).toHaveLength(1);
  });

  it("that fails is asked for again when the turn ends", () => {
    const played = call().says(1000, 2000, "what is the price");
    played.at(2300, { type: "reply-over", generation: 1, failed: true, ...HEARD, heardText: "" }).until(4000);
    expect(asked(played)).toEqual([
      [2100, 1, true, "what is the price"],
      [2900, 2, false, "what is the price"],
    ]);
    expect(played.state.failures).toBe(0);
  });

  it("is remembered and ends the call only once its turn is over", () => {
    const played = call().says(1000, 2000, "what is the price");
    played.at(2200, { type: "reply-memory", generation: 1, value: "asked" });
    played.at(2300, { type: "reply-ends-call", generation: 1 });
    expect([played.state.memory, played.state.ending]).toEqual([undefined, undefined]);
    played.at(3000, { type: "playback-start", generation: 1, voiceMs: 1 });
    expect([played.state.memory, played.state.ending]).toEqual(["asked", "agent-end"]);
  });

  it("does not outlive the call's end", () => {
    const played = call().says(1000, 2000, "what is the price").at(2200, { type: "end", lastWords: "Bye." });
    expect(played.actions("stop-reply")).toMatchObject([{ generation: 1 }]);
    expect(played.actions("commit-reply")).toEqual([]);
    expect(played.actions("speak")).toMatchObject([{ generation: 2, text: "Bye." }]);
  });
});

describe("manual turns", () => {
  const manual = () => answeredCall({ turns: { end: "manual", endKey: "#", speculativeStart: false } });

  it("end by the app's word alone", () => {
    const played = manual().says(1000, 2000, "one").says(5000, 6000, "two").until(20_000);
    expect(played.events("turn-end")).toEqual([]);
    expect(played.at(20_000, { type: "end-turn" }).events("turn-end")).toMatchObject([{ at: 20_000, text: "one two" }]);
  });

  it("end by the key, while the caller still speaks, once the words have come", () => {
    const played = manual().at(1000, { type: "speech-start" }).at(3000, { type: "dtmf", digit: "#" });
    expect(played.actions("utterance-end")).toMatchObject([{ atMs: 3000 }]);
    const result = { type: "transcript", final: true, text: "nine eight", utteranceId: "utterance-1" } as const;
    played.at(3400, { type: "transcript", result });
    expect(played.events("turn-end")).toMatchObject([{ at: 3400, text: "nine eight" }]);
  });

  it("end by their longest length", () => {
    expect(manual().says(1000, 2000, "one").until(61_000).events("turn-end")).toMatchObject([{ at: 61_000 }]);
  });
});

describe("a caller who is away", () => {
  it("is told of once, and again when back", () => {
    const played = answeredCall().until(8000).plays(8100, 9000).until(15_000);
    expect(played.events("caller-away")).toMatchObject([{ at: 15_000, away: true }]);
    played.at(15_500, { type: "speech-start" });
    expect(played.events("caller-away")).toMatchObject([{}, { at: 15_500, away: false }]);
  });

  it("is not away while the agent speaks, or right after", () => {
    const played = answeredCall().says(1000, 2000, "tell me more").until(3000);
    played.at(3000, { type: "playback-start", generation: 1, voiceMs: 1 }).until(30_000);
    expect(played.events("caller-away")).toEqual([]);
  });
});
