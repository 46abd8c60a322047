import { describe, expect, it } from "vitest";
import { runChecks } from "../../../src/cli/doctor/check.js";
import { environmentChecks, nodeFinding } from "../../../src/cli/doctor/checks/environment.js";
import { createVirtualClock } from "../../../src/testing/virtual-clock.js";

const SID = `AC${"0123456789abcdef".repeat(2)}`;
const TOKEN = "0123456789abcdef".repeat(2);

async function statusOf(environment: Record<string, string>, name: string) {
  const clock = createVirtualClock();
  const reports = await runChecks(environmentChecks(environment, "v20.19.0"), { clock });
  return reports.find((report) => report.name === name)?.status;
}

describe("what doctor says of the environment", () => {
  it.each<[string, Record<string, string>, string]>([
    ["TWILIO_ACCOUNT_SID", {}, "fail"],
    ["TWILIO_ACCOUNT_SID", { TWILIO_ACCOUNT_SID: SID }, "ok"],
    ["TWILIO_ACCOUNT_SID", { TWILIO_ACCOUNT_SID: SID.replace("AC", "SK") }, "fail"],
    ["TWILIO_ACCOUNT_SID", { TWILIO_ACCOUNT_SID: SID.slice(1) }, "fail"],
    ["TWILIO_AUTH_TOKEN", {}, "fail"],
    ["TWILIO_AUTH_TOKEN", { TWILIO_AUTH_TOKEN: TOKEN }, "ok"],
    ["TWILIO_AUTH_TOKEN", { TWILIO_AUTH_TOKEN: `${TOKEN},${TOKEN}` }, "ok"],
    ["TWILIO_AUTH_TOKEN", { TWILIO_AUTH_TOKEN: `"${TOKEN}"` }, "warn"],
    ["TWILIO_API_KEY", {}, "skipped"],
    ["TWILIO_API_KEY", { TWILIO_API_KEY: `SK${TOKEN}` }, "fail"],
    ["TWILIO_API_KEY", { TWILIO_API_SECRET: "secret" }, "fail"],
    ["TWILIO_API_KEY", { TWILIO_API_KEY: `SK${TOKEN}`, TWILIO_API_SECRET: "secret" }, "ok"],
    ["TWILIO_API_KEY", { TWILIO_API_KEY: SID, TWILIO_API_SECRET: "secret" }, "fail"],
    ["TWILIO_PHONE_NUMBER", {}, "warn"],
    ["TWILIO_PHONE_NUMBER", { TWILIO_PHONE_NUMBER: "+918041234567" }, "ok"],
    ["TWILIO_PHONE_NUMBER", { TWILIO_PHONE_NUMBER: "080 4123 4567" }, "fail"],
    ["PUBLIC_URL", {}, "fail"],
    ["PUBLIC_URL", { PUBLIC_URL: "https://voice.example.com/" }, "ok"],
    ["PUBLIC_URL", { PUBLIC_URL: "http://voice.example.com" }, "fail"],
    ["PUBLIC_URL", { PUBLIC_URL: "https://voice.example.com/twilio/voice" }, "warn"],
    ["BOLCHAAL_PUBLIC_URL", { BOLCHAAL_PUBLIC_URL: "https://voice.example.com" }, "ok"],
    ["PORT", { PORT: "99999" }, "fail"],
    ["PORT", {}, "ok"],
    ["OPENAI_API_KEY", {}, "warn"],
    ["OPENAI_API_KEY", { OPENAI_API_KEY: "sk-1" }, "ok"],
    ["OPENAI_API_KEY", { OPENAI_API_KEY: "'sk-1'" }, "fail"],
    ["DEEPGRAM_API_KEY", {}, "skipped"],
    ["SARVAM_API_KEY", { SARVAM_API_KEY: "a b" }, "fail"],
  ])("%s in %j: %s", async (name, environment, status) => expect(await statusOf(environment, name)).toBe(status));

  it.each([
    ["v18.20.0", "fail"],
    ["v20.18.3", "fail"],
    ["v20.19.0", "ok"],
    ["v22.0.0", "ok"],
  ])("Node %s: %s", (version, status) => expect(nodeFinding(version).status).toBe(status));

  it("shows no secret", async () => {
    const environment = {
      TWILIO_AUTH_TOKEN: TOKEN,
      TWILIO_ACCOUNT_SID: SID,
      OPENAI_API_KEY: "sk-secret",
      TWILIO_API_KEY: "SK-wrong-secret",
      TWILIO_API_SECRET: "top-secret",
    };
    const reports = await runChecks(environmentChecks(environment, "v20.19.0"), { clock: createVirtualClock() });
    const told = JSON.stringify(reports);
    for (const secret of [TOKEN, SID, "secret"]) expect(told).not.toContain(secret);
  });
});
