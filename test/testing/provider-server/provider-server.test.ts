import { describe, expect, it, onTestFinished } from "vitest";
import { openProviderSocket, type ProviderNetwork, systemNetwork } from "../../../src/net/index.js";
import { createVirtualClock } from "../../../src/testing/index.js";
import {
  createProviderSimulator,
  type ProviderFault,
  type ProviderServerOptions,
  type ProviderWays,
} from "../../../src/testing/provider-server/index.js";

const COUNT = 3;

/** Tells what it was sent, three times over; says goodbye to "bye". */
const counting: ProviderWays = {
  refuse: ({ path, headers }) =>
    path === "/count" && headers["x-key"] === "test-key"
      ? undefined
      : { status: 401, body: { message: "Who are you?" }, retryAfterS: 1 },
  errorBody: (status) => ({ message: `This is a ${status}` }),
  converse: ({ send, close, query }) => ({
    text(text) {
      if (text === "bye") return close(1000, query.get("goodbye") ?? "");
      for (let number = 1; number <= COUNT; number += 1) send({ number, text });
    },
    binary: (bytes) => send({ sum: bytes.reduce((sum, byte) => sum + byte, 0) }),
  }),
};

/** A way in, and how long what happens behind it takes to happen. */
interface Way {
  readonly network: ProviderNetwork;
  readonly baseUrl: string;
  run<T>(promise: Promise<T>): Promise<T>;
}

const WAYS = ["in memory", "over sockets"] as const;

async function start(way: (typeof WAYS)[number], options: ProviderServerOptions = {}) {
  const simulator = createProviderSimulator(counting, options);
  if (way === "in memory") {
    const clock = createVirtualClock();
    const run: Way["run"] = (promise) => clock.runUntilSettled(promise);
    return { simulator, network: simulator.network(clock), baseUrl: "ws://anywhere", run, clock };
  }
  const { baseUrl, close } = await simulator.listen();
  onTestFinished(close);
  return { simulator, network: systemNetwork, baseUrl, run: <T>(promise: Promise<T>) => promise };
}

/** Sends `texts`, and reads to the end. @returns what came, and how it ended. */
async function exchange({ network, baseUrl }: Way, texts: readonly string[], path = "/count?goodbye=ta-ta") {
  const came: string[] = [];
  const { signal } = new AbortController();
  const limits = { connectTimeoutMs: 100, signal };
  try {
    const party = { provider: "counter", component: "testing" } as const;
    const url = `${baseUrl}${path}`;
    const socket = await openProviderSocket({ ...party, ...limits, url, headers: { "X-Key": "test-key" }, network });
    for (const text of texts) socket.send(text);
    try {
      for await (const message of socket.messages({ idleTimeoutMs: 100 }))
        came.push(message.type === "text" ? message.text : `${message.bytes.length} bytes`);
    } finally {
      socket.release();
    }
  } catch (error) {
    return { came, error: error instanceof Error ? error.message : String(error) };
  }
  return { came, error: "none" };
}

async function settled(isSo: () => boolean): Promise<void> {
  for (let turn = 0; turn < 200 && !isSo(); turn += 1) await new Promise((resolve) => setTimeout(resolve, 1));
  expect(isSo()).toBe(true);
}

const said = (number: number, text: string) => `{"number":${number},"text":"${text}"}`;

describe.each(WAYS)("a simulated provider %s", (way) => {
  it("answers in order, notes what came, and says goodbye", async () => {
    const started = await start(way);
    const { came, error } = await started.run(exchange(started, ["a", "b", "bye"]));
    expect(came).toEqual(["a", "b"].flatMap((text) => [1, 2, 3].map((number) => said(number, text))));
    expect(error).toMatch(/\(1000: ta-ta\)/);
    await settled(() => started.simulator.openConnections() === 0);
    expect(started.simulator.visits).toEqual([
      {
        path: "/count",
        query: { goodbye: "ta-ta" },
        received: ["a", "b", "bye"],
        closed: { code: 1000, reason: expect.any(String) },
      },
    ]);
  });

  it("refuses in its own words whom it does not know", async () => {
    const started = await start(way);
    expect(await started.run(exchange(started, [], "/elsewhere"))).toEqual({
      came: [],
      error: expect.stringMatching(/answered 401: Who are you\?/),
    });
    expect(started.simulator.visits).toEqual([]);
    await settled(() => started.simulator.openConnections() === 0);
  });

  it.each<[string, ProviderFault, readonly string[], RegExp]>([
    ["refuse", { type: "refuse" }, [], /could not be reached/],
    ["status 401", { type: "status", status: 401 }, [], /answered 401: This is a 401/],
    ["status 429", { type: "status", status: 429, retryAfterS: 120 }, [], /answered 429: This is a 429/],
    ["status 500", { type: "status", status: 500 }, [], /answered 500: This is a 500/],
    ["header stall", { type: "stall" }, [], /did not take the connection within 100 ms/],
    ["body stall at once", { type: "stall", from: 0 }, [], /Nothing came for 100 ms/],
    ["body stall", { type: "stall", from: 2 }, [said(1, "a"), said(2, "a")], /Nothing came for 100 ms/],
    ["cut", { type: "cut", from: 1 }, [said(1, "a")], /\(1006\)/],
    ["close", { type: "close", from: 1, code: 1011, reason: "oops" }, [said(1, "a")], /\(1011: oops\)/],
    ["garbage", { type: "garbage", from: 1 }, [said(1, "a"), "<html>garbage</html>", said(3, "a")], /\(1000: ta-ta\)/],
    ["binary", { type: "binary", from: 2 }, [said(1, "a"), said(2, "a"), "4 bytes"], /\(1000: ta-ta\)/],
    ["slow", { type: "slow", everyMs: 5 }, [said(1, "a"), said(2, "a"), said(3, "a")], /\(1000: ta-ta\)/],
  ])("has the fault %s", async (_, fault, came, error) => {
    const started = await start(way, { fault: () => fault });
    expect(await started.run(exchange(started, ["a", "bye"]))).toEqual({ came, error: expect.stringMatching(error) });
    await settled(() => started.simulator.openConnections() === 0);
  });

  it.each<[string, ProviderFault["type"], readonly string[]]>([
    ["stall", "stall", [said(1, "a"), said(2, "a"), said(3, "a")]],
    ["cut", "cut", [said(1, "a"), said(2, "a"), said(3, "a")]],
    [
      "garbage",
      "garbage",
      [
        said(1, "a"),
        said(2, "a"),
        said(3, "a"),
        "<html>garbage</html>",
        said(2, "b"),
        said(3, "b"),
        said(1, "c"),
        said(2, "c"),
        said(3, "c"),
      ],
    ],
  ])("has the fault %s from the moment that is waited for", async (_, type, expected) => {
    const moment = () => started.simulator.visits[0]?.received.at(-1) === "b";
    const fault = { type, from: moment } as ProviderFault;
    const started = await start(way, { fault: () => fault });
    expect((await started.run(exchange(started, ["a", "b", "c", "bye"]))).came).toEqual(expected);
  });

  it.each([
    [120, 120_000],
    [undefined, undefined],
  ])("passes on a Retry-After of %s s", async (retryAfterS, expected) => {
    const fault: ProviderFault = { type: "status", status: 429, ...(retryAfterS !== undefined && { retryAfterS }) };
    const { network, baseUrl, run } = await start(way, { fault: () => fault });
    const { signal } = new AbortController();
    const party = { provider: "counter", component: "testing" } as const;
    const opening = openProviderSocket({ ...party, url: `${baseUrl}/count`, network, signal });
    await expect(run(opening)).rejects.toMatchObject({ code: "overloaded", retryAfterMs: expected });
  });

  it("has a fault on the connections it is asked for", async () => {
    const started = await start(way, { fault: (connection) => (connection === 2 ? { type: "refuse" } : undefined) });
    const errors: string[] = [];
    for (const text of ["a", "b", "c"]) errors.push((await started.run(exchange(started, [text, "bye"]))).error);
    expect(errors.map((error) => /\(1000/.test(error))).toEqual([true, false, true]);
  });
});

describe("a network in memory", () => {
  const NOBODY = { open() {}, refused() {}, message() {}, failed() {}, closed() {} };
  const address = { url: new URL("ws://anywhere/count"), headers: { "X-KEY": "test-key" } };

  it("delivers nothing within the sender's own call", async () => {
    const clock = createVirtualClock();
    const came: string[] = [];
    const line = createProviderSimulator(counting, {})
      .network(clock)
      .connect(address, { ...NOBODY, open: () => came.push("open"), message: (data) => came.push(String(data)) });
    expect(came).toEqual([]);
    await clock.advance(0);
    line.send("a");
    expect(came).toEqual(["open"]);
    await clock.advance(0);
    expect(came).toEqual(["open", said(1, "a"), said(2, "a"), said(3, "a")]);
  });

  it("delivers nothing within the provider's own call either", async () => {
    const clock = createVirtualClock();
    const order: string[] = [];
    const greeting: ProviderWays = {
      ...counting,
      converse({ send }) {
        send({ greeting: "namaste" });
        order.push("sent");
        return { text() {}, binary() {} };
      },
    };
    createProviderSimulator(greeting, {})
      .network(clock)
      .connect(address, { ...NOBODY, message: (data) => order.push(String(data)) });
    await clock.advance(0);
    expect(order).toEqual(["sent", '{"greeting":"namaste"}']);
  });

  it("is slow by the clock", async () => {
    const clock = createVirtualClock();
    const atMs: number[] = [];
    const line = createProviderSimulator(counting, { fault: () => ({ type: "slow", everyMs: 250 }) })
      .network(clock)
      .connect(address, { ...NOBODY, message: () => atMs.push(clock.now()) });
    await clock.advance(1_000);
    line.send("a");
    await clock.advance(2_000);
    expect(atMs).toEqual([1_250, 1_500, 1_750]);
    line.terminate();
    await clock.advance(0);
    expect(clock.pendingTimers).toBe(0);
  });

  it("keeps what comes while its reader pauses", async () => {
    const clock = createVirtualClock();
    const came: string[] = [];
    const simulator = createProviderSimulator(counting, {});
    const line = simulator.network(clock).connect(address, { ...NOBODY, message: (data) => came.push(String(data)) });
    await clock.advance(0);
    line.pause();
    line.send("a");
    await clock.advance(10);
    expect(came).toEqual([]);
    line.resume();
    await clock.advance(0);
    expect(came).toEqual([said(1, "a"), said(2, "a"), said(3, "a")]);
  });

  it("takes a copy of the sound it is sent", async () => {
    const clock = createVirtualClock();
    const came: string[] = [];
    const simulator = createProviderSimulator(counting, {});
    const line = simulator.network(clock).connect(address, { ...NOBODY, message: (data) => came.push(String(data)) });
    await clock.advance(0);
    const reused = new Uint8Array(100).fill(1);
    line.send(reused);
    line.send(reused.fill(2));
    await clock.advance(0);
    expect(came).toEqual(['{"sum":100}', '{"sum":200}']);
    expect(simulator.visits[0]?.received).toEqual([200]);
  });
});
