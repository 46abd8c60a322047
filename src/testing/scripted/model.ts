import { wait } from "../../async.js";
import type { Clock, LanguageModel, ModelPart, ModelRequest } from "../../spec/index.js";
import { systemClock } from "../../system-clock.js";
import { stall } from "./pacing.js";

/** A text or a part to give, a call of a tool, a wait, a stall until aborted, or an error to throw. */
export type ScriptedModelStep =
  | string
  | ModelPart
  | { readonly call: string; readonly input?: unknown; readonly id?: string }
  | { readonly waitMs: number }
  | { readonly stall: true }
  | { readonly error: unknown };

/** Of {@link scriptedModel}. */
export interface ScriptedModelOptions {
  /** Where the waits are taken from. @default the system's clock */
  readonly clock?: Clock;
  /** @default "scripted" */
  readonly name?: string;
  /** @default "scripted-1" */
  readonly modelId?: string;
}

/** A scripted model, and what it was asked. */
export interface ScriptedModel extends LanguageModel {
  /** The requests, the first one first. */
  readonly requests: readonly ModelRequest[];
}

/**
 * A language model for tests. Each answer ends with `finish` by itself.
 * @param answers What it gives, request by request over all calls, the last one over and over; or a function of the request.
 */
export function scriptedModel(
  answers:
    | readonly (string | readonly ScriptedModelStep[])[]
    | ((request: ModelRequest, count: number) => string | readonly ScriptedModelStep[]),
  { clock = systemClock, name = "scripted", modelId = "scripted-1" }: ScriptedModelOptions = {},
): ScriptedModel {
  const requests: ModelRequest[] = [];
  const answerTo =
    typeof answers === "function"
      ? answers
      : (_request: ModelRequest, count: number) => answers[Math.min(count, answers.length) - 1] ?? "";

  async function* doGenerate(request: ModelRequest): AsyncGenerator<ModelPart, void, void> {
    const { signal } = request;
    signal.throwIfAborted();
    requests.push(request);
    const number = requests.length;
    const answer = answerTo(request, number);
    let calls = 0;
    for (const step of typeof answer === "string" ? [answer] : answer) {
      if (typeof step === "string") yield { type: "text", text: step };
      else if ("type" in step) {
        yield step;
        if (step.type === "finish") return;
      } else if ("call" in step) {
        calls += 1;
        const toolCallId = step.id ?? `call-${number}-${calls}`;
        yield { type: "tool-call", toolCallId, name: step.call, inputText: JSON.stringify(step.input ?? {}) };
      } else if ("waitMs" in step) await wait(clock, step.waitMs, signal);
      else if ("stall" in step) await stall(signal);
      else throw step.error;
      signal.throwIfAborted();
    }
    yield { type: "finish", reason: calls > 0 ? "tool-calls" : "stop" };
  }

  return { specVersion: "v1", name, modelId, requests, doGenerate };
}
