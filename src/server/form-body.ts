import { Buffer } from "node:buffer";
import type { IncomingMessage } from "node:http";
import type { FormFields } from "../plugins/twilio/index.js";

/** A request's body may be this long. Twilio's webhooks stay far below. */
export const MAX_BODY_BYTES = 65_536;

/** A request, as Node gives it; Express keeps the path it cut off in `originalUrl`, and the form it read in `body`. */
export type PhoneServerRequest = IncomingMessage & { readonly originalUrl?: string; readonly body?: unknown };

/** The fields of a form, or the HTTP status that says what is wrong with it. */
export type FormBody = { readonly fields: FormFields } | { readonly status: 400 | 413 | 415 };

/** Reads a form; one that Express or the like has read already is taken as it is. */
export async function readForm(request: PhoneServerRequest): Promise<FormBody> {
  const type = request.headers["content-type"]?.split(";")[0]?.trim().toLowerCase();
  if (type !== "application/x-www-form-urlencoded") return { status: 415 };
  if (Number(request.headers["content-length"]) > MAX_BODY_BYTES) return { status: 413 };
  const { body } = request;
  if (typeof body === "string" || body instanceof Uint8Array) return parsed(body);
  // Express 4 leaves an empty object where nothing was read: then the body still waits.
  if (isObject(body) && (Object.keys(body).length > 0 || request.readableEnded)) return taken(body);
  return read(request);
}

async function read(request: IncomingMessage): Promise<FormBody> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  try {
    for await (const chunk of request as AsyncIterable<Uint8Array>) {
      bytes += chunk.length;
      if (bytes > MAX_BODY_BYTES) return { status: 413 };
      chunks.push(chunk);
    }
  } catch {
    return { status: 400 };
  }
  return parsed(Buffer.concat(chunks));
}

/** Blank fields stay: they are part of what was signed. */
function parsed(body: string | Uint8Array): FormBody {
  const text = typeof body === "string" ? body : Buffer.from(body).toString("utf8");
  const pairs = new URLSearchParams(text);
  const fields = [...new Set(pairs.keys())].map((name) => [name, oneOrMore(pairs.getAll(name))] as const);
  return { fields: Object.fromEntries(fields) };
}

function taken(body: Readonly<Record<string, unknown>>): FormBody {
  const entries = Object.entries(body);
  const isForm = entries.every(([, value]) => [value].flat().every((item) => typeof item === "string"));
  return isForm ? { fields: body as FormFields } : { status: 400 };
}

function oneOrMore(values: readonly string[]): string | readonly string[] {
  const [only = ""] = values;
  return values.length === 1 ? only : values;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
