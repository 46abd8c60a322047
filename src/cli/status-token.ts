import { createHmac } from "node:crypto";
import { type Environment, read, readAuthTokens } from "./settings.js";

/**
 * Whoever brings one of these may ask a server of the command line which calls are going on: what
 * `BOLCHAAL_STATUS_TOKEN` says, else made of the account's auth token, which both sides have. The first is the server's.
 */
export function statusTokens(environment: Environment): string[] {
  const given = read(environment, "BOLCHAAL_STATUS_TOKEN");
  if (given !== undefined) return [given];
  return readAuthTokens(environment).map((token) =>
    createHmac("sha256", token).update("bolchaal status token").digest("base64url"),
  );
}
