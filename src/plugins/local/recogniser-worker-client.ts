import { Worker } from "node:worker_threads";
import { BolchaalError } from "../../errors.js";
import type { GrammarWord } from "./recogniser/grammar.js";

/** What the recogniser's worker is started with. */
export interface RecogniserSettings {
  readonly jsgf: string;
  readonly words: readonly GrammarWord[];
  /** The package's settings of the decoder of phrases. */
  readonly decoder: Readonly<Record<string, string | number | boolean>>;
  /** The package's settings of the decoder of any speech, which the first is measured against. */
  readonly filler: Readonly<Record<string, string | number | boolean>>;
}

/** What the recogniser made of a sound. */
export interface Heard {
  /** The words of the grammar; empty when nothing in it fits at all. */
  readonly tokens: string;
  /** How well they fit, as the logarithm of a likelihood: to be compared with `fillerScore` only. */
  readonly score: number;
  /** How well the best sequence of any phones fits. */
  readonly fillerScore: number;
}

type Message =
  | { readonly type: "ready" }
  | { readonly type: "missing" | "broken"; readonly message: string }
  | ({ readonly type: "heard"; readonly id: number } & Heard)
  | { readonly type: "failed"; readonly id: number; readonly message: string };

interface Job {
  readonly id: number;
  readonly samples: Float32Array;
  readonly resolve: (heard: Heard) => void;
  readonly reject: (reason: unknown) => void;
  /** A worker that dies over a sound is replaced once. */
  restarts: number;
}

/**
 * A recogniser's worker thread, shared by calls: started with the first order, one sound at a time in the order they
 * came. It keeps no process alive while it has nothing to do.
 */
export class RecogniserWorkerClient {
  readonly #settings: RecogniserSettings;
  readonly #file: URL;
  #worker: Worker | undefined;
  #ready = false;
  #warming: ReturnType<typeof deferred<void>> | undefined;
  #queue: Job[] = [];
  #current: Job | undefined;
  #lastId = 0;

  /** @param file The worker's file; another one is for tests. */
  constructor(settings: RecogniserSettings, file = new URL("./recogniser-worker.js", import.meta.url)) {
    this.#settings = settings;
    this.#file = file;
  }

  /** Sounds that wait or are at work. */
  get load(): number {
    return this.#queue.length + (this.#current === undefined ? 0 : 1);
  }

  /**
   * Starts the worker, which takes about half a second, so that the first utterance finds it ready.
   * @throws a `BolchaalError` when the recogniser cannot work.
   */
  async warmUp(): Promise<void> {
    if (this.#ready) return;
    this.#worker ??= this.#start();
    this.#worker.ref();
    this.#warming ??= deferred<void>();
    await this.#warming.promise;
  }

  /**
   * @param samples Mono at 8 kHz, from -1 to 1. They are given away.
   * @throws signal.reason; a `BolchaalError` when the recogniser cannot work.
   */
  async recognise(samples: Float32Array<ArrayBuffer>, signal: AbortSignal): Promise<Heard> {
    signal.throwIfAborted();
    const { promise, resolve, reject } = deferred<Heard>();
    this.#lastId += 1;
    const job: Job = { id: this.#lastId, samples, resolve, reject, restarts: 0 };
    const onAbort = () => {
      this.#queue = this.#queue.filter((waiting) => waiting !== job);
      reject(signal.reason);
    };
    signal.addEventListener("abort", onAbort, { once: true });
    this.#queue.push(job);
    this.#next();
    return promise.finally(() => signal.removeEventListener("abort", onAbort));
  }

  /** Ends the worker. Whoever still waits gets an error. */
  async close(): Promise<void> {
    const worker = this.#worker;
    this.#fail(
      new BolchaalError("The recogniser was closed. Make a new one with localSpeechToText().", {
        code: "session-ended",
        component: "speech-to-text",
        provider: "local",
      }),
    );
    await worker?.terminate();
  }

  #next(): void {
    if (this.#current !== undefined) return;
    if (this.#queue.length === 0) return this.#worker?.unref();
    this.#worker ??= this.#start();
    this.#worker.ref();
    if (!this.#ready) return;
    this.#current = this.#queue.shift();
    // Copied, not transferred: a restarted worker gets the same samples again.
    this.#worker.postMessage({ id: this.#current?.id, samples: this.#current?.samples });
  }

  #start(): Worker {
    const worker = new Worker(this.#file, { workerData: this.#settings });
    worker.unref();
    const ifCurrent = (act: () => void) => {
      if (this.#worker === worker) act();
    };
    worker.on("message", (message: Message) => ifCurrent(() => this.#take(message)));
    worker.on("error", (error) => ifCurrent(() => this.#died(error)));
    worker.on("exit", (code) => ifCurrent(() => this.#died(new Error(`its worker ended with code ${code}`))));
    return worker;
  }

  #warmedUp(): void {
    this.#ready = true;
    this.#warming?.resolve();
    this.#warming = undefined;
  }

  #take(message: Message): void {
    if (message.type === "ready") this.#warmedUp();
    else if (message.type === "missing") return this.#fail(missing());
    else if (message.type === "broken") return this.#fail(broken(new Error(message.message)));
    else {
      const job = this.#current;
      this.#current = undefined;
      if (message.type === "heard") job?.resolve(message);
      else job?.reject(broken(new Error(message.message)));
    }
    this.#next();
  }

  /** A new worker gets the same sound; if that one dies too, the sound is to blame. */
  #died(error: Error): void {
    const job = this.#current ?? this.#queue.shift();
    this.#worker = undefined;
    this.#ready = false;
    this.#current = undefined;
    if (job === undefined) return this.#fail(broken(error));
    if (job.restarts > 0) job.reject(broken(error));
    else this.#queue.unshift(job);
    job.restarts += 1;
    this.#next();
  }

  #fail(error: BolchaalError): void {
    const waiting = this.#current === undefined ? this.#queue : [this.#current, ...this.#queue];
    const worker = this.#worker;
    this.#worker = undefined;
    this.#ready = false;
    this.#current = undefined;
    this.#queue = [];
    for (const job of waiting) job.reject(error);
    this.#warming?.reject(error);
    this.#warming = undefined;
    worker?.unref();
  }
}

function deferred<T>() {
  let resolve: (value: T) => void = () => {};
  let reject: (reason: unknown) => void = () => {};
  const promise = new Promise<T>((take, refuse) => {
    resolve = take;
    reject = refuse;
  });
  return { promise, resolve, reject };
}

function missing(): BolchaalError {
  return new BolchaalError(
    "The embedded recogniser is not installed. Run `npm install soundswallower` (MIT), or use another speech-to-text.",
    { code: "missing-dependency", component: "speech-to-text", provider: "local" },
  );
}

function broken(cause: Error): BolchaalError {
  return new BolchaalError(
    `The embedded recogniser failed: ${cause.message}. If it happens again, use another speech-to-text.`,
    {
      code: "provider-failed",
      component: "speech-to-text",
      provider: "local",
      retryable: true,
      cause,
    },
  );
}
