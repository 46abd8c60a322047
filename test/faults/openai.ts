import { openAiModel, openAiSpeech, openAiTranscription } from "../../src/plugins/openai/index.js";
import type { VirtualClock } from "../../src/testing/index.js";
import { createOpenAiSimulator, type OpenAiHttpFault } from "../../src/testing/openai-simulator/http/index.js";
import { type Fault, replyTo, type Subject } from "./call.js";

/** The matrix's faults on OpenAI's wire; `messages` is where an answer is in its midst. */
const faultOf = (fault: Fault, messages: number): OpenAiHttpFault =>
  (
    ({
      refuses: { type: "refuse" },
      "401": { type: "status", status: 401 },
      "429, Retry-After 120": { type: "status", status: 429, retryAfterS: 120 },
      "insufficient quota": { type: "insufficient-quota" },
      "500": { type: "status", status: 500 },
      "header stall": { type: "header-stall" },
      "body stall": { type: "body-stall", afterMessages: messages },
      "cut mid-stream": { type: "cut", afterMessages: messages },
      garbage: { type: "garbage", afterMessages: messages },
      "slow trickle": { type: "slow", everyMs: 1_500 },
      "wrong content type": { type: "wrong-content-type" },
      empty: { type: "empty" },
    }) as const
  )[fault];

function reach(clock: VirtualClock, fault: Fault, struck: () => boolean, messages: number) {
  const simulator = createOpenAiSimulator({
    fault: () => (struck() ? faultOf(fault, messages) : undefined),
    script({ body }) {
      const input = (body.input ?? body.messages) as readonly Record<string, unknown>[];
      const last = input.at(-1) ?? {};
      const { text, tool } = replyTo(String(last.content ?? last.output ?? ""));
      return {
        text: text.match(/\S+\s*/g) ?? [],
        ...(tool !== undefined && { toolCalls: [{ id: "call-1", name: tool, arguments: "{}" }] }),
      };
    },
  });
  return { apiKey: "test-key", network: simulator.network(clock) };
}

/** OpenAI's parts that go over HTTP. */
export const OPENAI_HTTP: readonly Subject[] = [
  {
    name: "openai, responses",
    kind: "model",
    make: (clock, fault, struck) => openAiModel(reach(clock, fault, struck, 12)),
  },
  {
    name: "openai, chat completions",
    kind: "model",
    make: (clock, fault, struck) => openAiModel({ ...reach(clock, fault, struck, 8), api: "chat" }),
  },
  {
    name: "openai, speech",
    kind: "text-to-speech",
    make: (clock, fault, struck) => openAiSpeech(reach(clock, fault, struck, 3)),
  },
  {
    name: "openai, transcription",
    kind: "speech-to-text",
    make: (clock, fault, struck) => openAiTranscription(reach(clock, fault, struck, 1)),
  },
];
