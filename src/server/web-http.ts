import { Buffer } from "node:buffer";
import type { Answer } from "./answer.js";
import { formStatus, readForm } from "./form-body.js";
import type { Question } from "./question.js";

/** A request of the web's own kind, as Hono, Fastify's adapters and others give it. */
export function webQuestion(request: Request): Question {
  const header = (name: string) => request.headers.get(name) ?? undefined;
  const { pathname, search } = new URL(request.url);
  return {
    method: request.method,
    target: pathname + search,
    header,
    form: async () => {
      const status = formStatus(header("content-type"), header("content-length"));
      return status === undefined ? readForm(bytesOf(request)) : { status };
    },
  };
}

async function* bytesOf(request: Request): AsyncGenerator<Uint8Array, void, void> {
  if (request.body !== null) yield* request.body as unknown as AsyncIterable<Uint8Array>;
}

/** An answer of the web's own kind. */
export function webResponse({ status, type, body, headers }: Answer): Response {
  return new Response(typeof body === "string" ? body : Buffer.from(body), {
    status,
    headers: { "Content-Type": type, ...headers },
  });
}
