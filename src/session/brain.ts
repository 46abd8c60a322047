import type { Brain, BrainFunction, BrainPart, BrainTurn, ReplyOptions } from "../spec/index.js";

/** A brain from what the app gave: a brain, or a plain function. */
export function asBrain(brain: Brain | BrainFunction): Brain {
  if (typeof brain !== "function") return brain;
  return {
    specVersion: "v1",
    name: brain.name || "function",
    doReply: (turn, options) => partsOf(brain, turn, options),
  };
}

async function* partsOf(
  brain: BrainFunction,
  turn: BrainTurn,
  options: ReplyOptions,
): AsyncGenerator<BrainPart, void, void> {
  const answer = await brain(turn, options);
  if (typeof answer === "string") yield { type: "text", text: answer };
  else for await (const part of answer) yield typeof part === "string" ? { type: "text", text: part } : part;
}
