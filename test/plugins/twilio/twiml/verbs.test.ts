import { type TwimlVerb, twiml } from "bolchaal/twilio";
import { describe, expect, it } from "vitest";

const xml = (content: string) => `<?xml version="1.0" encoding="UTF-8"?><Response>${content}</Response>`;
const SAY = { verb: "say", language: "en", text: "Hi" } as const;
const SAID = '<Say language="en-IN" voice="Polly.Aditi">Hi</Say>';
const GATHER = { verb: "gather", input: ["speech"] } as const;
const RELAY = { verb: "connect-relay", url: "wss://a.example/relay" } as const;
const DIAL = { verb: "dial", number: "+911" } as const;

describe("twiml", () => {
  it.each<[string, TwimlVerb, string]>([
    ["a gather", GATHER, '<Gather input="speech"/>'],
    [
      "a gather with everything",
      {
        verb: "gather",
        input: ["speech", "dtmf"],
        action: "/gather/CA1/2",
        prompt: [SAY, { verb: "play", url: "https://a.example/a.wav", loop: 2 }, { verb: "pause", lengthMs: 2_000 }],
        timeoutMs: 4_000,
        speechTimeoutMs: 2_000,
        language: "hi-IN",
        speechModel: "googlev2_telephony",
        hints: ["Connaught Place", "दिल्ली"],
        numDigits: 4,
        finishOnKey: "*",
        partialResultCallback: "/partial?a=1&b=2",
        actionOnEmptyResult: true,
        bargeIn: false,
        enhanced: false,
        profanityFilter: false,
      },
      '<Gather input="speech dtmf" action="/gather/CA1/2" method="POST" timeout="4" speechTimeout="2" language="hi-IN" speechModel="googlev2_telephony" hints="Connaught Place,दिल्ली" numDigits="4" finishOnKey="*" partialResultCallback="/partial?a=1&amp;b=2" partialResultCallbackMethod="POST" actionOnEmptyResult="true" bargeIn="false" enhanced="false" profanityFilter="false">' +
        `${SAID}<Play loop="2">https://a.example/a.wav</Play><Pause length="2"/></Gather>`,
    ],
    [
      "a gather that ends by itself, and by no key",
      { ...GATHER, speechTimeoutMs: "auto", finishOnKey: "" },
      '<Gather input="speech" speechTimeout="auto" finishOnKey=""/>',
    ],
    ["keys to be played", { verb: "play", digits: "1w2#" }, '<Play digits="1w2#"/>'],
    ["a sound without end", { verb: "play", url: "hold.mp3", loop: 0 }, '<Play loop="0">hold.mp3</Play>'],
    [
      "a stream that is followed by an action",
      { verb: "connect-stream", url: "wss://a.example/m", action: "/after" },
      '<Connect action="/after" method="POST"><Stream url="wss://a.example/m"/></Connect>',
    ],
    ["a relay", RELAY, '<Connect><ConversationRelay url="wss://a.example/relay"/></Connect>'],
    [
      "a relay with much",
      {
        ...RELAY,
        action: "https://a.example/after",
        parameters: { token: "x" },
        languages: [{ code: "hi-IN", ttsProvider: "Google", voice: "hi-IN-Wavenet-A" }],
        language: "hi-IN",
        transcriptionProvider: "Deepgram",
        interruptible: "speech",
        dtmfDetection: true,
        hints: ["a", "b"],
        debug: ["speaker-events", "tokens-played"],
        partialPrompts: true,
        speechTimeoutMs: 800,
        ignoreBackchannel: true,
      },
      '<Connect action="https://a.example/after" method="POST"><ConversationRelay url="wss://a.example/relay" language="hi-IN" transcriptionProvider="Deepgram" interruptible="speech" dtmfDetection="true" hints="a,b" debug="speaker-events tokens-played" partialPrompts="true" speechtimeout="800" ignorebackchannel="true"><Language code="hi-IN" ttsProvider="Google" voice="hi-IN-Wavenet-A"/><Parameter name="token" value="x"/></ConversationRelay></Connect>',
    ],
    [
      "a transfer with everything",
      {
        ...DIAL,
        action: "/dial",
        answerOnBridge: true,
        timeoutMs: 20_000,
        timeLimitMs: 600_000,
        callerId: "+912",
        record: "record-from-answer-dual",
        recordingStatusCallback: "/recording",
        hangupOnStar: true,
        sequential: true,
      },
      '<Dial action="/dial" method="POST" answerOnBridge="true" timeout="20" timeLimit="600" callerId="+912" record="record-from-answer-dual" recordingStatusCallback="/recording" hangupOnStar="true" sequential="true">+911</Dial>',
    ],
    [
      "a transfer to who hears something first, or else another",
      {
        verb: "dial",
        number: [
          {
            number: "+911",
            url: "/whisper",
            sendDigits: "ww12",
            statusCallback: "/s",
            statusCallbackEvents: ["answered", "completed"],
          },
          { number: "+912" },
        ],
      },
      '<Dial><Number url="/whisper" method="POST" sendDigits="ww12" statusCallback="/s" statusCallbackEvent="answered completed">+911</Number><Number>+912</Number></Dial>',
    ],
    [
      "a conference",
      {
        verb: "dial",
        conference: {
          name: "CA1 <hold>",
          startConferenceOnEnter: false,
          endConferenceOnExit: true,
          beep: "false",
          waitUrl: "",
          maxParticipants: 2,
        },
      },
      '<Dial><Conference startConferenceOnEnter="false" endConferenceOnExit="true" beep="false" maxParticipants="2" waitUrl="">CA1 &lt;hold&gt;</Conference></Dial>',
    ],
  ])("writes %s", (_name, verb, expected) => {
    expect(twiml([verb])).toBe(xml(expected));
  });

  it.each<[string, TwimlVerb, string]>([
    ["a gather for nothing", { verb: "gather", input: [] }, 'A gather takes "". Give speech, dtmf or both.'],
    ["a gather for the same twice", { verb: "gather", input: ["dtmf", "dtmf"] }, "Give speech, dtmf or both."],
    [
      "half a second",
      { ...GATHER, timeoutMs: 500 },
      "The timeout of a gather is 500 ms. Give whole seconds, from 1000",
    ],
    ["a second and a half", { ...GATHER, speechTimeoutMs: 1_500 }, "The speech timeout of a gather is 1500 ms."],
    [
      "auto with a model",
      { ...GATHER, speechModel: "deepgram_nova-2", speechTimeoutMs: "auto" },
      'has no speechTimeout "auto"',
    ],
    ["a model with blanks", { ...GATHER, speechModel: "the best" }, 'The speech model is "the best".'],
    ["a language by its name", { ...GATHER, language: "Hindi" }, "Give a language tag such as hi-IN."],
    ["no keys to wait for", { ...GATHER, numDigits: 0 }, "The number of digits is 0. Give a whole number from 1."],
    ["two keys that finish", { ...GATHER, finishOnKey: "##" }, "Give one key, or nothing."],
    ["a hint with a comma", { ...GATHER, hints: ["a,b"] }, 'The hint "a,b" is wrong.'],
    ["a long hint", { ...GATHER, hints: ["x".repeat(101)] }, "Give 1 to 100 characters"],
    [
      "many hints",
      { ...GATHER, hints: Array.from({ length: 501 }, () => "x") },
      "There are 501 hints. Give 500 at most.",
    ],
    ["a socket for an action", { ...GATHER, action: "wss://a.example" }, "Give an http address."],
    ["another scheme", { ...GATHER, action: "ftp://a.example" }, "Give an http address."],
    ["an action with blanks", { ...GATHER, action: "/a b" }, "Give an http address."],
    ["a wrong prompt", { ...GATHER, prompt: [{ verb: "pause", lengthMs: 1 }] }, "The length of a pause is 1 ms."],
    ["nothing to play", { verb: "play" }, "There is nothing to play. Give a url or digits."],
    ["letters to press", { verb: "play", digits: "abc" }, "Give digits, *, # and w."],
    ["half a loop", { verb: "play", url: "/a", loop: 0.5 }, "The loop of what is played is 0.5."],
    ["a relay over http", { ...RELAY, url: "https://a.example" }, "Give a wss:// address."],
    ["a relay in a hurry", { ...RELAY, speechTimeoutMs: 100 }, "The speech timeout of a relay is 100 ms."],
    ["a relay's hint with a comma", { ...RELAY, hints: ["a,b"] }, 'The hint "a,b" has a comma.'],
    ["a relay's long parameter", { ...RELAY, parameters: { a: "x".repeat(500) } }, 'Parameter "a" is too long'],
    ["a relay in no language", { ...RELAY, languages: [{ code: "?" }] }, "The code of a relay's language"],
    ["nobody to call", { verb: "dial" }, "Give either a number or a conference."],
    ["no number", { verb: "dial", number: [] }, "A dial has 0 numbers. Give 1 to 10."],
    ["a word for a number", { verb: "dial", number: "mother" }, "A dial's number is no number."],
    ["a ring that is too long", { ...DIAL, timeoutMs: 601_000 }, "Give whole seconds, from 1000 to 600000 ms."],
    ["a conference without a name", { verb: "dial", conference: { name: " " } }, "The conference has no name."],
    [
      "a conference of one",
      { verb: "dial", conference: { name: "a", maxParticipants: 1 } },
      "Give a whole number from 2.",
    ],
  ])("refuses %s", (_name, verb, message) => {
    expect(() => twiml([verb])).toThrow(message);
  });

  it("does not tell whose number it refuses", () => {
    expect(() => twiml([{ verb: "dial", number: "+91 98123 45678 ext 4" }])).not.toThrow("98123");
  });
});
