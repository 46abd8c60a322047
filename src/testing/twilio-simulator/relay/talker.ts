import type { Speech } from "../carrier/carrier-voice.js";
import type { Phone } from "../carrier/phone.js";
import type { Interruptible } from "../twiml/verbs.js";

/** How a piece of speech may be cut off. */
export interface Cutting {
  readonly interruptible: Interruptible;
  readonly preemptible: boolean;
}

/** What was heard of an utterance that the caller broke off. */
export interface Interruption {
  readonly utteranceUntilInterrupt: string;
  readonly durationUntilInterruptMs: number;
}

/** ConversationRelay's speaking: tokens come in, sentences are said. */
export interface Talker {
  /** A token of an utterance; `last` ends that. A sentence is said once it is whole, the rest with the last token. */
  token(text: string, last: boolean, manner: TalkManner, cutting: Cutting): void;
  /** A sound, behind all that waits. */
  sound(play: () => Speech, cutting: Cutting): void;
  /** What is being said, undefined: nothing. */
  readonly current: Cutting | undefined;
  /** The caller breaks off what is being said: nothing more is said of it, nor of what waits. */
  interrupt(): Interruption;
}

export interface TalkManner {
  readonly language: string;
  readonly voice?: string;
}

/** What is told of the talking. */
export interface TalkerListener {
  speaking(isOn: boolean): void;
  played(text: string): void;
}

/** What stands between two `last`s. */
interface Utterance {
  readonly parts: Speech[];
  readonly cutting: Cutting;
}

const SENTENCE = /^[\s\S]*?[.!?।॥:;]["')\]]*\s+/u;

export function createTalker(phone: Phone, listener: TalkerListener): Talker {
  let utterances: Utterance[] = [];
  let open: Utterance | undefined;
  let unsaid = "";
  let undoTellings: (() => void)[] = [];
  let isSpeaking = false;

  function say(text: string, manner: TalkManner, cutting: Cutting): void {
    if (text.trim() === "") return;
    open ??= begin(cutting);
    add(phone.voice.say(text.trim(), manner), open);
  }

  function add(speech: Speech, utterance: Utterance): void {
    utterance.parts.push(speech);
    const inMs = (atMs: number) => atMs - phone.now();
    undoTellings.push(
      phone.after(inMs(speech.startMs), () => tellSpeaking(true)),
      phone.after(inMs(speech.endMs), () => {
        listener.played(speech.text);
        if (phone.now() >= phone.voice.endMs) tellSpeaking(false);
      }),
    );
  }

  /** What is preempted must be silent before anything is behind it. */
  function begin(cutting: Cutting): Utterance {
    if (current()?.cutting.preemptible === true) silence();
    const utterance = { parts: [], cutting };
    utterances.push(utterance);
    return utterance;
  }

  function silence(): void {
    for (const undo of undoTellings) undo();
    undoTellings = [];
    phone.voice.stop();
    utterances = [];
    tellSpeaking(false);
  }

  function tellSpeaking(isOn: boolean): void {
    if (isOn !== isSpeaking) listener.speaking(isOn);
    isSpeaking = isOn;
  }

  /** The first that has not been heard whole. */
  function current(): Utterance | undefined {
    const atMs = phone.now();
    utterances = utterances.filter((each) => each === open || (each.parts.at(-1)?.endMs ?? 0) > atMs);
    return utterances.find(({ parts }) => parts.some(({ endMs }) => endMs > atMs));
  }

  return {
    token(text, last, manner, cutting) {
      unsaid += text;
      for (let sentence = SENTENCE.exec(unsaid)?.[0]; sentence !== undefined; sentence = SENTENCE.exec(unsaid)?.[0]) {
        unsaid = unsaid.slice(sentence.length);
        say(sentence, manner, cutting);
      }
      if (!last) return;
      say(unsaid, manner, cutting);
      unsaid = "";
      open = undefined;
    },
    sound(play, cutting) {
      open = undefined;
      const utterance = begin(cutting);
      add(play(), utterance);
    },
    get current() {
      return current()?.cutting;
    },
    interrupt() {
      const atMs = phone.now();
      const parts = current()?.parts ?? [];
      const heard = parts.map((part) => part.textUntil(atMs)).filter((text) => text !== "");
      const playedMs = parts.reduce((sum, { startMs, endMs }) => sum + Math.max(0, Math.min(endMs, atMs) - startMs), 0);
      silence();
      open = undefined;
      unsaid = "";
      return { utteranceUntilInterrupt: heard.join(" "), durationUntilInterruptMs: Math.round(playedMs) };
    },
  };
}
