import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { VoiceEvent } from "../../src/spec/index.js";
import { readScenario, type Scenario, scenarioFaults } from "../../src/testing/index.js";
import { MODES, playScenario } from "./modes.js";

const SCENARIOS = readdirSync(import.meta.dirname)
  .filter((name) => name.endsWith(".json"))
  .map((name) => readScenario(JSON.parse(readFileSync(join(import.meta.dirname, name), "utf8"))));

describe.each(MODES)("over %s", (mode) => {
  it.each(SCENARIOS.map((scenario) => [scenario.name, scenario] as const))("%s", async (_, scenario) => {
    const { events, pendingTimers } = await playScenario(scenario, mode);
    expect(scenarioFaults(scenario, events)).toEqual([]);
    expect(pendingTimers).toBe(0);
  });
});

describe("what a scenario catches", () => {
  const scenario = SCENARIOS.find(({ name }) => name === "one response per input") as Scenario;

  it.each<[string, RegExp, (events: VoiceEvent[]) => VoiceEvent[]]>([
    [
      "an answer given twice",
      /turn 1 was answered again/,
      (events) => events.flatMap((event) => [event, ...again(event)]),
    ],
    ["an answer that is missing", /heard \[/, (events) => events.filter((event) => !isAnswer(event, 2))],
    ["an end that is missing", /0 call-end/, (events) => events.slice(0, -1)],
    ["an event that is missing", /missing, doubled/, (events) => events.filter(({ seq }) => seq !== 7)],
    ["an interruption", /interruptions: 1/, (events) => [...events.slice(0, -1), bargeIn(events), ...events.slice(-1)]],
    ["another end", /the end: "silence"/, (events) => events.map((event) => ended(event))],
  ])("%s", async (_, fault, change) => {
    const events = (await playScenario(scenario, "media-stream")).events;
    expect(scenarioFaults(scenario, change(events)).join("; ")).toMatch(fault);
  });

  it.each([
    [{ name: "none" }, "agent"],
    [{ ...scenario, expect: { answers: ["("] } }, "regular expression"],
    [{ ...scenario, expected: {} }, "expected"],
  ])("a slip in the file: %#", (data, fault) => {
    expect(() => readScenario(data)).toThrow(
      expect.objectContaining({ code: "invalid-option", message: expect.stringContaining(fault) }),
    );
  });

  const isAnswer = (event: VoiceEvent, turnId: number) =>
    event.type === "reply" && event.kind === "answer" && event.turnId === turnId;
  const again = (event: VoiceEvent) =>
    isAnswer(event, 1) ? [{ ...event, text: "Once more.", heardText: "Once" }] : [];
  const bargeIn = (events: readonly VoiceEvent[]) =>
    ({ ...events.find((event) => isAnswer(event, 1)), type: "barge-in" }) as VoiceEvent;
  const ended = (event: VoiceEvent): VoiceEvent =>
    event.type === "call-end" ? { ...event, reason: "silence" } : event;
});
