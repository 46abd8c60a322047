import { isTwilioSignature, signatureUrls, twilioSignature } from "bolchaal/twilio";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

const authToken = "12345678901234567890123456789012";
const voice = "https://voice.example.com/voice";
const media = "wss://voice.example.com/media";
const form = { CallSid: "CA1", From: "+911234567890", To: "+18005550100" };

describe("twilioSignature", () => {
  it("gives what the twilio package gives", () => {
    expect(twilioSignature(authToken, media)).toBe("OXGAWoXBARgYOQdO2iHke4KK+yQ=");
    expect(twilioSignature(authToken, voice, form)).toBe("ixEtZUWVcndYOx+dxBSLpQUCWFM=");
  });

  it("goes by the fields, not by their order", () => {
    const turned = Object.fromEntries(Object.entries(form).reverse());
    expect(twilioSignature(authToken, voice, turned)).toBe("ixEtZUWVcndYOx+dxBSLpQUCWFM=");
  });

  it("takes a field that came twice once, and its values in order", () => {
    const sorted = twilioSignature(authToken, `${voice}AxAy`);
    expect(twilioSignature(authToken, voice, { A: ["y", "x", "y"] })).toBe(sorted);
  });

  it("counts blank fields", () => {
    expect(twilioSignature(authToken, voice, { ...form, FromCity: "" })).not.toBe("ixEtZUWVcndYOx+dxBSLpQUCWFM=");
  });
});

describe("isTwilioSignature", () => {
  it.each([
    ["as is", media, media, true],
    ["a slash more", media, `${media}/`, true],
    ["a slash less", `${media}/`, media, true],
    ["https for wss", "https://voice.example.com/media", media, true],
    ["wss for https", media, "https://voice.example.com/media", true],
    ["the scheme's port", "wss://voice.example.com:443/media", media, true],
    ["the scheme's port configured", media, "wss://voice.example.com:443/media", true],
    ["the port dropped", media, "wss://voice.example.com:8443/media", true],
    ["the port kept", "wss://voice.example.com:8443/media", "wss://voice.example.com:8443/media", true],
    ["no path", "wss://voice.example.com", "wss://voice.example.com/", true],
    ["a path of a slash", "wss://voice.example.com/", "wss://voice.example.com", true],
    ["user and password dropped", voice, "https://me:secret@voice.example.com/voice", true],
    ["plain http on this machine", "ws://127.0.0.1:3000/media", "http://127.0.0.1:3000/media", true],
    ["another port", "wss://voice.example.com:8443/media", media, false],
    ["another host", "wss://voice.example.org/media", media, false],
    ["another path", "wss://voice.example.com/voice", media, false],
    ["a query that is not ours", `${media}?a=1`, media, false],
    ["plain for secure", "ws://voice.example.com/media", media, false],
    ["no address at all", "", "", false],
  ])("%s", (_name, signedUrl, url, expected) => {
    const signature = twilioSignature(authToken, signedUrl);
    expect(isTwilioSignature({ authToken, signature, url })).toBe(expected);
  });

  it("keeps the query, in front of which the slash goes", () => {
    expect(signatureUrls("https://a.example/v?x=1#f")).toEqual([
      "https://a.example/v?x=1",
      "https://a.example/v/?x=1",
      "https://a.example:443/v?x=1",
      "https://a.example:443/v/?x=1",
      "wss://a.example/v?x=1",
      "wss://a.example/v/?x=1",
      "wss://a.example:443/v?x=1",
      "wss://a.example:443/v/?x=1",
    ]);
  });

  it.each([
    ["none", undefined],
    ["an empty one", ""],
    ["one of another length", "OXGAWoXB"],
    ["a wrong one", "OXGAWoXBARgYOQdO2iHke4KK+yA="],
    ["two in one header", "OXGAWoXBARgYOQdO2iHke4KK+yQ=, OXGAWoXBARgYOQdO2iHke4KK+yQ="],
  ])("refuses %s", (_name, signature) => {
    expect(isTwilioSignature({ authToken, signature, url: media })).toBe(false);
  });

  it("takes the old and the new token while one is being rotated, and an empty one never", () => {
    const signature = twilioSignature(authToken, media);
    expect(isTwilioSignature({ authToken: ["new", authToken], signature, url: media })).toBe(true);
    expect(isTwilioSignature({ authToken: ["new", "newer"], signature, url: media })).toBe(false);
    const empty = twilioSignature("", media);
    expect(isTwilioSignature({ authToken: ["", "new"], signature: empty, url: media })).toBe(false);
  });

  it("refuses a form of which anything was changed", () => {
    const forms = fc.dictionary(fc.string({ minLength: 1 }), fc.string(), { minKeys: 1, maxKeys: 5 });
    fc.assert(
      fc.property(forms, fc.nat(), fc.string({ minLength: 1 }), (params, place, more) => {
        const signature = twilioSignature(authToken, voice, params);
        expect(isTwilioSignature({ authToken, signature, url: voice, params })).toBe(true);
        const names = Object.keys(params);
        const name = names[place % names.length] ?? "";
        const changed = { ...params, [name]: `${params[name]}${more}` };
        expect(isTwilioSignature({ authToken, signature, url: voice, params: changed })).toBe(false);
      }),
    );
  });
});
