import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { runChecks } from "../../../src/cli/doctor/check.js";
import { clockFinding, machineChecks } from "../../../src/cli/doctor/checks/machine.js";
import { createVirtualClock } from "../../../src/testing/virtual-clock.js";

const NOW = Date.UTC(2026, 10, 23, 12);

describe("what doctor says of the clock", () => {
  it.each([
    [0, "ok", "right"],
    [4_000, "ok", "right"],
    [-30_000, "warn", "30 s behind"],
    [30_000, "warn", "29 s ahead"],
    [600_000, "fail", "599 s ahead"],
    [-3_600_000, "fail", "3600 s behind"],
  ])("%i ms off: %s, %s", (offMs, status, what) => {
    const date = new Date(NOW - offMs).toUTCString();
    expect(clockFinding(date, NOW, NOW)).toMatchObject({ status, what });
  });

  it("a clock that is right is right however long the answer took", () => {
    fc.assert(
      fc.property(fc.nat(8_000), fc.nat(8_000), fc.nat(999), (thereMs, backMs, part) => {
        const sent = NOW + part;
        const date = new Date(sent + thereMs).toUTCString();
        expect(clockFinding(date, sent, sent + thereMs + backMs).status).toBe("ok");
      }),
    );
  });

  it("cannot tell without a date", () => {
    for (const date of [null, "", "yesterday"]) expect(clockFinding(date, NOW, NOW).status).toBe("skipped");
  });
});

describe("what doctor says of packages", () => {
  const missing = Object.assign(new Error("no such package"), { code: "ERR_MODULE_NOT_FOUND" });
  it.each([
    ["there", undefined, false, ["ok", "ok", "ok", "ok"]],
    ["missing, and the embedded providers are used", missing, true, ["fail", "fail", "skipped", "skipped"]],
    ["missing, and they are not", missing, false, ["skipped", "skipped", "skipped", "skipped"]],
    ["there, and broken", new Error("GLIBC_2.99 not found"), false, ["warn", "warn", "warn", "warn"]],
  ])("%s", async (_what, error, embedded, statuses) => {
    const checks = machineChecks({
      ask: async () => new Response("", { headers: { Date: new Date(NOW).toUTCString() } }),
      wallClock: () => NOW,
      embedded,
      load: async () => {
        if (error !== undefined) throw error;
      },
    });
    const [clock, ...packages] = await runChecks(checks, { clock: createVirtualClock() });
    expect(clock).toMatchObject({ name: "clock", status: "ok" });
    expect(packages.map(({ status }) => status)).toEqual(statuses);
  });
});
