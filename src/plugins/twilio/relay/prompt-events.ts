import type { Language, SpeechTransportEvent } from "../../../spec/index.js";
import type { RelayMessage } from "./messages.js";

/** What a prompt tells: words so far, or for good and the end of the turn. */
export function promptEvents(prompt: Extract<RelayMessage, { readonly type: "prompt" }>): SpeechTransportEvent[] {
  const { last } = prompt;
  const text = prompt.text.trim();
  const end: SpeechTransportEvent[] = last ? [{ type: "turn-end" }] : [];
  if (text === "") return last ? [{ type: "transcript", result: { type: "not-understood" } }, ...end] : [];
  const language = languageOf(prompt.language);
  const spoken = language === undefined ? {} : { language };
  return [{ type: "transcript", result: { type: "transcript", final: last, text, ...spoken } }, ...end];
}

/** Of a tag, as far as it tells; `multi` and others tell nothing. */
function languageOf(tag: string | undefined): Language | undefined {
  const primary = tag?.toLowerCase().split("-")[0];
  return primary === "hi" || primary === "en" ? primary : undefined;
}
