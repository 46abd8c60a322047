import { describe, expect, it } from "vitest";
import { agentFor } from "../../../src/cli/call/agent-for.js";
import { readRequest } from "../../../src/cli/call/request.js";
import type { CallInfo } from "../../../src/spec/index.js";
import { terminal } from "../terminal.js";

const call: CallInfo = { callId: "CA1", direction: "outbound", parameters: { name: "Ravi" } };
const at = () => terminal({ directory: import.meta.dirname });

/** A request with these options. */
function request(options: Readonly<Record<string, string>>) {
  const given = {
    words: ["+919812345678"],
    text: (name: string) => options[name],
    texts: () => [],
    flag: () => false,
  };
  return readRequest(given, { TWILIO_PHONE_NUMBER: "+918041234567" });
}

describe("the agent of a call", () => {
  it("comes from a file: what it exports, or what that makes of the call", async () => {
    const made = await agentFor(request({ agent: "agents/agent.js" }), at());
    const { brain } = await made.agent(call);
    expect(typeof brain === "function" && brain({ call } as never, {} as never)).toBe("Namaste Ravi");
    expect(made.madeOf).toEqual(["The agent of agents/agent.js"]);

    const plain = await agentFor(request({ agent: "agents/plain.js" }), at());
    expect(await plain.agent(call)).toMatchObject({ greeting: "Hello." });
  });

  it("says first, and in the language, what was typed", async () => {
    const made = await agentFor(request({ agent: "agents/plain.js", say: "नमस्ते", language: "hi" }), at());
    expect(await made.agent(call)).toMatchObject({ greeting: "नमस्ते", language: "hi" });
  });

  it.each([
    ["agents/missing.js", "cannot be loaded"],
    ["agents/none.js", "exports no agent"],
  ])("%s: %s", async (file, message) => {
    await expect(agentFor(request({ agent: file }), at())).rejects.toThrow(message);
  });

  it("is the environment's own without a file", async () => {
    const made = await agentFor(request({}), at());
    expect(made.madeOf[0]).toContain("OPENAI_API_KEY is not set");
    expect(await made.agent(call)).toMatchObject({ greeting: "brain" });
    await made.close();
  });
});
