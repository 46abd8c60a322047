import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { describe, expect, it, vi } from "vitest";
import { run as runAiSdk } from "../../examples/ai-sdk/index.js";
import { run } from "../../examples/custom-provider/index.js";
import { createApp } from "../../examples/express-twilio/index.js";
import { createPhone } from "../../examples/openai/index.js";
import { createPhone as createSpeechPhone } from "../../examples/speech-to-speech/index.js";
import { systemClock } from "../../src/system-clock.js";
import {
  createOpenAiRealtimeSimulator,
  createOpenAiSimulator,
  createTwilioSimulator,
  heardText,
} from "../../src/testing/index.js";

describe("examples/custom-provider", () => {
  it("passes the conformance suite and holds a call", async () => {
    const lines: string[] = [];
    await run((line) => lines.push(line));
    expect(lines.filter((line) => line.startsWith("✓")).length).toBeGreaterThan(5);
    expect(lines).toContain("agent:  You said namaste.");
    expect(lines.at(-1)).toBe("over:   farewell");
  });
});

describe("examples/express-twilio", () => {
  it("answers a call: a caller who says nothing hears the greeting, and hangs up", async () => {
    const printed = vi.spyOn(console, "log").mockReturnValue();
    const authToken = "an example's token";
    const { server, phone, close } = createApp({ authToken, publicUrl: "https://voice.example.com" });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const connectTo = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    expect(await (await fetch(connectTo)).json()).toEqual({ calls: 0 });
    const twilio = createTwilioSimulator({ webhookUrl: phone.webhookUrl, authToken, connectTo });
    const report = await twilio.dial({ script: [{ waitFor: "agent-speech" }, { pauseMs: 500 }, { hangUp: true }] });
    expect(report.end.reason).toBe("caller-hangup");
    expect(report.agentSpeech.length).toBeGreaterThan(0);
    expect(heardText(report)).toBe("");
    await vi.waitFor(() => expect(phone.sessions.size).toBe(0));
    await close();
    server.close();
    expect(printed.mock.calls.at(-1)).toEqual([report.callSid, "over:  ", "caller-hangup"]);
    printed.mockClear();
  });
});

describe("examples/ai-sdk", () => {
  it("holds a call", async () => {
    const lines: string[] = [];
    await runAiSdk((line) => lines.push(line));
    expect(lines.filter((line) => !line.startsWith("tokens"))).toEqual([
      "agent:  Sharma Sweets, namaste!",
      "caller: when do you open",
      "agent:  We open at ten.",
      "caller: bye",
      "agent:  Thank you for your time. Goodbye!",
      "over:   farewell",
    ]);
    expect(lines.filter((line) => line === "tokens: 20")).toHaveLength(2);
  });
});

describe("examples/openai", () => {
  it("answers a call: asks for the tool that it needs, and says what it gave", async () => {
    const printed = vi.spyOn(console, "log").mockReturnValue();
    const authToken = "an example's token";
    const openAi = createOpenAiSimulator({
      apiKey: "a-key",
      script({ body }) {
        const input = JSON.stringify(body.input);
        if (input.includes("4500")) return { text: ["It is four thousand five hundred."] };
        if (input.includes("double room"))
          return { toolCalls: [{ id: "call-1", name: "room_price", arguments: '{"kind":"double"}' }] };
        return { text: ["Sagar Hotel, good day."] };
      },
    });
    const { phone, close } = createPhone({
      authToken,
      publicUrl: "https://voice.example.com",
      apiKey: "a-key",
      network: openAi.network(systemClock),
    });
    const port = await phone.listen({ host: "127.0.0.1" });
    const connectTo = `http://127.0.0.1:${port}`;
    const twilio = createTwilioSimulator({ webhookUrl: phone.webhookUrl, authToken, connectTo });
    const report = await twilio.dial({
      script: [
        { waitFor: "agent-silence" },
        { say: "what does a double room cost" },
        { waitFor: "agent-silence" },
        { hangUp: true },
      ],
    });
    await close();
    expect(heardText(report)).toBe("Sagar Hotel, good day. It is four thousand five hundred.");
    expect(printed.mock.calls).toContainEqual([report.callSid, "caller:", "what does a double room cost"]);
    printed.mockClear();
  });
});

describe("examples/speech-to-speech", () => {
  it("answers a call with one model", async () => {
    const printed = vi.spyOn(console, "log").mockReturnValue();
    const authToken = "an example's token";
    const openAi = createOpenAiRealtimeSimulator({
      apiKey: "a-key",
      reply({ last, aside }) {
        if (aside) return { text: last };
        if (last.includes("begun")) return { text: "Sagar Hotel, good day." };
        if (last.includes("9000")) return { text: "It is nine thousand." };
        return { toolCalls: [{ id: "call-1", name: "room_price", arguments: '{"kind":"suite"}' }] };
      },
    });
    const phone = createSpeechPhone({
      authToken,
      publicUrl: "https://voice.example.com",
      apiKey: "a-key",
      network: openAi.network(systemClock),
    });
    const port = await phone.listen({ host: "127.0.0.1" });
    const connectTo = `http://127.0.0.1:${port}`;
    const twilio = createTwilioSimulator({ webhookUrl: phone.webhookUrl, authToken, connectTo });
    const report = await twilio.dial({
      script: [
        { waitFor: "agent-silence" },
        { say: "what does the suite cost" },
        { waitFor: "agent-silence" },
        { hangUp: true },
      ],
    });
    await phone.close();
    expect(heardText(report)).toBe("Sagar Hotel, good day. It is nine thousand.");
    expect(printed.mock.calls).toContainEqual([report.callSid, "caller:", "what does the suite cost"]);
    printed.mockClear();
  });
});
