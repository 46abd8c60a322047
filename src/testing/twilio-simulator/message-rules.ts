/** What an app may send over a bidirectional stream. */
export type AppMessage =
  | { readonly event: "media"; readonly audio: Uint8Array }
  | { readonly event: "mark"; readonly name: string }
  | { readonly event: "clear" };

/** A message that Twilio ignores, with the warning it writes to its debugger. */
export interface MessageViolation {
  readonly code: 31950 | 31951;
  readonly reason: string;
}

/** An object of exactly these fields, each a string or an object of the same kind. */
interface Shape {
  readonly [field: string]: "string" | Shape;
}

const SHAPES: Readonly<Record<AppMessage["event"], Shape>> = {
  media: { event: "string", streamSid: "string", media: { payload: "string" } },
  mark: { event: "string", streamSid: "string", mark: { name: "string" } },
  clear: { event: "string", streamSid: "string" },
};

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/**
 * Reads a message as strictly as Twilio does: exactly the documented fields, the right stream, text frames of JSON.
 * A binary frame is 31950, everything else that is wrong 31951.
 */
export function readAppMessage(text: string, isBinary: boolean, streamSid: string): AppMessage | MessageViolation {
  if (isBinary) return { code: 31950, reason: "a binary frame" };
  const message = parsed(text);
  if (typeof message !== "object" || message === null) return invalid("not a JSON object");
  const { event, streamSid: stream } = message as Record<string, unknown>;
  if (event !== "media" && event !== "mark" && event !== "clear")
    return invalid(`unknown event ${JSON.stringify(event)}`);
  const fault = faultOf(message, SHAPES[event], event);
  if (fault !== undefined) return invalid(fault);
  if (stream !== streamSid) return invalid(`streamSid ${JSON.stringify(stream)} is not this stream's`);
  return contentOf(message as Content);
}

/** A message that has passed its shape. */
type Content =
  | { readonly event: "media"; readonly media: { readonly payload: string } }
  | { readonly event: "mark"; readonly mark: { readonly name: string } }
  | { readonly event: "clear" };

function contentOf(message: Content): AppMessage | MessageViolation {
  if (message.event === "clear") return { event: "clear" };
  if (message.event === "mark") return { event: "mark", name: message.mark.name };
  const { payload } = message.media;
  if (!BASE64.test(payload)) return invalid("media.payload is not base64");
  return { event: "media", audio: Buffer.from(payload, "base64") };
}

function faultOf(value: unknown, shape: Shape, path: string): string | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return `${path} is not an object`;
  const extra = Object.keys(value).find((field) => !Object.hasOwn(shape, field));
  if (extra !== undefined) return `${path} has the extra field ${JSON.stringify(extra)}`;
  for (const [field, kind] of Object.entries(shape)) {
    const part = (value as Record<string, unknown>)[field];
    if (part === undefined) return `${path} lacks the field "${field}"`;
    const fault = kind === "string" ? stringFault(part, field) : faultOf(part, kind, field);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function stringFault(value: unknown, field: string): string | undefined {
  return typeof value === "string" ? undefined : `${field} is not a string`;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function invalid(reason: string): MessageViolation {
  return { code: 31951, reason };
}
