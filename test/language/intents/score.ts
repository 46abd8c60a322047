import { readFileSync } from "node:fs";
import {
  announcementOf,
  callIntent,
  isBackchannel,
  isFarewell,
  isStopRequest,
} from "../../../src/language/intents/index.js";

/** An utterance of a phone call and what it is. */
export interface Utterance {
  readonly text: string;
  readonly intent: string;
  readonly backchannel?: boolean;
  readonly stop?: boolean;
  readonly announcement?: string;
}

export interface Miss {
  readonly text: string;
  readonly question: string;
  readonly want: string;
  readonly got: string;
}

/** How often a thing was told rightly, told wrongly, and not told. */
export interface Score {
  readonly label: string;
  readonly right: number;
  readonly wrong: number;
  readonly missed: number;
}

export function utterancesIn(file: string): readonly Utterance[] {
  return JSON.parse(readFileSync(new URL(file, import.meta.url), "utf8"));
}

const yesOrNo = (is: boolean | undefined) => (is ? "yes" : "no");

/** Every question asked of an utterance, with the answer wanted and the answer got. */
function answers({ text, intent, backchannel, stop, announcement }: Utterance): readonly Miss[] {
  return [
    { question: "intent", want: intent, got: callIntent(text) ?? "none" },
    { question: "farewell", want: yesOrNo(intent === "farewell"), got: yesOrNo(isFarewell(text)) },
    { question: "backchannel", want: yesOrNo(backchannel), got: yesOrNo(isBackchannel(text)) },
    { question: "stop request", want: yesOrNo(stop), got: yesOrNo(isStopRequest(text)) },
    { question: "announcement", want: announcement ?? "none", got: announcementOf(text)?.kind ?? "none" },
  ].map((answer) => ({ text, ...answer }));
}

export function missesIn(utterances: readonly Utterance[]): readonly Miss[] {
  return utterances.flatMap(answers).filter(({ want, got }) => want !== got);
}

/** One score for each intent, one for backchannels, one for stop requests, and one for all intents together. */
export function scoresOf(utterances: readonly Utterance[]): readonly Score[] {
  const all = utterances.flatMap(answers);
  const score = (label: string, question: string, value: string): Score => {
    const asked = all.filter((answer) => answer.question === question);
    const right = asked.filter(({ want, got }) => want === value && got === value).length;
    const told = asked.filter(({ got }) => got === value).length;
    return { label, right, wrong: told - right, missed: asked.filter(({ want }) => want === value).length - right };
  };
  const labels = [...new Set(utterances.map(({ intent }) => intent))].filter((intent) => intent !== "none").sort();
  const intents = labels.map((label) => score(label, "intent", label));
  const sum = (of: (score: Score) => number) => intents.reduce((total, one) => total + of(one), 0);
  const together = {
    label: "all intents",
    right: sum(({ right }) => right),
    wrong: sum(({ wrong }) => wrong),
    missed: sum(({ missed }) => missed),
  };
  return [
    ...intents,
    together,
    score("isBackchannel", "backchannel", "yes"),
    score("isStopRequest", "stop request", "yes"),
  ];
}

export const precision = ({ right, wrong }: Score): number => right / (right + wrong);
export const recall = ({ right, missed }: Score): number => right / (right + missed);
