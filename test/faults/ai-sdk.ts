import { APICallError } from "ai";
import { aiSdkModel } from "../../src/plugins/ai-sdk/index.js";
import { type MockStep, mockModel } from "../plugins/ai-sdk/mock.js";
import { type Fault, replyTo, type Subject } from "./call.js";

const call = (statusCode: number, message: string, headers: Record<string, string> = {}): MockStep => ({
  throws: new APICallError({ message, url: "https://x", requestBodyValues: {}, statusCode, responseHeaders: headers }),
});

/** The matrix's faults as they come out of a provider of the AI SDK. */
function faulty(fault: Fault, steps: readonly MockStep[]): readonly MockStep[] {
  const begun = steps.slice(0, 6);
  const faults: Readonly<Record<Fault, readonly MockStep[]>> = {
    refuses: [{ throws: new TypeError("fetch failed") }],
    "401": [call(401, "Incorrect API key")],
    "429, Retry-After 120": [call(429, "Rate limit reached", { "retry-after": "120" })],
    "insufficient quota": [call(429, "You exceeded your current quota")],
    "500": [call(500, "Server error")],
    "header stall": [{ stall: true }],
    "body stall": [...begun, { stall: true }],
    "cut mid-stream": [...begun, { ends: true }],
    garbage: [...begun, { error: new Error("JSON parsing failed") }],
    "slow trickle": steps.flatMap((step) => [{ waitMs: 1_500 }, step]),
    "wrong content type": [call(200, "Invalid JSON response")],
    empty: [],
  };
  return faults[fault];
}

export const AI_SDK: Subject = {
  name: "ai-sdk",
  kind: "model",
  make: (clock, fault, struck) =>
    aiSdkModel(
      mockModel(clock, ({ prompt }) => {
        const last = prompt.at(-1);
        const { text, tool } = replyTo(JSON.stringify(last?.content ?? ""));
        const steps: MockStep[] = [
          ...(text.match(/\S+\s*/g) ?? []),
          ...(tool === undefined ? [] : [{ call: tool, input: "{}" }]),
        ];
        return struck() ? faulty(fault, steps) : steps;
      }),
      { clock },
    ),
};
