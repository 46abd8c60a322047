import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { describe, expect, it, vi } from "vitest";
import { run } from "../../examples/custom-provider/index.js";
import { createApp } from "../../examples/express-twilio/index.js";
import { createTwilioSimulator, heardText } from "../../src/testing/index.js";

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
