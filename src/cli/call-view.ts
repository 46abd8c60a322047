import { styleText } from "node:util";
import type { VoiceSession } from "../session/index.js";
import type { VoiceEvent, VoiceEventOf } from "../spec/index.js";

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
export async function showCall(session: VoiceSession, print: (line: string) => void): Promise<CallFigures> {
  const turns = new Set<number>();
  const languages = new Set<string>();
  const totalMs: number[] = [];
  let [answers, interruptions, warnings] = [0, 0, 0];
  session.on("*", (event) => {
    const line = lineFor(event);
    if (line !== undefined) print(`${clockText(event.atMs)}  ${line}`);
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
export function summaryOf(figures: CallFigures): string[] {
  const sorted = [...figures.totalMs].sort((a, b) => a - b);
  const median = sorted[Math.floor(sorted.length / 2)];
  const rows: readonly (readonly [string, string])[] = [
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
  return rows.map(([name, value]) => `  ${name.padEnd(15)} ${value}`);
}

/** How each event is shown; those left out are not. */
const SHOWN: { readonly [Type in VoiceEvent["type"]]?: (event: VoiceEventOf<Type>) => string | undefined } = {
  "call-start": ({ call }) => note(`${call.direction} call${call.from === undefined ? "" : ` from ${call.from}`}`),
  "turn-end": ({ text, language }) =>
    `${speaker("caller", "cyan")} ${text === "" ? dim("(not understood)") : text}  ${dim(language)}`,
  reply: ({ heardText, text, outcome }) => {
    if (outcome === "dropped" || (heardText === "" && text === "")) return undefined;
    const cut = outcome === "interrupted" ? styleText("yellow", " —") : "";
    return `${speaker("agent", "green")} ${heardText}${cut}`;
  },
  "barge-in": ({ playedMs, reason }) =>
    styleText("yellow", `${speaker("", "yellow")} ⏹ interrupted after ${Math.round(playedMs)} ms (${reason})`),
  backchannel: ({ text }) => note(`${text}: the agent goes on`),
  "caller-away": ({ away }) => note(away ? "the caller may have gone" : "the caller is back"),
  language: ({ from, to }) => note(`language ${from} → ${to}`),
  dtmf: ({ digit }) => note(`key ${digit}`),
  metrics: ({ endpointMs, brainMs, voiceMs, totalMs }) =>
    note(`end of turn ${ms(endpointMs)} · brain ${ms(brainMs)} · voice ${ms(voiceMs)} · in all ${ms(totalMs)}`),
  warning: ({ message }) => styleText("yellow", `${speaker("", "yellow")} ! ${message}`),
  error: ({ message }) => styleText("red", `${speaker("", "red")} ✗ ${message}`),
  "call-end": ({ reason }) => note(`call over: ${reason}`),
};

function lineFor<Type extends VoiceEvent["type"]>(event: VoiceEventOf<Type>): string | undefined {
  const show = SHOWN[event.type as Type] as ((event: VoiceEventOf<Type>) => string | undefined) | undefined;
  return show?.(event);
}

function clockText(atMs: number): string {
  return dim((atMs / 1000).toFixed(1).padStart(6));
}

function speaker(name: string, colour: "cyan" | "green" | "yellow" | "red"): string {
  return styleText(colour, name.padEnd(6));
}

function note(text: string): string {
  return dim(`${"".padEnd(6)} ${text}`);
}

function dim(text: string): string {
  return styleText("dim", text);
}

function ms(value: number | undefined): string {
  return value === undefined ? "–" : `${Math.round(value)} ms`;
}
