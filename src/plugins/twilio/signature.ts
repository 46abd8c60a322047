import { createHmac, timingSafeEqual } from "node:crypto";

/** The fields of a form. A field that was sent more than once has a list. */
export type FormFields = Readonly<Record<string, string | readonly string[]>>;

/**
 * What Twilio writes into `X-Twilio-Signature`: base64 of HMAC-SHA1 over the URL and, for a form, each field's name and
 * value, sorted by name. Source: Twilio's "Webhooks security".
 *
 * @param url exactly as Twilio has it, query included
 * @param params the form's fields, blank ones included; none for a WebSocket upgrade
 */
export function twilioSignature(authToken: string, url: string, params: FormFields = {}): string {
  const hmac = createHmac("sha1", authToken).update(url);
  for (const name of Object.keys(params).sort()) {
    const value = params[name] ?? "";
    const values = typeof value === "string" ? [value] : [...new Set(value)].sort();
    for (const item of values) hmac.update(name).update(item);
  }
  return hmac.digest("base64");
}

/** What {@link isTwilioSignature} looks at. */
export interface SignedRequest {
  /** The account's primary auth token; the old and the new one while it is being rotated. */
  readonly authToken: string | readonly string[];
  /** The `X-Twilio-Signature` header, if there was one. */
  readonly signature: string | undefined;
  /** As configured, never as the request says: whoever sends the request writes `Host` and `X-Forwarded-…`. */
  readonly url: string;
  /** The form's fields, for a POST. */
  readonly params?: FormFields;
}

/** Whether Twilio signed the request, over any of {@link signatureUrls}. Compares in constant time. */
export function isTwilioSignature({ authToken, signature, url, params }: SignedRequest): boolean {
  if (signature === undefined || signature === "") return false;
  const authTokens = typeof authToken === "string" ? [authToken] : authToken;
  return authTokens
    .filter((token) => token !== "")
    .some((token) => signatureUrls(url).some((each) => isSame(twilioSignature(token, each, params), signature)));
}

/**
 * The spellings of a URL that Twilio may have signed, the given one first: as WebSocket and as HTTP address, with and
 * without a trailing slash, with the port as given, without one, and with the scheme's own. User and password are left
 * out, as Twilio does.
 * @returns none if `url` is not a http, https, ws or wss address.
 */
export function signatureUrls(url: string): readonly string[] {
  const match =
    /^(?<scheme>https?|wss?):\/\/(?:[^@/?#]*@)?(?<host>\[[^\]]*\]|[^:/?#]+)(?<port>:\d+)?(?<path>[^?#]*)(?<query>\?[^#]*)?/u.exec(
      url,
    );
  if (match?.groups === undefined) return [];
  const { scheme = "", host = "", port = "", path = "", query = "" } = match.groups;
  const secure = scheme === "https" || scheme === "wss";
  const schemes = secure ? ["https", "wss"] : ["http", "ws"];
  const ports = [port, "", secure ? ":443" : ":80"];
  const paths = [path, path.endsWith("/") ? path.slice(0, -1) : `${path}/`];
  const urls = [scheme, ...schemes].flatMap((eachScheme) =>
    ports.flatMap((eachPort) => paths.map((eachPath) => `${eachScheme}://${host}${eachPort}${eachPath}${query}`)),
  );
  return [...new Set(urls)];
}

function isSame(expected: string, given: string): boolean {
  const [first, second] = [Buffer.from(expected), Buffer.from(given)];
  return first.length === second.length && timingSafeEqual(first, second);
}
