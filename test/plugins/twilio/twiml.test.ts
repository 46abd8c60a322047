import { BolchaalError } from "bolchaal";
import { PARAMETER_CHARACTERS, type TwimlVerb, twiml } from "bolchaal/twilio";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

const xml = (content: string) => `<?xml version="1.0" encoding="UTF-8"?><Response>${content}</Response>`;

describe("twiml", () => {
  it.each<[string, TwimlVerb, string]>([
    [
      "a stream",
      { verb: "connect-stream", url: "wss://a.example/media" },
      '<Connect><Stream url="wss://a.example/media"/></Connect>',
    ],
    [
      "a stream with parameters",
      { verb: "connect-stream", url: "wss://a.example/media", parameters: { from: "+911", to: "+912" } },
      '<Connect><Stream url="wss://a.example/media"><Parameter name="from" value="+911"/><Parameter name="to" value="+912"/></Stream></Connect>',
    ],
    [
      "English",
      { verb: "say", language: "en", text: "Hello" },
      '<Say language="en-IN" voice="Polly.Aditi">Hello</Say>',
    ],
    ["Hindi", { verb: "say", language: "hi", text: "नमस्ते" }, '<Say language="hi-IN" voice="Polly.Aditi">नमस्ते</Say>'],
    [
      "both, in a voice of one's own",
      { verb: "say", language: "hi-en", text: "ok ji", voice: "Google.hi-IN-Standard-A" },
      '<Say language="hi-IN" voice="Google.hi-IN-Standard-A">ok ji</Say>',
    ],
    ["a transfer", { verb: "dial", number: "+911", callerId: "+912" }, '<Dial callerId="+912">+911</Dial>'],
    ["a transfer without a caller", { verb: "dial", number: "+911" }, "<Dial>+911</Dial>"],
    [
      "a redirect",
      { verb: "redirect", url: "https://a.example/x?a=1&b=2" },
      '<Redirect method="POST">https://a.example/x?a=1&amp;b=2</Redirect>',
    ],
    ["a busy tone", { verb: "reject", reason: "busy" }, '<Reject reason="busy"/>'],
    ["hanging up", { verb: "hangup" }, "<Hangup/>"],
  ])("writes %s", (_name, verb, expected) => {
    expect(twiml([verb])).toBe(xml(expected));
  });

  it("writes one verb behind another, and none as an empty response", () => {
    expect(twiml([{ verb: "reject", reason: "rejected" }, { verb: "hangup" }])).toBe(
      xml('<Reject reason="rejected"/><Hangup/>'),
    );
    expect(twiml([])).toBe('<?xml version="1.0" encoding="UTF-8"?><Response/>');
  });

  it("escapes what XML would take for its own, and leaves out what it does not allow", () => {
    const text = `<a b="c" d='e'> & \u0000\u000b\ud800\uffff\n😀`;
    expect(twiml([{ verb: "say", language: "en", text }])).toBe(
      xml('<Say language="en-IN" voice="Polly.Aditi">&lt;a b=&quot;c&quot; d=&apos;e&apos;&gt; &amp; &#10;😀</Say>'),
    );
  });

  it("never lets a text become a tag", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "binary" }),
        fc.string({ unit: "binary", minLength: 1, maxLength: 99 }),
        (text, value) => {
          const written = twiml([
            { verb: "say", language: "en", text: `.${text}` },
            { verb: "connect-stream", url: "wss://a.example/m", parameters: { value } },
          ]);
          expect(written.replace(/>[^<]*</gu, "><").replace(/value="[^"]*"/u, "")).toBe(
            '<?xml version="1.0" encoding="UTF-8"?><Response><Say language="en-IN" voice="Polly.Aditi"></Say><Connect><Stream url="wss://a.example/m"><Parameter name="value" /></Stream></Connect></Response>',
          );
        },
      ),
    );
  });

  it.each([
    ["a query", "wss://a.example/m?call=1"],
    ["a fragment", "wss://a.example/m#x"],
    ["http", "https://a.example/m"],
    ["nothing", ""],
  ])("refuses a stream's address with %s", (_name, url) => {
    expect(() => twiml([{ verb: "connect-stream", url }])).toThrow(
      `"${url}" cannot be a stream's address. Give a wss:// address without a query.`,
    );
  });

  it("refuses a parameter that Twilio would", () => {
    const withValue = (length: number) => () =>
      twiml([{ verb: "connect-stream", url: "wss://a.example/m", parameters: { name: "x".repeat(length) } }]);
    expect(withValue(PARAMETER_CHARACTERS - "name".length - 1)).not.toThrow();
    expect(withValue(PARAMETER_CHARACTERS - "name".length)).toThrow(BolchaalError);
    expect(() => twiml([{ verb: "connect-stream", url: "wss://a.example/m", parameters: { "": "x" } }])).toThrow(
      'Parameter "" is too long, or has no name.',
    );
  });
});
