import type { BolchaalError } from "../errors.js";
import type { ConnectOptions, SpeechToSpeech, SpeechToSpeechEvent, SpeechToSpeechStream } from "../spec/index.js";
import { Answer } from "./answer.js";

/** One call's connection to the model, shared by the three who hear, think and speak through it. */
export class Link {
  readonly #provider: SpeechToSpeech;
  #stream: SpeechToSpeechStream | undefined;
  readonly #answers = new Map<string, Answer>();
  #requests = 0;
  /** Who waits for a connection. */
  #waiting: { resolve(stream: SpeechToSpeechStream): void; reject(reason: unknown): void }[] = [];
  /** Why it could not be opened. */
  #failure: { readonly reason: unknown } | undefined;
  /** The model was told nothing of the call yet. */
  isFresh = true;

  constructor(provider: SpeechToSpeech) {
    this.#provider = provider;
  }

  /** @throws as `doConnect`. */
  async open(options: ConnectOptions): Promise<SpeechToSpeechStream> {
    this.#failure = undefined;
    try {
      const stream = await this.#provider.doConnect(options);
      this.#stream = stream;
      this.isFresh = true;
      for (const { resolve } of this.#waiting.splice(0)) resolve(stream);
      return stream;
    } catch (reason) {
      this.#failure = { reason };
      for (const { reject } of this.#waiting.splice(0)) reject(reason);
      throw reason;
    }
  }

  /** The connection, as soon as there is one. @throws signal.reason; why there is none, when it could not be opened. */
  connected(signal: AbortSignal): Promise<SpeechToSpeechStream> {
    const stream = this.#stream;
    if (stream !== undefined) return Promise.resolve(stream);
    if (this.#failure !== undefined) return Promise.reject(this.#failure.reason);
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      signal.addEventListener("abort", () => reject(signal.reason), { once: true });
    });
  }

  /** Tells the model something, if it is there. */
  tell(say: (stream: SpeechToSpeechStream) => void): void {
    if (this.#stream !== undefined) say(this.#stream);
  }

  /** Asks for an answer, once there is a connection. It is cancelled when `signal` aborts. @throws signal.reason */
  async begin(ask: (requestId: string, stream: SpeechToSpeechStream) => void, signal: AbortSignal): Promise<Answer> {
    signal.throwIfAborted();
    const stream = await this.connected(signal);
    this.#requests += 1;
    const requestId = `request-${this.#requests}`;
    const answer = new Answer(requestId);
    this.#answers.set(requestId, answer);
    const onAbort = () => {
      if (answer.over) return;
      answer.end();
      stream.cancel(requestId);
    };
    signal.addEventListener("abort", onAbort, { once: true });
    ask(requestId, stream);
    return answer;
  }

  /** Hands an event to the answer it belongs to. */
  deal(event: Extract<SpeechToSpeechEvent, { readonly requestId: string }>): void {
    this.#answers.get(event.requestId)?.take(event);
    if (event.type === "response-end") this.#answers.delete(event.requestId);
  }

  /** The connection is gone: nothing more comes of any answer. */
  lost(error: BolchaalError): void {
    for (const answer of this.#answers.values()) answer.end(error);
    this.#answers.clear();
    this.#stream = undefined;
  }
}
