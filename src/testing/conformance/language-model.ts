import type { LanguageModel, ModelPart, ModelRequest } from "../../spec/index.js";
import {
  abortable,
  type ConformanceCase,
  type ConformanceOptions,
  caseOn,
  endsAborted,
  endsWhenAborted,
  frozen,
  itemsOf,
  must,
  mustDescribeItself,
  mustFail,
  readAll,
  type Trial,
  within,
} from "./contract.js";
import { mustKeepSecrets, SECRETS } from "./secrets.js";

/** Of {@link languageModelConformance}. */
export interface LanguageModelConformanceOptions extends ConformanceOptions<LanguageModel> {
  /** What the model is asked, something it answers in words. @default "Hello, what does a room cost?" */
  readonly text?: string;
  /** What the model answers by calling the tool `room_price`. @default it is not asked to call one */
  readonly toolText?: string;
}

const REASONS: readonly unknown[] = ["stop", "tool-calls", "length", "filtered"];

const TOOL = {
  name: "room_price",
  description: "What a room costs a night, in rupees.",
  inputSchema: { type: "object", properties: { kind: { type: "string" } }, required: ["kind"] },
};

/** What the contract of {@link LanguageModel} asks. */
export function languageModelConformance(options: LanguageModelConformanceOptions): ConformanceCase[] {
  const check = caseOn(options);
  const { text = "Hello, what does a room cost?", toolText } = options;

  /** Frozen: a request is not the model's to change. */
  const request = (signal: AbortSignal, more: Partial<ModelRequest> = {}): ModelRequest => ({
    ...frozen({ instructions: "Be brief.", messages: [{ role: "user" as const, text }], tools: [], ...more }),
    signal,
  });

  return [
    check("says what it is, and which model", ({ plugin }) => {
      mustDescribeItself(plugin);
      must(plugin.modelId.trim() !== "", "modelId is a text that is not empty", plugin.modelId);
    }),

    check("answers with words, in parts that the contract knows, and says last that it is done", async (trial) => {
      const parts = await answer(trial, request(never()));
      mustBeAnswer(parts);
      must(wordsOf(parts) !== "", "A question without tools is answered with words", parts);
    }),

    check("calls a tool whole, and goes on with what it gave", async (trial) => {
      if (toolText === undefined) return;
      const asked: ModelRequest["messages"] = [{ role: "user", text: toolText }];
      const parts = await answer(trial, request(never(), { messages: asked, tools: [TOOL] }));
      mustBeAnswer(parts);
      const toolCalls = parts.flatMap((part) => {
        if (part.type !== "tool-call") return [];
        const { type: _, ...toolCall } = part;
        return [toolCall];
      });
      must(toolCalls.length > 0, "What wants a tool is answered with a call of it", parts);
      for (const { name, inputText } of toolCalls)
        must(
          name === TOOL.name && isObject(inputText),
          `A call names a tool it was given, its input a JSON object`,
          parts,
        );
      const carry = parts.findLast((part) => part.type === "carry")?.value;
      const carried = carry === undefined ? {} : { carry: JSON.parse(JSON.stringify(carry)) as unknown };
      const messages: ModelRequest["messages"] = [
        ...asked,
        { role: "assistant", text: wordsOf(parts), toolCalls, ...carried },
        ...toolCalls.map(({ toolCallId, name }) => ({ role: "tool" as const, toolCallId, name, text: "4500" })),
      ];
      mustBeAnswer(await answer(trial, request(never(), { messages, tools: [TOOL] })));
    }),

    check("takes a conversation with tools, what they were called with and what they gave", async (trial) => {
      const toolCall = { toolCallId: "call-1", name: TOOL.name, inputText: '{"kind":"double"}' };
      const messages: ModelRequest["messages"] = [
        { role: "user", text },
        { role: "assistant", text: "Let me look.", toolCalls: [toolCall] },
        { role: "tool", toolCallId: "call-1", name: TOOL.name, text: "4500" },
        { role: "assistant", text: "It is 4,500 rupees." },
        { role: "user", text },
      ];
      mustBeAnswer(await answer(trial, request(never(), { messages, tools: [TOOL] })));
    }),

    check("takes what a model wrote wrongly: an input that is no JSON", async (trial) => {
      const toolCall = { toolCallId: "call-1", name: TOOL.name, inputText: '{"kind":' };
      const messages: ModelRequest["messages"] = [
        { role: "user", text },
        { role: "assistant", text: "", toolCalls: [toolCall] },
        { role: "tool", toolCallId: "call-1", name: TOOL.name, text: "Error: its input is no JSON." },
      ];
      mustBeAnswer(await answer(trial, request(never(), { messages, tools: [TOOL] })));
    }),

    check("leaves out what another model wants carried", async (trial) => {
      const toolCall = { toolCallId: "call-1", name: TOOL.name, inputText: '{"kind":"double"}' };
      const messages: ModelRequest["messages"] = [
        { role: "user", text },
        { role: "assistant", text: "", toolCalls: [toolCall], carry: { somebody: "else's", list: [1, 2] } },
        { role: "tool", toolCallId: "call-1", name: TOOL.name, text: "4500" },
      ];
      mustBeAnswer(await answer(trial, request(never(), { messages, tools: [TOOL] })));
    }),

    check("answers several requests at once, and can be asked again", async (trial) => {
      const answers = await Promise.all([1, 2, 3].map(() => answer(trial, request(never()))));
      answers.push(await answer(trial, request(never())));
      for (const parts of answers) must(wordsOf(parts) !== "", "Each request is answered with words", parts);
    }),

    check("keeps what one caller says from the others", async (trial) => {
      const ask = async (secret: string) => {
        const messages = [{ role: "user", text: `${text} My name is ${secret}.` }] as const;
        return { secret, parts: await answer(trial, request(never(), { messages })) };
      };
      const atOnce = await Promise.all(SECRETS.map(ask));
      mustKeepSecrets([...atOnce, await ask(SECRETS[0])]);
    }),

    check("gives nothing when aborted before", ({ plugin, abortWithinMs }) =>
      endsAborted((signal) => plugin.doGenerate(request(signal)), abortWithinMs),
    ),

    check("ends soon when aborted while it thinks", async ({ plugin, abortWithinMs }) => {
      const { signal, reason, abort } = abortable();
      const parts = readAll(plugin.doGenerate(request(signal)), abortWithinMs, "A model ends soon after an abort");
      abort();
      const { thrown } = await parts;
      must(thrown === undefined || thrown.error === reason, "What an aborted model throws is signal.reason", thrown);
    }),

    check("ends soon when aborted while it speaks", (trial) =>
      endsWhenAborted((signal) => trial.plugin.doGenerate(request(signal)), trial),
    ),

    check("lets go when no more is read", async ({ plugin, timeoutMs, abortWithinMs }) => {
      const iterator = plugin.doGenerate(request(never()))[Symbol.asyncIterator]();
      await within(iterator.next(), timeoutMs, "A model gives its first part in time");
      const returned = Promise.resolve(iterator.return?.());
      await within(returned, abortWithinMs, "A stream lets go soon when it is returned early");
    }),
  ];
}

/**
 * What the contract asks of a model whose provider fails: the failure is thrown, as a `BolchaalError`, and nothing ends as if
 * it were whole.
 * @param options.create Makes a model whose provider refuses, breaks off or sends what is none.
 */
export function failingLanguageModelConformance(options: ConformanceOptions<LanguageModel>): ConformanceCase[] {
  const check = caseOn(options);
  return [
    check("throws a BolchaalError, and does not say that it is done", async ({ plugin, timeoutMs }) => {
      const messages = [{ role: "user" as const, text: "Hello" }];
      const stream = plugin.doGenerate({ instructions: "", messages, tools: [], signal: never() });
      const items = await mustFail(stream, timeoutMs);
      must(!items.some(({ type }) => type === "finish"), "An answer that failed is not finished", items);
    }),
  ];
}

function never(): AbortSignal {
  return new AbortController().signal;
}

function answer({ plugin, timeoutMs }: Trial<LanguageModel>, request: ModelRequest): Promise<readonly ModelPart[]> {
  return itemsOf(plugin.doGenerate(request), timeoutMs, "A model answers");
}

function wordsOf(parts: readonly ModelPart[]): string {
  return parts
    .map((part) => (part.type === "text" ? part.text : ""))
    .join("")
    .trim();
}

function isObject(json: string): boolean {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === "object" && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

function mustBeAnswer(parts: readonly ModelPart[]): void {
  parts.forEach(mustBePart);
  const ends = parts.filter(({ type }) => type === "finish").length;
  must(ends === 1 && parts.at(-1)?.type === "finish", "An answer finishes once, and last", parts);
  const ids = parts.flatMap((part) => (part.type === "tool-call" ? [part.toolCallId] : []));
  must(new Set(ids).size === ids.length, "Each call of a tool has an id of its own", ids);
  const last = parts.at(-1);
  must(
    ids.length === 0 || (last?.type === "finish" && last.reason === "tool-calls"),
    "An answer that calls tools finishes with `tool-calls`",
    parts,
  );
}

function mustBePart(part: ModelPart): void {
  const known =
    (part.type === "text" && typeof part.text === "string") ||
    (part.type === "tool-call" && part.toolCallId !== "" && part.name !== "" && typeof part.inputText === "string") ||
    part.type === "carry" ||
    (part.type === "usage" && part.inputTokens >= 0 && part.outputTokens >= 0) ||
    (part.type === "finish" && REASONS.includes(part.reason));
  must(known, "Every part is a ModelPart", part);
}
