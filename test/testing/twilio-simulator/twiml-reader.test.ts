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

  const relay = (attributes: string, inner = "") =>
    response(
      `<Connect><ConversationRelay url="wss://a.example/r" ${attributes}>${inner}</ConversationRelay></Connect>`,
    );

  it("reads a <Gather> with every default in its place", () => {
    expect(readTwiml(response("<Gather><Say>hi</Say><Pause/></Gather>"))).toEqual([
      {
        verb: "Gather",
        input: ["dtmf"],
        method: "POST",
        timeoutMs: 5_000,
        speechTimeoutMs: 5_000,
        maxSpeechMs: 60_000,
        language: "en-US",
        finishOnKey: "#",
        partialResultCallbackMethod: "POST",
        actionOnEmptyResult: false,
        bargeIn: true,
        enhanced: false,
        profanityFilter: true,
        prompt: [
          { verb: "Say", text: "hi" },
          { verb: "Pause", lengthSeconds: 1 },
        ],
      },
    ]);
  });

  it("reads all that a <Gather> may have", () => {
    const twiml = response(
      `<Gather input="dtmf speech" action="/a" method="GET" timeout="3" speechTimeout="auto" maxSpeechTime="20"
        speechModel="phone_call" language="hi-IN" hints="kamra, do raat" numDigits="4" finishOnKey="" enhanced="true"
        partialResultCallback="/p" partialResultCallbackMethod="GET" actionOnEmptyResult="true" bargeIn="false"
        profanityFilter="false"><Play>/a.wav</Play></Gather>`,
    );
    expect(readTwiml(twiml)).toEqual([
      {
        verb: "Gather",
        input: ["dtmf", "speech"],
        action: "/a",
        method: "GET",
        timeoutMs: 3_000,
        speechTimeoutMs: "auto",
        maxSpeechMs: 20_000,
        speechModel: "phone_call",
        language: "hi-IN",
        hints: "kamra, do raat",
        numDigits: 4,
        finishOnKey: "",
        enhanced: true,
        partialResultCallback: "/p",
        partialResultCallbackMethod: "GET",
        actionOnEmptyResult: true,
        bargeIn: false,
        profanityFilter: false,
        prompt: [{ verb: "Play", url: "/a.wav" }],
      },
    ]);
  });

  it("reads a <ConversationRelay>", () => {
    const attributes = `interruptible="false" dtmfDetection="true" speechTimeout="900" debug="speaker-events" voice="v"`;
    const [verb] = readTwiml(relay(attributes, '<Language code="hi-IN" voice="h"/><Parameter name="a" value="b"/>'));
    expect(verb).toEqual({
      verb: "ConversationRelay",
      url: "wss://a.example/r",
      parameters: { a: "b" },
      languages: { "hi-IN": { voice: "h" } },
      welcomeGreetingInterruptible: "any",
      interruptible: "none",
      interruptSensitivity: "high",
      reportInputDuringAgentSpeech: "none",
      preemptible: false,
      dtmfDetection: true,
      partialPrompts: false,
      language: "en-US",
      speechTimeoutMs: 900,
      tells: ["speaker-events"],
      voice: "v",
    });
  });

  it("reads a <Dial> of a number, and of several", () => {
    const plain = { method: "POST", statusCallbackEvents: [], statusCallbackMethod: "POST" };
    const dial = { verb: "Dial", method: "POST", timeoutMs: 30_000, timeLimitMs: 14_400_000, hangupOnStar: false };
    expect(readTwiml(response("<Dial>+919812345678</Dial>"))).toEqual([
      { ...dial, sequential: false, numbers: [{ ...plain, number: "+919812345678" }] },
    ]);
    const twiml = response(
      '<Dial sequential="true" callerId="+1555" record="record-from-answer"><Number url="/w">+91 98</Number></Dial>',
    );
    const number = { ...plain, number: "+91 98", url: "/w", statusCallbackEvents: ["completed"] };
    expect(readTwiml(twiml)).toEqual([
      { ...dial, sequential: true, callerId: "+1555", record: "record-from-answer", numbers: [number] },
    ]);
  });

  it.each([
    ["an input it has not", "<Gather input='voice'/>", "<Gather> has the input voice"],
    ["an attribute it has not", "<Gather silence='3'/>", "<Gather> has the unknown attribute silence"],
    ["no timeout", "<Gather timeout='0'/>", "<Gather> has the timeout 0"],
    ["a fraction of a second", "<Gather timeout='1.5'/>", "<Gather> has the timeout 1.5"],
    ["a speechTimeout in words", "<Gather speechTimeout='short'/>", "<Gather> has the speechTimeout short"],
    ["two finishing keys", "<Gather finishOnKey='*#'/>", "<Gather> has the finishOnKey *#"],
    ["no digits", "<Gather numDigits='0'/>", "<Gather> has the numDigits 0"],
    ["a flag that is none", "<Gather bargeIn='yes'/>", "<Gather> has the bargeIn yes"],
    ["a method it has not", "<Gather method='PUT'/>", "<Gather> has the method PUT"],
    ["an unknown model", "<Gather speechModel='best'/>", "<Gather> has the speechModel best"],
    ["a language that is none", "<Gather language='Hindi'/>", "<Gather> has the language Hindi"],
    ["too long a hint", `<Gather hints='${"x".repeat(101)}'/>`, "one above 100 characters"],
    ["a verb that cannot stand within", "<Gather><Dial>1</Dial></Gather>", "<Gather> holds a <Dial>"],
    ["bare words", "<Gather>hello</Gather>", "<Gather> holds text that is no verb"],
    ["nothing to play", "<Play/>", "<Play> has neither an address nor digits"],
    ["words to dial", "<Dial>reception</Dial>", "which is no number"],
    ["a client to dial", "<Dial><Client>asha</Client></Dial>", "which the simulator cannot call"],
    [
      "two nouns to connect",
      "<Connect><Stream url='wss://a.example'/><Stream url='wss://b.example'/></Connect>",
      "one",
    ],
    ["text that is no verb", "hello", "<Response> holds text that is no verb"],
  ])("refuses %s", (_, inner, message) => {
    expect(() => readTwiml(response(inner))).toThrow(message);
  });

  it.each([
    ["an attribute it has not", 'stt="Deepgram"', "", "<ConversationRelay> has the unknown attribute stt"],
    ["a provider it has not", 'ttsProvider="Sarvam"', "", "<ConversationRelay> has the ttsProvider Sarvam"],
    ["a timeout too short", 'speechTimeout="599"', "", "<ConversationRelay> has the speechTimeout 599"],
    ["a timeout too long", 'speechTimeout="5001"', "", "<ConversationRelay> has the speechTimeout 5001"],
    ["a way to interrupt it has not", 'interruptible="maybe"', "", "<ConversationRelay> has the interruptible maybe"],
    ["a language without a code", "", "<Language/>", "A <Language> lacks its code"],
    ["an element it has not", "", "<Say>x</Say>", "<ConversationRelay> holds a <Say>"],
  ])("refuses of a relay %s", (_, attributes, inner, message) => {
    expect(() => readTwiml(relay(attributes, inner))).toThrow(message);
  });

  it("takes a parameter just short of the limit", () => {
    const value = "x".repeat(494);
    const twiml = response(
      `<Connect><Stream url="wss://a.example"><Parameter name="abcde" value="${value}"/></Stream></Connect>`,
    );
    expect(readTwiml(twiml)).toEqual([{ verb: "Connect", url: "wss://a.example", parameters: { abcde: value } }]);
  });
});
