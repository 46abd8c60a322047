import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { createCall } from "../../../../src/plugins/twilio/rest/index.js";
import { clientThatHears, networkError, problem, type Reply, trouble } from "./twilio-answers.js";

const ORDER = { to: "+919812345678", from: "+15005550006", url: "https://voice.example.com/voice" };

async function faultFrom(reply: Reply) {
  const { client } = clientThatHears(reply);
  const outcome = await createCall(client, ORDER);
  if ("value" in outcome) throw new Error("it was created");
  return outcome.fault;
}

describe("what Twilio's API answers", () => {
  it.each<[name: string, Reply, fate: string, code: string, retryable: boolean, says: RegExp]>([
    ["a wrong token", trouble(401, 20003, "Authenticate"), "refused", "not-authorised", false, /SID and token/],
    ["the same by RFC 9457", problem(401, 20003, "Authenticate"), "refused", "not-authorised", false, /SID and token/],
    ["another's resource", trouble(403, 20003, "No"), "refused", "not-authorised", false, /20003/],
    ["too many at once", trouble(429, 20429, "Too Many Requests"), "busy", "overloaded", true, /Try again/],
    ["the same without a body", [429, ""], "busy", "overloaded", true, /429/],
    ["no number", trouble(400, 21211, "Invalid 'To'"), "refused", "invalid-request", false, /E\.164/],
    ["no number to call from", trouble(400, 21212, "Invalid 'From'"), "refused", "invalid-request", false, /account's/],
    ["a country not allowed", trouble(400, 21215, "Geo"), "refused", "invalid-request", false, /Geo permissions/],
    ["a number that is none", problem(400, 21217, "Not a number"), "refused", "invalid-request", false, /exists/],
    ["something else", trouble(400, 21999, "Odd."), "refused", "invalid-request", false, /Odd\. See .*errors\/21999/],
    ["a failure", [500, "<html>oops</html>"], "unknown", "provider-failed", false, /status\.twilio\.com/],
    ["a failure that has a body", trouble(503, 20503, "Down"), "unknown", "provider-failed", false, /20503/],
    ["nobody there", networkError("ECONNREFUSED"), "unsent", "transport-failed", true, /ECONNREFUSED/],
    ["no such name", networkError("ENOTFOUND"), "unsent", "transport-failed", true, /network/],
    ["a line that broke", networkError("ECONNRESET"), "unknown", "transport-failed", false, /no answer came/],
    ["the client's own limit", networkError("ECONNABORTED"), "unknown", "provider-timeout", false, /in time/],
  ])("%s", async (_name, reply, fate, code, retryable, says) => {
    const { fate: itsFate, error } = await faultFrom(reply);
    expect([itsFate, error.code, error.retryable]).toEqual([fate, code, retryable]);
    expect(error.message).toMatch(/^\[bolchaal\] \[twilio\] Twilio was asked to make a call: /);
    expect(error.message).toMatch(says);
  });

  it("never tells a phone number, nor the secret of the request", async () => {
    const told = [
      await faultFrom(trouble(400, 21999, "The number +919812345678 is odd")),
      await faultFrom(networkError("ECONNRESET")),
    ].map(({ error }) => inspect(error, { depth: 9 }));
    expect(told[0]).toContain("+••••••••••78");
    expect(told.join()).not.toMatch(/9812345678|c2VjcmV0/);
  });
});
