import type { ChannelListener } from "../channel.js";
import type { ComposerListener } from "./composer.js";

/** What a reply's words mean for the conversation, whoever speaks them. */
export function tellsOfWords({ happened, failed }: ChannelListener): ComposerListener {
  return {
    text: (generation) => happened({ type: "reply-text", generation }),
    language: (generation, language) => happened({ type: "reply-language", generation, language }),
    interruption: (generation, policy) => happened({ type: "reply-interruption", generation, policy }),
    memory: (generation, value) => happened({ type: "reply-memory", generation, value }),
    toolCall: (generation, { toolCallId, name, input, filler }) =>
      happened({ type: "tool-call", generation, toolCallId, name, input, ...(filler === undefined ? {} : { filler }) }),
    toolResult: (generation, { toolCallId, name }, output) =>
      happened({ type: "tool-result", generation, toolCallId, name, output }),
    switchesLanguage: (generation, language) => happened({ type: "reply-switches-language", generation, language }),
    usage: (generation, usage) => happened({ type: "usage", generation, usage }),
    warning: ({ message }) => happened({ type: "warning", message }),
    endsCall: (generation) => happened({ type: "reply-ends-call", generation }),
    error: (error) => failed(error),
  };
}
