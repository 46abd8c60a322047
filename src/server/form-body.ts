import type { FormFields } from "../plugins/twilio/index.js";

/** A request's body may be this long. Twilio's webhooks stay far below. */
export const MAX_BODY_BYTES = 65_536;

/** The fields of a form, or the HTTP status that says what is wrong with it. */
export type FormBody = { readonly fields: FormFields } | { readonly status: 400 | 413 | 415 };

/** What the headers say of a body: a form that is not too long; or the status that refuses it. */
export function formStatus(contentType: string | undefined, contentLength: string | undefined): 413 | 415 | undefined {
  const type = contentType?.split(";")[0]?.trim().toLowerCase();
  if (type !== "application/x-www-form-urlencoded") return 415;
  return Number(contentLength) > MAX_BODY_BYTES ? 413 : undefined;
}

/** Reads a form from the bytes of a body. */
export async function readForm(body: AsyncIterable<Uint8Array>): Promise<FormBody> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  try {
    for await (const chunk of body) {
      bytes += chunk.length;
      if (bytes > MAX_BODY_BYTES) return { status: 413 };
      chunks.push(chunk);
    }
  } catch {
    return { status: 400 };
  }
  return parseForm(Buffer.concat(chunks));
}

/** Blank fields stay: they are part of what was signed. */
export function parseForm(body: string | Uint8Array): FormBody {
  const text = typeof body === "string" ? body : Buffer.from(body).toString("utf8");
  const pairs = new URLSearchParams(text);
  const fields = [...new Set(pairs.keys())].map((name) => [name, oneOrMore(pairs.getAll(name))] as const);
  return { fields: Object.fromEntries(fields) };
}

/** A form's field as one text, blank if it is not there. */
export function textOf(form: FormFields, name: string): string {
  const value = Object.hasOwn(form, name) ? form[name] : undefined;
  return (typeof value === "string" ? value : value?.[0]) ?? "";
}

function oneOrMore(values: readonly string[]): string | readonly string[] {
  const [only = ""] = values;
  return values.length === 1 ? only : values;
}
