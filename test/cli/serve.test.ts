import { type AddressInfo, createServer } from "node:net";
import { describe, expect, it } from "vitest";
import { runServe } from "../../src/cli/serve.js";
import { terminal } from "./terminal.js";

describe("bolchaal serve", () => {
  it("starts nothing while something is missing, and tells all of it", async () => {
    const { text, ...context } = terminal({ environment: { PORT: "eighty" } });
    expect(await runServe(context)).toBe(1);
    for (const name of ["TWILIO_AUTH_TOKEN", "PUBLIC_URL", "PORT"]) expect(text()).toContain(`✗ ${name}: `);
  });

  it("says what to do when its port is taken", async () => {
    const environment = { TWILIO_AUTH_TOKEN: "t", PUBLIC_URL: "https://voice.example.com" };
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
    const { port } = other.address() as AddressInfo;
    const served = runServe(terminal({ environment }), { port: String(port), host: "127.0.0.1" });
    await expect(served).rejects.toThrow(`Port ${port} is taken, perhaps by another \`bolchaal\`.`);
    other.close();
  });

  it("listens, says what to enter at the number, and stops when it is told to", async () => {
    const environment = { TWILIO_AUTH_TOKEN: "t", PUBLIC_URL: "https://voice.example.com" };
    const at = terminal({ environment });
    const served = runServe(at, { port: "0", host: "127.0.0.1" });
    await expect.poll(() => at.text()).toContain("Listening on port");
    expect(at.text()).toContain("    https://voice.example.com/twilio/voice\n");
    expect(at.text()).toContain("the embedded providers, as OPENAI_API_KEY is not set");
    await expect.poll(() => at.interrupt()).toBe(1);
    expect(await served).toBe(0);
    expect(at.text()).toContain("Stopping: no new calls.");
    expect(at.interrupt()).toBe(0);
  });
});
