import { describe, expect, it } from "vitest";
import { defineTool, endCallTool } from "../../src/brain/index.js";
import { type SpeechToSpeechAgentOptions, speechToSpeechAgent } from "../../src/speech-to-speech/index.js";
import {
  type CallerScript,
  heardText,
  type ScriptedSpeechToSpeech,
  type ScriptedSpeechToSpeechOptions,
  scriptedSpeechToSpeech,
} from "../../src/testing/index.js";
import { wholeCall } from "../session/whole-call.js";

const ASK: CallerScript = [
  { pauseMs: 300 },
  { say: "what does a room cost" },
  { waitFor: "agent-silence" },
  { hangUp: true },
];

/** A whole call with a scripted model that hears and speaks. */
async function call(
  reply: ScriptedSpeechToSpeechOptions["reply"],
  script: CallerScript = ASK,
  options: Partial<SpeechToSpeechAgentOptions> = {},
  agent: Parameters<typeof wholeCall>[1] = {},
) {
  let model: ScriptedSpeechToSpeech | undefined;
  const result = await wholeCall(script, agent, {}, (clock) => {
    model = scriptedSpeechToSpeech({ clock, reply });
    return speechToSpeechAgent(model, { instructions: "You sell rooms.", clock, ...options });
  });
  const { connections } = model as ScriptedSpeechToSpeech;
  return { ...result, connections, told: connections.flat(), heard: heardText(result.report) };
}

describe("an agent whose model hears and speaks", () => {
  it("answers once, in the model's own voice", async () => {
    const { heard, told, of } = await call((words) => `you asked ${words}. it is five hundred`);
    expect(heard).toBe("you asked what does a room cost. it is five hundred");
    expect(told).toEqual(["commit: what does a room cost", "respond"]);
    expect(of("reply")).toMatchObject([{ kind: "answer", outcome: "played", heardText: heard }]);
    expect(of("turn-end")).toMatchObject([{ text: "what does a room cost" }]);
    expect(of("usage").filter(({ component }) => component === "brain")).toMatchObject([
      { provider: "scripted", model: "scripted-voice-1", outputTokens: 20 },
    ]);
  });

  it("greets, and says the session's own lines word for word", async () => {
    const script: CallerScript = [
      { waitFor: "agent-silence" },
      { say: "bye" },
      { waitFor: "agent-silence" },
      { pauseMs: 3_000 },
    ];
    const { told, of } = await call(() => "hello and welcome", script, {}, { greeting: "brain" });
    expect(told[0]).toMatch(/^text: \[The call has just begun/);
    expect(told.slice(-2)).toEqual(["say: Thank you for your time.", "say: Goodbye!"]);
    expect(of("call-end")).toMatchObject([{ reason: "farewell" }]);
  });

  it("is told what was heard of an answer that was interrupted, and of the caller's keys", async () => {
    const { told, of } = await call(
      (words) => (words.includes("room") ? "one two three four five six seven eight nine ten" : "very well"),
      [
        { pauseMs: 300 },
        { say: "what does a room cost" },
        { interruptAfterMs: 900, say: "stop please tell me another thing" },
        { waitFor: "agent-silence" },
        { press: "5" },
        { pauseMs: 200 },
        { hangUp: true },
      ],
      {},
      { interruption: { policy: "immediate" } },
    );
    const [bargeIn] = of("barge-in");
    expect(bargeIn?.playedMs).toBeGreaterThan(500);
    expect(told).toContain(`truncate request-1 at ${Math.round(bargeIn?.playedMs ?? 0)}`);
    expect(told.at(-1)).toBe("text: [The caller pressed 5.]");
    expect(of("reply")[0]).toMatchObject({ outcome: "interrupted", heardText: bargeIn?.heardText });
  });

  it("cancels an answer that is still being made", async () => {
    const { told } = await call(
      (words, count) => (count === 1 ? [{ waitMs: 5_000 }, "too late"] : `you asked ${words}`),
      [
        { pauseMs: 300 },
        { say: "what does a room cost" },
        { pauseMs: 2_800 },
        { say: "for two people please" },
        { waitFor: "agent-silence" },
        { hangUp: true },
      ],
      {},
      { lines: { fillers: [] } },
    );
    expect(told).toEqual([
      "commit: what does a room cost",
      "respond",
      "commit: for two people please",
      "cancel request-1",
      "truncate request-1 at 0",
      "respond",
    ]);
  });

  it("runs tools, and answers with what they give", async () => {
    const price = defineTool({ name: "price", description: "", run: () => ({ rupees: 500 }) });
    const { heard, told, of } = await call(
      (words, count) => (count === 1 ? ["let me look. ", { call: "price" }] : `it is ${JSON.parse(words).rupees}`),
      ASK,
      { tools: [price] },
    );
    expect(heard).toBe("let me look. it is 500");
    expect(told).toEqual(["commit: what does a room cost", "respond", 'result: {"rupees":500}', "respond"]);
    expect(of("tool-result")).toMatchObject([{ name: "price", output: { rupees: 500 } }]);
  });

  it("can end the call", async () => {
    const { of, heard } = await call(
      (_words, count) => (count === 1 ? ["good bye then. ", { call: "end_call" }] : "see you"),
      [{ pauseMs: 300 }, { say: "what does a room cost" }, { pauseMs: 9_000 }],
      { tools: [endCallTool()] },
    );
    expect(of("call-end")).toMatchObject([{ reason: "agent-end" }]);
    expect(heard).toBe("good bye then. see you");
  });

  it("apologises when an answer fails twice, in the model's voice, and goes on", async () => {
    const { heard } = await call(
      (_words, count) => (count <= 2 ? [{ error: "response" }] : "all well"),
      [
        { pauseMs: 300 },
        { say: "what does a room cost" },
        { waitFor: "agent-silence" },
        { say: "what does a room cost" },
        { waitFor: "agent-silence" },
        { hangUp: true },
      ],
    );
    expect(heard).toBe("Sorry, could you say that once more? all well");
  });

  it("connects again when the connection breaks, and tells the new one what was said", async () => {
    const { connections, heard, of } = await call(
      (_words, count) => (count === 2 ? [{ error: "connection" }] : `answer ${count}`),
      [
        { pauseMs: 300 },
        { say: "what does a room cost" },
        { waitFor: "agent-silence" },
        { pauseMs: 3_000 },
        { say: "and with breakfast please" },
        { waitFor: "agent-silence" },
        { pauseMs: 1_000 },
        { say: "are you still there now" },
        { waitFor: "agent-silence" },
        { hangUp: true },
      ],
    );
    expect(connections).toHaveLength(2);
    expect(heard).toContain("answer 1");
    expect(heard).toContain("answer 3");
    const told = connections[1]?.find((line) => line.startsWith("text: [What was said in this call before:"));
    expect(told).toContain("Caller: what does a room cost\nYou: answer 1");
    expect(of("call-end")).toMatchObject([{ reason: "caller-hangup" }]);
  });

  it("sends no silence between utterances, and nothing of it is lost", async () => {
    let bytes = 0;
    await wholeCall(
      [
        { pauseMs: 5_000 },
        { say: "one two three four" },
        { waitFor: "agent-silence" },
        { pauseMs: 5_000 },
        { hangUp: true },
      ],
      {},
      {},
      (clock) => {
        const model = scriptedSpeechToSpeech({ clock, reply: (words) => words });
        return speechToSpeechAgent(
          {
            ...model,
            async doConnect(options) {
              const stream = await model.doConnect(options);
              return {
                ...stream,
                write(audio) {
                  bytes += audio.length;
                  stream.write(audio);
                },
              };
            },
          },
          { instructions: "", clock },
        );
      },
    );
    expect(bytes / 8).toBeLessThan(2_000);
    expect(bytes / 8).toBeGreaterThan(800);
  });
});
