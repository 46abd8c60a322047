import { describe, expect, it } from "vitest";
import { isOpenAiItself, openAiClient } from "../../../src/plugins/openai/client.js";

describe("the client of OpenAI", () => {
  it("says what to install when the package is not there", async () => {
    const gone = Object.assign(new Error("Cannot find package 'openai'"), { code: "ERR_MODULE_NOT_FOUND" });
    const client = openAiClient({ apiKey: "k" }, "brain", () => Promise.reject(gone));
    await expect(client()).rejects.toMatchObject({ code: "missing-dependency", cause: gone });
    await expect(client()).rejects.toThrow("npm install openai");
  });

  it("says why the package does not load when it is there", async () => {
    const client = openAiClient({ apiKey: "k" }, "brain", () => Promise.reject(new SyntaxError("Unexpected token")));
    await expect(client()).rejects.toMatchObject({ code: "provider-failed" });
    await expect(client()).rejects.toThrow("Unexpected token");
  });
});

describe("OpenAI itself", () => {
  it.each([
    [undefined, true],
    ["https://api.openai.com/v1", true],
    ["https://eu.api.openai.com/v1", true],
    ["https://notopenai.com/v1", false],
    ["https://openai.com.example/v1", false],
    ["http://127.0.0.1:11434/v1", false],
  ])("is at %s: %s", (baseUrl, expected) => {
    expect(isOpenAiItself(baseUrl === undefined ? {} : { baseUrl })).toBe(expected);
  });

  it("is at no address that is none", () => {
    expect(() => isOpenAiItself({ baseUrl: "localhost" })).toThrow(/is no address/);
  });
});
