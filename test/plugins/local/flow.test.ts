import { describe, expect, it } from "vitest";
import { comparableWords, matchLength } from "../../../src/plugins/local/flow/match-phrases.js";
import {
  demoLeadFlow,
  type Flow,
  type FlowMemory,
  flowBrain,
  flowPhrases,
  stepFlow,
} from "../../../src/plugins/local/index.js";
import type { BrainPart, BrainTurn, Language } from "../../../src/spec/index.js";

/** Plays a whole call: what the caller says, and what the agent answers, with the step it stands at then. */
function play(flow: Flow, ...lines: readonly (readonly [text: string, language: Language])[]) {
  let memory: FlowMemory | undefined;
  return lines.map(([text, language]) => {
    const kind = text === "" ? "not-understood" : "caller";
    const reply = stepFlow(flow, memory, { kind, text, language });
    memory = reply.memory;
    return { said: reply.say.map((part) => part.text).join(" "), step: reply.memory.step, ended: reply.endCall };
  });
}

describe("the demo lead flow", () => {
  it("books a visit in Hindi", () => {
    const call = play(
      demoLeadFlow,
      ["haan ji", "hi"],
      ["main dilli mein rehta hoon", "hi"],
      ["paanch hazaar rupaye", "hi"],
      ["kal subah", "hi"],
      ["theek hai", "hi"],
      ["ji nahin", "hi"],
    );
    expect(call.map(({ step }) => step)).toEqual(["city", "bill", "visit", "confirm", "booked", "thanks"]);
    expect(call[1]?.said).toBe("दिल्ली में हमारी टीम है। आपका बिजली का बिल हर महीने कितना आता है?");
    expect(call[3]?.said).toBe("तो हमारे इंजीनियर कल सुबह दिल्ली आएँगे। ठीक है?");
    expect(call.map(({ ended }) => ended)).toEqual([false, false, false, false, false, true]);
  });

  it("books a visit in English, with questions in between that lead back to the step", () => {
    const call = play(
      demoLeadFlow,
      ["yes please", "en"],
      ["what is the price", "en"],
      ["that is too expensive", "en"],
      ["i live in mumbai", "en"],
      ["about three thousand", "en"],
      ["on sunday", "en"],
      ["no", "en"],
      ["tomorrow evening", "en"],
      ["that is right", "en"],
    );
    expect(call.map(({ step }) => step)).toEqual([
      "city",
      "city",
      "city",
      "bill",
      "visit",
      "confirm",
      "visit",
      "confirm",
      "booked",
    ]);
    expect(call[1]?.said).toMatch(/one lakh eighty thousand rupees.* Which city do you live in\?$/);
    expect(call[7]?.said).toBe("So our engineer comes to Mumbai, tomorrow evening. Is that right?");
  });

  it("follows the caller's language from turn to turn, and a wish for the rest of the call", () => {
    const call = play(
      demoLeadFlow,
      ["yes", "en"],
      ["dilli", "hi"],
      ["please speak in hindi", "en"],
      ["three thousand rupees", "en"],
    );
    expect(call[0]?.said).toBe("Very good. Which city do you live in?");
    expect(call[1]?.said).toMatch(/^दिल्ली में/);
    expect(call[2]?.said).toMatch(/^जी, हिंदी में/);
    expect(call[3]?.said).toMatch(/^तीन हज़ार/);
  });

  it("asks again when it does not understand, each time in other words, and then gives the call to a person", () => {
    const call = play(demoLeadFlow, ["yes", "en"], ["", "en"], ["purple elephants", "en"], ["", "en"], ["", "en"]);
    const again = call.slice(1, 4).map(({ said }) => said);
    expect(new Set(again).size).toBe(3);
    for (const said of again) expect(said).toMatch(/Which city do you live in\?$/);
    expect(call[4]).toMatchObject({ step: "person", ended: true });
  });

  it.each([
    ["i am not interested", "farewell"],
    ["mujhe nahin chahiye", "farewell"],
    ["call me later", "callBack"],
    ["i want to talk to a person", "person"],
  ])("understands %j at any step", (text, step) => {
    const call = play(demoLeadFlow, ["yes", "en"], ["i live in pune", "en"], [text, "en"]);
    expect(call[2]).toMatchObject({ step, ended: true });
  });

  it.each([
    ["abhi time nahin hai", "callBack"],
    ["mujhe nahin chahiye", "farewell"],
    ["no i want to talk to a person", "person"],
    ["no", "visit"],
  ])("takes %j for all it says, not for the yes or no in it", (text, step) => {
    const confirm: FlowMemory = { step: "confirm", slots: {}, misses: 0 };
    expect(stepFlow(demoLeadFlow, confirm, { kind: "caller", text, language: "hi" }).memory.step).toBe(step);
  });

  it("never greets again for a hello in the middle", () => {
    const [, hello] = play(demoLeadFlow, ["yes", "en"], ["hello", "en"]);
    expect(hello?.said).toBe("Hello! Which city do you live in?");
  });

  it("gives the recogniser every phrase once", () => {
    const { en, hi } = flowPhrases(demoLeadFlow);
    expect(new Set([...en, ...hi]).size).toBe(en.length + hi.length);
    expect(en).toContain("tomorrow morning");
    expect(hi).toContain("main jaipur mein rehta hoon");
  });
});

describe("phrases", () => {
  it.each([
    ["haan ji bilkul", "haan", 1],
    ["हाँ", "हां", 1],
    ["kya aap haa bole", "haan", 1],
    ["yesterday", "yes", 0],
    ["not now", "no", 0],
    ["I live in New Delhi.", "delhi", 1],
    ["what is the price please", "what is the price", 4],
    ["the price is what", "what is the price", 0],
  ])("%j has %j in %i words", (text, phrase, length) => {
    expect(matchLength(comparableWords(text), { en: [phrase], hi: [] })).toBe(length);
  });
});

describe("flowBrain", () => {
  const turn = (change: Partial<BrainTurn>): BrainTurn => ({
    call: { callId: "CA1", direction: "inbound", parameters: {} },
    turnId: 1,
    kind: "caller",
    text: "",
    language: "en",
    history: [],
    lateToolResults: [],
    memory: undefined,
    ...change,
  });
  const parts = async (asked: BrainTurn, signal = new AbortController().signal): Promise<BrainPart[]> => {
    const all: BrainPart[] = [];
    for await (const part of flowBrain(demoLeadFlow).doReply(asked, { signal })) all.push(part);
    return all;
  };

  it("greets in two languages", async () => {
    expect(await parts(turn({ kind: "greeting" }))).toEqual([
      { type: "memory", value: { step: "interest", slots: {}, misses: 0 } },
      { type: "language", language: "hi" },
      { type: "text", text: "नमस्ते! " },
      { type: "language", language: "en" },
      { type: "text", text: "This is Asha from Suraj Solar. Would you like solar panels for your home? " },
    ]);
  });

  it("keeps two calls apart, and ends the call behind its last words", async () => {
    const booked: FlowMemory = { step: "booked", slots: {}, misses: 0 };
    expect((await parts(turn({ text: "no", memory: booked }))).at(-1)).toEqual({ type: "end-call" });
    expect((await parts(turn({ text: "yes", memory: { step: "interest", slots: {}, misses: 0 } })))[0]).toMatchObject({
      value: { step: "city" },
    });
  });

  it("starts over with a memory that is none of its own", async () => {
    expect((await parts(turn({ text: "yes", memory: "what" })))[0]).toMatchObject({ value: { step: "city" } });
  });

  it("stops when aborted", async () => {
    await expect(parts(turn({ text: "yes" }), AbortSignal.abort(new Error("enough")))).rejects.toThrow("enough");
  });

  it("refuses a flow that is wrong, and names each place", () => {
    const wrong: Flow = {
      start: "nowhere",
      intents: {},
      steps: { one: { say: "Hello", answers: [{ intent: "yes", goTo: "two" }] }, three: { say: "Stuck" } },
      notUnderstood: ["Sorry?"],
      giveUp: "one",
    };
    expect(() => flowBrain(wrong)).toThrow(
      expect.objectContaining({
        code: "invalid-flow",
        message: expect.stringMatching(
          /no step "nowhere"[\s\S]*no intent "yes"[\s\S]*no step "two"[\s\S]*at steps\.three/,
        ),
      }),
    );
    const misspelt = { say: { en: "Which city?", hi: "{ctiy} में?" }, ends: true };
    expect(() => flowBrain({ ...demoLeadFlow, steps: { ...demoLeadFlow.steps, city: misspelt } })).toThrow(
      /There is no slot "ctiy"\n {2}→ at steps\.city\.say/,
    );
    expect(() => flowBrain({ ...demoLeadFlow, notUnderstood: [], extra: 1 } as Flow)).toThrow(/notUnderstood/);
  });
});
