import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  isPhoneNumber,
  isPublicUrl,
  numberHelp,
  phoneNumberFrom,
  readAuthTokens,
  readPublicUrl,
  readServerSettings,
} from "../../src/cli/settings.js";

const GOOD = { TWILIO_AUTH_TOKEN: "old, new", PUBLIC_URL: "https://voice.example.com/" };

describe("settings", () => {
  it("of a server are read from the environment; the option wins over PORT", () => {
    expect(readServerSettings(GOOD)).toEqual({
      ready: true,
      authToken: ["old", "new"],
      publicUrl: "https://voice.example.com",
      port: 3000,
    });
    expect(readServerSettings({ ...GOOD, PORT: "8080" })).toMatchObject({ port: 8080 });
    expect(readServerSettings({ ...GOOD, PORT: "8080" }, "9090")).toMatchObject({ port: 9090 });
  });

  it.each([
    [{}, ["TWILIO_AUTH_TOKEN", "PUBLIC_URL"]],
    [{ ...GOOD, TWILIO_AUTH_TOKEN: " , " }, ["TWILIO_AUTH_TOKEN"]],
    [{ ...GOOD, PUBLIC_URL: "http://voice.example.com" }, ["PUBLIC_URL"]],
    [{ ...GOOD, BOLCHAAL_PUBLIC_URL: "voice.example.com" }, ["BOLCHAAL_PUBLIC_URL"]],
    [{ ...GOOD, PORT: "eighty" }, ["PORT"]],
    [{ ...GOOD, PORT: "70000" }, ["PORT"]],
  ])("with %j: all faults are told at once", (environment, names) => {
    const settings = readServerSettings(environment);
    expect(settings.ready ? [] : settings.faults.map(({ name }) => name)).toEqual(names);
  });

  it("take the library's own name for the public address before the common one", () => {
    const both = { PUBLIC_URL: "https://a.example", BOLCHAAL_PUBLIC_URL: "https://b.example" };
    expect(readPublicUrl(both)).toEqual({ name: "BOLCHAAL_PUBLIC_URL", value: "https://b.example" });
    expect(readPublicUrl({ ...both, BOLCHAAL_PUBLIC_URL: " " }).value).toBe("https://a.example");
    expect(readAuthTokens({})).toEqual([]);
  });

  it.each([
    ["https://voice.example.com", true],
    ["https://example.com:8443/voice", true],
    ["https://example.com/?a=b", false],
    ["https://user@example.com", false],
    ["wss://example.com", false],
    ["", false],
    [undefined, false],
  ])("%s is a public address: %s", (value, is) => expect(isPublicUrl(value)).toBe(is));
});

describe("phone numbers", () => {
  it.each([
    ["+91 98123 45678", "+919812345678"],
    ["+91-98123-45678", "+919812345678"],
    ["0091 98123 45678", "+919812345678"],
    ["+1 (415) 555-0100", "+14155550100"],
    ["98123 45678", undefined],
    ["+091234567", undefined],
    ["hello", undefined],
    ["", undefined],
  ])("%j is %s", (typed, number) => expect(phoneNumberFrom(typed)).toBe(number));

  it("give a hint where an Indian mobile lacks its country", () => {
    expect(numberHelp("09812345678")).toContain("Is it +919812345678?");
    expect(numberHelp("12345")).not.toContain("Is it");
  });

  it("are the same however they are spaced", () => {
    const digits = fc.stringMatching(/^[1-9][0-9]{6,14}$/u);
    fc.assert(
      fc.property(digits, fc.array(fc.constantFrom(" ", "-", ".", "(", ")"), { maxLength: 6 }), (number, marks) => {
        const spaced = marks.reduce((text, mark, at) => {
          const cut = 1 + ((at * 3) % text.length);
          return text.slice(0, cut) + mark + text.slice(cut);
        }, `+${number}`);
        expect(phoneNumberFrom(spaced)).toBe(`+${number}`);
        expect(isPhoneNumber(`+${number}`)).toBe(true);
      }),
    );
  });
});
