import { afterEach, describe, expect, it, vi } from "vitest";
import { closeError, readApiKey, refusalError } from "../../src/net/index.js";

const PARTY = { provider: "acme", component: "text-to-speech" } as const;

describe("an HTTP answer that is no success", () => {
  it.each([
    [400, "invalid-request", false],
    [401, "not-authorised", false],
    [402, "overloaded", false],
    [403, "not-authorised", false],
    [404, "invalid-request", false],
    [408, "provider-failed", true],
    [422, "invalid-request", false],
    [429, "overloaded", true],
    [500, "provider-failed", true],
    [503, "provider-failed", true],
  ])("%i means %s, and that trying again may help: %s", (status, code, retryable) => {
    expect(refusalError(PARTY, status, "")).toMatchObject({ code, retryable, ...PARTY });
  });

  it("means no credit, and no retry, where the provider says so", () => {
    const body = '{"error":{"message":"You exceeded your current quota.","code":"insufficient_quota"}}';
    expect(refusalError(PARTY, 429, body)).toMatchObject({ code: "overloaded", retryable: false });
    expect(refusalError(PARTY, 429, '{"code":"insufficient_quota_error"}').retryable).toBe(false);
  });

  it.each([
    [
      "Deepgram",
      '{"err_code":"INVALID_AUTH","err_msg":"Invalid credentials.","request_id":"1"}',
      "Invalid credentials",
    ],
    ["ElevenLabs", '{"detail":{"status":"invalid_api_key","message":"Invalid API key"}}', "Invalid API key"],
    ["Sarvam and OpenAI", '{"error":{"message":"Wrong key.","code":"x"}}', "Wrong key"],
    ["plain text", "Go away.\n", "Go away"],
    ["JSON without a sentence", '{"code":7}', '{"code":7}'],
    ["a page", "x".repeat(5_000), "x".repeat(300)],
  ])("is quoted from %s", (_, body, said) => {
    expect(refusalError(PARTY, 401, body).message).toBe(
      `[bolchaal] [acme] It answered 401: ${said}. Check the API key and what it may use.`,
    );
  });
});

describe("a connection that the provider closed", () => {
  it.each([
    [1000, "", "provider-failed", true, "(1000)"],
    [1006, "", "provider-failed", true, "(1006)"],
    [1011, "NET-0001 Timed out.", "provider-failed", true, "(1011: NET-0001 Timed out)"],
    [1008, "bad input", "invalid-request", false, "(1008: bad input)"],
    [1008, "quota_exceeded", "overloaded", false, "(1008: quota_exceeded)"],
    [1013, "busy", "overloaded", true, "(1013: busy)"],
  ])("%i %s", (closeCode, reason, code, retryable, quoted) => {
    const error = closeError(PARTY, closeCode, reason);
    expect(error).toMatchObject({ code, retryable, ...PARTY });
    expect(error.message).toContain(`It closed the connection ${quoted}. `);
  });
});

describe("a key", () => {
  afterEach(() => {
    vi.unstubAllEnvs();
  });

  it.each([
    ["the one given", "given", "from-environment", "given"],
    ["the environment's", undefined, " from-environment\n", "from-environment"],
  ])("is %s", (_, apiKey, variable, expected) => {
    vi.stubEnv("ACME_API_KEY", variable);
    expect(readApiKey({ apiKey, variable: "ACME_API_KEY", ...PARTY })).toBe(expected);
  });

  it.each([undefined, " "])("is missed: %o", (apiKey) => {
    vi.stubEnv("ACME_API_KEY", "");
    expect(() => readApiKey({ apiKey, variable: "ACME_API_KEY", ...PARTY })).toThrow(
      "[bolchaal] [acme] There is no API key. Set ACME_API_KEY, or give the option apiKey.",
    );
  });
});
