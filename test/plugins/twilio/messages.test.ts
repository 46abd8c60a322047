import {
  clearMessage,
  LONGEST_MESSAGE_CHARACTERS,
  markMessage,
  mediaMessage,
  readTwilioMessage,
  type TwilioMessage,
} from "bolchaal/twilio";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MEDIA_BYTES, wire } from "./fake-socket.js";

const read = (message: unknown) => readTwilioMessage(JSON.stringify(message));
const stamp = { streamSid: "MZ1", sequenceNumber: 4 };
const started: TwilioMessage = {
  event: "start",
  streamSid: "MZ1",
  callSid: "CA1",
  accountSid: "AC1",
  mediaFormat: { encoding: "audio/x-mulaw", sampleRate: 8000, channels: 1 },
  customParameters: {},
};

describe("readTwilioMessage", () => {
  it.each<[string, unknown, TwilioMessage]>([
    ["connected", wire.connected, { event: "connected" }],
    ["start", wire.start({ city: "Pune" }), { ...started, customParameters: { city: "Pune" } }],
    ["media", wire.media(4), { event: "media", ...stamp, track: "inbound", audio: MEDIA_BYTES }],
    [
      "media of the agent",
      wire.media(4, "fn5+fw==", "MZ1", "outbound"),
      { event: "media", ...stamp, track: "outbound", audio: MEDIA_BYTES },
    ],
    ["dtmf", wire.dtmf(4, "#"), { event: "dtmf", ...stamp, digit: "#" }],
    ["mark", wire.mark(4, "g1-2"), { event: "mark", ...stamp, name: "g1-2" }],
    ["stop", wire.stop(4), { event: "stop", ...stamp }],
  ])("reads %s", (_name, message, expected) => {
    expect(read(message)).toEqual(expected);
  });

  it.each<[string, unknown, TwilioMessage]>([
    [
      "a start that says little",
      { event: "start", start: { streamSid: "MZ1", callSid: "CA1" } },
      {
        event: "start",
        streamSid: "MZ1",
        callSid: "CA1",
        mediaFormat: { encoding: "audio/x-mulaw", sampleRate: 8000, channels: 1 },
        customParameters: {},
      },
    ],
    [
      "numbers as text, text as numbers",
      {
        event: "start",
        streamSid: 7,
        start: {
          callSid: 8,
          mediaFormat: { encoding: "audio/x-l16", sampleRate: "16000", channels: "2" },
          customParameters: { age: 41, empty: "", odd: { not: "text" }, __proto__: "mine" },
        },
      },
      {
        event: "start",
        streamSid: "7",
        callSid: "8",
        mediaFormat: { encoding: "audio/x-l16", sampleRate: 16000, channels: 2 },
        customParameters: { age: "41", empty: "" },
      },
    ],
    [
      "media with a payload only",
      { event: "media", media: { payload: "fn5+fw==" } },
      { event: "media", track: "inbound", audio: MEDIA_BYTES },
    ],
    [
      "media with more than known",
      { ...wire.media(4), mood: { good: true } },
      { event: "media", ...stamp, track: "inbound", audio: MEDIA_BYTES },
    ],
    [
      "media without padding",
      { event: "media", media: { payload: "fn5+fw" } },
      { event: "media", track: "inbound", audio: MEDIA_BYTES },
    ],
    [
      "empty media",
      { event: "media", media: { payload: "" } },
      { event: "media", track: "inbound", audio: new Uint8Array(0) },
    ],
    ["a digit as a number", { event: "dtmf", dtmf: { digit: 5 } }, { event: "dtmf", digit: "5" }],
    ["a bare stop", { event: "stop" }, { event: "stop" }],
    ["an event to come", { event: "video" }, { event: "unknown" }],
    ["an event named like a method", { event: "constructor" }, { event: "unknown" }],
  ])("is tolerant of %s", (_name, message, expected) => {
    expect(read(message)).toEqual(expected);
  });

  it.each<[string, string | Uint8Array, string]>([
    ["binary", Uint8Array.of(1, 2, 3), "it is binary"],
    ["not JSON", "hello", "it is not JSON"],
    ["empty", "", "it is not JSON"],
    ["null", "null", "it is not a JSON object"],
    ["a list", "[1]", "it is not a JSON object"],
    ["nameless", "{}", "it has no event"],
    ["named by a number", '{"event":7}', "it has no event"],
    ["too long", `"${"x".repeat(LONGEST_MESSAGE_CHARACTERS)}"`, "it is too long"],
    ["a start without a streamSid", '{"event":"start","start":{"callSid":"CA1"}}', "its start has no streamSid"],
    ["a start without a callSid", '{"event":"start","streamSid":"MZ1"}', "its start has no callSid"],
    ["media without media", '{"event":"media"}', "its media has no payload"],
    ["media of null", '{"event":"media","media":null}', "its media has no payload"],
    ["a payload of numbers", '{"event":"media","media":{"payload":[1,2]}}', "its media has no payload"],
    ["a payload with a space", '{"event":"media","media":{"payload":"fn5+ fw="}}', "its payload is not base64"],
    ["a payload with Hindi", '{"event":"media","media":{"payload":"नमस्ते!!"}}', "its payload is not base64"],
    ["a payload cut short", '{"event":"media","media":{"payload":"fn5+f"}}', "its payload is not base64"],
    ["dtmf without a digit", '{"event":"dtmf","dtmf":{}}', "its dtmf has no digit"],
    ["dtmf of two digits", '{"event":"dtmf","dtmf":{"digit":"12"}}', "its dtmf has no digit"],
    ["a mark without a name", '{"event":"mark","mark":{"name":""}}', "its mark has no name"],
  ])("says why a message is invalid: %s", (_name, frame, reason) => {
    expect(readTwilioMessage(frame)).toEqual({ event: "invalid", reason });
  });

  it("never throws, whatever comes", () => {
    const frames = fc.oneof(
      fc.string(),
      fc.uint8Array(),
      fc.json(),
      fc.object().map((any) => JSON.stringify(any)),
    );
    fc.assert(fc.property(frames, (frame) => typeof readTwilioMessage(frame).event === "string"));
    const events = fc.constantFrom("connected", "start", "media", "dtmf", "mark", "stop");
    const bodies = fc.dictionary(
      fc.constantFrom("start", "media", "dtmf", "mark", "streamSid", "sequenceNumber"),
      fc.jsonValue(),
    );
    fc.assert(fc.property(events, bodies, (event, body) => typeof read({ ...body, event }).event === "string"));
  });
});

describe("what is written", () => {
  it("has exactly the fields Twilio takes", () => {
    expect(mediaMessage("MZ1", MEDIA_BYTES)).toBe('{"event":"media","streamSid":"MZ1","media":{"payload":"fn5+fw=="}}');
    expect(markMessage("MZ1", 'a"b')).toBe('{"event":"mark","streamSid":"MZ1","mark":{"name":"a\\"b"}}');
    expect(clearMessage("MZ1")).toBe('{"event":"clear","streamSid":"MZ1"}');
  });

  it("is of the audio's own bytes, wherever they stand in their buffer", () => {
    const whole = Uint8Array.of(9, 9, 0x7e, 0x7e, 0x7e, 0x7f, 9);
    expect(mediaMessage("MZ1", whole.subarray(2, 6))).toBe(mediaMessage("MZ1", MEDIA_BYTES));
  });

  it("reads back as it was", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (audio) => {
        expect(readTwilioMessage(mediaMessage("MZ1", audio))).toEqual({
          event: "media",
          streamSid: "MZ1",
          track: "inbound",
          audio,
        });
      }),
    );
  });
});
