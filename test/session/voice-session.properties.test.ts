import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { BrainTurn } from "../../src/spec/index.js";
import { type CallerScript, heardText, scriptedSpeechToText, scriptedTextToSpeech } from "../../src/testing/index.js";
import { wholeCall } from "./whole-call.js";

const WORDS = [
  "kitna hai",
  "haan",
  "tell me more please",
  "ruko ek minute",
  "theek hai ji",
  "what about sunday",
  "hmm",
];

const step = fc.oneof(
  fc.record({ say: fc.constantFrom(...WORDS), wait: fc.boolean() }),
  fc.record({ say: fc.constantFrom(...WORDS), interruptAfterMs: fc.integer({ min: 100, max: 2500 }) }),
  fc.record({ pauseMs: fc.integer({ min: 100, max: 3000 }) }),
  fc.record({ press: fc.constantFrom("1", "22") }),
);

const faults = fc.record({
  sttDelayMs: fc.integer({ min: 0, max: 1500 }),
  copies: fc.integer({ min: 1, max: 3 }),
  interim: fc.boolean(),
  tellsUtterance: fc.boolean(),
  brainMs: fc.array(fc.integer({ min: 0, max: 2500 }), { minLength: 1, maxLength: 4 }),
  brainFails: fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }),
  firstByteMs: fc.integer({ min: 0, max: 900 }),
  latencyMs: fc.integer({ min: 0, max: 150 }),
  marks: fc.array(fc.constantFrom("echo" as const, "withhold" as const, "duplicate" as const, "swap" as const), {
    minLength: 1,
    maxLength: 4,
  }),
  policy: fc.constantFrom("duck" as const, "immediate" as const, "min-words" as const, "none" as const),
  speculativeStart: fc.boolean(),
});

/** What the session says while it waits for the brain: one word, so that it is heard whole or not at all. */
const FILLER = "hmm";

type Steps = typeof step extends fc.Arbitrary<infer Step> ? Step[] : never;
type Faults = typeof faults extends fc.Arbitrary<infer Each> ? Each : never;

/** What went wrong once: a listener's word that had stopped the agent, and came twice, was answered. */
const FOUND_BEFORE: [Steps, Faults][] = [
  [
    [
      { say: "kitna hai", wait: false },
      { say: "theek hai ji", interruptAfterMs: 100 },
    ],
    {
      sttDelayMs: 180,
      copies: 2,
      interim: false,
      tellsUtterance: false,
      brainMs: [0],
      brainFails: [false, false, false, false],
      firstByteMs: 0,
      latencyMs: 0,
      marks: ["echo"],
      policy: "immediate",
      speculativeStart: false,
    },
  ],
];

describe("over random callers, recognisers, brains, voices and carriers", () => {
  it("each turn is answered once at most, none is lost, the call ends, and the history is what was heard", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 6 }), faults, async (steps, with_) => {
        const script: CallerScript = [
          { pauseMs: 200 },
          ...steps.flatMap((each): CallerScript => {
            const limit = { timeoutMs: 8000, onTimeout: "continue" as const };
            if ("interruptAfterMs" in each) return [{ ...each, ...limit }];
            if (!("say" in each)) return [each];
            return [{ say: each.say }, ...(each.wait ? [{ waitFor: "agent-silence" as const, ...limit }] : [])];
          }),
          { waitFor: "agent-silence", timeoutMs: 15_000, onTimeout: "continue" },
          { hangUp: true },
        ];
        const asked: BrainTurn[] = [];
        const { report, of, clock } = await wholeCall(
          script,
          {
            interruption: { policy: with_.policy },
            turns: { speculativeStart: with_.speculativeStart },
            lines: { fillers: [FILLER] },
            limits: { failures: 100 },
          },
          {
            latencyMs: with_.latencyMs,
            faults: { mark: ({ index }) => with_.marks[index % with_.marks.length] ?? "echo" },
          },
          (clock) => ({
            speechToText: scriptedSpeechToText({
              clock,
              delayMs: with_.sttDelayMs,
              interim: with_.interim,
              tellsUtterance: with_.tellsUtterance,
              utterances: Array.from({ length: 20 }, () => ({ copies: with_.copies })),
            }),
            textToSpeech: scriptedTextToSpeech({ clock, firstByteMs: with_.firstByteMs, wordTimings: true }),
            async brain(turn) {
              asked.push(turn);
              const waitMs = with_.brainMs[asked.length % with_.brainMs.length] ?? 0;
              await new Promise<void>((resolve) => clock.setTimer(resolve, waitMs));
              if (with_.brainFails[asked.length % 4] === true && asked.length % 3 === 0) throw new Error("no idea");
              return `answer ${turn.turnId} to what was said just now`;
            },
          }),
        );

        expect(of("call-end")).toHaveLength(1);
        expect(clock.pendingTimers).toBe(0);
        const replies = of("reply");
        expect(replies.map(({ generation }) => generation)).toEqual(
          of("reply-start").map(({ generation }) => generation),
        );

        // Of one turn one answer is heard, whole or in parts: a resumed rest is never the same words again.
        for (const { turnId } of of("turn-end")) {
          const heard = replies.filter((reply) => reply.turnId === turnId && reply.kind === "answer");
          const told = heard
            .map((reply) => reply.heardText)
            .join(" ")
            .replaceAll(FILLER, "")
            .replace(/ +/g, " ")
            .trim();
          const whole = `answer ${turnId} to what was said just now`;
          expect(whole.startsWith(told) || told === "", `turn ${turnId}: "${told}"`).toBe(true);
        }

        // What the recogniser said for good is in a turn, or was a listener's.
        const endsAtMs = of("state").find(({ state }) => state === "ending")?.atMs ?? report.end.atMs;
        for (const { text, turnId, final, atMs } of of("transcript")) {
          if (!final || atMs >= endsAtMs) continue;
          const places = [...of("turn-end"), ...of("backchannel")].filter((event) => event.turnId === turnId);
          expect(
            places.some((event) => event.text.includes(text)),
            `"${text}" of turn ${turnId}`,
          ).toBe(true);
        }

        // The last question's history is what was told as heard until then.
        const last = asked.at(-1);
        if (last !== undefined) {
          const told = replies.map((reply) => reply.heardText).filter((text) => text !== "");
          const remembered = last.history.filter(({ role }) => role === "agent").map(({ text }) => text);
          expect(told.slice(0, remembered.length)).toEqual(remembered);
        }
        // And what was told is what was heard, up to a word a reply.
        const words = (text: string) => text.split(/\s+/).filter((word) => word !== "");
        const heardWords = words(heardText(report)).filter((word, at, all) => word !== all[at - 1]);
        const toldWords = words(replies.map((reply) => reply.heardText).join(" "));
        expect(Math.abs(heardWords.length - toldWords.length)).toBeLessThanOrEqual(2 * replies.length);
      }),
      { numRuns: 60, examples: FOUND_BEFORE },
    );
  }, 60_000);
});
