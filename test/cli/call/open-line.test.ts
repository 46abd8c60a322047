import { createServer } from "node:net";
import { describe, expect, it } from "vitest";
import { twilioLines } from "../../../src/cli/call/open-line.js";
import type { CallRequest } from "../../../src/cli/call/request.js";
import { INTERRUPTED, runCall } from "../../../src/cli/call/run-call.js";
import type { TwilioCall, TwilioCallCreation, TwilioRestClient } from "../../../src/plugins/twilio/rest/index.js";
import { systemClock } from "../../../src/system-clock.js";
import { wire } from "../../plugins/twilio/fake-socket.js";
import { authToken, openStream, parametersOf, post, publicUrl } from "../../server/phone.js";
import { type TestTerminal, terminal } from "../terminal.js";

const environment = { TWILIO_ACCOUNT_SID: "AC1", TWILIO_AUTH_TOKEN: authToken, PUBLIC_URL: publicUrl };
const REQUEST: CallRequest = {
  to: "+919812345678",
  from: "+918041234567",
  agentFile: "agents/quiet.ts",
  instructions: undefined,
  say: undefined,
  language: undefined,
  variables: { name: "Ravi" },
  machine: { do: "carry-on" },
  kind: "transactional",
  port: undefined,
  confirmed: true,
};

/** An account at Twilio, of which nothing but its calls can be reached: whoever tried for its numbers would fail. */
function account() {
  const creations: TwilioCallCreation[] = [];
  const changes: unknown[] = [];
  const call = (status: string): TwilioCall => ({ sid: "CA1", status });
  const calls = Object.assign(
    () => ({
      fetch: async () => call("ringing"),
      async update(change: unknown) {
        changes.push(change);
        return call("canceled");
      },
    }),
    {
      async create(creation: TwilioCallCreation) {
        creations.push(creation);
        return call("queued");
      },
      list: async () => [],
    },
  );
  return { client: { calls } satisfies TwilioRestClient, creations, changes };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === "object" && address !== null ? address.port : 0;
}

/** Sockets keep their own time. */
const realTime = (at: TestTerminal) => ({ ...at, clock: systemClock });

/** A command that calls, and what its Twilio does with the call. */
async function calling(agentFile = "agents/quiet.ts") {
  const port = await freePort();
  const { client, creations, changes } = account();
  const at = realTime(terminal({ environment, wallClock: Date.now, directory: import.meta.dirname }));
  const done = runCall(
    at,
    { ...REQUEST, agentFile, port: String(port) },
    twilioLines(() => client),
  );
  await expect.poll(() => creations.length).toBe(1);
  const creation = creations[0] as TwilioCallCreation;
  const form = { CallSid: "CA1", AccountSid: "AC1", From: REQUEST.from, To: REQUEST.to, Direction: "outbound-api" };
  let sequence = 0;
  return {
    at,
    port,
    done,
    creation,
    changes,
    form,
    tell(status: string, fields: Readonly<Record<string, string>> = {}) {
      const news = { ...form, ...fields, CallStatus: status, SequenceNumber: String(sequence) };
      sequence += 1;
      return post(port, pathOf(creation.statusCallback), { form: { ...news, CallbackSource: "call-progress-events" } });
    },
  };
}

const pathOf = (url: string | undefined) => new URL(url ?? "").pathname;

describe("a line over Twilio", () => {
  it("tells Twilio to ask this server, and of a busy phone tells the person", async () => {
    const { at, done, creation, tell } = await calling();
    expect(creation).toMatchObject({ to: REQUEST.to, from: REQUEST.from, method: "POST" });
    expect(creation.url?.startsWith(`${publicUrl}/twilio/voice/`)).toBe(true);
    for (const status of ["initiated", "ringing", "busy"]) expect((await tell(status)).status).toBe(200);
    expect(await done).toBe(1);
    expect(at.text()).toContain("  Ringing …\n");
    expect(at.text()).toContain("  ! Busy.\n");
  });

  it("connects who picks up to the agent, and shows the call", async () => {
    const { at, port, done, creation, form, tell } = await calling();
    const answer = await post(port, pathOf(creation.url), { form });
    const parameters = parametersOf(await answer.text());
    expect(parameters).toMatchObject({ name: "Ravi", direction: "outbound" });
    const socket = await openStream(port);
    if (typeof socket === "number") throw new Error(`the stream was refused: ${socket}`);
    const { start } = wire.start(parameters);
    socket.send(JSON.stringify(wire.connected));
    socket.send(JSON.stringify({ ...wire.start(parameters), start: { ...start, callSid: "CA1" } }));
    await expect.poll(() => at.text()).toContain("outbound call");
    socket.close();
    await tell("completed", { CallDuration: "2" });
    expect(await done).toBe(0);
    expect(at.text()).toContain("✓ The call is over.");
    expect(at.text()).toContain("ended by");
  });

  it("says why a line came to nothing: here, an agent without ears, and a call that came in", async () => {
    const { at, port, done, creation, form, tell } = await calling("agents/plain.js");
    for (const [path, callSid] of [
      [pathOf(creation.url), "CA1"],
      ["/twilio/voice", "CA2"],
    ] as const) {
      const answer = await post(port, path, { form: { ...form, CallSid: callSid } });
      const socket = await openStream(port);
      if (typeof socket === "number") throw new Error(`the stream was refused: ${socket}`);
      const message = wire.start(parametersOf(await answer.text()));
      socket.send(JSON.stringify(wire.connected));
      socket.send(JSON.stringify({ ...message, start: { ...message.start, callSid } }));
    }
    await expect.poll(() => at.text()).toMatch(/! a line did not become a call: The session's options are wrong/u);
    await expect.poll(() => at.text()).toContain("! a line did not become a call: A call came in, and this server");
    await tell("completed");
    expect(await done).toBe(0);
  });

  it("takes a call back that rings", async () => {
    const { at, done, changes, tell } = await calling();
    await tell("ringing");
    await expect.poll(() => at.text()).toContain("Ringing");
    at.interrupt();
    await expect.poll(() => changes.length).toBeGreaterThan(0);
    await tell("canceled");
    expect(await done).toBe(INTERRUPTED);
    expect(changes[0]).toMatchObject({ status: "canceled" });
    expect(at.text()).toContain("! The call was taken back.");
  });

  it("says when its port is taken", async () => {
    const { port, done, tell } = await calling();
    const other = realTime(terminal({ environment }));
    const again = runCall(
      other,
      { ...REQUEST, agentFile: undefined, port: String(port) },
      twilioLines(() => account().client),
    );
    await expect(again).rejects.toThrow(`Port ${port} is taken`);
    await tell("no-answer");
    expect(await done).toBe(1);
  });
});
