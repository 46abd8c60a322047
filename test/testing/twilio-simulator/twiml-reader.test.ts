import { describe, expect, it } from "vitest";
import { readTwiml } from "../../../src/testing/twilio-simulator/twiml-reader.js";

const response = (inner: string) => `<?xml version="1.0" encoding="UTF-8"?>\n<Response>${inner}</Response>\n`;

describe("the TwiML reader", () => {
  it("reads a stream with parameters and what follows", () => {
    const twiml = response(`
      <!-- the agent -->
      <Say language="hi-IN">नमस्ते &amp; &#x939;&#2344;</Say>
      <Connect>
        <Stream url='wss://voice.example.com/media?x=1'>
          <Parameter name="from" value="+91&quot;98&quot;" />
          <Parameter name="empty" value=""/>
        </Stream>
      </Connect>
      <Pause/><Pause length="3"></Pause>
      <Play>https://example.com/a.mp3</Play>
      <Redirect method="POST"><![CDATA[/voice?a=1&b=2]]></Redirect>
      <Reject reason="busy"/>
      <Hangup/>`);
    expect(readTwiml(twiml)).toEqual([
      { verb: "Say", text: "नमस्ते & हन", language: "hi-IN" },
      { verb: "Connect", url: "wss://voice.example.com/media", parameters: { from: '+91"98"', empty: "" } },
      { verb: "Pause", lengthSeconds: 1 },
      { verb: "Pause", lengthSeconds: 3 },
      { verb: "Play", url: "https://example.com/a.mp3" },
      { verb: "Redirect", url: "/voice?a=1&b=2" },
      { verb: "Reject", reason: "busy" },
      { verb: "Hangup" },
    ]);
  });

  it.each([
    ["an empty document", "", "exactly one root element"],
    ["two roots", "<Response/><Response/>", "exactly one root element"],
    ["text outside", "<Response/>x", "exactly one root element"],
    ["an open element", "<Response><Say>hi</Response>", "</Response> closes nothing"],
    ["an unclosed root", "<Response>", "<Response> is not closed"],
    ["a bare ampersand", response("<Say>you & me</Say>"), "& is no entity of XML"],
    ["an HTML entity", response("<Say>a&nbsp;b</Say>"), "&nbsp; is no entity of XML"],
    ["an attribute twice", response('<Pause length="1" length="2"/>'), "the attribute length stands twice"],
    ["an unquoted attribute", response("<Pause length=1/>"), "this is no tag"],
    ["JSON", '{"ok":true}', "exactly one root element"],
    ["another root", "<response/>", "is <response>, not <Response>"],
    ["an unknown verb", response("<Speak>hi</Speak>"), "<Speak> is no verb"],
    ["an unknown attribute", response('<Say lang="hi">x</Say>'), "<Say> has the unknown attribute lang"],
    ["an empty Connect", response("<Connect/>"), "exactly one <Stream>"],
    [
      "ws",
      response('<Connect><Stream url="ws://a.example/m"/></Connect>'),
      "is not wss. Twilio would refuse this TwiML with error 31922",
    ],
    ["https", response('<Connect><Stream url="https://a.example/m"/></Connect>'), "is not wss"],
    ["no url", response("<Connect><Stream/></Connect>"), "31923"],
    ["both tracks", response('<Connect><Stream url="wss://a.example" track="both_tracks"/></Connect>'), "31941"],
    [
      "a long parameter",
      response(
        `<Connect><Stream url="wss://a.example"><Parameter name="abcde" value="${"x".repeat(495)}"/></Stream></Connect>`,
      ),
      "500 characters or more",
    ],
    [
      "a parameter without a value",
      response('<Connect><Stream url="wss://a.example"><Parameter name="a"/></Stream></Connect>'),
      "lacks its name or value",
    ],
    ["a pause of nothing", response('<Pause length="0"/>'), "<Pause> has the length 0"],
    ["a made-up reason", response('<Reject reason="tired"/>'), "<Reject> has the reason tired"],
  ])("refuses %s", (_, twiml, message) => {
    expect(() => readTwiml(twiml)).toThrow(message);
  });

  it("takes a parameter just short of the limit", () => {
    const value = "x".repeat(494);
    const twiml = response(
      `<Connect><Stream url="wss://a.example"><Parameter name="abcde" value="${value}"/></Stream></Connect>`,
    );
    expect(readTwiml(twiml)).toEqual([{ verb: "Connect", url: "wss://a.example", parameters: { abcde: value } }]);
  });
});
