import type { Brain, BrainPart, BrainTurn } from "../../spec/index.js";
import {
  abortable,
  type ConformanceCase,
  type ConformanceOptions,
  caseOn,
  endsAborted,
  frozen,
  itemsOf,
  must,
  mustDescribeItself,
  mustFail,
  readAll,
  sampleCall,
  type Trial,
  within,
} from "./contract.js";
import { mustKeepSecrets, SECRETS } from "./secrets.js";

/** Of {@link brainConformance}. */
export interface BrainConformanceOptions extends ConformanceOptions<Brain> {
  /** What the caller says, something the brain has an answer to. @default "Hello, what does a room cost?" */
  readonly text?: string;
}

const DEFAULT_TEXT = "Hello, what does a room cost?";
const LANGUAGES: readonly unknown[] = ["hi", "en", "hi-en"];
const POLICIES: readonly unknown[] = ["duck", "immediate", "min-words", "none"];

/** What the contract of {@link Brain} asks. */
export function brainConformance(options: BrainConformanceOptions): ConformanceCase[] {
  const check = caseOn(options);
  const { text = DEFAULT_TEXT } = options;
  const turn = (callId: string, more: Partial<BrainTurn> = {}) => turnOf(callId, { text, ...more });

  return [
    check("says what it is", ({ plugin }) => mustDescribeItself(plugin)),

    check("answers the caller with words, in parts that the contract knows", async (trial) => {
      const parts = await reply(trial, turn("a"));
      parts.forEach(mustBePart);
      must(words(parts) !== "", "A caller's turn is answered with words", parts);
    }),

    check("takes every kind of turn", async (trial) => {
      (await reply(trial, turn("a", { kind: "greeting", text: "", turnId: 0 }))).forEach(mustBePart);
      (await reply(trial, turn("b", { kind: "not-understood", text: "" }))).forEach(mustBePart);
      for (const language of ["hi", "hi-en"] as const)
        (await reply(trial, turn("c", { text: "कमरे का दाम कितना है?", language }))).forEach(mustBePart);
    }),

    check("goes on with a call's history and memory", async (trial) => {
      const first = await reply(trial, turn("a"));
      const memory = first.findLast((part) => part.type === "memory")?.value;
      const history = [
        { role: "caller", turnId: 1, text, language: "en" },
        { role: "agent", turnId: 1, text: words(first), language: "en", interrupted: true },
      ] as const;
      const next = await reply(trial, turn("a", { turnId: 2, history, memory: frozen(memory) }));
      must(words(next) !== "", "A caller's second turn is answered with words", next);
    }),

    check("keeps calls at once apart, and can be asked again", async (trial) => {
      const calls = ["a", "b", "c", "a"].map((callId) => reply(trial, turn(callId)));
      for (const parts of await Promise.all(calls))
        must(words(parts) !== "", "Each of several calls at once is answered with words", parts);
    }),

    check("keeps what one caller says from the others", async (trial) => {
      const ask = async (secret: string, callId: string) => ({
        secret,
        parts: await reply(trial, turn(callId, { text: `${text} My name is ${secret}.` })),
      });
      const atOnce = await Promise.all(SECRETS.map((secret) => ask(secret, `of ${secret}`)));
      mustKeepSecrets([...atOnce, await ask(SECRETS[0], "a fourth")]);
    }),

    check("gives nothing when aborted before", ({ plugin, abortWithinMs }) =>
      endsAborted((signal) => plugin.doReply(turn("a"), { signal }), abortWithinMs),
    ),

    check("ends soon when aborted while it thinks", async ({ plugin, abortWithinMs }) => {
      const { signal, reason, abort } = abortable();
      const parts = readAll(plugin.doReply(turn("a"), { signal }), abortWithinMs, "A brain ends soon after an abort");
      abort();
      const { thrown } = await parts;
      must(thrown === undefined || thrown.error === reason, "What an aborted brain throws is signal.reason", thrown);
    }),

    check("ends soon when aborted while it speaks", async ({ plugin, timeoutMs, abortWithinMs }) => {
      const { signal, reason, abort } = abortable();
      const iterator = plugin.doReply(turn("a"), { signal })[Symbol.asyncIterator]();
      await within(iterator.next(), timeoutMs, "A brain gives its first part in time");
      abort();
      const stream = { [Symbol.asyncIterator]: () => iterator };
      const { items, thrown } = await readAll(stream, abortWithinMs, "A brain ends soon after an abort");
      must(items.length <= 1, "A brain gives nothing more after an abort", items);
      must(thrown === undefined || thrown.error === reason, "What an aborted brain throws is signal.reason", thrown);
    }),

    check("lets go when no more is read", async ({ plugin, timeoutMs, abortWithinMs }) => {
      const { signal } = new AbortController();
      const iterator = plugin.doReply(turn("a"), { signal })[Symbol.asyncIterator]();
      await within(iterator.next(), timeoutMs, "A brain gives its first part in time");
      const returned = Promise.resolve(iterator.return?.());
      await within(returned, abortWithinMs, "A stream lets go soon when it is returned early");
    }),
  ];
}

/**
 * What the contract asks of a brain that fails: the failure is thrown, and nothing ends as if it were whole.
 * @param options.create Makes a brain whose provider refuses, breaks off or sends what is none.
 */
export function failingBrainConformance(options: ConformanceOptions<Brain>): ConformanceCase[] {
  const check = caseOn(options);
  return [
    check("throws a BolchaalError when it fails", async ({ plugin, timeoutMs }) => {
      const { signal } = new AbortController();
      await mustFail(plugin.doReply(turnOf("a", { text: DEFAULT_TEXT }), { signal }), timeoutMs);
    }),
  ];
}

/** Frozen: a turn is not the brain's to change. */
function turnOf(callId: string, more: Partial<BrainTurn> & { readonly text: string }): BrainTurn {
  return frozen({
    call: sampleCall(callId),
    turnId: 1,
    kind: "caller",
    language: "en",
    history: [],
    lateToolResults: [],
    memory: undefined,
    ...more,
  });
}

function reply({ plugin, timeoutMs }: Trial<Brain>, turn: BrainTurn): Promise<readonly BrainPart[]> {
  const { signal } = new AbortController();
  return itemsOf(plugin.doReply(turn, { signal }), timeoutMs, `A brain answers a turn of kind ${turn.kind}`);
}

function words(parts: readonly BrainPart[]): string {
  return parts
    .map((part) => (part.type === "text" ? part.text : ""))
    .join("")
    .trim();
}

function mustBePart(part: BrainPart): void {
  const known =
    (part.type === "text" && typeof part.text === "string") ||
    (part.type === "language" && LANGUAGES.includes(part.language)) ||
    (part.type === "switch-language" && LANGUAGES.includes(part.language)) ||
    (part.type === "interruption" && POLICIES.includes(part.policy)) ||
    (part.type === "tool-call" && part.toolCallId !== "" && part.name !== "" && typeof part.run === "function") ||
    (part.type === "usage" && part.inputTokens >= 0 && part.outputTokens >= 0) ||
    part.type === "memory" ||
    part.type === "end-call";
  must(known, "Every part is a BrainPart", part);
}
