import { describe, expect, it } from "vitest";
import { runDoctor } from "../../../src/cli/doctor/doctor.js";
import { terminal } from "../terminal.js";

/** A machine on which all packages are there, and the port is taken. */
const NOTHING = {
  nodeVersion: "v20.19.0",
  openDoor: async () => undefined,
  load: async () => undefined,
};
/** Its file cannot be read: no agent is made, and nobody is asked anything. */
const environment = { OPENAI_API_KEY: "sk-1", BOLCHAAL_INSTRUCTIONS: "@/no/such/file" };

describe("bolchaal doctor", () => {
  it("tells each finding with what to do, and counts them", async () => {
    const at = terminal({ environment });
    expect(await at.clock.runUntilSettled(runDoctor(at, NOTHING))).toBe(1);
    expect(at.text()).toContain("  ✓ Node: v20.19.0\n");
    expect(at.text()).toContain("  ✗ TWILIO_ACCOUNT_SID: not set\n");
    expect(at.text()).toContain("      It is the text that begins with AC");
    expect(at.text()).toContain("  – Twilio account: needs the account's SID and a token or key\n");
    expect(at.text()).toContain("  ✗ agent: The instructions are to be in the file /no/such/file");
    expect(at.text()).toMatch(/\n {2}\d to mend, \d to look at\.\n/u);
    expect(at.clock.pendingTimers).toBe(0);
    expect(at.interrupt()).toBe(0);
  });

  it("speaks JSON to machines, one line of it", async () => {
    const at = terminal({ environment });
    expect(await at.clock.runUntilSettled(runDoctor(at, { ...NOTHING, json: true }))).toBe(1);
    expect(at.text().trimEnd()).not.toContain("\n");
    const { ok, checks } = JSON.parse(at.text());
    expect(ok).toBe(false);
    expect(checks[0]).toEqual({ name: "Node", status: "ok", what: "v20.19.0", tookMs: 0 });
    expect(checks.find(({ name }: { name: string }) => name === "clock")).toMatchObject({ status: "skipped" });
  });

  it("on a terminal shows what is still running", async () => {
    const at = terminal({ environment, isTerminal: true, ask: () => new Promise(() => {}) });
    const done = runDoctor(at, NOTHING);
    await at.clock.advance(10);
    expect(at.text()).toMatch(/… clock$/u);
    await at.clock.runUntilSettled(done);
    expect(at.text()).toContain("clock: nothing came within 8000 ms");
  });

  it("stops at Ctrl-C", async () => {
    const at = terminal({ environment, ask: () => new Promise(() => {}) });
    const done = runDoctor(at, NOTHING);
    await at.clock.advance(10);
    expect(at.interrupt()).toBe(1);
    expect(await done).toBe(1);
    expect(at.text()).toContain("– clock: stopped");
  });
});
