import { describe, expect, it } from "vitest";
import type { DeepgramResults } from "../../../src/plugins/deepgram/messages.js";
import { createUtterances } from "../../../src/plugins/deepgram/utterances.js";

type Kind = Partial<Pick<DeepgramResults, "is_final" | "speech_final" | "from_finalize">>;

const heard = (transcript: string, kind: Kind = {}, languages?: string[]): DeepgramResults => ({
  type: "Results",
  is_final: false,
  speech_final: false,
  ...kind,
  channel: { alternatives: [{ transcript, confidence: 0.8, ...(languages && { languages }) }] },
});
const FINAL = { is_final: true } as const;
const SPEECH_FINAL = { is_final: true, speech_final: true } as const;
const FINALIZED = { is_final: true, from_finalize: true } as const;

const words = (text: string, final: boolean, utteranceId?: string) => ({
  type: "transcript",
  final,
  ...(utteranceId !== undefined && { utteranceId }),
  text,
  confidence: 0.8,
});

describe("an utterance", () => {
  it("is its final stretches, with the interim one behind them", () => {
    const utterances = createUtterances();
    utterances.start("u1");
    expect(utterances.results(heard("मुझे"), undefined)).toEqual([words("मुझे", false, "u1")]);
    expect(utterances.results(heard("मुझे कमरा", FINAL), undefined)).toEqual([words("मुझे कमरा", false, "u1")]);
    expect(utterances.results(heard("चाहिए"), undefined)).toEqual([words("मुझे कमरा चाहिए", false, "u1")]);
    expect(utterances.end("u1")).toEqual([]);
    expect(utterances.results(heard("चाहिए था", FINALIZED), "u1")).toEqual([words("मुझे कमरा चाहिए था", true, "u1")]);
  });

  it("does not end where Deepgram alone hears its end", () => {
    const utterances = createUtterances();
    utterances.start("u1");
    expect(utterances.results(heard("the order", SPEECH_FINAL), undefined)).toEqual([words("the order", false, "u1")]);
    expect(utterances.utteranceEnd(undefined)).toEqual([]);
    expect(utterances.results(heard("of Monday"), undefined)).toEqual([words("the order of Monday", false, "u1")]);
    expect(utterances.end("u1")).toEqual([]);
    expect(utterances.results(heard("of Monday", FINALIZED), "u1")).toEqual([words("the order of Monday", true, "u1")]);
  });

  it("is answered at once where Deepgram has ended it already", () => {
    const utterances = createUtterances();
    utterances.start("u1");
    utterances.results(heard("haan ji", SPEECH_FINAL), undefined);
    utterances.results(heard(""), undefined);
    expect(utterances.end("u1")).toEqual([words("haan ji", true, "u1")]);
  });

  it("that the session did not hear ends where Deepgram says so", () => {
    const utterances = createUtterances();
    expect(utterances.results(heard("hello", SPEECH_FINAL), undefined)).toEqual([words("hello", true)]);
    expect(utterances.results(heard("are you", FINAL), undefined)).toEqual([words("are you", false)]);
    expect(utterances.utteranceEnd(undefined)).toEqual([words("are you", true)]);
    expect(utterances.utteranceEnd(undefined)).toEqual([]);
  });

  it("without words was not understood, or was none", () => {
    const utterances = createUtterances();
    expect(utterances.results(heard("", FINALIZED), "u1")).toEqual([{ type: "no-speech", utteranceId: "u1" }]);
    utterances.speechStarted();
    expect(utterances.results(heard("", FINALIZED), "u2")).toEqual([{ type: "not-understood", utteranceId: "u2" }]);
  });

  it("that is given up is what was heard of it", () => {
    const utterances = createUtterances();
    utterances.start("u1");
    utterances.results(heard("kal"), undefined);
    expect(utterances.giveUp("u1")).toEqual([words("kal", true, "u1")]);
    expect(utterances.giveUp("u2")).toEqual([{ type: "no-speech", utteranceId: "u2" }]);
  });

  it.each([
    [["hi"], "hi"],
    [["hi", "en"], "hi-en"],
    [["en-IN"], "en"],
    [["fr"], undefined],
  ])("in %s is in %s", (languages, language) => {
    const [result] = createUtterances().results(heard("x", FINALIZED, languages), "u1");
    expect(result).toEqual({ ...words("x", true, "u1"), ...(language && { language }) });
  });
});
