import { BolchaalError, type Component } from "../errors.js";
import { MessageQueue } from "./message-queue.js";
import type { NetworkSocketListener, ProviderNetwork } from "./network.js";
import { closeError, refusalError } from "./refusal.js";

/** A provider that does not take the connection within this is given up. */
export const DEFAULT_CONNECT_TIMEOUT_MS = 5_000;
/** More than this that the network has not taken yet, and what is sent further is dropped: 30 s of µ-law at 8 kHz. */
export const DEFAULT_MAX_UNSENT_BYTES = 240_000;
/** More than this that was not read yet, and the socket is paused. */
export const DEFAULT_MAX_UNREAD_BYTES = 1_000_000;

/** The provider has this long to say goodbye back. */
const CLOSE_WITHIN_MS = 1_000;
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
  readonly network: ProviderNetwork;
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
  /** Neither side has closed it. */
  readonly isOpen: boolean;
  /** Lets go of the socket at once. Safe to call twice; does not disturb a close that is under way. */
  release(): void;
}

/**
 * Calls a provider over WebSocket.
 * @throws signal.reason when aborted; BolchaalError when refused (with what the provider said), unreachable or too slow.
 */
export async function openProviderSocket(options: ProviderSocketOptions): Promise<ProviderSocket> {
  const { provider, component, signal, network, connectTimeoutMs = DEFAULT_CONNECT_TIMEOUT_MS } = options;
  signal.throwIfAborted();
  const party = { provider, component };
  // Listens from the start: the provider's first message may come in one packet with its consent.
  const line = attend(options);
  return new Promise((resolve, reject) => {
    const settle = (settled: () => void) => {
      undo();
      signal.removeEventListener("abort", onAbort);
      line.settled();
      settled();
    };
    const fail = (reason: unknown) =>
      settle(() => {
        reject(reason);
        line.drop();
      });
    const onAbort = () => fail(signal.reason);
    const undo = network.clock.setTimer(() => {
      const happened = `It did not take the connection within ${connectTimeoutMs} ms. Try again, or use another provider.`;
      fail(new BolchaalError(happened, { code: "provider-timeout", ...party, retryable: true }));
    }, connectTimeoutMs);
    signal.addEventListener("abort", onAbort, { once: true });
    line.opening({
      open: () => settle(() => resolve(line.socket)),
      refused: (status, body, retryAfterMs) => fail(refusalError(party, status, body, retryAfterMs)),
      failed(cause) {
        const happened = `It could not be reached: ${cause.message}. Check the network and baseUrl.`;
        fail(new BolchaalError(happened, { code: "provider-failed", ...party, retryable: true, cause }));
      },
      closed: (code, reason) => fail(closeError(party, code, reason)),
    });
  });
}

type Opening = Pick<NetworkSocketListener, "open" | "refused" | "failed" | "closed">;

const NO_OPENING: Opening = { open() {}, refused() {}, failed() {}, closed() {} };

/** A line to the provider, from its first moment on. */
interface Line {
  readonly socket: ProviderSocket;
  /** Who is told how the opening goes, until it is settled. */
  opening(listener: Opening): void;
  settled(): void;
  drop(): void;
}

function attend(options: ProviderSocketOptions): Line {
  const { provider, component, signal, keepAlive, network, url, headers = {} } = options;
  const { maxUnsentBytes = DEFAULT_MAX_UNSENT_BYTES, maxUnreadBytes = DEFAULT_MAX_UNREAD_BYTES } = options;
  const { clock } = network;
  let opening = NO_OPENING;
  let sentAtMs = clock.now();
  let closing: Promise<void> | undefined;
  let isClosed = false;
  let onClosed = () => {};
  let stopBeat = () => {};

  const line = network.connect(
    { url: new URL(url), headers },
    {
      open: () => opening.open(),
      refused: (status, body, retryAfterMs) => opening.refused(status, body, retryAfterMs),
      message(data) {
        if (typeof data === "string") queue.push({ type: "text", text: data }, Buffer.byteLength(data));
        else queue.push({ type: "binary", bytes: data }, data.length);
      },
      failed(cause) {
        opening.failed(cause);
        const happened = `The connection broke: ${cause.message}. Try again, or use another provider meanwhile.`;
        queue.fail(
          new BolchaalError(happened, { code: "provider-failed", component, provider, retryable: true, cause }),
        );
      },
      closed(code, reason) {
        isClosed = true;
        letGo();
        opening.closed(code, reason);
        queue.fail(closeError({ provider, component }, code, reason));
        onClosed();
      },
    },
  );
  const queue = new MessageQueue<ProviderMessage>({
    clock,
    mostBytes: maxUnreadBytes,
    pause: () => line.pause(),
    resume: () => line.resume(),
  });

  function beat({ message, everyMs }: { readonly message: string; readonly everyMs: number }): void {
    stopBeat = clock.setTimer(() => {
      if (clock.now() - sentAtMs >= everyMs * 0.9) send(message);
      beat({ message, everyMs });
    }, everyMs);
  }
  if (keepAlive !== undefined) beat(keepAlive);

  function send(message: string | Uint8Array): boolean {
    if (!line.isOpen || line.bufferedBytes > maxUnsentBytes) return false;
    sentAtMs = clock.now();
    line.send(message);
    return true;
  }

  function letGo(): void {
    stopBeat();
    signal.removeEventListener("abort", onAbort);
  }

  function release(): void {
    letGo();
    queue.end({ drop: true });
    if (closing === undefined) line.terminate();
  }

  async function sayGoodbye(goodbye: string | undefined): Promise<void> {
    if (goodbye !== undefined) send(goodbye);
    letGo();
    queue.end({ drop: true });
    if (isClosed) return;
    // A paused socket would never see the provider's goodbye.
    line.resume();
    await new Promise<void>((resolve) => {
      const undo = clock.setTimer(() => line.terminate(), CLOSE_WITHIN_MS);
      onClosed = () => {
        undo();
        resolve();
      };
      line.close(1000);
    });
  }

  const onAbort = () => {
    letGo();
    queue.fail(signal.reason, { drop: true });
    line.terminate();
  };
  signal.addEventListener("abort", onAbort, { once: true });

  const socket: ProviderSocket = {
    send,
    get isOpen() {
      return line.isOpen;
    },
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
    close(goodbye) {
      closing ??= sayGoodbye(goodbye);
      return closing;
    },
    release,
  };
  return {
    socket,
    opening(listener) {
      opening = listener;
    },
    settled() {
      opening = NO_OPENING;
    },
    drop() {
      letGo();
      line.terminate();
    },
  };
}
