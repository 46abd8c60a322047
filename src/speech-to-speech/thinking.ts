import type { LanguageModel, ModelMessage, ModelPart, ModelRequest, SpeechToSpeech } from "../spec/index.js";
import type { Answer } from "./answer.js";
import type { Link } from "./link.js";

/** Told of each answer that is begun, in order. */
export type AnswerListener = (answer: Answer) => void;

/**
 * The model's thinking, as a language model: it has heard the caller itself, so it is told only what it cannot have heard.
 * Its words go to the session, its sound waits for the voice to be asked for them.
 */
export function thinkingOf(provider: SpeechToSpeech, link: Link, begun: AnswerListener): LanguageModel {
  return {
    specVersion: "v1",
    name: provider.name,
    modelId: provider.modelId,
    doGenerate: (request) => generate(link, begun, request),
  };
}

async function* generate(
  link: Link,
  begun: AnswerListener,
  { instructions, messages, signal }: ModelRequest,
): AsyncGenerator<ModelPart, void, void> {
  signal.throwIfAborted();
  const answer = await link.begin((requestId, stream) => {
    for (const { toolCallId, text } of trailingResults(messages)) stream.toolResult(toolCallId, text);
    for (const text of untold(link, messages)) stream.addText(text);
    link.isFresh = false;
    stream.respond(requestId, { instructions });
  }, signal);
  begun(answer);
  let calls = 0;
  for await (const thought of answer.thoughts) {
    if (thought.type === "tool-call") calls += 1;
    yield thought;
  }
  signal.throwIfAborted();
  yield { type: "finish", reason: calls > 0 ? "tool-calls" : "stop" };
}

/** The results of the round of tools that the model waits for. */
function trailingResults(messages: readonly ModelMessage[]) {
  const first = messages.findLastIndex(({ role }) => role !== "tool") + 1;
  return messages.slice(first).filter((message) => message.role === "tool");
}

/** What the phone system notes; and to a model that has just been connected, what was said before. */
function untold(link: Link, messages: readonly ModelMessage[]): string[] {
  const last = messages.at(-1);
  const notes = last?.role === "user" ? last.text.split("\n").filter((line) => /^\[.*\]$/.test(line)) : [];
  const before = messages.slice(0, -1).filter(({ text }) => text !== "" && !/^\[.*\]$/.test(text));
  if (!link.isFresh || before.length === 0) return notes;
  const transcript = before.map(
    ({ role, text }) => `${{ user: "Caller", assistant: "You", tool: "Tool" }[role]}: ${text}`,
  );
  const now = last?.role === "user" ? [`Caller: ${last.text}`] : [];
  return [`[What was said in this call before:\n${[...transcript, ...now].join("\n")}]`];
}
