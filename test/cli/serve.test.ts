import { describe, expect, it } from "vitest";
import { readSettings, runServe } from "../../src/cli/serve.js";

const GOOD = { TWILIO_AUTH_TOKEN: "old,new", BOLCHAAL_PUBLIC_URL: "https://voice.example.com" };

describe("bolchaal serve", () => {
  it("reads its settings from the environment; the option wins over PORT", () => {
    expect(readSettings({ environment: GOOD })).toEqual({
      ready: true,
      authToken: ["old", "new"],
      publicUrl: "https://voice.example.com",
      port: 3000,
    });
    expect(readSettings({ environment: { ...GOOD, PORT: "8080" } })).toMatchObject({ port: 8080 });
    expect(readSettings({ environment: { ...GOOD, PORT: "8080" }, port: "9090" })).toMatchObject({ port: 9090 });
  });

  it.each([
    [{}, ["TWILIO_AUTH_TOKEN", "BOLCHAAL_PUBLIC_URL"]],
    [{ ...GOOD, TWILIO_AUTH_TOKEN: " " }, ["TWILIO_AUTH_TOKEN"]],
    [{ ...GOOD, BOLCHAAL_PUBLIC_URL: "http://voice.example.com" }, ["BOLCHAAL_PUBLIC_URL"]],
    [{ ...GOOD, PORT: "eighty" }, ["PORT"]],
  ])("with %j it says what is missing, all of it, and starts nothing", async (environment, names) => {
    const lines: string[] = [];
    expect(await runServe({ print: (line) => lines.push(line), environment })).toBe(1);
    const told = lines.join("\n");
    for (const name of ["TWILIO_AUTH_TOKEN", "BOLCHAAL_PUBLIC_URL", "PORT"]) {
      expect(told.includes(`✗ ${name}:`), name).toBe(names.includes(name));
    }
  });
});
