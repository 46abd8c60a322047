import { beforeEach, describe, expect, it } from "vitest";
import {
  type NetworkSocketListener,
  openProviderSocket,
  type ProviderNetwork,
  type ProviderSocket,
  type ProviderSocketOptions,
} from "../../src/net/index.js";
import { createVirtualClock, type VirtualClock } from "../../src/testing/index.js";

const PARTY = { provider: "acme", component: "speech-to-text" } as const;

describe("a provider's socket", () => {
  let clock: VirtualClock;
  let network: ProviderNetwork;
  /** What the plug-in's side did to the line. */
  let done: string[];
  let provider: NetworkSocketListener;
  let isOpen: boolean;
  let bufferedBytes: number;
  let controller: AbortController;

  beforeEach(() => {
    [done, isOpen, bufferedBytes] = [[], false, 0];
    clock = createVirtualClock();
    controller = new AbortController();
    network = {
      clock,
      fetch: () => Promise.reject(new Error("not here")),
      connect(_, listener) {
        provider = listener;
        return {
          get isOpen() {
            return isOpen;
          },
          get bufferedBytes() {
            return bufferedBytes;
          },
          send: (data) => done.push(`send ${data}`),
          close: (code) => done.push(`close ${code}`),
          terminate: () => done.push("terminate"),
          pause: () => done.push("pause"),
          resume: () => done.push("resume"),
        };
      },
    };
  });

  const opening = (more: Partial<ProviderSocketOptions> = {}) =>
    openProviderSocket({ ...PARTY, url: "ws://anywhere", network, signal: controller.signal, ...more });

  function consent(): void {
    isOpen = true;
    provider.open();
  }

  async function opened(more: Partial<ProviderSocketOptions> = {}): Promise<ProviderSocket> {
    const socket = opening(more);
    consent();
    return socket;
  }

  /** Reads until the end. */
  async function all(socket: ProviderSocket, options?: { readonly idleTimeoutMs: number }): Promise<unknown[]> {
    const came: unknown[] = [];
    try {
      for await (const message of socket.messages(options))
        came.push(message.type === "text" ? message.text : message.bytes);
    } catch (error) {
      came.push(error);
    }
    return came;
  }

  it("keeps what comes with the provider's consent", async () => {
    const socket = opening();
    consent();
    provider.message("first");
    provider.message(new Uint8Array([1, 2]));
    provider.closed(1000, "");
    expect(await all(await socket)).toEqual([
      "first",
      new Uint8Array([1, 2]),
      expect.objectContaining({ code: "provider-failed" }),
    ]);
  });

  it("is given up when the provider does not take it", async () => {
    const error = opening({ connectTimeoutMs: 700 }).catch((reason: unknown) => [reason, clock.now()]);
    await clock.advance(5_000);
    expect(await error).toEqual([
      expect.objectContaining({ code: "provider-timeout", retryable: true, ...PARTY }),
      700,
    ]);
    expect([done, clock.pendingTimers]).toEqual([["terminate"], 0]);
  });

  it("cannot be opened once aborted, and is not even tried", async () => {
    const reason = new Error("over");
    controller.abort(reason);
    provider = undefined as unknown as NetworkSocketListener;
    await expect(opening()).rejects.toBe(reason);
    expect(provider).toBeUndefined();
  });

  it("is dropped when aborted before, and after it is open", async () => {
    const reason = new Error("over");
    const socket = opening();
    controller.abort(reason);
    await expect(socket).rejects.toBe(reason);
    expect(done).toContain("terminate");

    controller = new AbortController();
    done = [];
    const reading = opened().then(all);
    await clock.advance(0);
    provider.message("unread");
    controller.abort(reason);
    expect(done).toEqual(["terminate"]);
    expect(await reading).toEqual([reason]);
    expect(clock.pendingTimers).toBe(0);
  });

  it("says why the line broke, once", async () => {
    const socket = await opened();
    provider.failed(new Error("ECONNRESET"));
    provider.closed(1006, "");
    expect(await all(socket)).toEqual([
      expect.objectContaining({
        message: "[bolchaal] [acme] The connection broke: ECONNRESET. Try again, or use another provider meanwhile.",
      }),
    ]);
  });

  it("is idle only while its reader waits", async () => {
    const socket = await opened();
    await clock.advance(10_000);
    provider.message("late, but there");
    const reading = all(socket, { idleTimeoutMs: 400 });
    await clock.advance(10_000);
    expect(await reading).toEqual(["late, but there", expect.objectContaining({ code: "provider-timeout" })]);
  });

  it("sends nothing before it is open, nor more than is let through", async () => {
    const socket = await opened({ maxUnsentBytes: 100 });
    isOpen = false;
    expect(socket.send("a")).toBe(false);
    isOpen = true;
    bufferedBytes = 100;
    expect(socket.send("b")).toBe(true);
    bufferedBytes = 101;
    expect(socket.send("c")).toBe(false);
    expect(done).toEqual(["send b"]);
  });

  it("takes no more than it can keep", async () => {
    const socket = await opened({ maxUnreadBytes: 4 });
    provider.message("नम");
    expect(done).toEqual(["pause"]);
    await socket.messages().next();
    expect(done).toEqual(["pause", "resume"]);
  });

  it("keeps the line alive while nothing else is sent", async () => {
    const socket = await opened({ keepAlive: { message: "beat", everyMs: 4_000 } });
    await clock.advance(4_000);
    expect(done).toEqual(["send beat"]);
    await clock.advance(2_000);
    socket.send("sound");
    await clock.advance(2_000);
    expect(done).toEqual(["send beat", "send sound"]);
    await clock.advance(4_000);
    expect(done).toEqual(["send beat", "send sound", "send beat"]);
    socket.release();
    await clock.advance(60_000);
    expect(done).toEqual(["send beat", "send sound", "send beat", "terminate"]);
  });

  it("closes with a goodbye, and ends for its reader at once", async () => {
    const socket = await opened({ keepAlive: { message: "beat", everyMs: 4_000 } });
    const reading = all(socket);
    const closing = socket.close("bye");
    expect(await reading).toEqual([]);
    socket.release();
    expect(done).toEqual(["send bye", "resume", "close 1000"]);
    provider.closed(1000, "");
    await closing;
    await socket.close("bye again");
    expect([done.length, clock.pendingTimers]).toEqual([3, 0]);
  });

  it("closes once, for all who ask", async () => {
    const socket = await opened();
    const asked = [socket.close("bye"), socket.close("bye again")];
    expect(done).toEqual(["send bye", "resume", "close 1000"]);
    provider.closed(1000, "");
    await Promise.all(asked);
    expect(clock.pendingTimers).toBe(0);
  });

  it("waits 1 s for the provider's goodbye", async () => {
    const socket = await opened();
    const closing = socket.close();
    await clock.advance(999);
    expect(done).toEqual(["resume", "close 1000"]);
    await clock.advance(1);
    expect(done).toEqual(["resume", "close 1000", "terminate"]);
    provider.closed(1006, "");
    await closing;
  });
});
