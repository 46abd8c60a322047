import { describe, expect, it } from "vitest";
import type { Ask } from "../../../src/cli/context.js";
import { runChecks } from "../../../src/cli/doctor/check.js";
import { numberFinding, twilioChecks } from "../../../src/cli/doctor/checks/twilio-account.js";
import { createVirtualClock } from "../../../src/testing/virtual-clock.js";

const SID = `AC${"0".repeat(32)}`;
const NUMBER = "+918041234567";
const ENVIRONMENT = {
  TWILIO_ACCOUNT_SID: SID,
  TWILIO_AUTH_TOKEN: "token",
  TWILIO_PHONE_NUMBER: NUMBER,
  PUBLIC_URL: "https://voice.example.com",
};
const OWN = {
  phone_number: NUMBER,
  voice_url: "https://voice.example.com/twilio/voice",
  voice_method: "POST",
  voice_application_sid: "",
  trunk_sid: null,
  capabilities: { voice: true },
};

interface Asked {
  readonly url: string;
  readonly method: string;
  readonly authorization: string;
}

/** A Twilio that has one account, and says of it what it is told to. */
function twilio(account: { status: number; body: unknown }, numbers: readonly unknown[] = [OWN]) {
  const asked: Asked[] = [];
  const ask: Ask = async (url, { method = "GET", headers = {} } = {}) => {
    const [kind = "", credentials = ""] = (headers.Authorization ?? "").split(" ");
    asked.push({ url, method, authorization: `${kind} ${Buffer.from(credentials, "base64")}` });
    if (account.status !== 200) return Response.json(account.body, { status: account.status });
    return Response.json(url.includes("IncomingPhoneNumbers") ? { incoming_phone_numbers: numbers } : account.body);
  };
  return { ask, asked };
}

async function findings(environment: Record<string, string>, ask: Ask) {
  const reports = await runChecks(twilioChecks({ environment, ask }), { clock: createVirtualClock() });
  return reports.map(({ status, what }) => [status, what]);
}

describe("what doctor asks Twilio", () => {
  it("is about the account and the number, and changes nothing", async () => {
    const { ask, asked } = twilio({ status: 200, body: { status: "active", type: "Full" } });
    expect(await findings(ENVIRONMENT, ask)).toEqual([
      ["ok", "active"],
      ["ok", `${NUMBER}, and its calls come here`],
    ]);
    const base = `https://api.twilio.com/2010-04-01/Accounts/${SID}`;
    expect(asked).toEqual([
      { url: `${base}.json`, method: "GET", authorization: `Basic ${SID}:token` },
      {
        url: `${base}/IncomingPhoneNumbers.json?PhoneNumber=%2B918041234567`,
        method: "GET",
        authorization: `Basic ${SID}:token`,
      },
    ]);
  });

  it("goes by the key where there is one, and to the region that is set", async () => {
    const { ask, asked } = twilio({ status: 200, body: { status: "active", type: "Full" } });
    const more = { TWILIO_API_KEY: "SK1", TWILIO_API_SECRET: "s", TWILIO_REGION: "ie1", TWILIO_EDGE: "dublin" };
    await findings({ ...ENVIRONMENT, ...more }, ask);
    expect(asked[0]).toMatchObject({
      url: `https://api.dublin.ie1.twilio.com/2010-04-01/Accounts/${SID}.json`,
      authorization: "Basic SK1:s",
    });
  });

  it.each([
    [401, { code: 20003, message: "Authenticate" }, "Twilio refuses the SID and token"],
    [404, { code: 20404, message: "Not found" }, "Twilio does not know the account"],
    [503, "<html>", "Twilio answers with HTTP 503"],
    [429, { code: 20429, message: "Too many" }, "Twilio answers with HTTP 429, 20429, Too many"],
  ])("HTTP %i fails both", async (status, body, what) => {
    const { ask } = twilio({ status, body });
    expect(await findings(ENVIRONMENT, ask)).toEqual([
      ["fail", what],
      ["fail", what],
    ]);
  });

  it.each([
    [{ status: "active", type: "Trial" }, "warn"],
    [{ status: "suspended", type: "Full" }, "fail"],
    [{ nothing: "of the kind" }, "fail"],
  ])("an account that is %j: %s", async (body, status) => {
    const { ask } = twilio({ status: 200, body });
    expect((await findings(ENVIRONMENT, ask))[0]?.[0]).toBe(status);
  });

  it("is nothing without what it needs", async () => {
    const { ask, asked } = twilio({ status: 200, body: {} });
    for (const name of ["TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN"] as const) {
      const { [name]: _left, ...environment } = ENVIRONMENT;
      expect((await findings(environment, ask)).map(([status]) => status)).toEqual(["skipped", "skipped"]);
    }
    expect(asked).toEqual([]);
  });
});

describe("what doctor says of the number", () => {
  const url = "https://voice.example.com";
  it.each([
    ["another's", undefined, "fail"],
    ["one without voice", { ...OWN, capabilities: { voice: false } }, "fail"],
    ["one on a SIP trunk", { ...OWN, trunk_sid: "TK1" }, "warn"],
    ["one with a TwiML app", { ...OWN, voice_application_sid: "AP1" }, "warn"],
    ["one without a webhook", { ...OWN, voice_url: "" }, "warn"],
    ["one with another's webhook", { ...OWN, voice_url: "https://old.example.com/voice?secret=1" }, "warn"],
    ["one that asks with GET", { ...OWN, voice_method: "GET" }, "warn"],
    ["one with the webhook's timeouts", { ...OWN, voice_url: `${OWN.voice_url}#ct=2000&rt=5000` }, "ok"],
  ])("%s: %s", (_what, own, status) => expect(numberFinding(own, NUMBER, url).status).toBe(status));

  it("tells the address to enter, and of the one that is there only the host", () => {
    const { what, todo } = numberFinding({ ...OWN, voice_url: "https://old.example.com/v?secret=1" }, NUMBER, url);
    expect(what).toBe("its calls go to old.example.com, not here");
    expect(todo).toContain("https://voice.example.com/twilio/voice");
  });
});
