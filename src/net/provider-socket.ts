import type { ClientRequest, IncomingMessage } from "node:http";
import { type RawData, WebSocket } from "ws";
import { BolchaalError, type Component } from "../errors.js";
import { MessageQueue } from "./message-queue.js";
import { closeError, refusalError } from "./refusal.js";

/** A provider that does not take the connection within this is given up. */
export const DEFAULT_CONNECT_TIMEOUT_MS = 5_000;
/** More than this that the network has not taken yet, and what is sent further is dropped: 30 s of µ-law at 8 kHz. */
export const DEFAULT_MAX_UNSENT_BYTES = 240_000;
/** More than this that was not read yet, and the socket is paused. */
export const DEFAULT_MAX_UNREAD_BYTES = 1_000_000;

/** The provider has this long to say goodbye back. */
const CLOSE_WITHIN_MS = 1_000;
/** Of an HTTP refusal, so much is read. */
const LONGEST_REFUSAL_BYTES = 10_000;

/** One message of a provider. */
export type ProviderMessage =
  | { readonly type: "text"; readonly text: string }
  | { readonly type: "binary"; readonly bytes: Uint8Array };

/** Of {@link openProviderSocket}. */
export interface ProviderSocketOptions {
  /** Who is called, for errors. */
  readonly provider: string;
  readonly component: Component;
  readonly url: string | URL;
  readonly headers?: Readonly<Record<string, string>>;
  /** Lets go of the socket at any time, and makes everything that waits on it throw its reason. */
  readonly signal: AbortSignal;
  /** From the call to the open socket, in ms. @default DEFAULT_CONNECT_TIMEOUT_MS */
  readonly connectTimeoutMs?: number;
  /** @default DEFAULT_MAX_UNSENT_BYTES */
  readonly maxUnsentBytes?: number;
  /** @default DEFAULT_MAX_UNREAD_BYTES */
  readonly maxUnreadBytes?: number;
  /** Sent whenever nothing else was for `everyMs`. @default nothing is sent */
  readonly keepAlive?: { readonly message: string; readonly everyMs: number };
}

/** A WebSocket to a provider, open. */
export interface ProviderSocket {
  /** Sends, unless the socket is over or too much is unsent. @returns whether it was sent. */
  send(message: string | Uint8Array): boolean;
  /**
   * What comes, in order, for one reader. Ends when this side closes or lets go; throws `signal.reason` when aborted, and
   * a `BolchaalError` when the provider closes, the line breaks, or nothing comes for `idleTimeoutMs` while the reader waits.
   */
  messages(options?: { readonly idleTimeoutMs?: number }): AsyncGenerator<ProviderMessage, void, void>;
  /** Says `goodbye`, if any, and closes. The messages end at once. Safe to call twice. */
  close(goodbye?: string): Promise<void>;
  /** Lets go of the socket at once. Safe to call twice; does not disturb a close that is under way. */
  release(): void;
}

/**
 * Calls a provider over WebSocket.
 * @throws signal.reason when aborted; BolchaalError when refused (with what the provider said), unreachable or too slow.
 */
export async function openProviderSocket(options: ProviderSocketOptions): Promise<ProviderSocket> {
  options.signal.throwIfAborted();
  const socket = new WebSocket(options.url, { headers: { ...options.headers }, perMessageDeflate: false });
  // Listens from the start: the provider's first message may come in one packet with its consent.
  const provider = attend(socket, options);
  await opened(socket, options);
  return provider;
}

function opened(socket: WebSocket, options: ProviderSocketOptions): Promise<void> {
  const { provider, component, signal, connectTimeoutMs = DEFAULT_CONNECT_TIMEOUT_MS } = options;
  return new Promise((resolve, reject) => {
    const settle = (settled: () => void) => {
      clearTimeout(timer);
      signal.removeEventListener("abort", onAbort);
      settled();
    };
    const fail = (reason: unknown) =>
      settle(() => {
        reject(reason);
        socket.terminate();
      });
    const onAbort = () => fail(signal.reason);
    const timer = setTimeout(() => {
      const happened = `It did not take the connection within ${connectTimeoutMs} ms. Try again, or use another provider.`;
      fail(new BolchaalError(happened, { code: "provider-timeout", component, provider, retryable: true }));
    }, connectTimeoutMs);
    signal.addEventListener("abort", onAbort, { once: true });
    socket.once("open", () => settle(resolve));
    socket.once("unexpected-response", (_request: ClientRequest, response: IncomingMessage) => {
      bodyOf(response).then((body) => fail(refusalError({ provider, component }, response.statusCode ?? 0, body)));
    });
    socket.once("error", (cause) => {
      const happened = `It could not be reached: ${cause.message}. Check the network and baseUrl.`;
      fail(new BolchaalError(happened, { code: "provider-failed", component, provider, retryable: true, cause }));
    });
  });
}

async function bodyOf(response: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const part of response as AsyncIterable<Buffer>) {
      parts.push(part);
      bytes += part.length;
      if (bytes >= LONGEST_REFUSAL_BYTES) break;
    }
  } catch {
    // What came of the refusal must do.
  }
  return Buffer.concat(parts).toString("utf8", 0, LONGEST_REFUSAL_BYTES);
}

function attend(socket: WebSocket, options: ProviderSocketOptions): ProviderSocket {
  const { provider, component, signal, keepAlive } = options;
  const { maxUnsentBytes = DEFAULT_MAX_UNSENT_BYTES, maxUnreadBytes = DEFAULT_MAX_UNREAD_BYTES } = options;
  const queue = new MessageQueue<ProviderMessage>({
    mostBytes: maxUnreadBytes,
    pause: () => socket.pause(),
    resume: () => socket.resume(),
  });
  let sentAt = performance.now();
  let closing = false;

  const beat =
    keepAlive &&
    setInterval(() => {
      if (performance.now() - sentAt >= keepAlive.everyMs * 0.9) send(keepAlive.message);
    }, keepAlive.everyMs);

  function send(message: string | Uint8Array): boolean {
    if (socket.readyState !== WebSocket.OPEN || socket.bufferedAmount > maxUnsentBytes) return false;
    sentAt = performance.now();
    // A failed send is followed by the socket's own error.
    socket.send(message, () => {});
    return true;
  }

  function letGo(): void {
    clearInterval(beat);
    signal.removeEventListener("abort", onAbort);
  }

  function release(): void {
    letGo();
    queue.end({ drop: true });
    if (!closing) socket.terminate();
  }

  const onAbort = () => {
    letGo();
    queue.fail(signal.reason, { drop: true });
    socket.terminate();
  };
  signal.addEventListener("abort", onAbort, { once: true });

  socket.on("message", (data: RawData, isBinary: boolean) => {
    const bytes = bytesOf(data);
    queue.push(isBinary ? { type: "binary", bytes } : { type: "text", text: bytes.toString("utf8") }, bytes.length);
  });
  socket.on("error", (cause) => {
    const happened = `The connection broke: ${cause.message}. Try again, or use another provider meanwhile.`;
    queue.fail(new BolchaalError(happened, { code: "provider-failed", component, provider, retryable: true, cause }));
  });
  socket.on("close", (code: number, reason: Buffer) => {
    letGo();
    queue.fail(closeError({ provider, component }, code, reason.toString("utf8")));
  });

  return {
    send,
    async *messages({ idleTimeoutMs } = {}) {
      while (true) {
        signal.throwIfAborted();
        const next = await queue.next(idleTimeoutMs, () => {
          const happened = `Nothing came for ${idleTimeoutMs} ms. Try again, or use another provider meanwhile.`;
          return new BolchaalError(happened, { code: "provider-timeout", component, provider, retryable: true });
        });
        signal.throwIfAborted();
        if (next === undefined) return;
        yield next;
      }
    },
    async close(goodbye) {
      if (goodbye !== undefined && !closing) send(goodbye);
      closing = true;
      letGo();
      queue.end({ drop: true });
      if (socket.readyState === WebSocket.CLOSED) return;
      // A paused socket would never see the provider's goodbye.
      socket.resume();
      await new Promise<void>((resolve) => {
        const late = setTimeout(() => socket.terminate(), CLOSE_WITHIN_MS);
        socket.once("close", () => {
          clearTimeout(late);
          resolve();
        });
        socket.close(1000);
      });
    },
    release,
  };
}

function bytesOf(data: RawData): Buffer {
  if (Array.isArray(data)) return Buffer.concat(data);
  return Buffer.isBuffer(data) ? data : Buffer.from(data);
}
