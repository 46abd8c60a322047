import type { Language } from "../../../spec/index.js";
import { matching, seconds, webAddress, wholeNumber } from "./check.js";
import { element, escaped, invalid } from "./element.js";

/**
 * How `<Say>` speaks each language. Twilio refuses a voice that does not speak the language; this one speaks Hindi and
 * Indian English.
 */
export const SAY_VOICES: Readonly<Record<Language, { readonly language: string; readonly voice: string }>> = {
  hi: { language: "hi-IN", voice: "Polly.Aditi" },
  "hi-en": { language: "hi-IN", voice: "Polly.Aditi" },
  en: { language: "en-IN", voice: "Polly.Aditi" },
};

/** Speaks. */
export interface SayVerb {
  readonly verb: "say";
  readonly text: string;
  readonly language: Language;
  /** One of Twilio's voices for the language. @default that of `SAY_VOICES` */
  readonly voice?: string;
}

/** Plays a sound, or presses keys. */
export interface PlayVerb {
  readonly verb: "play";
  /** Where Twilio fetches the sound: WAV, MP3 and some more. It may be relative. Left out: `digits` are played. */
  readonly url?: string;
  /** Keys, and `w` for half a second of silence. */
  readonly digits?: string;
  /** How often; 0 is for ever. @default 1 */
  readonly loop?: number;
}

/** Waits in silence. */
export interface PauseVerb {
  readonly verb: "pause";
  /** Whole seconds, in ms. */
  readonly lengthMs: number;
}

/** What may stand within a `<Gather>`. */
export type PromptVerb = SayVerb | PlayVerb | PauseVerb;

/** @throws BolchaalError `invalid-option` */
export function promptElement(verb: PromptVerb): string {
  switch (verb.verb) {
    case "say":
      return sayElement(verb);
    case "play":
      return playElement(verb);
    case "pause":
      return element("Pause", { length: seconds("The length of a pause", verb.lengthMs) });
  }
}

function sayElement({ text, language, voice }: SayVerb): string {
  return element("Say", { ...SAY_VOICES[language], ...(voice && { voice }) }, escaped(text));
}

function playElement({ url, digits, loop }: PlayVerb): string {
  if (url === undefined && digits === undefined) throw invalid("There is nothing to play. Give a url or digits.");
  const attributes = {
    loop: wholeNumber("The loop of what is played", loop, 0),
    digits: matching("What is to be pressed", digits, /^[\d*#wW]+$/u, "digits, *, # and w"),
  };
  return element("Play", attributes, escaped(webAddress("The address of what is played", url) ?? ""));
}
