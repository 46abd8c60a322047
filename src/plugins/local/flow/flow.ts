import { z } from "zod";
import { BolchaalError } from "../../../errors.js";

/**
 * What callers say for one thing, in English and in Hindi. Hindi may stand in Devanagari, romanised, or both; each
 * spelling that the recogniser may give back is to be listed. A phrase matches as whole words, anywhere in what was said.
 */
export interface FlowPhrases {
  readonly en: readonly string[];
  readonly hi: readonly string[];
}

/** Words to speak: one text for all languages, or one each. `{name}` stands for a slot's value. */
export type FlowText = string | { readonly en: string; readonly hi: string };

/** A line: a text, or several texts each in a language of its own, for an opening that greets in two. */
export type FlowLine = FlowText | readonly { readonly language: "en" | "hi"; readonly text: string }[];

/** An answer a step may get, and what follows from it. */
export interface FlowAnswer {
  /** The name of an intent. */
  readonly intent: string;
  /** Slots that are filled by it. */
  readonly set?: Readonly<Record<string, FlowText>>;
  /** Said before the next step's own words. */
  readonly say?: FlowText;
  /** The next step. @default the step stays, and asks again */
  readonly goTo?: string;
  /** From now on the agent speaks this language. */
  readonly language?: "en" | "hi";
}

/** A slot that a step fills with one of several values. */
export interface FlowSlot {
  readonly name: string;
  readonly choices: readonly { readonly value: FlowText; readonly phrases: FlowPhrases }[];
  /** The step that follows. */
  readonly goTo: string;
}

/** One thing the agent says, and what it can do with the answer. */
export interface FlowStep {
  readonly say: FlowLine;
  /** The short form for asking again. @default `say` */
  readonly again?: FlowText;
  readonly slot?: FlowSlot;
  readonly answers?: readonly FlowAnswer[];
  /** The call ends behind these words. */
  readonly ends?: boolean;
}

/** A conversation as data: steps, what callers may answer, and what they may say at any time. */
export interface Flow {
  /** The first step. */
  readonly start: string;
  readonly intents: Readonly<Record<string, FlowPhrases>>;
  readonly steps: Readonly<Record<string, FlowStep>>;
  /** Understood at every step, behind the step's own answers. */
  readonly anytime?: readonly FlowAnswer[];
  /** What is said when nothing was understood, one after another; after the last one the call goes on at `giveUp`. */
  readonly notUnderstood: readonly FlowText[];
  /** A step that ends the call or offers a person. */
  readonly giveUp: string;
}

/** A slot's value in a text. */
export const VARIABLE = /\{(\w+)\}/g;

/** Whether a line is in several texts, each in a language of its own. */
export function isList(line: FlowLine): line is Exclude<FlowLine, FlowText> {
  return Array.isArray(line);
}

const phrases = z.strictObject({ en: z.array(z.string()), hi: z.array(z.string()) });
const text = z.union([z.string().min(1), z.strictObject({ en: z.string().min(1), hi: z.string().min(1) })]);
const line = z.union([
  text,
  z.array(z.strictObject({ language: z.enum(["en", "hi"]), text: z.string().min(1) })).min(1),
]);
const answer = z.strictObject({
  intent: z.string(),
  set: z.record(z.string(), text).optional(),
  say: text.optional(),
  goTo: z.string().optional(),
  language: z.enum(["en", "hi"]).optional(),
});
const slot = z.strictObject({
  name: z.string(),
  choices: z.array(z.strictObject({ value: text, phrases })).min(1),
  goTo: z.string(),
});
const FLOW = z.strictObject({
  start: z.string(),
  intents: z.record(z.string(), phrases),
  steps: z.record(
    z.string(),
    z.strictObject({
      say: line,
      again: text.optional(),
      slot: slot.optional(),
      answers: z.array(answer).optional(),
      ends: z.boolean().optional(),
    }),
  ),
  anytime: z.array(answer).optional(),
  notUnderstood: z.array(text).min(1),
  giveUp: z.string(),
});

/**
 * Checks a flow: its shape, and that every step, intent and slot it names is there.
 * @throws BolchaalError `invalid-flow`, naming each place.
 */
export function checkFlow(flow: Flow): Flow {
  const shape = FLOW.safeParse(flow);
  const faults = shape.success ? [...danglingNames(flow), ...unknownVariables(flow)] : [z.prettifyError(shape.error)];
  if (faults.length === 0) return flow;
  throw new BolchaalError(`The flow is wrong. Mend these:\n${faults.join("\n")}`, {
    code: "invalid-flow",
    component: "brain",
    provider: "flow",
  });
}

function danglingNames(flow: Flow): string[] {
  const faults: string[] = [];
  const step = (name: string | undefined, place: string) => {
    if (name !== undefined && !Object.hasOwn(flow.steps, name))
      faults.push(`✖ There is no step "${name}"\n  → at ${place}`);
  };
  const answers = (list: readonly FlowAnswer[] | undefined, place: string) => {
    for (const [index, { intent, goTo }] of (list ?? []).entries()) {
      if (!Object.hasOwn(flow.intents, intent))
        faults.push(`✖ There is no intent "${intent}"\n  → at ${place}[${index}].intent`);
      step(goTo, `${place}[${index}].goTo`);
    }
  };
  step(flow.start, "start");
  step(flow.giveUp, "giveUp");
  answers(flow.anytime, "anytime");
  for (const [name, each] of Object.entries(flow.steps)) {
    answers(each.answers, `steps.${name}.answers`);
    step(each.slot?.goTo, `steps.${name}.slot.goTo`);
    if (!each.ends && each.slot === undefined && (each.answers ?? []).length === 0) {
      faults.push(`✖ The step neither ends the call nor expects an answer\n  → at steps.${name}`);
    }
  }
  return faults;
}

/** A `{name}` that no slot has would be spoken as nothing. */
function unknownVariables(flow: Flow): string[] {
  const steps = Object.entries(flow.steps);
  const answers: (readonly [place: string, answer: FlowAnswer])[] = [
    ...(flow.anytime ?? []).map((answer, index) => [`anytime[${index}]`, answer] as const),
    ...steps.flatMap(([name, step]) =>
      (step.answers ?? []).map((answer, index) => [`steps.${name}.answers[${index}]`, answer] as const),
    ),
  ];
  const texts: (readonly [place: string, line: FlowLine | undefined])[] = [
    ...steps.map(([name, step]) => [`steps.${name}.say`, step.say] as const),
    ...steps.map(([name, step]) => [`steps.${name}.again`, step.again] as const),
    ...answers.map(([place, answer]) => [`${place}.say`, answer.say] as const),
    ...flow.notUnderstood.map((text, index) => [`notUnderstood[${index}]`, text] as const),
  ];
  const slots = new Set([
    ...steps.flatMap(([, step]) => (step.slot === undefined ? [] : [step.slot.name])),
    ...answers.flatMap(([, answer]) => Object.keys(answer.set ?? {})),
  ]);
  return texts.flatMap(([place, line]) =>
    variablesOf(line)
      .filter((name) => !slots.has(name))
      .map((name) => `✖ There is no slot "${name}"\n  → at ${place}`),
  );
}

function variablesOf(line: FlowLine | undefined): string[] {
  if (line === undefined) return [];
  const texts = typeof line === "string" ? [line] : isList(line) ? line.map(({ text }) => text) : [line.en, line.hi];
  return [...new Set(texts.flatMap((text) => [...text.matchAll(VARIABLE)].map((match) => match[1] ?? "")))];
}

/** Every phrase a flow understands, by language and without doubles: what a recogniser with a grammar must know. */
export function flowPhrases(flow: Flow): FlowPhrases {
  const all = [
    ...Object.values(flow.intents),
    ...Object.values(flow.steps).flatMap(({ slot: filled }) => filled?.choices.map((choice) => choice.phrases) ?? []),
  ];
  const unique = (language: "en" | "hi") => [...new Set(all.flatMap((each) => each[language]))];
  return { en: unique("en"), hi: unique("hi") };
}
