import { createPhoneServer, type PhoneServerOptions } from "bolchaal/server";
import { afterEach, describe, expect, it } from "vitest";
import { prometheusMetrics } from "../../src/metrics/index.js";
import { memoryLogger } from "../../src/testing/scripted/memory-logger.js";
import { wire } from "../plugins/twilio/fake-socket.js";
import { authToken, dial, publicUrl, quietAgent, signal } from "./phone.js";

const undoes: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const undo of undoes.splice(0)) await undo();
});

async function listening(options: Partial<PhoneServerOptions>) {
  const logger = memoryLogger();
  const server = createPhoneServer({ agent: () => quietAgent(), publicUrl, authToken, logger, ...options });
  const port = await server.listen({ host: "127.0.0.1" });
  undoes.push(() => server.close({ graceMs: 0 }));
  const get = (init: RequestInit = {}) => fetch(`http://127.0.0.1:${port}/twilio/metrics`, init);
  return { port, logger, get };
}

const page = { text: async () => "calls 3\n", contentType: "text/plain; version=0.0.4; charset=utf-8" };

describe("the metrics page", () => {
  it("is not there unless it is asked for", async () => {
    const { get } = await listening({});
    expect((await get()).status).toBe(404);
  });

  it("is read by whoever asks, where no token is set", async () => {
    const { get } = await listening({ metrics: page });
    const response = await get();
    expect([response.status, response.headers.get("content-type"), await response.text()]).toEqual([
      200,
      page.contentType,
      "calls 3\n",
    ]);
    const head = await get({ method: "HEAD" });
    expect([head.status, await head.text()]).toEqual([200, ""]);
  });

  it.each([
    ["nothing", undefined, 401],
    ["another token", "Bearer guess", 401],
    ["the beginning of it", "Bearer secre", 401],
    ["more than it", "Bearer secrets", 401],
    ["another scheme", "Basic secret", 401],
    ["the bare token", "secret", 401],
    ["an empty one", "Bearer ", 401],
    ["the token", "Bearer secret", 200],
    ["the token, the scheme in small letters", "bearer secret", 200],
  ])("that has a token answers to %s", async (_name, authorization, status) => {
    const { get } = await listening({ metrics: page, metricsToken: "secret" });
    const response = await get(authorization === undefined ? {} : { headers: { Authorization: authorization } });
    expect([response.status, response.headers.get("www-authenticate")]).toEqual([
      status,
      status === 401 ? "Bearer" : null,
    ]);
    expect((await response.text()).includes("calls 3")).toBe(status === 200);
  });

  it("is only read", async () => {
    const { get } = await listening({ metrics: page, metricsToken: "secret" });
    const response = await get({ method: "POST" });
    expect([response.status, response.headers.get("allow")]).toEqual([405, "GET, HEAD"]);
  });

  it("that cannot be made says so to its reader, and why to the log", async () => {
    const error = new Error("a collector broke");
    const { get, logger } = await listening({ metrics: { ...page, text: () => Promise.reject(error) } });
    const response = await get();
    expect([response.status, await response.text()]).toEqual([500, "Internal Server Error\n"]);
    expect(logger.lines).toMatchObject([{ level: "error", message: "the metrics could not be read" }]);
  });

  it("refuses an empty token: a variable that is not set must not open the page", () => {
    expect(() =>
      createPhoneServer({ agent: () => quietAgent(), publicUrl, authToken, metrics: page, metricsToken: "" }),
    ).toThrow(expect.objectContaining({ code: "invalid-option" }));
  });

  it("counts the calls of the server", async () => {
    const metrics = prometheusMetrics();
    const over = signal<void>();
    const started = signal<void>();
    const { port, get } = await listening({
      metrics,
      onSession: (session) => {
        metrics.observe(session);
        session.on("call-start", () => started.resolve());
        session.on("call-end", () => over.resolve());
      },
    });
    const text = () => get().then((response) => response.text());
    const call = await dial(port);
    await started.promise;
    expect(await text()).toContain("bolchaal_active_calls 1\n");
    call.send(wire.stop(2));
    await over.promise;
    await call.closed;
    const lines = await text();
    expect(lines).toContain("bolchaal_active_calls 0\n");
    expect(lines).toContain('bolchaal_calls_total{direction="inbound",reason="caller-hangup"} 1\n');
  });
});
