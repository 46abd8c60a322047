import { describe, expect, it } from "vitest";
import { defineTool, modelBrain, switchLanguageTool } from "../../src/brain/index.js";
import { type ScriptedModel, scriptedModel } from "../../src/testing/index.js";
import { wholeCall } from "./whole-call.js";

const HELLO = [{ pauseMs: 300 }, { say: "hello there" }, { waitFor: "agent-silence" }, { hangUp: true }] as const;

describe("what a call used", () => {
  it("is told of each provider: sound heard, tokens, text spoken", async () => {
    const { of, report } = await wholeCall([...HELLO], {}, {}, (clock) => ({
      brain: modelBrain(
        scriptedModel([["Our rooms cost 500 rupees.", { type: "usage", inputTokens: 40, outputTokens: 8 }]], { clock }),
        { instructions: "", clock },
      ),
    }));
    const usage = of("usage");
    expect(usage.filter(({ component }) => component === "brain")).toMatchObject([
      { turnId: 1, provider: "scripted", model: "scripted-1", inputTokens: 40, outputTokens: 8 },
    ]);
    expect(usage.filter(({ component }) => component === "text-to-speech")).toMatchObject([
      { turnId: 1, provider: "scripted", characters: "Our rooms cost 500 rupees.".length },
    ]);
    const heardMs = usage.reduce((sum, { audioMs = 0 }) => sum + audioMs, 0);
    // The last of it is still on its way, or kept back while the agent is heard.
    expect(heardMs).toBeGreaterThan(report.durationMs - 400);
    expect(heardMs).toBeLessThanOrEqual(report.durationMs);
    expect(of("call-end")).toHaveLength(1);
  });
});

describe("metrics of a turn", () => {
  it("say how long its transcript and its first piece took", async () => {
    const { of } = await wholeCall([...HELLO]);
    const [metrics] = of("metrics");
    expect(metrics).toMatchObject({ turnId: 1 });
    const {
      endpointMs = 0,
      transcriptionMs = -1,
      brainMs = -1,
      firstPieceMs = -1,
      voiceMs = -1,
      totalMs = 0,
    } = metrics ?? {};
    expect(transcriptionMs).toBeGreaterThan(0);
    expect(transcriptionMs).toBeLessThanOrEqual(endpointMs);
    expect(brainMs).toBeGreaterThanOrEqual(0);
    expect(firstPieceMs).toBeGreaterThanOrEqual(brainMs);
    expect(totalMs).toBe(endpointMs + firstPieceMs + voiceMs);
  });
});

describe("a brain that switches the language", () => {
  it("switches it for the call: the next turn is asked in it", async () => {
    const asked: string[] = [];
    const { of } = await wholeCall(
      [
        { pauseMs: 300 },
        { say: "please use my mother tongue" },
        { waitFor: "agent-silence" },
        { say: "ok" },
        { waitFor: "agent-silence" },
        { hangUp: true },
      ],
      {},
      {},
      (clock) => ({
        brain: modelBrain(
          scriptedModel(
            ({ instructions }, count) => {
              asked.push(/Speak (\w+)/.exec(instructions)?.[1] ?? "");
              return count === 1 ? [{ call: "switch_language", input: { language: "hi" } }] : "ज़रूर, बताइए।";
            },
            { clock },
          ),
          { instructions: "", tools: [switchLanguageTool()], clock },
        ),
      }),
    );
    expect(of("language")).toMatchObject([{ from: "en", to: "hi" }]);
    expect(of("reply").map(({ language }) => language)).toEqual(["hi", "hi"]);
    expect(asked).toEqual(["English", "English", "Hindi"]);
  });
});

describe("what a tool gave to a reply that nobody heard", () => {
  it("is told with the next question", async () => {
    let model: ScriptedModel | undefined;
    await wholeCall(
      [
        { pauseMs: 300 },
        { say: "book the sea view room" },
        // Speaks again before the answer is audible: it merges, and the first answer is dropped.
        { pauseMs: 2_000 },
        { say: "with breakfast" },
        { waitFor: "agent-silence" },
        { hangUp: true },
      ],
      {},
      {},
      (clock) => {
        model = scriptedModel(
          (_request, count) =>
            count === 1 ? [{ call: "book" }] : count === 2 ? [{ waitMs: 4_000 }, "It is booked."] : "All done.",
          { clock },
        );
        const book = defineTool({ name: "book", description: "", run: () => "booking 17" });
        return {
          brain: modelBrain(model, { instructions: "", tools: [book], clock }),
          turns: { speculativeStart: false },
        };
      },
    );
    expect(model?.requests.at(-1)?.messages.at(-1)?.text).toBe(
      "[The tool book has given meanwhile: booking 17]\nbook the sea view room with breakfast",
    );
  });
});
