import { describe, expect, it } from "vitest";
import { BASE } from "../in-process-app.js";
import { account } from "./account-kit.js";

const OWN = { phoneNumber: "+918041234567", voiceUrl: `${BASE}/voice` };

describe("an account", () => {
  it("is there", async () => {
    const { client, account: made } = account();
    expect(await client.api.accounts(made.accountSid).fetch()).toMatchObject({
      sid: made.accountSid,
      status: "active",
      type: "Full",
      authToken: "",
    });
    expect((await client.balance.fetch()).currency).toBe("USD");
  });

  it("has its numbers", async () => {
    const { client } = account({ numbers: [OWN, "+14155550100", { phoneNumber: "+14155550101", voice: false }] });
    const numbers = await client.incomingPhoneNumbers.list();
    expect(
      numbers.map(({ phoneNumber, voiceUrl, voiceMethod, capabilities }) => [
        phoneNumber,
        voiceUrl,
        voiceMethod,
        capabilities.voice,
      ]),
    ).toEqual([
      ["+918041234567", `${BASE}/voice`, "POST", true],
      ["+14155550100", "", "POST", true],
      ["+14155550101", "", "POST", false],
    ]);
    const [one] = await client.incomingPhoneNumbers.list({ phoneNumber: "+918041234567" });
    expect((await client.incomingPhoneNumbers(one?.sid ?? "").fetch()).voiceUrl).toBe(`${BASE}/voice`);
    expect(await client.incomingPhoneNumbers.list({ phoneNumber: "+15005550006" })).toEqual([]);
    await expect(client.incomingPhoneNumbers("PN1").fetch()).rejects.toMatchObject({ status: 404, code: 20404 });
  });

  it("counts every change of a number, and changes what is given alone", async () => {
    const { client, account: made, clock } = account({ numbers: [{ ...OWN, statusCallback: `${BASE}/status` }] });
    const [own] = await client.incomingPhoneNumbers.list();
    const context = client.incomingPhoneNumbers(own?.sid ?? "");
    expect(made.report().numberUpdates).toBe(0);
    await clock.advance(5_000);
    expect(await context.update({ voiceUrl: `${BASE}/other`, voiceMethod: "GET" })).toMatchObject({
      voiceUrl: `${BASE}/other`,
      voiceMethod: "GET",
      statusCallback: `${BASE}/status`,
      dateUpdated: new Date("2026-11-23T10:00:05Z"),
    });
    expect((await context.update({ voiceUrl: "", friendlyName: "front desk" })).toJSON()).toMatchObject({
      voiceUrl: "",
      voiceMethod: "GET",
      friendlyName: "front desk",
    });
    await expect(context.update({ voiceUrl: "voice" })).rejects.toMatchObject({ code: 21205 });
    expect(made.report().numberUpdates).toBe(2);
  });
});
