import type { VoiceSession } from "../session/index.js";
import type { VoiceEvent, VoiceEventOf } from "../spec/index.js";
import type { Paint } from "./view.js";

/** What of a call the summary is made of. */
export interface CallFigures {
  readonly callId: string;
  readonly turns: number;
  readonly answers: number;
  readonly interruptions: number;
  readonly warnings: number;
  readonly languages: readonly string[];
  /** End of the caller's speech → first sound of the answer on the line, in ms, a turn each. */
  readonly totalMs: readonly number[];
  readonly endReason: string;
  readonly durationMs: number;
}

/** Prints a call as it happens, and gives its figures when it is over. */
export async function showCall(
  session: VoiceSession,
  paint: Paint,
  print: (line: string) => void,
): Promise<CallFigures> {
  const turns = new Set<number>();
  const languages = new Set<string>();
  const totalMs: number[] = [];
  let [answers, interruptions, warnings] = [0, 0, 0];
  session.on("*", (event) => {
    const line = lineFor(event, paint);
    if (line !== undefined) print(`${paint("dim", (event.atMs / 1000).toFixed(1).padStart(6))}  ${line}`);
  });
  session.on("turn-end", (event) => {
    turns.add(event.turnId);
    languages.add(event.language);
  });
  session.on("reply", ({ kind, outcome }) => {
    if (kind === "answer" && (outcome === "played" || outcome === "interrupted")) answers += 1;
  });
  session.on("metrics", (event) => {
    if (event.totalMs !== undefined) totalMs.push(event.totalMs);
  });
  session.on("barge-in", () => {
    interruptions += 1;
  });
  session.on("warning", () => {
    warnings += 1;
  });
  const end = await session.closed;
  return {
    callId: end.callId,
    turns: turns.size,
    answers,
    interruptions,
    warnings,
    languages: [...languages],
    totalMs,
    endReason: end.reason,
    durationMs: end.durationMs,
  };
}

/** A call's figures in a few lines. */
export function summaryOf(figures: CallFigures): (readonly [name: string, value: string])[] {
  const sorted = [...figures.totalMs].sort((a, b) => a - b);
  const median = sorted[Math.floor(sorted.length / 2)];
  return [
    ["length", `${(figures.durationMs / 1000).toFixed(1)} s`],
    ["ended by", figures.endReason],
    ["caller's turns", `${figures.turns}, answered ${figures.answers}`],
    ["interruptions", String(figures.interruptions)],
    ["languages", figures.languages.join(", ")],
    [
      "answer after",
      median === undefined ? "–" : `${Math.round(median)} ms (median), ${Math.round(sorted.at(-1) ?? 0)} ms (longest)`,
    ],
    ["warnings", String(figures.warnings)],
  ];
}

type Shown = string | undefined;

/** How each event is shown; those left out are not. */
const SHOWN: { readonly [Type in VoiceEvent["type"]]?: (event: VoiceEventOf<Type>, paint: Paint) => Shown } = {
  "call-start": ({ call }, paint) => note(paint, `${call.direction} call`),
  "turn-end": ({ text, language }, paint) =>
    `${paint("cyan", speaker("caller"))} ${text === "" ? paint("dim", "(not understood)") : text}  ${paint("dim", language)}`,
  reply: ({ heardText, text, outcome }, paint) => {
    if (outcome === "dropped" || (heardText === "" && text === "")) return undefined;
    const cut = outcome === "interrupted" ? paint("yellow", " —") : "";
    return `${paint("green", speaker("agent"))} ${heardText}${cut}`;
  },
  "barge-in": ({ playedMs, reason }, paint) =>
    paint("yellow", `${speaker("")} ⏹ interrupted after ${Math.round(playedMs)} ms (${reason})`),
  backchannel: ({ text }, paint) => note(paint, `${text}: the agent goes on`),
  "caller-away": ({ away }, paint) => note(paint, away ? "the caller may have gone" : "the caller is back"),
  language: ({ from, to }, paint) => note(paint, `language ${from} → ${to}`),
  dtmf: ({ digit }, paint) => note(paint, `key ${digit}`),
  metrics: ({ endpointMs, brainMs, voiceMs, totalMs }, paint) =>
    note(paint, `end of turn ${ms(endpointMs)} · brain ${ms(brainMs)} · voice ${ms(voiceMs)} · in all ${ms(totalMs)}`),
  warning: ({ message }, paint) => paint("yellow", `${speaker("")} ! ${message}`),
  error: ({ message }, paint) => paint("red", `${speaker("")} ✗ ${message}`),
  "call-end": ({ reason }, paint) => note(paint, `call over: ${reason}`),
};

function lineFor<Type extends VoiceEvent["type"]>(event: VoiceEventOf<Type>, paint: Paint): Shown {
  const show = SHOWN[event.type as Type] as ((event: VoiceEventOf<Type>, paint: Paint) => Shown) | undefined;
  return show?.(event, paint);
}

function speaker(name: string): string {
  return name.padEnd(6);
}

function note(paint: Paint, text: string): string {
  return paint("dim", `${speaker("")} ${text}`);
}

function ms(value: number | undefined): string {
  return value === undefined ? "–" : `${Math.round(value)} ms`;
}
