import type { Brain, BrainPart, BrainTurn } from "../../../spec/index.js";
import { checkFlow, type Flow } from "./flow.js";
import { type FlowMemory, stepFlow } from "./step-flow.js";

/**
 * A brain that needs no model: it follows a flow of steps, understands the phrases listed for them, and fills slots.
 * What it knows of a call lives in the turn's memory, so one brain serves all calls.
 * @throws BolchaalError `invalid-flow`
 */
export function flowBrain(flow: Flow): Brain {
  checkFlow(flow);
  return { specVersion: "v1", name: "flow", doReply: (turn, { signal }) => reply(flow, turn, signal) };
}

async function* reply(flow: Flow, turn: BrainTurn, signal: AbortSignal): AsyncGenerator<BrainPart, void, void> {
  signal.throwIfAborted();
  const { say, memory, endCall } = stepFlow(flow, flowMemoryOf(turn.memory), turn);
  yield { type: "memory", value: memory };
  let language: string = turn.language;
  for (const line of say) {
    signal.throwIfAborted();
    if (line.language !== language) yield { type: "language", language: line.language };
    language = line.language;
    yield { type: "text", text: `${line.text} ` };
  }
  if (endCall) yield { type: "end-call" };
}

/** Where a call stands in its flow, from the memory a turn or a session's conversation carries. */
export function flowMemoryOf(memory: unknown): FlowMemory | undefined {
  const known = memory as Partial<FlowMemory> | undefined;
  if (typeof known?.step !== "string" || typeof known.slots !== "object" || typeof known.misses !== "number")
    return undefined;
  return known as FlowMemory;
}
