import type { CallIntent, Language } from "../spec/index.js";

/** How a model is to speak on the phone, in the language of the turn; behind the app's own instructions. */
export function phoneInstructions(language: Language): string {
  return `You are on a phone call: what you write is spoken aloud.
- Answer in one to three short, natural sentences, then let the caller speak. Ask one question at a time.
- No markdown, lists, headings, emoji or links. Write amounts, dates and phone numbers in figures.
- ${LANGUAGES[language]}
- What stands in [square brackets] comes from the phone system, not from the caller: never say it.
- If you were interrupted, do not repeat what was heard. If words make no sense, the recogniser may have misheard: ask.`;
}

const LANGUAGES: Readonly<Record<Language, string>> = {
  en: "Speak English, as it is spoken in India: lakh and crore, plain words.",
  hi: "Speak Hindi, everyday spoken Hindi in Devanagari, and use “आप”.",
  "hi-en":
    "Speak Hinglish, as the caller does: Hindi in Devanagari, with the English words that people use, in Latin letters.",
};

/** What the caller's words want of the call itself, as a note beside them. */
export const INTENT_NOTES: Readonly<Record<CallIntent, string | undefined>> = {
  farewell: "The caller says goodbye.",
  stop: "The caller asks you to wait or stop.",
  "do-not-call": "The caller does not want to be called again.",
  "wrong-number": "The caller says that this is the wrong number.",
  human: "The caller wants to talk to a person.",
  repeat: "The caller did not hear you: say it again, in other words.",
  "call-later": "The caller wants to talk at another time.",
  voicemail: "A voicemail greeting is playing.",
  announcement: "An automatic announcement is playing.",
};

export const NOTES = {
  begin: "The call has just begun. Greet the caller.",
  callBegins: "The call begins.",
  notUnderstood: "The caller spoke, but nothing could be understood. Ask them to say it again.",
  interrupted: "The caller interrupted you.",
  noMoreTools: "No more tools for this answer: speak to the caller now.",
} as const;

/** A note of the phone system. */
export function note(text: string): string {
  return `[${text}]`;
}
