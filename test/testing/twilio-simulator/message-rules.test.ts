import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readAppMessage } from "../../../src/testing/twilio-simulator/message-rules.js";

const SID = "MZ1";
const read = (message: unknown) => readAppMessage(JSON.stringify(message), false, SID);

describe("what Twilio takes from an app", () => {
  it("takes the three messages", () => {
    expect(read({ event: "media", streamSid: SID, media: { payload: "//8A" } })).toEqual({
      event: "media",
      audio: Buffer.from([255, 255, 0]),
    });
    expect(read({ event: "mark", streamSid: SID, mark: { name: "a" } })).toEqual({ event: "mark", name: "a" });
    expect(read({ streamSid: SID, event: "clear" })).toEqual({ event: "clear" });
  });

  it.each([
    ["no object", 7, "not a JSON object"],
    ["null", null, "not a JSON object"],
    ["an array", [], "unknown event undefined"],
    ["no event", { streamSid: SID }, "unknown event undefined"],
    ["another event", { event: "stop", streamSid: SID }, 'unknown event "stop"'],
    ["stream_sid", { event: "clear", stream_sid: SID }, 'clear has the extra field "stream_sid"'],
    ["no streamSid", { event: "clear" }, 'clear lacks the field "streamSid"'],
    ["the call's id", { event: "clear", streamSid: "CA1" }, 'streamSid "CA1" is not this stream\'s'],
    ["no media", { event: "media", streamSid: SID }, 'media lacks the field "media"'],
    ["media of text", { event: "media", streamSid: SID, media: "//8A" }, "media is not an object"],
    ["no payload", { event: "media", streamSid: SID, media: {} }, 'media lacks the field "payload"'],
    ["payload of bytes", { event: "media", streamSid: SID, media: { payload: [1] } }, "payload is not a string"],
    [
      "a track",
      { event: "media", streamSid: SID, media: { payload: "", track: "outbound" } },
      'media has the extra field "track"',
    ],
    ["bad base64", { event: "media", streamSid: SID, media: { payload: "a-_=" } }, "media.payload is not base64"],
    ["cut base64", { event: "media", streamSid: SID, media: { payload: "abc" } }, "media.payload is not base64"],
    ["a nameless mark", { event: "mark", streamSid: SID, mark: {} }, 'mark lacks the field "name"'],
    ["a numbered mark", { event: "mark", streamSid: SID, mark: { name: 1 } }, "name is not a string"],
    ["a mark with more", { event: "mark", streamSid: SID, mark: { name: "a" }, x: 1 }, 'mark has the extra field "x"'],
  ])("refuses %s", (_, message, reason) => {
    expect(read(message)).toEqual({ code: 31951, reason });
  });

  it("refuses what is not JSON, and binary frames", () => {
    expect(readAppMessage("{", false, SID)).toEqual({ code: 31951, reason: "not a JSON object" });
    expect(readAppMessage('{"event":"clear","streamSid":"MZ1"}', true, SID)).toEqual({
      code: 31950,
      reason: "a binary frame",
    });
  });

  it("never throws", () => {
    fc.assert(fc.property(fc.json(), fc.boolean(), (text, isBinary) => void readAppMessage(text, isBinary, SID)));
  });
});
