import type { XmlElement } from "../xml.js";
import { attributesOf, given, refused } from "./attributes.js";
import { isPrompt, LANGUAGE, promptOf } from "./prompt.js";
import type { GatherVerb } from "./verbs.js";

const ATTRIBUTES = [
  "action",
  "method",
  "input",
  "timeout",
  "speechTimeout",
  "maxSpeechTime",
  "speechModel",
  "language",
  "hints",
  "numDigits",
  "finishOnKey",
  "partialResultCallback",
  "partialResultCallbackMethod",
  "actionOnEmptyResult",
  "bargeIn",
  "enhanced",
  "profanityFilter",
  "debug",
];

/** What a `<Gather>` waits for if it does not say, in ms. */
export const DEFAULT_GATHER_TIMEOUT_MS = 5_000;

/** It takes speech for so long at most, in ms. */
const MAX_SPEECH_MS = 60_000;

/** How many hints there may be, and of how many characters. */
const MOST_HINTS = 500;
const HINT_CHARACTERS = 100;

export function gatherOf(element: XmlElement): GatherVerb {
  const attributes = attributesOf(element, ATTRIBUTES);
  const stranger = element.children.find((child) => !isPrompt(child));
  if (stranger !== undefined) throw refused(`<Gather> holds a <${stranger.name}>`, 12200);
  if (element.text.trim() !== "") throw refused("<Gather> holds text that is no verb", 12200);
  const timeoutMs = attributes.seconds("timeout") ?? DEFAULT_GATHER_TIMEOUT_MS;
  const speechTimeout = attributes.matching("speechTimeout", /^(?:auto|[1-9]\d{0,3})$/);
  return {
    verb: "Gather",
    input: inputOf(attributes.matching("input", /^(?:dtmf|speech|dtmf speech|speech dtmf)$/) ?? "dtmf"),
    method: attributes.method() ?? "POST",
    timeoutMs,
    speechTimeoutMs: speechTimeout === "auto" ? "auto" : speechTimeout ? Number(speechTimeout) * 1000 : timeoutMs,
    maxSpeechMs: attributes.seconds("maxSpeechTime") ?? MAX_SPEECH_MS,
    language: attributes.matching("language", LANGUAGE) ?? "en-US",
    finishOnKey: attributes.matching("finishOnKey", /^[\d*#]?$/) ?? "#",
    partialResultCallbackMethod: attributes.method("partialResultCallbackMethod") ?? "POST",
    actionOnEmptyResult: attributes.flag("actionOnEmptyResult") ?? false,
    bargeIn: attributes.flag("bargeIn") ?? true,
    enhanced: attributes.flag("enhanced") ?? false,
    profanityFilter: attributes.flag("profanityFilter") ?? true,
    prompt: element.children.map(promptOf),
    ...given({
      action: attributes.text("action"),
      speechModel: attributes.matching("speechModel", SPEECH_MODEL),
      hints: hintsOf(attributes.text("hints")),
      numDigits: attributes.number("numDigits", 1),
      partialResultCallback: attributes.text("partialResultCallback"),
    }),
  };
}

/** The families of models; which members each has changes from year to year. */
const SPEECH_MODEL =
  /^(?:default|numbers_and_commands|phone_call|experimental_\w+|googlev2_\w+|deepgram_[\w-]+|gpt-[\w-]+)$/;

function inputOf(input: string): GatherVerb["input"] {
  return input.split(" ") as ("dtmf" | "speech")[];
}

function hintsOf(hints: string | undefined): string | undefined {
  const phrases = hints?.split(",") ?? [];
  const long = phrases.find((phrase) => phrase.trim().length > HINT_CHARACTERS);
  if (phrases.length > MOST_HINTS || long !== undefined)
    throw refused(`<Gather> has more than ${MOST_HINTS} hints, or one above ${HINT_CHARACTERS} characters`, 12200);
  return hints;
}
