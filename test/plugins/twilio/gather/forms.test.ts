import { describe, expect, it } from "vitest";
import {
  fieldOf,
  readCall,
  readEnding,
  readGathered,
  readPartial,
  resultOf,
} from "../../../../src/plugins/twilio/gather/forms.js";

describe("what a <Gather> got", () => {
  it.each([
    ["words", { SpeechResult: " do kamre ", Confidence: "0.87" }, { by: "speech", text: "do kamre", confidence: 0.87 }],
    ["words without a confidence", { SpeechResult: "ha" }, { by: "speech", text: "ha" }],
    ["words whose confidence is zero", { SpeechResult: "ha", Confidence: "0.0" }, { by: "speech", text: "ha" }],
    ["words with nonsense for a confidence", { SpeechResult: "ha", Confidence: "high" }, { by: "speech", text: "ha" }],
    ["words before keys", { SpeechResult: "ha", Digits: "1" }, { by: "speech", text: "ha" }],
    ["keys", { Digits: "12*a" }, { by: "dtmf", digits: "12*A", waited: true }],
    [
      "keys and the one that ended them",
      { Digits: "12", FinishedOnKey: "#" },
      { by: "dtmf", digits: "12#", waited: false },
    ],
    ["the ending key alone", { Digits: "", FinishedOnKey: "#" }, { by: "dtmf", digits: "#", waited: false }],
    ["what are no keys", { Digits: "<>x" }, { by: "nothing" }],
    ["a field that came twice", { SpeechResult: ["one", "two"] }, { by: "speech", text: "one" }],
    ["nothing", { CallSid: "CA1", SpeechResult: "  " }, { by: "nothing" }],
  ])("is read: %s", (_name, form, expected) => {
    expect(readGathered(form)).toEqual(expected);
  });

  it.each([
    [0.29, "not-understood"],
    [0.3, "transcript"],
    [undefined, "transcript"],
  ])("with a confidence of %s is %s", (confidence, type) => {
    const gathered = { by: "speech", text: "ha", ...(confidence === undefined ? {} : { confidence }) } as const;
    expect(resultOf(gathered, "gather-1", 0.3)).toMatchObject({ type, utteranceId: "gather-1" });
  });
});

describe("other forms", () => {
  it("tell the words so far", () => {
    const both = { StableSpeechResult: "two rooms", UnstableSpeechResult: "plea", SequenceNumber: "3" };
    expect(readPartial(both)).toEqual({ text: "two rooms plea", sequenceNumber: 3 });
    expect(readPartial({ UnstableSpeechResult: "two" })).toEqual({ text: "two" });
    expect(readPartial({ SequenceNumber: "x" })).toEqual({ text: "" });
  });

  it("tell of the call", () => {
    const form = { CallSid: "CA1", From: "+91", To: "", Direction: "outbound-api" };
    expect(readCall(form, { key: "value" })).toEqual({
      callId: "CA1",
      direction: "outbound",
      from: "+91",
      parameters: { key: "value" },
    });
    expect(readCall({}, {})).toEqual({ callId: "", direction: "inbound", parameters: {} });
    expect(fieldOf({}, "constructor")).toBe("");
  });

  it.each([
    ["completed", "over"],
    ["busy", "over"],
    ["no-answer", "over"],
    ["canceled", "over"],
    ["failed", "failed"],
    ["in-progress", undefined],
    ["ringing", undefined],
    ["", undefined],
  ])("with the status %s tell %s", (CallStatus, expected) => {
    expect(readEnding({ CallStatus })).toBe(expected);
  });
});
