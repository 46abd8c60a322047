import { describe, expect, it } from "vitest";
import {
  DEFAULT_OPENAI_MODEL,
  DEFAULT_OPENAI_TRANSCRIPTION_MODEL,
  SHUTDOWN_WARNING_DAYS,
  shutdownWarning,
} from "../../../src/plugins/openai/index.js";

const DAY_MS = 86_400_000;
const daysBefore = (date: string, days: number) => new Date(Date.parse(date) - days * DAY_MS);

describe("the end of a model", () => {
  it.each([
    ["tts-1", "2027-01-06", "gpt-realtime-2.1-mini"],
    ["gpt-4o-mini-tts", "2027-01-06", "gpt-realtime-2.1-mini"],
    ["gpt-4o-mini", "2027-01-14", "gpt-6-luna"],
    ["gpt-4o-2024-08-06", "2027-01-14", "gpt-6-luna"],
    ["gpt-realtime", "2027-01-20", "gpt-realtime-2.1."],
    ["gpt-realtime-mini", "2027-01-20", "gpt-realtime-2.1-mini"],
    ["whisper-1", "2027-02-26", "gpt-transcribe"],
    ["gpt-4o-transcribe", "2027-02-26", "gpt-transcribe"],
    ["gpt-5-mini", "2026-12-11", "gpt-6-luna"],
    ["gpt-5.1", "2027-04-01", "gpt-6-luna"],
  ])("of %s is told from 120 days before %s", (model, on, successor) => {
    expect(shutdownWarning(model, daysBefore(on, SHUTDOWN_WARNING_DAYS + 1))).toBeUndefined();
    const near = shutdownWarning(model, daysBefore(on, SHUTDOWN_WARNING_DAYS));
    expect(near).toContain(`OpenAI shuts ${model} down on ${on}. Use `);
    expect(near).toContain(successor);
    expect(shutdownWarning(model, daysBefore(on, 1))).toContain("shuts");
    expect(shutdownWarning(model, daysBefore(on, 0))).toContain(`OpenAI has shut ${model} down on ${on}.`);
  });

  it.each([DEFAULT_OPENAI_MODEL, DEFAULT_OPENAI_TRANSCRIPTION_MODEL, "my-own-model", "toString", "gpt-4o-mini-mine"])(
    "of %s is not known",
    (model) => {
      expect(shutdownWarning(model, new Date("2030-01-01"))).toBeUndefined();
    },
  );
});
