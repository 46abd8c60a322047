import { BolchaalError } from "../errors.js";
import type { ConnectOptions, SpeechToSpeech, SpeechToSpeechEvent, SpeechToSpeechStream } from "../spec/index.js";
import { Answer } from "./answer.js";

/** One call's connection to the model, shared by the three who hear, think and speak through it. */
export class Link {
  readonly #provider: SpeechToSpeech;
  #stream: SpeechToSpeechStream | undefined;
  readonly #answers = new Map<string, Answer>();
  #requests = 0;
  /** The model was told nothing of the call yet. */
  isFresh = true;

  constructor(provider: SpeechToSpeech) {
    this.#provider = provider;
  }

  /** @throws as `doConnect`. */
  async open(options: ConnectOptions): Promise<SpeechToSpeechStream> {
    this.#stream = await this.#provider.doConnect(options);
    this.isFresh = true;
    return this.#stream;
  }

  /** The connection. @throws BolchaalError when there is none. */
  get stream(): SpeechToSpeechStream {
    if (this.#stream !== undefined) return this.#stream;
    throw new BolchaalError("There is no connection to it now. Wait until it is there again.", {
      code: "provider-failed",
      component: "speech-to-speech",
      provider: this.#provider.name,
      retryable: true,
    });
  }

  /** Tells the model something, if it is there. */
  tell(say: (stream: SpeechToSpeechStream) => void): void {
    if (this.#stream !== undefined) say(this.#stream);
  }

  /** Asks for an answer. It is cancelled when `signal` aborts. @throws as `stream`. */
  begin(ask: (requestId: string, stream: SpeechToSpeechStream) => void, signal: AbortSignal): Answer {
    signal.throwIfAborted();
    const { stream } = this;
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
