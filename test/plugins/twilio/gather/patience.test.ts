import { describe, expect, it } from "vitest";
import { answerAtMs, type Expectation, type Outlook } from "../../../../src/plugins/twilio/gather/patience.js";

const LIMITS = { answerWithinMs: 2_600, wholeReplyMs: 1_500 };
const NONE: Outlook = { pieces: 0, ready: 0, readySinceMs: undefined, open: false };
const SINCE = 10_000;

describe("a webhook is answered", () => {
  it.each<[string, Partial<Outlook>, Expectation, number]>([
    ["at once, if a whole reply is there", { pieces: 2, ready: 2, readySinceMs: 10_200 }, "reply", 0],
    [
      "after a while, if more of the reply may come",
      { pieces: 1, ready: 1, readySinceMs: 10_200, open: true },
      "reply",
      1_500,
    ],
    ["after a while, if the rest is still being made", { pieces: 2, ready: 1, readySinceMs: 10_200 }, "reply", 1_500],
    ["sooner, if it was there before", { pieces: 1, ready: 1, readySinceMs: 9_000, open: true }, "reply", 500],
    ["at once, if it was there for long", { pieces: 1, ready: 1, readySinceMs: 5_000, open: true }, "reply", 0],
    ["at once with the rest of a reply", { pieces: 1, ready: 1, readySinceMs: 9_000, open: true }, "rest", 0],
    [
      "a moment later with a rest that has just begun to come",
      { pieces: 1, ready: 1, readySinceMs: 10_300, open: true },
      "rest",
      400,
    ],
    ["late, if the sound is not made", { pieces: 1, ready: 0, open: true }, "rest", 2_600],
    ["late, if a reply is to come", {}, "reply", 2_600],
    ["soon, if the rest of a reply is to come", { open: true }, "nothing", 700],
    ["soon, if a reply is overdue", {}, "rest", 700],
    ["sooner behind keys", {}, "keys", 400],
    ["almost at once, if there is nothing to come", {}, "nothing", 50],
  ])("%s", (_name, outlook, expects, afterMs) => {
    expect(answerAtMs({ ...NONE, ...outlook }, expects, SINCE, LIMITS) - SINCE).toBe(afterMs);
  });
});
