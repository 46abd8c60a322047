import type { Brain, BrainPart, BrainTurn, ReplyOptions } from "../../spec/index.js";
import { type Chain, throughChain } from "./chain.js";

/** Several brains as one. One that has spoken, or called a tool, is not followed by another in the same answer. */
export function brainOf(chain: Chain<Brain>): Brain {
  const [first] = chain.providers as readonly [Brain];
  return { specVersion: "v1", name: first.name, doReply: (turn, options) => reply(chain, turn, options) };
}

async function* reply(
  chain: Chain<Brain>,
  turn: BrainTurn,
  { signal, warn }: ReplyOptions,
): AsyncGenerator<BrainPart, void, void> {
  const parts = throughChain<Brain, BrainPart>(chain, {
    ask: (brain, either) => brain.doReply(turn, { signal: either, ...(warn === undefined ? {} : { warn }) }),
    isOutput: (part) => part.type !== "usage" && part.type !== "language" && (part.type !== "text" || part.text !== ""),
    goesOn: false,
    mustGive: false,
    signal,
    warn,
  });
  for await (const { item } of parts) yield item;
}
