import { randomBytes } from "node:crypto";
import { z } from "zod";
import type { ProviderNetwork } from "../../../net/index.js";
import { twilioSignature } from "../../../plugins/twilio/index.js";
import { DEFAULT_BASE_PATH } from "../../../server/index.js";
import type { Ask } from "../../context.js";
import { messageOf } from "../../message-of.js";
import { type Environment, isPublicUrl, readAuthTokens, readPort, readPublicUrl } from "../../settings.js";
import { type Check, type Finding, fail, ok, skipped } from "../check.js";

/** The way out to the internet and back may take so long, in ms. */
export const PUBLIC_URL_LIMIT_MS = 15_000;

/** A phone server for the time of the check. */
export interface Door {
  close(): Promise<void>;
}

/** Opens a phone server under a base path on the port; undefined when the port is taken. */
export type OpenDoor = (settings: {
  readonly basePath: string;
  readonly publicUrl: string;
  readonly authToken: readonly string[];
  readonly port: number;
}) => Promise<Door | undefined>;

/** Of {@link publicUrlCheck}. */
export interface PublicUrlOptions {
  readonly environment: Environment;
  readonly ask: Ask;
  readonly network: ProviderNetwork;
  readonly openDoor: OpenDoor;
  /** What nobody else can know. @default random */
  readonly nonce?: string;
}

const HEALTH = z.object({ status: z.enum(["ok", "closing"]), calls: z.number(), maxCalls: z.number() });

/**
 * Goes out to the internet and back, as Twilio will. If nothing listens on the port yet, a phone server does for the
 * time of the check, under a path that nobody else knows: who answers there is this machine. If something listens, it is
 * to be a phone server with this account's token, which the signature shows. No call is made or touched.
 */
export function publicUrlCheck({ environment, ask, network, openDoor, nonce = newNonce() }: PublicUrlOptions): Check {
  return {
    name: "public address",
    limitMs: PUBLIC_URL_LIMIT_MS,
    async look(signal) {
      const { value: publicUrl } = readPublicUrl(environment);
      const authToken = readAuthTokens(environment);
      const { port } = readPort(environment);
      if (!isPublicUrl(publicUrl) || authToken.length === 0 || port === undefined) {
        return skipped("needs the public address, the auth token and the port");
      }
      const basePath = `${DEFAULT_BASE_PATH}/check-${nonce}`;
      const door = await openDoor({ basePath, publicUrl, authToken, port });
      const base = publicUrl + (door === undefined ? DEFAULT_BASE_PATH : basePath);
      try {
        const [token = ""] = authToken;
        return (
          (await health(ask, base, port, signal)) ??
          (await signedRequest(ask, base, token, signal)) ??
          (await upgrade(network, base, signal)) ??
          ok(door === undefined ? "reaches the phone server that runs here" : "reaches this machine")
        );
      } finally {
        await door?.close();
      }
    },
  };
}

function newNonce(): string {
  return randomBytes(12).toString("hex");
}

/** Whether a phone server answers. @returns what is wrong, if anything */
async function health(ask: Ask, base: string, port: number, signal: AbortSignal): Promise<Finding | undefined> {
  let answer: Response;
  try {
    answer = await ask(`${base}/health`, { signal });
  } catch (error) {
    signal.throwIfAborted();
    return unreachable(error);
  }
  const body = await answer.json().catch(() => undefined);
  if (HEALTH.safeParse(body).success) return undefined;
  const todo = `See that the tunnel or proxy goes to port ${port} of this machine, and leaves the path as it is.`;
  if (answer.status >= 500) return fail(`a proxy answers, and finds nobody behind it (HTTP ${answer.status})`, todo);
  return fail(`somebody else answers there (HTTP ${answer.status})`, todo);
}

function unreachable(error: unknown): Finding {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code = String((cause as NodeJS.ErrnoException | undefined)?.code ?? "");
  if (code === "ENOTFOUND" || code === "EAI_AGAIN") {
    return fail("nobody knows its name", "Tunnels get a new name at each start: set the one it shows now.");
  }
  if (/CERT|TLS|SSL|SELF_SIGNED|ALTNAME/u.test(code)) {
    return fail(
      `its certificate is not good: ${code}`,
      "Twilio refuses it as well. Use a tunnel, or a certificate of a known authority.",
    );
  }
  return fail(`nobody answers: ${messageOf(error)}`, "Start the tunnel: `bolchaal tunnel` says how.");
}

/**
 * Asks as Twilio does, of no call: refused for that alone (400) if the signature is good, for the signature (403) if the
 * server has another token or believes to be at another address.
 */
async function signedRequest(
  ask: Ask,
  base: string,
  authToken: string,
  signal: AbortSignal,
): Promise<Finding | undefined> {
  const url = `${base}/voice`;
  const form = { CallSid: "" };
  const answer = await ask(url, {
    method: "POST",
    headers: {
      "Content-Type": "application/x-www-form-urlencoded",
      "X-Twilio-Signature": twilioSignature(authToken, url, form),
    },
    body: new URLSearchParams(form).toString(),
    signal,
  });
  await answer.body?.cancel();
  if (answer.status === 400) return undefined;
  if (answer.status === 403) {
    return fail(
      "the server there refuses the signature",
      "It runs with another auth token or public address than these. Start it again with the same variables.",
    );
  }
  return fail(
    `a signed request was answered with HTTP ${answer.status}`,
    "See that nothing before the server changes requests.",
  );
}

/** A WebSocket without a signature is refused by the server itself (403), if it gets there. */
async function upgrade(network: ProviderNetwork, base: string, signal: AbortSignal): Promise<Finding | undefined> {
  const url = new URL(`${base.replace(/^http/u, "ws")}/media`);
  const status = await new Promise<number>((resolve, reject) => {
    const socket = network.connect(
      { url, headers: {} },
      {
        open: () => resolve(101),
        refused: (refusal) => resolve(refusal),
        failed: reject,
        message() {},
        closed() {},
      },
    );
    const giveUp = () => {
      socket.terminate();
      reject(signal.reason);
    };
    signal.addEventListener("abort", giveUp, { once: true });
  });
  if (status === 403) return undefined;
  return fail(
    `WebSockets do not get through (HTTP ${status})`,
    "Have the tunnel or proxy pass upgrades on: a call's sound goes over one.",
  );
}
