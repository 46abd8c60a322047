import { Channel } from "../async.js";
import type { BolchaalError } from "../errors.js";
import type { ModelToolCall, ModelUsage, SpeechToSpeechEvent } from "../spec/index.js";

/** What of an answer is thought rather than spoken. */
export type Thought =
  | { readonly type: "text"; readonly text: string }
  | ({ readonly type: "tool-call" } & ModelToolCall)
  | ({ readonly type: "usage" } & ModelUsage);

type Sound =
  | { readonly type: "text"; readonly letters: number }
  | { readonly type: "audio"; readonly audio: Uint8Array };

/**
 * One answer as it comes from the model, with two readers: the brain's side reads the words, the voice's side the sound of
 * each stretch of them. Sound belongs to the words that came before it.
 */
export class Answer {
  readonly requestId: string;
  /** Words, tools and usage, in order. Ends with the answer; throws when it failed. */
  readonly thoughts: Channel<Thought> = new Channel();
  readonly #sounds: Sound[] = [];
  #over = false;
  #error: BolchaalError | undefined;
  #wake = () => {};
  /** Letters whose sound was asked for, and letters whose sound was begun to be read. */
  #askedLetters = 0;
  #readLetters = 0;
  /** The words whose sound nobody has asked for yet. */
  #unspoken = "";

  constructor(requestId: string) {
    this.requestId = requestId;
  }

  /** Nothing more comes of it. */
  get over(): boolean {
    return this.#over;
  }

  take(event: Extract<SpeechToSpeechEvent, { readonly requestId: string }>): void {
    if (event.type === "audio") this.#sounds.push({ type: "audio", audio: event.audio });
    else if (event.type === "response-end") this.end(event.error);
    else {
      const { requestId: _, ...thought } = event;
      if (thought.type === "text") {
        this.#unspoken += lettersOf(thought.text);
        this.#sounds.push({ type: "text", letters: lettersOf(thought.text).length });
      }
      this.thoughts.push(thought);
    }
    this.#wake();
  }

  end(error?: BolchaalError): void {
    if (this.#over) return;
    this.#over = true;
    this.#error = error;
    this.thoughts.close(error === undefined ? undefined : { value: error });
    this.#wake();
  }

  /** Whether `text` is what comes next of its words. */
  comesNext(text: string): boolean {
    const letters = lettersOf(text);
    return letters !== "" && this.#unspoken.startsWith(letters);
  }

  /** The sound of the next words, which `text` is: up to that of the words behind them. */
  async *soundOf(text: string, signal: AbortSignal): AsyncGenerator<Uint8Array, void, void> {
    const letters = lettersOf(text).length;
    this.#unspoken = this.#unspoken.slice(letters);
    this.#askedLetters += letters;
    const untilLetters = this.#askedLetters;
    const isLast = () => this.#over && this.#unspoken === "";
    while (true) {
      signal.throwIfAborted();
      const next = this.#sounds[0];
      if (next === undefined) {
        if (this.#over) break;
        await this.#news(signal);
      } else if (next.type === "audio") {
        this.#sounds.shift();
        yield next.audio;
      } else if (this.#readLetters < untilLetters || isLast()) {
        this.#sounds.shift();
        this.#readLetters += next.letters;
      } else return;
    }
    if (this.#error !== undefined) throw this.#error;
  }

  /** All its sound, whatever the words. */
  async *allSound(signal: AbortSignal): AsyncGenerator<Uint8Array, void, void> {
    this.#unspoken = "";
    this.#askedLetters = Number.POSITIVE_INFINITY;
    yield* this.soundOf("", signal);
  }

  #news(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const onAbort = () => reject(signal.reason);
      signal.addEventListener("abort", onAbort, { once: true });
      this.#wake = () => {
        signal.removeEventListener("abort", onAbort);
        resolve();
      };
    });
  }
}

/** Letters and digits alone: marks and spaces may change on the way to the voice. */
function lettersOf(text: string): string {
  return text.replace(/[^\p{L}\p{M}\p{N}]/gu, "");
}
