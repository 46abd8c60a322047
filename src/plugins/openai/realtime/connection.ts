import { BolchaalError } from "../../../errors.js";
import {
  DEFAULT_CONNECT_TIMEOUT_MS,
  openProviderSocket,
  type ProviderMessage,
  type ProviderNetwork,
  type ProviderSocket,
  readApiKey,
  systemNetwork,
} from "../../../net/index.js";
import type { AudioFormat } from "../../../spec/index.js";
import { brokenAnswer, openAiError, type Party } from "../errors.js";
import { type RealtimeEvent, readRealtimeEvent } from "./events.js";

/** Where the Realtime API listens. */
export const DEFAULT_OPENAI_REALTIME_BASE_URL = "wss://api.openai.com/v1";

/** How OpenAI's Realtime API is reached: over plain WebSocket. */
export interface OpenAiRealtimeConnectionOptions {
  /** @default the environment's OPENAI_API_KEY */
  readonly apiKey?: string;
  /** With the version. @default DEFAULT_OPENAI_REALTIME_BASE_URL */
  readonly baseUrl?: string;
  /** @default systemNetwork */
  readonly network?: ProviderNetwork;
  /** From the call to the open session, in ms. @default DEFAULT_CONNECT_TIMEOUT_MS */
  readonly connectTimeoutMs?: number;
}

/** A session with the Realtime API, open. */
export interface RealtimeConnection {
  send(event: object): void;
  /** What comes, for one reader. Ends and throws as the socket's messages do. @throws BolchaalError for what is no event. */
  events(options?: { readonly idleTimeoutMs?: number }): AsyncGenerator<RealtimeEvent, void, void>;
  close(): Promise<void>;
  release(): void;
  readonly isOpen: boolean;
}

/** What opens sessions of one kind. */
export type RealtimeDoor = (session: object, signal: AbortSignal) => Promise<RealtimeConnection>;

/**
 * Makes what opens sessions: the socket, the greeting, the settings.
 * @param query Of the address: the model, or the intent.
 * @throws BolchaalError `invalid-option` without a key.
 */
export function realtimeDoor(
  options: OpenAiRealtimeConnectionOptions,
  party: Party,
  query: Readonly<Record<string, string>>,
): RealtimeDoor {
  const apiKey = readApiKey({ apiKey: options.apiKey, variable: "OPENAI_API_KEY", ...party });
  const { baseUrl = DEFAULT_OPENAI_REALTIME_BASE_URL, network = systemNetwork } = options;
  const { connectTimeoutMs = DEFAULT_CONNECT_TIMEOUT_MS } = options;
  const url = new URL(`${baseUrl.replace(/^http/, "ws").replace(/\/$/, "")}/realtime`);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);

  return async (session, signal) => {
    const headers = { Authorization: `Bearer ${apiKey}` };
    const begunAtMs = network.clock.now();
    const socket = await openProviderSocket({ ...party, url, headers, network, signal, connectTimeoutMs });
    const connection = connect(socket, party);
    try {
      const leftMs = Math.max(1, connectTimeoutMs - (network.clock.now() - begunAtMs));
      await agree(connection, session, leftMs, party);
      return connection;
    } catch (cause) {
      connection.release();
      signal.throwIfAborted();
      throw cause;
    }
  };
}

function connect(socket: ProviderSocket, party: Party): RealtimeConnection {
  return {
    send: (event) => void socket.send(JSON.stringify(event)),
    async *events(options) {
      for await (const message of socket.messages(options)) {
        const event = eventIn(message, party);
        if (event !== "other") yield event;
      }
    },
    close: () => socket.close(),
    release: () => socket.release(),
    get isOpen() {
      return socket.isOpen;
    },
  };
}

function eventIn(message: ProviderMessage, party: Party): RealtimeEvent | "other" {
  const event = message.type === "text" ? readRealtimeEvent(message.text) : undefined;
  if (event === undefined) throw brokenAnswer("It sent a message that is none of its own", party);
  return event;
}

/** The session is created, and takes its settings. */
async function agree(connection: RealtimeConnection, session: object, timeoutMs: number, party: Party): Promise<void> {
  for await (const event of connection.events({ idleTimeoutMs: timeoutMs })) {
    if (event.type === "session.created") connection.send({ type: "session.update", session });
    else if (event.type === "session.updated") return;
    else if (event.type === "error") throw realtimeError(event, party);
  }
  throw brokenAnswer("It did not begin the session", party);
}

/** What an error event means. One about the session's settings is a wrong request. */
export function realtimeError({ error }: Extract<RealtimeEvent, { type: "error" }>, party: Party): BolchaalError {
  const { message, code, type } = error;
  if (type === "invalid_request_error" && !/key|quota|expired/.test(code ?? ""))
    return new BolchaalError(`It refused: ${message.replace(/\.$/, "")}. Check the options of the plug-in.`, {
      code: "invalid-request",
      ...party,
    });
  return openAiError({ message, code: code ?? undefined, type: type ?? undefined, ...statusOf(code) }, party);
}

/** Errors that end a session, whatever it is doing. */
export function endsSession({ error }: Extract<RealtimeEvent, { type: "error" }>): boolean {
  return /invalid_api_key|insufficient_quota|session_expired|rate_limit|server_error/.test(
    `${error.code} ${error.type}`,
  );
}

function statusOf(code: string | null | undefined): { readonly status?: number } {
  if (code === "invalid_api_key") return { status: 401 };
  return {};
}

/** A format of ours as the Realtime API names it. */
export function wireFormat({ type, rate }: AudioFormat): object {
  return type === "audio/pcm" ? { type, rate } : { type };
}
