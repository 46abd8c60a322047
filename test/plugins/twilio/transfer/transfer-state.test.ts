import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  INITIAL_TRANSFER,
  stepTransfer,
  type TransferAcceptance,
  type TransferInput,
  type TransferState,
} from "../../../../src/plugins/twilio/transfer/index.js";

const run = (inputs: readonly TransferInput[], acceptance: TransferAcceptance) =>
  inputs.reduce<TransferState>((state, input) => stepTransfer(state, input, acceptance), INITIAL_TRANSFER);

const answered: TransferInput = { type: "answered" };
const yes: TransferInput = { type: "key", accepts: true };
const no: TransferInput = { type: "key", accepts: false };
const left: TransferInput = { type: "caller-left" };
const lost: TransferInput = { type: "lost" };
const dialed = (status: string, more: { bridged?: boolean; talkedMs?: number } = {}): TransferInput => ({
  type: "dialed",
  status,
  ...more,
});

describe("a transfer", () => {
  it.each<[string, TransferAcceptance, readonly TransferInput[], TransferState]>([
    [
      "talked",
      "key",
      [answered, yes, dialed("completed", { talkedMs: 9_000 })],
      { phase: "over", end: "talked", talkedMs: 9_000 },
    ],
    ["talked, says Twilio", "key", [dialed("completed", { bridged: true })], { phase: "over", end: "talked" }],
    ["another key", "key", [answered, no, dialed("completed")], { phase: "over", end: "declined" }],
    ["no key: a mailbox", "key", [answered, dialed("completed")], { phase: "over", end: "declined" }],
    ["hung up in the briefing", "listen", [answered, dialed("no-answer")], { phase: "over", end: "declined" }],
    ["the briefing missed", "key", [dialed("completed")], { phase: "over", end: "declined" }],
    [
      "hung up as they took it",
      "key",
      [answered, yes, dialed("completed", { bridged: false })],
      { phase: "over", end: "declined" },
    ],
    ["listened", "listen", [answered, dialed("completed")], { phase: "over", end: "talked" }],
    [
      "hung up while listening",
      "listen",
      [answered, dialed("completed", { bridged: false })],
      { phase: "over", end: "declined" },
    ],
    ["picked up", "answer", [dialed("completed")], { phase: "over", end: "talked" }],
    ["picked up, older Twilio", "answer", [dialed("answered")], { phase: "over", end: "talked" }],
    ["busy", "key", [dialed("busy")], { phase: "over", end: "busy" }],
    ["nobody", "answer", [dialed("no-answer")], { phase: "over", end: "no-answer" }],
    ["no such number", "listen", [dialed("failed")], { phase: "over", end: "failed" }],
    ["the caller gave up", "key", [answered, dialed("canceled")], { phase: "over", end: "caller-left" }],
    ["the caller hung up", "key", [answered, left, dialed("completed")], { phase: "over", end: "caller-left" }],
    ["the caller hung up behind the talk", "key", [answered, yes, left], { phase: "over", end: "talked" }],
    ["nothing heard", "key", [answered, lost], { phase: "over", end: "failed" }],
    ["not over", "key", [answered, answered], { phase: "briefing" }],
    ["the first key counts", "key", [answered, no, yes], { phase: "declined" }],
    ["a key before the briefing", "key", [yes, answered], { phase: "accepted" }],
  ])("%s", (_name, acceptance, inputs, expected) => {
    expect(run(inputs, acceptance)).toEqual(expected);
  });

  const anInput = fc.oneof(
    fc.constantFrom(answered, yes, no, left, lost),
    fc.record(
      {
        type: fc.constant("dialed" as const),
        status: fc.constantFrom("completed", "answered", "busy", "no-answer", "failed", "canceled", "what"),
        bridged: fc.boolean(),
        talkedMs: fc.nat(),
      },
      { requiredKeys: ["type", "status"] },
    ),
  );
  const anAcceptance = fc.constantFrom<TransferAcceptance>("key", "listen", "answer");

  it("ends once, whatever comes, however often", () => {
    fc.assert(
      fc.property(fc.array(anInput), anAcceptance, (inputs, acceptance) => {
        let state = INITIAL_TRANSFER;
        for (const input of inputs) {
          const next = stepTransfer(state, input, acceptance);
          if (state.phase === "over") expect(next).toBe(state);
          expect(next.end !== undefined).toBe(next.phase === "over");
          expect(stepTransfer(next, input, acceptance)).toEqual(next);
          state = next;
        }
      }),
    );
  });

  it("is a talk only if somebody took the call, or Twilio says so", () => {
    fc.assert(
      fc.property(fc.array(anInput), (inputs) => {
        const { end } = run(inputs, "key");
        const taken = inputs.some((input) => input.type === "key" && input.accepts);
        const bridged = inputs.some((input) => input.type === "dialed" && input.bridged === true);
        if (end === "talked") expect(taken || bridged).toBe(true);
      }),
    );
  });

  it.each<[string, readonly TransferInput[], string]>([
    ["a talk", [answered, yes, dialed("completed", { bridged: true })], "talked"],
    ["a talk, heard of at the end, too", [answered, yes, dialed("completed", { bridged: true }), answered], "talked"],
    ["nobody there", [dialed("no-answer")], "no-answer"],
    ["a mailbox", [answered, dialed("completed", { bridged: false })], "declined"],
  ])("of %s ends the same in any order, with everything doubled", (_name, story, end) => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...story, ...story], { minLength: story.length * 2 }), (inputs) => {
        expect(run(inputs, "key").end).toBe(end);
      }),
    );
  });
});
