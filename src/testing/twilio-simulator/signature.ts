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
