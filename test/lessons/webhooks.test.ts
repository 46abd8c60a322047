import { createPhoneServer } from "bolchaal/server";
import { afterEach, describe, expect, it } from "vitest";
import type { VoiceSession } from "../../src/session/index.js";
import { authToken, dial, parametersOf, post, publicUrl, quietAgent, signal } from "../server/phone.js";

const undoes: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const undo of undoes.splice(0)) await undo();
});

async function listening() {
  const greetings: string[] = [];
  const sessions: VoiceSession[] = [];
  const begun = signal<VoiceSession>();
  const server = createPhoneServer({
    agent: () => quietAgent({ greeting: "Namaste." }),
    publicUrl,
    authToken,
    onSession(session) {
      sessions.push(session);
      session.on("reply", ({ kind, text }) => {
        if (kind === "greeting") greetings.push(text);
      });
      session.on("playback-start", () => begun.resolve(session));
    },
  });
  const port = await server.listen({ host: "127.0.0.1" });
  undoes.push(() => server.close({ graceMs: 0 }));
  return { port, sessions, greetings, begun: begun.promise };
}

describe("a webhook", () => {
  it("that is delivered twice, as carriers do, makes one call that greets once", async () => {
    const { port, sessions, greetings, begun } = await listening();
    const answers = await Promise.all([post(port, "/twilio/voice"), post(port, "/twilio/voice")]);
    const tokens = await Promise.all(answers.map(async (answer) => parametersOf(await answer.text()).token));
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    await dial(port, "CA1", tokens[0]);
    const session = await begun;
    // The second answer's stream is refused: the call has one.
    expect(await (await dial(port, "CA1", tokens[1])).closed).toBe(1000);
    session.end();
    await session.closed;
    expect(sessions).toHaveLength(1);
    expect(greetings).toEqual(["Namaste."]);
  });

  it("is answered with each verb once: one connection, one way on", async () => {
    const { port } = await listening();
    const text = await (await post(port, "/twilio/voice")).text();
    expect([...text.matchAll(/<(Connect|Stream|Redirect)\b/g)].map(([, verb]) => verb)).toEqual([
      "Connect",
      "Stream",
      "Redirect",
    ]);
  });

  it("is believed only with its signature", async () => {
    const { port, sessions } = await listening();
    expect((await post(port, "/twilio/voice", { signature: "" })).status).toBe(403);
    expect(sessions).toEqual([]);
  });

  it("tells the direction of the call as it is", async () => {
    const { port } = await listening();
    expect(parametersOf(await (await post(port, "/twilio/voice")).text()).direction).toBe("inbound");
  });
});
