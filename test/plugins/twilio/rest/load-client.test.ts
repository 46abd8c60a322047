import { afterEach, describe, expect, it, vi } from "vitest";
import { twilioRestClient } from "../../../../src/plugins/twilio/rest/index.js";
import { ACCOUNT } from "./twilio-answers.js";

afterEach(() => {
  vi.unstubAllEnvs();
});

const empty = () => {
  vi.stubEnv("TWILIO_ACCOUNT_SID", "");
  vi.stubEnv("TWILIO_AUTH_TOKEN", "");
};

describe("twilioRestClient", () => {
  it("makes a client of the package, once", async () => {
    const client = twilioRestClient({ accountSid: ACCOUNT, authToken: "a token" });
    expect(await client()).toBe(await client());
    expect(typeof (await client()).calls.create).toBe("function");
  });

  it("reads the environment", async () => {
    vi.stubEnv("TWILIO_ACCOUNT_SID", ACCOUNT);
    vi.stubEnv("TWILIO_AUTH_TOKEN", "its token");
    const made = vi.fn(() => ({ calls: {} }));
    await twilioRestClient({ region: "ie1", edge: "dublin" }, async () => ({ default: made }))();
    const settings = { accountSid: ACCOUNT, region: "ie1", edge: "dublin", autoRetry: false };
    expect(made.mock.calls).toEqual([[ACCOUNT, "its token", settings]]);
  });

  it("takes an API key", async () => {
    empty();
    const made = vi.fn(() => ({ calls: {} }));
    const options = { accountSid: ACCOUNT, apiKey: { sid: "SK1", secret: "hush" } };
    await twilioRestClient(options, async () => ({ default: made }))();
    expect(made.mock.calls).toEqual([["SK1", "hush", { accountSid: ACCOUNT, autoRetry: false }]]);
  });

  it("says what is missing", () => {
    empty();
    expect(() => twilioRestClient()).toThrow(/TWILIO_ACCOUNT_SID/);
    expect(() => twilioRestClient({ accountSid: "SK1", authToken: "x" })).toThrow(/begins with AC/);
    expect(() => twilioRestClient({ accountSid: ACCOUNT })).toThrow(/TWILIO_AUTH_TOKEN/);
  });

  it("says that the package is missing, and looks for it again", async () => {
    const load = vi
      .fn<() => Promise<unknown>>()
      .mockRejectedValueOnce(Object.assign(new Error("no such package"), { code: "ERR_MODULE_NOT_FOUND" }))
      .mockRejectedValueOnce(new Error("broken"))
      .mockResolvedValue({ default: () => ({ calls: {} }) });
    const client = twilioRestClient({ accountSid: ACCOUNT, authToken: "x" }, load);
    await expect(client()).rejects.toMatchObject({ code: "missing-dependency" });
    await expect(client()).rejects.toMatchObject({ code: "provider-failed" });
    expect(await client()).toEqual({ calls: {} });
  });
});
