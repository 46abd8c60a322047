import { createCallTokens, DEFAULT_CALL_TOKEN_TTL_MS } from "bolchaal/twilio";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

describe("call tokens", () => {
  it("are good once, for their call", () => {
    const tokens = createCallTokens({ secret: "s" });
    const token = tokens.issue("CA1");
    expect(tokens.use("CA2", token)).toBe(false);
    expect(tokens.use("CA1", token)).toBe(true);
    expect(tokens.use("CA1", token)).toBe(false);
  });

  it("differ, even for one call", () => {
    const tokens = createCallTokens({ secret: "s" });
    const made = Array.from({ length: 100 }, () => tokens.issue("CA1"));
    expect(new Set(made).size).toBe(100);
    expect(made.every((token) => tokens.use("CA1", token))).toBe(true);
  });

  it("fit into a parameter and need no escaping", () => {
    const token = createCallTokens({ secret: "s" }).issue("CA1");
    expect(token).toMatch(/^[\w.-]{60,80}$/);
  });

  it.each([
    [DEFAULT_CALL_TOKEN_TTL_MS - 1, true],
    [DEFAULT_CALL_TOKEN_TTL_MS, false],
    [DEFAULT_CALL_TOKEN_TTL_MS + 1, false],
  ])("after %i ms: %s", (laterMs, expected) => {
    let nowMs = 1_700_000_000_000;
    const tokens = createCallTokens({ secret: "s", now: () => nowMs });
    const token = tokens.issue("CA1");
    nowMs += laterMs;
    expect(tokens.use("CA1", token)).toBe(expected);
  });

  it("are good at every server with the secret, and at no other", () => {
    const token = createCallTokens({ secret: "s" }).issue("CA1");
    expect(createCallTokens({ secret: "t" }).use("CA1", token)).toBe(false);
    expect(createCallTokens({ secret: "s" }).use("CA1", token)).toBe(true);
    expect(createCallTokens({ secret: ["new", "s"] }).use("CA1", token)).toBe(true);
  });

  it("signs with the first secret", () => {
    const token = createCallTokens({ secret: ["new", "s"] }).issue("CA1");
    expect(createCallTokens({ secret: "s" }).use("CA1", token)).toBe(false);
    expect(createCallTokens({ secret: "new" }).use("CA1", token)).toBe(true);
  });

  it.each([undefined, "", ".", "..", "a.b.c", "NaN.x.y"])("refuses %j", (token) => {
    expect(createCallTokens({ secret: "s" }).use("CA1", token)).toBe(false);
  });

  it("refuses a token of which one character was changed", () => {
    const tokens = createCallTokens({ secret: "s" });
    fc.assert(
      fc.property(fc.nat(), fc.constantFrom(..."abcxyz019_-."), (at, character) => {
        const token = tokens.issue("CA1");
        const place = at % token.length;
        // The last character carries two bits that count for nothing.
        fc.pre(token[place] !== character && place !== token.length - 1);
        const changed = token.slice(0, place) + character + token.slice(place + 1);
        expect(tokens.use("CA1", changed)).toBe(false);
        expect(tokens.use("CA1", token)).toBe(true);
      }),
    );
  });

  it("needs a secret", () => {
    expect(() => createCallTokens({ secret: "" })).toThrow("Call tokens need a secret.");
    expect(() => createCallTokens({ secret: [] })).toThrow("Call tokens need a secret.");
  });
});
