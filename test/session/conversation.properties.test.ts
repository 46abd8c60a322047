import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { answeredCall, RULES } from "./call.js";

/** What may happen next, in whatever order. Ids reach into the past and the future: providers and carriers do lie. */
const happening = fc.oneof(
  fc.record({ type: fc.constant("speech-start" as const) }),
  fc.record({ type: fc.constant("speech" as const), voicedMs: fc.constantFrom(40, 240, 280, 320, 700, 1200) }),
  fc.record({ type: fc.constant("speech-end" as const), speechMs: fc.integer({ min: 20, max: 4000 }) }),
  fc.record({
    type: fc.constant("transcript" as const),
    id: fc.option(fc.integer({ min: 1, max: 12 }), { nil: undefined }),
    kind: fc.constantFrom("final", "interim", "no-speech", "not-understood"),
    text: fc.constantFrom("", "yes please", "kitna paisa", "haan", "h", "ruko", "okay bye", "what is the price"),
  }),
  fc.record({ type: fc.constant("playback-start" as const), back: fc.nat({ max: 2 }) }),
  fc.record({ type: fc.constant("reply-over" as const), back: fc.nat({ max: 2 }), failed: fc.boolean() }),
  fc.record({ type: fc.constant("reply-ends-call" as const), back: fc.nat({ max: 2 }) }),
  fc.record({
    type: fc.constant("reply-interruption" as const),
    back: fc.nat({ max: 1 }),
    policy: fc.constantFrom("duck" as const, "immediate" as const, "min-words" as const, "none" as const),
  }),
  fc.record({ type: fc.constant("tool-result" as const), back: fc.nat({ max: 3 }) }),
  fc.record({ type: fc.constant("dtmf" as const), digit: fc.constantFrom("1", "#") }),
  fc.record({ type: fc.constant("end-turn" as const) }),
  fc.record({ type: fc.constant("interrupt" as const) }),
  fc.record({ type: fc.constant("say" as const), text: fc.constant("One moment.") }),
  fc.record({ type: fc.constant("tick" as const) }),
);

const story = fc.tuple(
  fc.record({
    policy: fc.constantFrom("duck" as const, "immediate" as const, "min-words" as const, "none" as const),
    end: fc.constantFrom("silence" as const, "silence" as const, "manual" as const),
    speculativeStart: fc.boolean(),
    dtmf: fc.boolean(),
  }),
  fc.array(fc.tuple(fc.integer({ min: 0, max: 3000 }), happening), { maxLength: 80 }),
);
type Story = typeof story extends fc.Arbitrary<infer T> ? T : never;

function play([{ policy, dtmf, end, speculativeStart }, happenings]: Story) {
  const call = answeredCall({
    interruption: { ...RULES.interruption, policy, dtmf },
    turns: { end, endKey: "#", speculativeStart },
  });
  let atMs = 0;
  for (const [waitMs, next] of happenings) {
    atMs += waitMs;
    const generation = call.state.generationCount - ("back" in next ? next.back : 0);
    switch (next.type) {
      case "speech-end":
        call.at(atMs, { ...next, endedAtMs: atMs });
        break;
      case "transcript": {
        const own = next.id === undefined ? {} : { utteranceId: `utterance-${next.id}` };
        const kind = next.kind;
        if (kind === "final" || kind === "interim") {
          call.at(atMs, {
            type: "transcript",
            result: { type: "transcript", final: kind === "final", text: next.text, ...own },
          });
        } else call.at(atMs, { type: "transcript", result: { type: kind as "no-speech", ...own } });
        break;
      }
      case "playback-start":
        call.at(atMs, { type: "playback-start", generation, voiceMs: 1 });
        break;
      case "reply-over":
        call.at(atMs, {
          type: "reply-over",
          generation,
          failed: next.failed,
          text: "Fine.",
          heardText: "Fine.",
          unheardText: "",
          playedMs: 1,
        });
        break;
      case "reply-interruption":
        call.at(atMs, { type: "reply-interruption", generation, policy: next.policy });
        break;
      case "tool-result":
        call.at(atMs, { type: "tool-result", generation, toolCallId: "t", name: "book", output: 1 });
        break;
      case "reply-ends-call":
        call.at(atMs, { type: "reply-ends-call", generation });
        break;
      default:
        call.at(atMs, next);
    }
  }
  return { call, atMs };
}

/** What the recogniser said for good was answered, was a listener's, was corrected later, or came when the call was ending. */
function expectNothingLost(call: ReturnType<typeof play>["call"]): void {
  const endsAtMs = call.events("state").find((event) => (event as unknown as { state: string }).state === "ending")?.at;
  const finals = call
    .events("transcript")
    .map((event) => event as unknown as { at: number; turnId: number; final: boolean; text: string })
    .filter(({ final, at }) => final && at < (endsAtMs ?? Number.POSITIVE_INFINITY));
  const dealtWith = [...call.events("turn-end"), ...call.events("backchannel")].map(
    (event) => event as unknown as { turnId: number; text: string },
  );
  finals.forEach(({ turnId, text }, index) => {
    if (text === "h" || finals.slice(index + 1).some((later) => later.turnId === turnId)) return;
    expect(
      dealtWith.filter((turn) => turn.turnId === turnId).map((turn) => turn.text.includes(text)),
      `"${text}" of turn ${turnId}`,
    ).toContain(true);
  });
}

describe("over random calls", () => {
  it("each turn gets at most one answer that is heard, each reply exactly one end, and the call one end", () => {
    fc.assert(
      fc.property(story, (happenings) => {
        const { call, atMs } = play(happenings);
        call.at(atMs + 1, { type: "transport-end", reason: "caller-hangup" });

        const started = call.events("reply-start").map((event) => event as unknown as { generation: number });
        const ended = call.events("reply").map((event) => event as unknown as { generation: number });
        expect(ended.map(({ generation }) => generation).sort()).toEqual(
          started.map(({ generation }) => generation).sort(),
        );

        const heardAnswers = new Map<number, number>();
        for (const event of call.events("reply")) {
          const { kind, outcome, turnId } = event as unknown as { kind: string; outcome: string; turnId: number };
          if (kind === "answer" && (outcome === "played" || outcome === "interrupted")) {
            heardAnswers.set(turnId, (heardAnswers.get(turnId) ?? 0) + 1);
          }
        }
        const resumed = call.actions("speak").length;
        for (const [turnId, times] of heardAnswers) {
          expect(times, `turn ${turnId} was answered ${times} times`).toBeLessThanOrEqual(1 + resumed);
        }
        // What was begun ahead and dropped is no answer.
        const begun = new Set(started.map(({ generation }) => generation));
        const answers = call.actions("ask-brain").filter(({ generation }) => begun.has(generation));
        const asked = answers.map(({ question }) => `${question.turnId} ${question.text}`);
        expect(new Set(asked).size, asked.join(" | ")).toBeGreaterThanOrEqual(asked.length - ended.length);

        expect(call.events("call-end")).toHaveLength(1);
        expect(call.log.at(-1)?.action).toEqual({ type: "close" });
        expect(call.state.deadlines).toEqual({});
      }),
      { numRuns: 5000 },
    );
  });

  it("is never stuck: left alone, with replies that are heard out, it ends by silence", () => {
    fc.assert(
      fc.property(story, (happenings) => {
        const { call, atMs } = play(happenings);
        let nowMs = atMs;
        for (let round = 0; round < 400 && call.state.phase !== "over"; round += 1) {
          nowMs += 250;
          if (call.state.callerSpeaking) call.at(nowMs, { type: "speech-end", endedAtMs: nowMs, speechMs: 100 });
          const { reply } = call.state;
          if (reply?.audible === true) call.plays(nowMs, nowMs);
          else if (reply !== undefined && !reply.held)
            call.at(nowMs, { type: "playback-start", generation: reply.generation, voiceMs: 1 });
          call.until(nowMs);
        }
        expect(call.state.phase).toBe("over");
        expectNothingLost(call);
      }),
      { numRuns: 5000 },
    );
  });

  it("every answer stands in the history as it was heard", () => {
    fc.assert(
      fc.property(story, (happenings) => {
        const { call } = play(happenings);
        const told = call.events("reply").map((event) => (event as unknown as { heardText: string }).heardText);
        const remembered = call.state.history.filter(({ role }) => role === "agent").map(({ text }) => text);
        expect(remembered).toEqual(told.filter((text) => text !== ""));
      }),
    );
  });
});
