import { describe, expect, it } from "vitest";
import { BolchaalError } from "../../../src/errors.js";
import { aiSdkModel } from "../../../src/plugins/ai-sdk/index.js";
import { openAiModel } from "../../../src/plugins/openai/index.js";
import { fallback } from "../../../src/session/index.js";
import type { LanguageModel, ModelPart } from "../../../src/spec/index.js";
import { systemClock } from "../../../src/system-clock.js";
import {
  createOpenAiSimulator,
  failingLanguageModelConformance,
  languageModelConformance,
  type OpenAiHttpFault,
  type OpenAiSimulatorRequest,
  scriptedModel,
} from "../../../src/testing/index.js";
import { mockModel } from "../../plugins/ai-sdk/mock.js";
import { failuresOf, IMPATIENT, QUICK } from "./failures.js";

const run = (create: () => LanguageModel) => failuresOf(languageModelConformance({ create, ...QUICK }));
const good = scriptedModel([["It costs ", { waitMs: 2 }, "500."]]);
const model = (doGenerate: LanguageModel["doGenerate"], more: Partial<LanguageModel> = {}): LanguageModel => ({
  ...good,
  ...more,
  doGenerate,
});
const parts = (...all: readonly unknown[]) =>
  model(async function* ({ signal }) {
    for (const part of all as ModelPart[]) {
      signal.throwIfAborted();
      yield part;
    }
    signal.throwIfAborted();
  });
const FINISH = { type: "finish", reason: "stop" } as const;
const TEXT = { type: "text", text: "500" } as const;
const never = new AbortController().signal;

const openAi = (fault?: OpenAiHttpFault, api: "responses" | "chat" = "responses") =>
  openAiModel({
    apiKey: "test-key",
    api,
    network: createOpenAiSimulator(fault === undefined ? {} : { fault: () => fault }).network(systemClock),
  });

const ANSWERS = "answers with words, in parts that the contract knows, and says last that it is done";
const CONVERSATIONS = [
  "takes a conversation with tools, what they were called with and what they gave",
  "takes what a model wrote wrongly: an input that is no JSON",
  "leaves out what another model wants carried",
];

describe("the language model suite", () => {
  const toolText = "And a double room?";
  const input = '{"kind":"double"}';
  const wantsTool = (asked: unknown) =>
    /double room/u.test(JSON.stringify(asked)) && !/4500/u.test(JSON.stringify(asked));
  const openAiWithTools = (api: "responses" | "chat") => {
    const script = ({ body }: OpenAiSimulatorRequest) =>
      wantsTool(body.input ?? body.messages)
        ? { reasoning: api === "responses", toolCalls: [{ id: "call_1", name: "room_price", arguments: input }] }
        : { text: ["It costs ", "500."] };
    return openAiModel({ apiKey: "test-key", api, network: createOpenAiSimulator({ script }).network(systemClock) });
  };

  it.each<[string, () => LanguageModel]>([
    ["OpenAI over the Responses API", () => openAiWithTools("responses")],
    ["OpenAI over chat completions", () => openAiWithTools("chat")],
    [
      "the AI SDK",
      () =>
        aiSdkModel(
          mockModel(systemClock, ({ prompt }) =>
            wantsTool(prompt)
              ? [
                  { thought: "hm", signature: "sealed" },
                  { call: "room_price", input },
                ]
              : ["It costs ", { waitMs: 2 }, "500."],
          ),
        ),
    ],
  ])("passes %s, which calls a tool", async (_, create) => {
    expect(await failuresOf(languageModelConformance({ create, toolText, ...QUICK }))).toEqual([]);
    const silent = languageModelConformance({ create, toolText: "What does it cost?", ...QUICK });
    expect(await failuresOf(silent)).toEqual(["calls a tool whole, and goes on with what it gave"]);
  });

  it.each<[string, () => LanguageModel]>([
    ["a scripted model", () => good],
    ["a chain of models", () => fallback([good, scriptedModel(["never asked"])])],
    ["OpenAI over the Responses API", () => openAi()],
    ["OpenAI over chat completions", () => openAi(undefined, "chat")],
    ["the AI SDK", () => aiSdkModel(mockModel(systemClock, () => ["It costs ", { waitMs: 2 }, "500."]))],
  ])("passes %s", async (_, create) => {
    expect(await run(create)).toEqual([]);
  });

  it.each<[string, () => LanguageModel, string[]]>([
    ["without a model's id", () => ({ ...good, modelId: " " }), ["says what it is, and which model"]],
    ["that never says that it is done", () => parts(TEXT), [ANSWERS, ...CONVERSATIONS]],
    ["that says so twice", () => parts(TEXT, FINISH, FINISH), [ANSWERS, ...CONVERSATIONS]],
    ["that goes on behind its end", () => parts(FINISH, TEXT), [ANSWERS, ...CONVERSATIONS]],
    [
      "that calls a tool without an id",
      () =>
        parts(
          TEXT,
          { type: "tool-call", toolCallId: "", name: "x", inputText: "" },
          { type: "finish", reason: "tool-calls" },
        ),
      [ANSWERS, ...CONVERSATIONS],
    ],
    [
      "that calls two tools by one id",
      () =>
        parts(
          TEXT,
          { type: "tool-call", toolCallId: "1", name: "x", inputText: "{}" },
          { type: "tool-call", toolCallId: "1", name: "y", inputText: "{}" },
          { type: "finish", reason: "tool-calls" },
        ),
      [ANSWERS, ...CONVERSATIONS],
    ],
    [
      "that calls a tool and is done",
      () => parts(TEXT, { type: "tool-call", toolCallId: "1", name: "x", inputText: "{}" }, FINISH),
      [ANSWERS, ...CONVERSATIONS],
    ],
    [
      "that gives parts of its own",
      () => parts(TEXT, { type: "token", value: 4 }, FINISH),
      [ANSWERS, ...CONVERSATIONS],
    ],
    ["that says nothing", () => parts(FINISH), [ANSWERS, "answers several requests at once, and can be asked again"]],
    [
      "that chokes on an input that is no JSON",
      () =>
        model((request) => {
          for (const message of request.messages)
            if (message.role === "assistant") for (const call of message.toolCalls ?? []) JSON.parse(call.inputText);
          return good.doGenerate(request);
        }),
      ["takes what a model wrote wrongly: an input that is no JSON"],
    ],
    [
      "that opens what another sealed",
      () =>
        model((request) => {
          for (const message of request.messages)
            if (message.role === "assistant" && message.carry !== undefined)
              (message.carry as { own: string[] }).own.join();
          return good.doGenerate(request);
        }),
      ["leaves out what another model wants carried"],
    ],
    [
      "that does not heed the signal",
      () => model((request) => scriptedModel([["a", "b", "c"]]).doGenerate({ ...request, signal: never })),
      ["gives nothing when aborted before", "ends soon when aborted while it speaks"],
    ],
    [
      "that writes into the request",
      () =>
        model((request) => {
          (request.messages as unknown[]).push({ role: "user", text: "" });
          return good.doGenerate(request);
        }),
      [
        ANSWERS,
        ...CONVERSATIONS,
        "answers several requests at once, and can be asked again",
        "keeps what one caller says from the others",
        "gives nothing when aborted before",
        "ends soon when aborted while it thinks",
        "ends soon when aborted while it speaks",
        "lets go when no more is read",
      ],
    ],
  ])("catches a model %s", async (_, create, expected) => {
    expect(await run(create)).toEqual(expected);
  });

  it("catches a model that never ends", async () => {
    const create = () => model(() => ({ [Symbol.asyncIterator]: () => ({ next: () => new Promise(() => {}) }) }));
    const failures = await failuresOf(languageModelConformance({ create, ...IMPATIENT }));
    expect(failures).toContain(ANSWERS);
    expect(failures).toContain("ends soon when aborted while it thinks");
  });
});

describe("the suite of failing models", () => {
  const failing = (create: () => LanguageModel) => failuresOf(failingLanguageModelConformance({ create, ...QUICK }));

  it.each<[string, OpenAiHttpFault]>([
    ["refuses", { type: "refuse" }],
    ["knows no key", { type: "status", status: 401 }],
    ["breaks off", { type: "cut", afterMessages: 6 }],
    ["sends garbage", { type: "garbage", afterMessages: 2 }],
    ["is a web page", { type: "wrong-content-type" }],
    ["is empty", { type: "empty" }],
  ])("passes OpenAI's where it %s", async (_, fault) => {
    expect(await failing(() => openAi(fault))).toEqual([]);
  });

  it.each<[string, () => LanguageModel]>([
    [
      "swallows the failure, and ends",
      () =>
        model(async function* () {
          yield TEXT;
        }),
    ],
    ["ends as if it were whole", () => parts(TEXT, FINISH)],
    [
      "throws an error of its own kind",
      () =>
        model(async function* () {
          yield TEXT;
          throw new Error("socket hang up");
        }),
    ],
    [
      "says that it is done, then fails",
      () =>
        model(async function* () {
          yield TEXT;
          yield FINISH;
          throw new BolchaalError("No.", { code: "provider-failed", component: "brain" });
        }),
    ],
  ])("catches one that %s", async (_, create) => {
    expect(await failing(create)).toEqual(["throws a BolchaalError, and does not say that it is done"]);
  });
});
