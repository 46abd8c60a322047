import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { BolchaalError } from "../../../errors.js";
import type { NetworkRequest, ProviderNetwork } from "../../../net/network.js";
import type { Clock } from "../../../spec/index.js";
import { systemClock } from "../../../system-clock.js";
import { answerOfFault, bodyOf, LineCut, type OpenAiHttpFault, pause } from "./faults.js";
import { answerTo, type HttpQuestion, type OpenAiHttpWays } from "./openai-http.js";
import type { OpenAiReply, OpenAiSimulatorRequest } from "./script.js";

/** Of {@link createOpenAiSimulator}. */
export interface OpenAiSimulatorOptions {
  /** The key it knows. @default "test-key" */
  readonly apiKey?: string;
  /** The models it has. @default every name that begins with `gpt-` or `tts-` */
  readonly models?: readonly string[];
  /** What the model answers. @default a short greeting in two pieces */
  readonly script?: (request: OpenAiSimulatorRequest) => OpenAiReply;
  /** What is made of the words of the scripted voice in a file. @default those words */
  readonly transcribe?: (words: string) => string;
  /** What goes wrong with a request, if anything; 1 is the first. @default nothing does */
  readonly fault?: (request: number) => OpenAiHttpFault | undefined;
}

/** A simulated OpenAI. */
export interface OpenAiSimulator {
  /** What it was asked, and understood, the first first. */
  readonly requests: readonly OpenAiSimulatorRequest[];
  /** How many answers are under way. */
  readonly openAnswers: number;
  /** A network in which this OpenAI is all there is, in memory, on `clock`. The address does not matter. */
  network(clock: Clock): ProviderNetwork;
  /** Listens on a free port of this machine. */
  listen(): Promise<ListeningOpenAiSimulator>;
}

/** A simulated OpenAI that listens. */
export interface ListeningOpenAiSimulator {
  /** Its address, for the plug-ins' `baseUrl`. */
  readonly baseUrl: string;
  /** Breaks what is open, and listens no more. */
  close(): Promise<void>;
}

/**
 * OpenAI's HTTP interface, in memory or on this machine: `/v1/responses` and `/v1/chat/completions` as streams,
 * `/v1/audio/speech` and `/v1/audio/transcriptions`. It refuses what OpenAI refuses, in OpenAI's words' shape, and cuts
 * its answers anywhere. The voice is the scripted one, and the ear understands that voice alone.
 */
export function createOpenAiSimulator(options: OpenAiSimulatorOptions = {}): OpenAiSimulator {
  const requests: OpenAiSimulatorRequest[] = [];
  const { apiKey = "test-key", models, fault: faultOf = () => undefined } = options;
  const ways: OpenAiHttpWays = {
    apiKey,
    models: (model) => (models === undefined ? /^(gpt|tts)-/.test(model) : models.includes(model)),
    script: options.script ?? (() => ({ text: ["Namaste, ", "how may I help?"] })),
    transcribe: options.transcribe,
    note: (request) => requests.push(request),
  };
  let count = 0;
  let openAnswers = 0;

  /** @throws LineCut when the connection is refused. */
  async function answer(clock: Clock, signal: AbortSignal, question: HttpQuestion) {
    count += 1;
    const number = count;
    const fault = faultOf(number);
    if (fault?.type === "refuse") throw new LineCut("connect ECONNREFUSED");
    openAnswers += 1;
    try {
      if (fault?.type === "header-stall") await pause(clock, undefined, signal);
      const given = answerOfFault(fault) ?? (await answerTo(question, number, ways));
      return { ...given, body: counted(bodyOf(given, fault, { clock, signal })) };
    } catch (error) {
      openAnswers -= 1;
      throw error;
    }
  }

  async function* counted(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, void> {
    try {
      yield* body;
    } finally {
      openAnswers -= 1;
    }
  }

  async function memoryFetch(clock: Clock, url: string, asked: NetworkRequest): Promise<Response> {
    const { method, headers, body, signal } = asked;
    signal.throwIfAborted();
    const over = new AbortController();
    const either = AbortSignal.any([signal, over.signal]);
    // A form is handed over as it is: written out and read again, it would take time that a virtual clock does not know.
    const question: HttpQuestion = {
      method,
      path: new URL(url).pathname,
      headers: Object.fromEntries(new Headers(headers)),
      text: async () => (typeof body === "string" ? body : ""),
      form: async () => {
        if (body instanceof FormData) return body;
        throw new TypeError("This is no form.");
      },
    };
    const given = await answer(clock, either, question).catch((cause: unknown) => {
      if (cause instanceof LineCut) throw new TypeError("fetch failed", { cause });
      throw cause;
    });
    const stream = new ReadableStream<Uint8Array>({
      start(controller) {
        const onAbort = () => {
          controller.error(signal.reason);
          given.body.return().catch(() => {});
        };
        signal.addEventListener("abort", onAbort, { once: true });
      },
      async pull(controller) {
        try {
          const next = await given.body.next();
          if (next.done === true) controller.close();
          else controller.enqueue(Uint8Array.from(next.value));
        } catch (cause) {
          controller.error(cause instanceof LineCut ? new TypeError("terminated", { cause }) : cause);
        }
      },
      async cancel() {
        over.abort(new Error("Nobody reads."));
        await given.body.return().catch(() => {});
      },
    });
    return new Response(stream, { status: given.status, headers: given.headers });
  }

  async function serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const gone = new AbortController();
    outgoing.on("close", () => gone.abort(new Error("The caller has gone.")));
    try {
      const parts: Buffer[] = [];
      for await (const part of incoming as AsyncIterable<Buffer>) parts.push(part);
      const { method = "GET", url = "/" } = incoming;
      const headers = Object.entries(incoming.headers).map(([name, value]): [string, string] => [name, String(value)]);
      const body = new Uint8Array(Buffer.concat(parts));
      const given = await answer(systemClock, gone.signal, {
        method,
        path: new URL(url, "http://localhost").pathname,
        headers: Object.fromEntries(headers),
        text: async () => Buffer.from(body).toString("utf8"),
        form: () => new Response(body, { headers }).formData(),
      });
      outgoing.writeHead(given.status, given.headers);
      outgoing.flushHeaders();
      for await (const piece of given.body) outgoing.write(piece);
      outgoing.end();
    } catch (error) {
      outgoing.destroy();
      if (!(error instanceof LineCut) && !gone.signal.aborted) throw error;
    }
  }

  return {
    requests,
    get openAnswers() {
      return openAnswers;
    },
    network: (clock) => ({
      clock,
      fetch: (url, request) => memoryFetch(clock, url, request),
      connect() {
        throw new BolchaalError("This simulator speaks HTTP alone. Use the Realtime simulator for a WebSocket.", {
          code: "simulation-failed",
          component: "testing",
        });
      },
    }),
    async listen() {
      const server = createServer((incoming, outgoing) => void serve(incoming, outgoing));
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      const { port } = server.address() as AddressInfo;
      return {
        baseUrl: `http://127.0.0.1:${port}/v1`,
        async close() {
          server.closeAllConnections();
          await new Promise<void>((resolve) => server.close(() => resolve()));
        },
      };
    },
  };
}
