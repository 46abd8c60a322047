import { describe, expect, it } from "vitest";
import type { Ask } from "../../../src/cli/context.js";
import { runChecks } from "../../../src/cli/doctor/check.js";
import { type OpenDoor, publicUrlCheck } from "../../../src/cli/doctor/checks/public-url.js";
import { openDoor } from "../../../src/cli/doctor/open-door.js";
import type { ProviderNetwork } from "../../../src/net/index.js";
import { createPhoneServer, type PhoneServer } from "../../../src/server/index.js";
import { createVirtualClock } from "../../../src/testing/virtual-clock.js";

const ENVIRONMENT = { PUBLIC_URL: "https://voice.example.com", TWILIO_AUTH_TOKEN: "token" };

function phone(options: { readonly basePath?: string; readonly authToken?: string; readonly publicUrl?: string } = {}) {
  return createPhoneServer({
    agent: () => {
      throw new Error("no agent");
    },
    publicUrl: ENVIRONMENT.PUBLIC_URL,
    authToken: ENVIRONMENT.TWILIO_AUTH_TOKEN,
    ...options,
  });
}

/** An internet in which the public address leads to a server, or to what `before` makes of it. */
function internet(
  reached: () => PhoneServer | undefined,
  before: Ask = async () => new Response(null, { status: 599 }),
) {
  const clock = createVirtualClock();
  const requests: string[] = [];
  const ask: Ask = async (url, request) => {
    requests.push(`${request?.method ?? "GET"} ${new URL(url).pathname}`);
    const answer = await before(url, request);
    return answer.status === 599 ? ((await reached()?.fetch(new Request(url, request))) ?? answer) : answer;
  };
  const network: ProviderNetwork = {
    clock,
    fetch: async () => new Response(),
    connect({ url, headers }, listener) {
      const request = new Request(url.href.replace(/^ws/u, "http"), { headers });
      const socket = { close() {}, send() {}, on() {} };
      queueMicrotask(() => listener.refused(reached()?.openSocket(request, socket as never) ?? 404, ""));
      return { isOpen: false, bufferedBytes: 0, send() {}, close() {}, terminate() {}, pause() {}, resume() {} };
    },
  };
  return { clock, ask, network, requests };
}

async function look(
  world: ReturnType<typeof internet>,
  openDoor: OpenDoor,
  environment: Record<string, string> = ENVIRONMENT,
) {
  const check = publicUrlCheck({ environment, ask: world.ask, network: world.network, openDoor, nonce: "n0nce" });
  const [report] = await world.clock.runUntilSettled(runChecks([check], { clock: world.clock }));
  return report;
}

const portTaken: OpenDoor = async () => undefined;

describe("the way in from the internet", () => {
  it("leads to a server that opens for the check, under a path nobody else knows", async () => {
    let door: PhoneServer | undefined;
    let isOpen = true;
    const world = internet(() => door);
    const report = await look(world, async ({ basePath, publicUrl, authToken, port }) => {
      expect([publicUrl, authToken, port]).toEqual([ENVIRONMENT.PUBLIC_URL, ["token"], 3000]);
      door = phone({ basePath });
      return {
        close: async () => {
          isOpen = false;
        },
      };
    });
    expect(report).toMatchObject({ status: "ok", what: "reaches this machine" });
    expect(world.requests).toEqual(["GET /twilio/check-n0nce/health", "POST /twilio/check-n0nce/voice"]);
    expect(isOpen).toBe(false);
  });

  it("leads to the server that runs already", async () => {
    const server = phone();
    const report = await look(
      internet(() => server),
      portTaken,
    );
    expect(report).toMatchObject({ status: "ok", what: "reaches the phone server that runs here" });
    expect(server.sessions.size).toBe(0);
  });

  it.each<[string, Parameters<typeof phone>[0]]>([
    ["has another token", { authToken: "another" }],
    ["believes to be elsewhere", { publicUrl: "https://old.example.com" }],
  ])("shows when the server %s", async (_what, options) => {
    const server = phone(options);
    const report = await look(
      internet(() => server),
      portTaken,
    );
    expect(report).toMatchObject({ status: "fail", what: "the server there refuses the signature" });
  });

  const failsWith =
    (code: string): Ask =>
    async () => {
      throw new TypeError("fetch failed", { cause: Object.assign(new Error(code), { code }) });
    };
  const answers =
    (status: number, body: unknown): Ask =>
    async () =>
      Response.json(body, { status });
  it.each<[string, Ask, string]>([
    ["no name", failsWith("ENOTFOUND"), "nobody knows its name"],
    ["a bad certificate", failsWith("CERT_HAS_EXPIRED"), "its certificate is not good: CERT_HAS_EXPIRED"],
    ["nobody there", failsWith("ECONNREFUSED"), "nobody answers: fetch failed: ECONNREFUSED"],
    ["a tunnel without an end", answers(502, "bad gateway"), "a proxy answers, and finds nobody behind it (HTTP 502)"],
    ["another server", answers(200, { status: "fine" }), "somebody else answers there (HTTP 200)"],
    ["no such page", answers(404, {}), "somebody else answers there (HTTP 404)"],
  ])("shows %s", async (_what, before, what) => {
    const report = await look(
      internet(() => phone(), before),
      portTaken,
    );
    expect(report).toMatchObject({ status: "fail", what, todo: expect.any(String) });
  });

  it("shows a proxy that lets no WebSockets through", async () => {
    const server = phone();
    const world = internet(() => server);
    const deaf: ProviderNetwork = {
      ...world.network,
      connect(address, listener) {
        queueMicrotask(() => listener.refused(426, ""));
        return world.network.connect(address, { ...listener, refused() {} });
      },
    };
    const report = await look({ ...world, network: deaf }, portTaken);
    expect(report).toMatchObject({ status: "fail", what: "WebSockets do not get through (HTTP 426)" });
  });

  it("is not looked at without an address and a token", async () => {
    const world = internet(() => phone());
    for (const environment of [{ TWILIO_AUTH_TOKEN: "t" }, { PUBLIC_URL: "https://a.example" }] as const) {
      expect(await look(world, portTaken, environment)).toMatchObject({ status: "skipped" });
    }
    expect(world.requests).toEqual([]);
  });

  it("is held open by a real server, unless the port is taken", async () => {
    const taken = phone();
    const port = await taken.listen();
    const settings = { basePath: "/twilio/check-x", publicUrl: ENVIRONMENT.PUBLIC_URL, authToken: ["token"] };
    expect(await openDoor({ ...settings, port })).toBeUndefined();
    await taken.close({ graceMs: 0 });
    const door = await openDoor({ ...settings, port });
    expect((await fetch(`http://127.0.0.1:${port}/twilio/check-x/health`)).status).toBe(200);
    await door?.close();
  });
});
