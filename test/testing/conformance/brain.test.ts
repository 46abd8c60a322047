import { describe, expect, it } from "vitest";
import type { Brain, BrainPart } from "../../../src/spec/index.js";
import { brainConformance, scriptedBrain } from "../../../src/testing/index.js";
import { failuresOf, IMPATIENT, QUICK } from "./failures.js";

const run = (create: () => Brain) => failuresOf(brainConformance({ create, ...QUICK }));
const good = scriptedBrain([["It costs ", { waitMs: 2 }, "500.", { type: "memory", value: { step: 2 } }]]);
const brain = (doReply: Brain["doReply"]): Brain => ({ ...good, doReply });
const never = { signal: new AbortController().signal };

describe("the brain suite", () => {
  it("passes a scripted brain", async () => {
    expect(await run(() => good)).toEqual([]);
  });

  it("passes a brain that stalls until it is aborted, but for its answers", async () => {
    const stalls = scriptedBrain([["Well ", { stall: true }]]);
    expect(await failuresOf(brainConformance({ create: () => stalls, ...IMPATIENT }))).toEqual([
      "answers the caller with words, in parts that the contract knows",
      "takes every kind of turn",
      "goes on with a call's history and memory",
      "keeps calls at once apart, and can be asked again",
      "keeps what one caller says from the others",
    ]);
  });

  it.each<[string, () => Brain, string[]]>([
    ["without a version", () => ({ ...good, specVersion: "v2" as "v1" }), ["says what it is"]],
    [
      "that does not heed the signal",
      () => brain((turn) => scriptedBrain([["a", "b", "c"]]).doReply(turn, never)),
      ["gives nothing when aborted before", "ends soon when aborted while it speaks"],
    ],
    [
      "that thinks on after an abort",
      () =>
        brain(async function* (turn, { signal }) {
          signal.throwIfAborted();
          await new Promise((resolve) => setTimeout(resolve, 5));
          if (signal.aborted) await new Promise((resolve) => setTimeout(resolve, 700));
          yield* good.doReply(turn, { signal });
        }),
      ["ends soon when aborted while it thinks"],
    ],
    [
      "that gives bare texts",
      () =>
        brain(async function* () {
          yield "hello" as unknown as BrainPart;
        }),
      [
        "answers the caller with words, in parts that the contract knows",
        "takes every kind of turn",
        "goes on with a call's history and memory",
        "keeps calls at once apart, and can be asked again",
        "gives nothing when aborted before",
      ],
    ],
    [
      "that writes into the turn",
      () =>
        brain((turn, options) => {
          (turn.history as unknown[]).push({});
          return good.doReply(turn, options);
        }),
      [
        "answers the caller with words, in parts that the contract knows",
        "takes every kind of turn",
        "goes on with a call's history and memory",
        "keeps calls at once apart, and can be asked again",
        "keeps what one caller says from the others",
        "gives nothing when aborted before",
        "ends soon when aborted while it thinks",
        "ends soon when aborted while it speaks",
        "lets go when no more is read",
      ],
    ],
    [
      "that answers one call at a time",
      () => {
        let busy = false;
        return brain(async function* (turn, options) {
          if (busy) return;
          busy = true;
          yield* good.doReply(turn, options);
          busy = false;
        });
      },
      ["keeps calls at once apart, and can be asked again"],
    ],
    [
      "that fails on a greeting",
      () =>
        brain(async function* (turn, options) {
          if (turn.kind === "greeting") throw new Error("no words");
          yield* good.doReply(turn, options);
        }),
      ["takes every kind of turn"],
    ],
  ])("catches a brain %s", async (_, create, expected) => {
    expect(await run(create)).toEqual(expected);
  });
});
