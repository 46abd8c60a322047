import { Worker } from "node:worker_threads";
import { BolchaalError } from "../../errors.js";

/** What the voice is to say, and how. */
export interface VoiceOrder {
  readonly text: string;
  /** eSpeak NG's name of the voice, such as `hi` or `en-us+f3`. */
  readonly voice: string;
  /** Words a minute. */
  readonly rate: number;
  /** 0 to 99. */
  readonly pitch: number;
}

/** A stretch of speech, at the voice's own rate. */
export interface VoiceChunk {
  readonly samples: Int16Array;
  readonly sampleRate: number;
  /** Words that begin here: their place in the text in code points, and their time from the beginning in ms. */
  readonly words: readonly { readonly start: number; readonly length: number; readonly atMs: number }[];
}

type Message =
  | { readonly type: "ready"; readonly rate: number }
  | { readonly type: "missing" | "broken"; readonly message: string }
  | ({ readonly type: "chunk"; readonly id: number } & Omit<VoiceChunk, "sampleRate">)
  | { readonly type: "end"; readonly id: number }
  | { readonly type: "failed"; readonly id: number; readonly message: string };

interface Job {
  readonly id: number;
  readonly order: VoiceOrder;
  readonly chunks: VoiceChunk[];
  done: boolean;
  error: Error | undefined;
  wake: () => void;
}

/**
 * The voice's worker thread, shared by all calls: started with the first order, asked one order at a time in the order
 * they came, and no reason for a process to stay alive while it has nothing to say.
 */
export class VoiceWorkerClient {
  readonly #cancelled = new SharedArrayBuffer(4);
  #worker: Worker | undefined;
  #sampleRate = 0;
  #queue: Job[] = [];
  #current: Job | undefined;
  #lastId = 0;

  /** @throws signal.reason; a `BolchaalError` when the voice cannot speak. */
  async *speak(order: VoiceOrder, signal: AbortSignal): AsyncGenerator<VoiceChunk, void, void> {
    signal.throwIfAborted();
    this.#lastId += 1;
    const job: Job = { id: this.#lastId, order, chunks: [], done: false, error: undefined, wake: () => {} };
    const onAbort = () => job.wake();
    signal.addEventListener("abort", onAbort, { once: true });
    this.#queue.push(job);
    this.#next();
    try {
      while (true) {
        signal.throwIfAborted();
        const chunk = job.chunks.shift();
        if (chunk !== undefined) yield chunk;
        else if (job.error !== undefined) throw job.error;
        else if (job.done) return;
        else {
          await new Promise<void>((resolve) => {
            job.wake = resolve;
          });
        }
      }
    } finally {
      signal.removeEventListener("abort", onAbort);
      this.#drop(job);
    }
  }

  /** Ends the worker. Whoever still waits for speech gets an error. */
  async close(): Promise<void> {
    const worker = this.#worker;
    this.#fail(
      new BolchaalError("The voice was closed.", {
        code: "session-ended",
        component: "text-to-speech",
        provider: "local",
      }),
    );
    await worker?.terminate();
  }

  #next(): void {
    const worker = this.#worker ?? this.#start();
    if (this.#current !== undefined || this.#sampleRate === 0) return;
    this.#current = this.#queue.shift();
    if (this.#current === undefined) {
      worker.unref();
      return;
    }
    worker.ref();
    worker.postMessage({ id: this.#current.id, ...this.#current.order });
  }

  #start(): Worker {
    const worker = new Worker(new URL("./voice-worker.js", import.meta.url), {
      workerData: { cancelled: this.#cancelled },
    });
    worker.on("message", (message: Message) => this.#take(message));
    worker.on("error", (error) => this.#fail(broken(error.message, error)));
    worker.on("exit", () => {
      if (this.#worker === worker) this.#fail(broken("its worker has ended"));
    });
    this.#worker = worker;
    return worker;
  }

  #take(message: Message): void {
    if ("id" in message) this.#progress(message);
    else if (message.type === "ready") this.#sampleRate = message.rate;
    else return this.#fail(message.type === "missing" ? missing() : broken(message.message));
    this.#next();
  }

  #progress(message: Extract<Message, { id: number }>): void {
    const job = this.#current;
    if (job === undefined || job.id !== message.id) return;
    if (message.type === "chunk") {
      const { samples, words } = message;
      job.chunks.push({ samples, words, sampleRate: this.#sampleRate });
    } else {
      if (message.type === "failed") job.error = broken(message.message);
      job.done = true;
      this.#current = undefined;
    }
    job.wake();
  }

  /** Nobody listens to this job any more. */
  #drop(job: Job): void {
    this.#queue = this.#queue.filter((waiting) => waiting !== job);
    if (this.#current === job) Atomics.store(new Int32Array(this.#cancelled), 0, job.id);
  }

  #fail(error: BolchaalError): void {
    const waiting = this.#current === undefined ? this.#queue : [this.#current, ...this.#queue];
    this.#worker = undefined;
    this.#sampleRate = 0;
    this.#current = undefined;
    this.#queue = [];
    for (const job of waiting) {
      job.error = error;
      job.wake();
    }
  }
}

function missing(): BolchaalError {
  return new BolchaalError(
    "The embedded voice is not installed. Run `npm install @echogarden/espeak-ng-emscripten` (eSpeak NG, GPL-3.0), or use another text-to-speech.",
    { code: "missing-dependency", component: "text-to-speech", provider: "local" },
  );
}

function broken(what: string, cause?: unknown): BolchaalError {
  return new BolchaalError(`The embedded voice failed: ${what}.`, {
    code: "provider-failed",
    component: "text-to-speech",
    provider: "local",
    retryable: true,
    cause,
  });
}
