import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { BolchaalError } from "../../errors.js";

/** A token is good for this long: from the webhook's answer to the stream's `start`, which is a second or two. */
export const DEFAULT_CALL_TOKEN_TTL_MS = 60_000;

/** What call tokens are made with. */
export interface CallTokenOptions {
  /**
   * What signs them: the account's auth token, or anything else that all servers of the number share. Of several the
   * first signs, and all are accepted: so a secret can be changed.
   */
  readonly secret: string | readonly string[];
  /** @default 60000 */
  readonly ttlMs?: number;
  /** The wall clock, in ms since 1970: servers must agree on it. @default Date.now */
  readonly now?: () => number;
}

/** Proof that a media stream belongs to a call this app has answered. */
export interface CallTokens {
  /** A new token for one call: 70 characters or so, safe in XML and URLs. */
  issue(callSid: string): string;
  /** Whether `token` was issued for `callSid`, by any server with the secret, is fresh, and was not used here before. */
  use(callSid: string, token: string | undefined): boolean;
}

/**
 * Tokens that the webhook hands out and the stream brings back. Servers share nothing but the secret; a token's second
 * use is noticed by the server that saw the first.
 * @throws BolchaalError `invalid-option` without a secret.
 */
export function createCallTokens(options: CallTokenOptions): CallTokens {
  const { ttlMs = DEFAULT_CALL_TOKEN_TTL_MS, now = Date.now } = options;
  const keys = [options.secret]
    .flat()
    .filter((secret) => secret !== "")
    .map(keyOf);
  const [signingKey] = keys;
  if (signingKey === undefined) {
    throw new BolchaalError("Call tokens need a secret. Give the account's auth token, or another secret.", {
      code: "invalid-option",
      component: "transport",
      provider: "twilio",
    });
  }
  /** The tokens used here, each with its expiry: needed no longer than that. */
  const used = new Map<string, number>();

  function forgetExpired(): void {
    for (const [token, expiresAt] of used) if (expiresAt <= now()) used.delete(token);
  }

  return {
    issue(callSid) {
      const claim = `${Math.ceil(now() + ttlMs).toString(36)}.${randomBytes(9).toString("base64url")}`;
      return `${claim}.${sign(signingKey, claim, callSid).toString("base64url")}`;
    },
    use(callSid, token) {
      const [, claim = "", expiry = "", signature = ""] = /^(([0-9a-z]+)\.[\w-]+)\.([\w-]+)$/u.exec(token ?? "") ?? [];
      const given = Buffer.from(signature, "base64url");
      const genuine = keys.some((key) => isSame(sign(key, claim, callSid), given));
      const expiresAt = Number.parseInt(expiry, 36);
      if (!genuine || expiresAt <= now() || used.has(claim)) return false;
      forgetExpired();
      used.set(claim, expiresAt);
      return true;
    },
  };
}

/** Not the auth token itself: what it signs for Twilio must never be good as a token, nor the reverse. */
function keyOf(secret: string): Buffer {
  return createHmac("sha256", secret).update("bolchaal call token").digest();
}

function sign(key: Buffer, claim: string, callSid: string): Buffer {
  return createHmac("sha256", key).update(`${claim}.${callSid}`).digest();
}

function isSame(expected: Buffer, given: Buffer): boolean {
  return expected.length === given.length && timingSafeEqual(expected, given);
}
