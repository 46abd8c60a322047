import { once } from "node:events";
import { type FormFields, twilioSignature } from "bolchaal/twilio";
import { WebSocket } from "ws";
import type { AgentOptions } from "../../src/session/index.js";
import { wire } from "../plugins/twilio/fake-socket.js";

export const authToken = "12345678901234567890123456789012";
/** What Twilio knows the server by; requests go to wherever it listens. */
export const publicUrl = "https://voice.example.com";
export const voiceForm = {
  CallSid: "CA1",
  From: "+919812345678",
  To: "+918041234567",
  Direction: "inbound",
  FromCity: "",
};

/** The byte that the agent's voice is made of. */
export const VOICE = 0x55;

/** An agent that hears nothing, and whose every sentence lasts 20 ms. */
export function quietAgent(options: Partial<AgentOptions> = {}): AgentOptions {
  return {
    speechToText: {
      specVersion: "v1",
      name: "deaf",
      capabilities: { interim: false, languages: ["en"] },
      accepts: [{ type: "audio/pcmu", rate: 8000 }],
      async doListen() {
        return {
          write() {},
          speechStart() {},
          speechEnd() {},
          // Nothing, for as long as the call lasts.
          results: { [Symbol.asyncIterator]: () => ({ next: () => new Promise(() => {}) }) },
          async close() {},
        };
      },
    },
    brain: () => "Yes.",
    textToSpeech: {
      specVersion: "v1",
      name: "mute",
      capabilities: { languages: ["en"] },
      produces: [{ type: "audio/pcmu", rate: 8000 }],
      async *doSpeak() {
        yield { audio: new Uint8Array(160).fill(VOICE) };
      },
    },
    ...options,
  };
}

export interface PostOptions {
  readonly form?: FormFields;
  readonly signature?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly method?: string;
  readonly body?: string;
}

/** Asks a webhook as Twilio does, or with something wrong. */
export function post(port: number, path: string, options: PostOptions = {}): Promise<Response> {
  const { form = voiceForm, method = "POST" } = options;
  const signature = options.signature ?? twilioSignature(authToken, publicUrl + path, form);
  const body = options.body ?? encoded(form);
  return fetch(`http://127.0.0.1:${port}${path}`, {
    method,
    headers: {
      "Content-Type": "application/x-www-form-urlencoded; charset=UTF-8",
      "X-Twilio-Signature": signature,
      ...options.headers,
    },
    ...(method === "GET" ? {} : { body }),
  });
}

function encoded(form: FormFields): string {
  const pairs = Object.entries(form).flatMap(([name, value]) => [value].flat().map((each) => [name, each]));
  return new URLSearchParams(pairs as [string, string][]).toString();
}

/** Opens the media stream as Twilio does, or with something wrong. @returns the socket, or the status that refused it */
export async function openStream(
  port: number,
  signature?: string | null,
  path = "/twilio/media",
): Promise<WebSocket | number> {
  const right = twilioSignature(authToken, `wss://voice.example.com${path}`);
  const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, {
    perMessageDeflate: false,
    headers: signature === null ? {} : { "X-Twilio-Signature": signature ?? right },
  });
  const status = new Promise<number>((resolve) => {
    socket.once("unexpected-response", (request, response) => {
      resolve(response.statusCode ?? 0);
      request.destroy();
    });
    socket.on("error", () => {});
  });
  return Promise.race([once(socket, "open").then(() => socket), status]);
}

export interface TwilioCall {
  readonly socket: WebSocket;
  readonly closed: Promise<number>;
  send(message: unknown): void;
}

/** Calls the server: webhook, stream, `start`. */
export async function dial(port: number, callSid = "CA1", token?: string): Promise<TwilioCall> {
  const answer = await post(port, "/twilio/voice", { form: { ...voiceForm, CallSid: callSid } });
  const parameters = parametersOf(await answer.text());
  const socket = await openStream(port);
  if (typeof socket === "number") throw new Error(`the stream was refused: ${socket}`);
  const closed = once(socket, "close").then(([code]) => code as number);
  const send = (message: unknown) => socket.send(JSON.stringify(message));
  const start = wire.start({ ...parameters, ...(token === undefined ? {} : { token }) });
  send(wire.connected);
  send({ ...start, start: { ...start.start, callSid } });
  return { socket, closed, send };
}

export function parametersOf(twiml: string): Record<string, string> {
  return Object.fromEntries(
    [...twiml.matchAll(/<Parameter name="([^"]*)" value="([^"]*)"/gu)].map(([, name, value]) => [name, value]),
  );
}

/** A promise, and the function that settles it. */
export function signal<T>() {
  let resolve: (value: T) => void = () => {};
  const promise = new Promise<T>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
