import { createPhoneServer, DEFAULT_FALLBACK } from "bolchaal/server";
import { createTwilioSimulator } from "bolchaal/testing";
import { afterEach, expect, it } from "vitest";
import { authToken, publicUrl, quietAgent, VOICE } from "./phone.js";

const undoes: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const undo of undoes.splice(0)) await undo();
});

async function phone(options: Partial<Parameters<typeof createPhoneServer>[0]> = {}) {
  const server = createPhoneServer({
    agent: () => quietAgent({ greeting: "Hello." }),
    publicUrl,
    authToken,
    ...options,
  });
  const port = await server.listen({ host: "127.0.0.1" });
  undoes.push(() => server.close({ graceMs: 0 }));
  const webhookUrl = server.webhookUrl;
  return createTwilioSimulator({ webhookUrl, authToken, connectTo: `http://127.0.0.1:${port}` });
}

it("a simulated Twilio finds nothing wrong with a call", async () => {
  const twilio = await phone();
  const report = await twilio.dial({ script: [{ pauseMs: 300 }, { hangUp: true }] });
  expect(report.debuggerEvents).toEqual([]);
  expect(report.violations).toEqual([]);
  expect(report.end.reason).toBe("caller-hangup");
  expect(report.heard.filter((code) => code === VOICE).length).toBe(160);
});

it("a call that the agent ends goes on to the verb behind the stream", async () => {
  const twilio = await phone({ onSession: (session) => session.on("playback-end", () => session.end()) });
  const report = await twilio.dial({ script: [{ waitForEnd: true, timeoutMs: 5_000 }] });
  expect(report.end.reason).toBe("agent-hangup");
  expect(report.next).toEqual([{ verb: "Redirect", url: `${publicUrl}/twilio/after-stream` }]);
});

it("a webhook asked twice makes one call", async () => {
  const twilio = await phone();
  const report = await twilio.dial({ webhookTwice: true, script: [{ pauseMs: 100 }, { hangUp: true }] });
  expect(report.end.reason).toBe("caller-hangup");
});

it.each([
  ["webhook", { webhook: null }, { reason: "webhook-failed", httpStatus: 403 }],
  ["webhook, wrongly", { webhook: "no" }, { reason: "webhook-failed", httpStatus: 403 }],
  ["stream", { upgrade: null }, { reason: "stream-refused", httpStatus: 403 }],
  ["stream, wrongly", { upgrade: "no" }, { reason: "stream-refused", httpStatus: 403 }],
])("an unsigned %s is refused", async (_name, signatures, end) => {
  const twilio = await phone({ withoutStream: "fallback" });
  const report = await twilio.dial({ signatures, script: [] });
  expect(report.end).toMatchObject(end);
});

it("a call without an agent is told so", async () => {
  const twilio = await phone({ agent: () => Promise.reject(new Error("no key")), fallback: DEFAULT_FALLBACK });
  const report = await twilio.dial({ script: [{ waitForEnd: true, timeoutMs: 5_000 }] });
  expect(report.end.reason).toBe("agent-hangup");
  expect(report.next).toMatchObject([{ verb: "Redirect" }]);
});
