import type { LanguageModel, ModelMessage, ModelPart, ModelRequest } from "../../spec/index.js";
import { type Chain, throughChain } from "./chain.js";

/** What the next model is told when the one before broke off. */
const GO_ON =
  "[The line broke off behind these words of yours. Go on right where they stop, in the same sentence, without repeating a word.]";

/** Several models as one: where one breaks off in the middle of its words, the next one goes on. */
export function languageModelOf(chain: Chain<LanguageModel>): LanguageModel {
  const [first] = chain.providers as readonly [LanguageModel];
  return {
    specVersion: "v1",
    name: first.name,
    modelId: first.modelId,
    doGenerate: (request) => generate(chain, request),
  };
}

/**
 * Words go out as they come, whole ones only: half a word cannot be gone on with. Calls of tools go out once the model has
 * come to its end, so that none is made twice.
 */
async function* generate(chain: Chain<LanguageModel>, request: ModelRequest): AsyncGenerator<ModelPart, void, void> {
  let said = "";
  let halfWord = "";
  let held: ModelPart[] = [];
  const parts = throughChain<LanguageModel, ModelPart>(chain, {
    ask(model, signal) {
      halfWord = "";
      held = [];
      return model.doGenerate({ ...request, signal, messages: [...request.messages, ...continuation(said)] });
    },
    isOutput: (part) => (part.type === "text" && part.text !== "") || part.type === "tool-call",
    goesOn: true,
    mustGive: true,
    signal: request.signal,
    warn: request.warn,
  });
  for await (const { item: part, provider } of parts) {
    if (part.type === "text") {
      const text = halfWord + part.text;
      const end = text.search(/\S*$/u);
      halfWord = text.slice(end);
      if (end > 0) yield { type: "text", text: text.slice(0, end) };
      said += text.slice(0, end);
    } else if (part.type === "usage") yield { ...part, madeBy: part.madeBy ?? provider };
    else held.push(part);
  }
  if (halfWord !== "") yield { type: "text", text: halfWord };
  yield* held;
}

function continuation(said: string): ModelMessage[] {
  if (said.trim() === "") return [];
  return [
    { role: "assistant", text: said },
    { role: "user", text: GO_ON },
  ];
}
