import { spokenLanguage } from "../../../language/index.js";
import type { BrainTurn } from "../../../spec/index.js";
import { type Flow, type FlowAnswer, type FlowLine, type FlowStep, type FlowText, isList, VARIABLE } from "./flow.js";
import { comparableWords, matchLength } from "./match-phrases.js";

/** Where a call stands in its flow: plain data. */
export interface FlowMemory {
  readonly step: string;
  readonly slots: Readonly<Record<string, FlowText>>;
  /** So many turns in a row were not understood. */
  readonly misses: number;
  /** The language the caller asked for, if any. */
  readonly language?: "en" | "hi";
}

/** What the agent says, piece by piece in its language, and how the call goes on. */
export interface FlowReply {
  readonly say: readonly { readonly language: "en" | "hi"; readonly text: string }[];
  readonly memory: FlowMemory;
  readonly endCall: boolean;
}

/** One turn of a flow. Pure: the same flow, memory and turn always give the same reply. */
export function stepFlow(
  flow: Flow,
  memory: FlowMemory | undefined,
  turn: Pick<BrainTurn, "kind" | "text" | "language">,
): FlowReply {
  const before = memory ?? { step: flow.start, slots: {}, misses: 0 };
  const language = before.language ?? spokenLanguage(turn.language);
  if (turn.kind === "greeting") return enter(flow, before, before.step, language);

  const step = stepOf(flow, before.step);
  const words = turn.kind === "caller" ? comparableWords(turn.text) : [];
  const answer = bestAnswer(flow, step, words);
  if (answer !== undefined) return follow(flow, before, step, answer, language);
  // A first turn that fits nothing is a greeting, when nothing was said before.
  if (memory === undefined) return enter(flow, before, flow.start, language);
  return askAgain(flow, before, step, language);
}

/**
 * The longest phrase says most of what was meant: "abhi time nahin hai" is more than its "nahin". Among equals the step's
 * own slot and answers come before those for any time.
 */
function bestAnswer(flow: Flow, step: FlowStep, words: readonly string[]): FlowAnswer | undefined {
  const { slot } = step;
  const filling = (slot?.choices ?? []).map(({ value, phrases }) => ({
    length: matchLength(words, phrases),
    answer: { intent: "", set: { [slot?.name ?? ""]: value }, goTo: slot?.goTo ?? flow.start },
  }));
  const named = (answers: readonly FlowAnswer[] | undefined) =>
    (answers ?? []).map((answer) => ({
      length: matchLength(words, flow.intents[answer.intent] ?? { en: [], hi: [] }),
      answer,
    }));
  return longest([...filling, ...named(step.answers), ...named(flow.anytime)]);
}

function longest(matches: readonly { readonly length: number; readonly answer: FlowAnswer }[]): FlowAnswer | undefined {
  let best: (typeof matches)[number] | undefined;
  for (const match of matches) if (match.length > (best?.length ?? 0)) best = match;
  return best?.answer;
}

function follow(flow: Flow, before: FlowMemory, step: FlowStep, answer: FlowAnswer, spoken: "en" | "hi"): FlowReply {
  const language = answer.language ?? spoken;
  const memory: FlowMemory = {
    ...before,
    misses: 0,
    slots: { ...before.slots, ...answer.set },
    ...(answer.language === undefined ? {} : { language: answer.language }),
  };
  const first = answer.say === undefined ? [] : said(answer.say, memory, language);
  if (answer.goTo === undefined) {
    return { say: [...first, ...said(step.again ?? step.say, memory, language)], memory, endCall: step.ends === true };
  }
  const entered = enter(flow, memory, answer.goTo, language);
  return { ...entered, say: [...first, ...entered.say] };
}

function enter(flow: Flow, memory: FlowMemory, name: string, language: "en" | "hi"): FlowReply {
  const step = stepOf(flow, name);
  return { say: said(step.say, memory, language), memory: { ...memory, step: name }, endCall: step.ends === true };
}

function askAgain(flow: Flow, before: FlowMemory, step: FlowStep, language: "en" | "hi"): FlowReply {
  const line = flow.notUnderstood[before.misses];
  if (line === undefined) return enter(flow, { ...before, misses: 0 }, flow.giveUp, language);
  const memory = { ...before, misses: before.misses + 1 };
  return {
    say: [...said(line, memory, language), ...said(step.again ?? step.say, memory, language)],
    memory,
    endCall: false,
  };
}

function said(line: FlowLine, { slots }: FlowMemory, language: "en" | "hi"): FlowReply["say"] {
  const parts = isList(line) ? line : [{ language, text: textIn(line, language) }];
  return parts.map((part) => ({
    ...part,
    text: part.text.replace(VARIABLE, (_, name: string) => textIn(slots[name] ?? "", part.language)),
  }));
}

function textIn(text: FlowText, language: "en" | "hi"): string {
  return typeof text === "string" ? text : text[language];
}

function stepOf(flow: Flow, name: string): FlowStep {
  // A flow is checked when its brain is made; a memory from elsewhere starts over.
  return flow.steps[name] ?? (flow.steps[flow.start] as FlowStep);
}
