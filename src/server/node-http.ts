import { Buffer } from "node:buffer";
import { type IncomingMessage, type ServerResponse, STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import type { FormFields } from "../plugins/twilio/index.js";
import type { Answer } from "./answer.js";
import { type FormBody, formStatus, parseForm, readForm } from "./form-body.js";
import type { Question } from "./question.js";

/** A request, as Node gives it; Express keeps the path it cut off in `originalUrl`, and the form it read in `body`. */
export type PhoneServerRequest = IncomingMessage & { readonly originalUrl?: string; readonly body?: unknown };

/** A request of Node's http server. */
export function nodeQuestion(request: PhoneServerRequest): Question {
  const header = (name: string) => {
    const value = request.headers[name];
    return typeof value === "string" ? value : undefined;
  };
  return {
    method: request.method ?? "",
    target: request.originalUrl ?? request.url ?? "",
    header,
    form: async () => {
      const status = formStatus(header("content-type"), header("content-length"));
      return status === undefined ? formOf(request) : { status };
    },
  };
}

/** A form that Express or the like has read already is taken as it is. */
async function formOf(request: PhoneServerRequest): Promise<FormBody> {
  const { body } = request;
  if (typeof body === "string" || body instanceof Uint8Array) return parseForm(body);
  // Express 4 leaves an empty object where nothing was read: then the body still waits.
  if (isObject(body) && (Object.keys(body).length > 0 || request.readableEnded)) return taken(body);
  return readForm(request);
}

function taken(body: Readonly<Record<string, unknown>>): FormBody {
  const entries = Object.entries(body);
  const isForm = entries.every(([, value]) => [value].flat().every((item) => typeof item === "string"));
  return isForm ? { fields: body as FormFields } : { status: 400 };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

/** Sends an answer through Node's http server. */
export function sendAnswer(response: ServerResponse, { status, type, body, headers }: Answer): void {
  response.writeHead(status, { "Content-Type": type, "Content-Length": Buffer.byteLength(body), ...headers });
  response.end(body);
}

/** Refuses a WebSocket: an answer in plain HTTP instead of an upgrade. */
export function refuseUpgrade(socket: Duplex, status: number): void {
  // Nobody else listens to this socket any more, and an `error` that nobody hears ends the process.
  socket.on("error", () => {});
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
