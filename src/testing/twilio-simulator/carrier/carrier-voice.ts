import { decodeMulaw, encodeMulaw } from "../../../audio/index.js";
import { codedSpeech } from "../../scripted/coded-speech.js";
import { decodeWords, textOf } from "../../scripted/heard-words.js";
import { DEFAULT_WORD_MS } from "../../scripted/text-to-speech.js";
import { type Playout, SAMPLES_PER_MS } from "../playout.js";
import type { SpokenText } from "../report.js";

/** How the carrier says a text. */
export interface Manner {
  readonly language?: string;
  readonly voice?: string;
}

/** A text or a sound in the carrier's queue. */
export interface Speech {
  readonly text: string;
  readonly startMs: number;
  readonly endMs: number;
  /** How much of the text was said by then: whole words only. */
  textUntil(atMs: number): string;
}

/**
 * The voice of `<Say>`, `<Play>` and ConversationRelay. It says texts as the scripted voice does, word behind word: so
 * `heardText` can read them.
 */
export interface CarrierVoice {
  /** Says a text behind all that waits. */
  say(text: string, manner: Manner): Speech;
  /** Plays a sound, µ-law at 8 kHz, behind all that waits. */
  play(sound: Uint8Array, url: string): Speech;
  /** It says nothing more of what waits. */
  stop(): void;
  /** When all that waits will have been said. */
  readonly endMs: number;
  /** What was heard of it until now. */
  spoken(): SpokenText[];
}

interface Entry {
  readonly text: string;
  readonly details: Manner & { readonly url?: string };
  readonly startMs: number;
  endMs: number;
  readonly wholeMs: number;
}

export function createCarrierVoice(playout: Playout, now: () => number): CarrierVoice {
  const entries: Entry[] = [];
  let utterances = 0;

  function add(text: string, sound: Uint8Array, details: Entry["details"]): Entry {
    const atMs = now();
    const startMs = atMs + playout.queuedMs(atMs);
    const wholeMs = playout.queue(sound, atMs) ? sound.length / SAMPLES_PER_MS : 0;
    const entry = { text, details, startMs, endMs: startMs + wholeMs, wholeMs };
    entries.push(entry);
    return entry;
  }

  return {
    say(text, manner) {
      const words = codedSpeech(text, utterances & 0xff, DEFAULT_WORD_MS);
      utterances += 1;
      const sound = Buffer.concat(words.map(({ samples }) => encodeMulaw(samples)));
      const { startMs, endMs } = add(text, sound, manner);
      const textUntil = (atMs: number) =>
        text.slice(0, words.findLast((word) => startMs + word.endMs <= atMs)?.textEnd ?? 0);
      return { text, startMs, endMs, textUntil };
    },
    play(sound, url) {
      const text = textOf(decodeWords(decodeMulaw(sound)));
      const { startMs, endMs } = add(text, sound, { url });
      return { text, startMs, endMs, textUntil: (atMs) => (atMs >= endMs ? text : "") };
    },
    stop() {
      const atMs = now();
      playout.clear(atMs);
      for (const entry of entries) entry.endMs = Math.min(entry.endMs, Math.max(entry.startMs, atMs));
    },
    get endMs() {
      return now() + playout.queuedMs(now());
    },
    spoken: () =>
      entries.map(({ text, details, startMs, endMs, wholeMs }) => {
        const heardMs = Math.max(0, Math.min(endMs, now()) - startMs);
        return { text, ...details, atMs: startMs, heardMs, whole: heardMs === wholeMs };
      }),
  };
}
