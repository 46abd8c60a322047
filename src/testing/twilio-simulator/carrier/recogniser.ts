import type { Utterance } from "../mouth.js";

/** The carrier notices a voice when it has lasted so long, in ms. */
export const NOTICE_MS = 200;

/** With the timeout `auto`, the caller has finished after so much silence, in ms. */
export const AUTO_SPEECH_TIMEOUT_MS = 800;

/** What was recognised of a turn of the caller's. */
export interface Recognised {
  readonly text: string;
  readonly confidence: number;
}

/** What a carrier's recogniser tells, and when. */
export interface RecogniserListener {
  /** There is a voice. Once a turn. */
  noticed(): void;
  /** More words are known than before: all of the turn so far. */
  partial(text: string): void;
  /** The caller has finished. */
  result(recognised: Recognised): void;
  /** The voice is over, and it had no words. */
  nothing(): void;
}

/** A carrier's recogniser, fed frame by frame. It knows the caller's words from the script, and hears them as they are said. */
export interface Recogniser {
  hear(utterance: Utterance | undefined, atMs: number): void;
  /** The turn is over now, whatever the caller goes on to say. */
  finish(): void;
}

/** Of {@link createRecogniser}. */
export interface RecogniserOptions {
  /** So much silence ends a turn, in ms. */
  readonly silenceMs: number;
  /** @default NOTICE_MS */
  readonly noticeMs?: number;
}

/** An utterance that is being heard. */
interface Hearing {
  readonly words: Utterance["words"];
  /** The carrier began to listen when so much of it had been said. */
  readonly fromMs: number;
  saidMs: number;
  wholeMs: number;
}

export function createRecogniser(options: RecogniserOptions, listener: RecogniserListener): Recogniser {
  const { silenceMs, noticeMs = NOTICE_MS } = options;
  let done: { readonly text: string; readonly confidence: number }[] = [];
  let current: Hearing | undefined;
  let noticed = false;
  let known = "";
  let lastVoiceMs = 0;

  function forget(): void {
    done = [];
    current = undefined;
    noticed = false;
    known = "";
  }

  const textSoFar = () => join([...done.map(({ text }) => text), current === undefined ? "" : heardOf(current)]);

  function tellPartial(): void {
    const text = textSoFar();
    if (text === known || text === "") return;
    known = text;
    listener.partial(text);
  }

  /** The utterance is over. */
  function keep(): void {
    if (current === undefined) return;
    done.push({ text: heardOf(current), confidence: current.words.confidence });
    current = undefined;
  }

  function finish(): void {
    keep();
    const text = textSoFar();
    const confidence = Math.min(1, ...done.map((part) => part.confidence));
    const hadVoice = noticed;
    forget();
    if (text !== "") listener.result({ text, confidence });
    else if (hadVoice) listener.nothing();
  }

  function hearVoice({ words, saidMs, wholeMs }: Utterance, atMs: number): void {
    lastVoiceMs = atMs;
    if (current !== undefined && (current.words !== words || saidMs < current.saidMs)) keep();
    current ??= { words, fromMs: Math.max(0, saidMs - FRAME), saidMs, wholeMs };
    current.saidMs = saidMs;
    const isOver = saidMs >= wholeMs;
    if (!noticed && (saidMs - current.fromMs >= noticeMs || isOver)) {
      noticed = true;
      listener.noticed();
    }
    if (noticed) tellPartial();
    if (isOver) keep();
  }

  return {
    hear(utterance, atMs) {
      if (utterance !== undefined) return hearVoice(utterance, atMs);
      keep();
      if ((done.length > 0 || noticed) && atMs - lastVoiceMs >= silenceMs) finish();
    },
    finish,
  };
}

const FRAME = 20;

/** The words that were said whole while the carrier listened: they are as long as each other. */
function heardOf({ words, fromMs, saidMs, wholeMs }: Hearing): string {
  const all = words.text.trim().split(/\s+/u).filter(Boolean);
  const from = Math.ceil((fromMs / wholeMs) * all.length - 1e-9);
  const to = saidMs >= wholeMs ? all.length : Math.floor((saidMs / wholeMs) * all.length + 1e-9);
  return all.slice(from, to).join(" ");
}

function join(texts: readonly string[]): string {
  return texts.filter((text) => text !== "").join(" ");
}
