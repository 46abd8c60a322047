import { createHmac } from "node:crypto";

/**
 * The `X-Twilio-Signature` of a request: base64 of HMAC-SHA1 over the URL and, sorted by name, each form field's name
 * and value. Written apart from the library's own check, so that one is a test of the other.
 */
export function signatureOf(authToken: string, url: string, fields: Readonly<Record<string, string>> = {}): string {
  const signed = Object.keys(fields)
    .sort()
    .reduce((text, name) => text + name + fields[name], url);
  return createHmac("sha1", authToken).update(signed, "utf8").digest("base64");
}

/** The URL a voice webhook is signed over: of https, without user and port; of http as it is. */
export function signedWebhookUrl(url: URL): string {
  if (url.protocol !== "https:") return url.href;
  return `https://${url.hostname}${url.pathname}${url.search}`;
}

/**
 * How requests are signed wrongly: with this, with nothing (`null`), or with a signature that is right for other form
 * fields, another host, another path or another account. As a function: of each path; undefined is the right one.
 */
export type SignatureFault = WrongSignature | undefined | ((path: string) => WrongSignature | undefined);

export type WrongSignature =
  | string
  | null
  | { readonly of: "other-fields" | "other-host" | "other-path" | "other-account" };

/** The signature a request is sent with; null: none. */
export function signatureFor(
  authToken: string,
  url: string,
  fields: Readonly<Record<string, string>>,
  fault: SignatureFault,
  path: string,
): string | null {
  const wrong = typeof fault === "function" ? fault(path) : fault;
  if (wrong === undefined) return signatureOf(authToken, url, fields);
  if (wrong === null || typeof wrong === "string") return wrong;
  switch (wrong.of) {
    case "other-fields":
      return signatureOf(authToken, url, { ...fields, CallSid: `CA${"0".repeat(32)}` });
    case "other-host":
      return signatureOf(authToken, url.replace(/^(\w+:\/\/)[^/]+/, "$1elsewhere.example"), fields);
    case "other-path":
      return signatureOf(authToken, `${url}/elsewhere`, fields);
    case "other-account":
      return signatureOf(`${authToken}0`, url, fields);
  }
}
