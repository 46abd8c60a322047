import { beforeAll, describe, expect, it } from "vitest";
import { createAudioConverter, createSampleReader, PCM_8K } from "../../../src/audio/index.js";
import { BolchaalError } from "../../../src/errors.js";
import { silenceTurnDetector } from "../../../src/session/index.js";
import type {
  AudioFormat,
  Brain,
  BrainPart,
  BrainTurn,
  LanguageModel,
  ModelPart,
  SpeechChunk,
  SpeechToText,
  SpeechToTextStream,
  TextToSpeech,
  TranscriptResult,
  TurnDetector,
  TurnSoFar,
} from "../../../src/spec/index.js";
import {
  brainConformance,
  decodeWords,
  failingBrainConformance,
  failingSpeechToTextConformance,
  failingTextToSpeechConformance,
  languageModelConformance,
  scriptedBrain,
  scriptedModel,
  scriptedSpeechToText,
  scriptedTextToSpeech,
  speechToTextConformance,
  textToSpeechConformance,
  turnDetectorConformance,
} from "../../../src/testing/index.js";
import { codedSpeech } from "../../../src/testing/scripted/coded-speech.js";
import { failuresOf, QUICK } from "./failures.js";

/**
 * Plug-ins that are right but for one thing, as people get them wrong, and the cases that say so. The other tables of this
 * folder have the plainer ones.
 */
type Broken<Plugin> = readonly (readonly [what: string, create: () => Plugin, cases: readonly string[]])[];

const soon = () => new Promise<void>((resolve) => setTimeout(resolve, 5));
const failure = (component: "brain" | "text-to-speech" | "speech-to-text") =>
  new BolchaalError("The connection broke. Try again.", { code: "provider-failed", component });

async function* mapped<Item, Other>(items: AsyncIterable<Item>, change: (item: Item) => Other): AsyncGenerator<Other> {
  for await (const item of items) yield change(item);
}

/** Gives nothing, and ends, or throws. */
async function* endingIn(error?: Error): AsyncGenerator<never> {
  await soon();
  if (error !== undefined) throw error;
  yield* [];
}

async function* inSteps<Item>(signal: AbortSignal, ...items: readonly Item[]): AsyncGenerator<Item> {
  for (const item of items) {
    signal.throwIfAborted();
    yield item;
    await soon();
  }
  signal.throwIfAborted();
}

describe("a brain", () => {
  const good = scriptedBrain([["It costs ", { waitMs: 2 }, "500."]]);
  const brain = (doReply: Brain["doReply"]): Brain => ({ ...good, doReply });
  const run = (create: () => Brain) => failuresOf(brainConformance({ create, ...QUICK }));
  const answers = "answers the caller with words, in parts that the contract knows";
  const kinds = "takes every kind of turn";

  /** A brain that answers with `parts` behind its words. */
  const adding = (...parts: readonly unknown[]) =>
    brain(async function* (turn, options) {
      yield* good.doReply(turn, options);
      yield* inSteps(options.signal, ...(parts as BrainPart[]));
    });

  it("that is right passes", async () => {
    expect(await run(() => good)).toEqual([]);
    const parts = [
      { type: "interruption", policy: "none" },
      { type: "switch-language", language: "hi" },
      { type: "usage", provider: "p", model: "m", inputTokens: 3, outputTokens: 0 },
      { type: "tool-call", toolCallId: "1", name: "book", input: {}, run: () => "booked" },
      { type: "end-call" },
    ];
    expect(await run(() => adding(...parts))).toEqual([]);
  });

  let heard: string[] = [];
  const rows: Broken<Brain> = [
    [
      "that tells one caller what another has said",
      () =>
        brain(async function* ({ text }, { signal }) {
          heard.push(text);
          yield* inSteps<BrainPart>(signal, { type: "text", text: `You said ${heard.join(", ")}.` });
        }),
      ["keeps what one caller says from the others"],
    ],
    [
      "that keeps what was said last, and remembers it of the wrong call",
      () => {
        let last: BrainTurn | undefined;
        return brain(async function* (turn, options) {
          const { text } = last ?? turn;
          last = turn;
          yield* good.doReply(turn, options);
          yield { type: "memory", value: { text } };
        });
      },
      ["keeps what one caller says from the others"],
    ],
    [
      "that throws something else than the signal's reason",
      () =>
        brain(async function* (turn, { signal }) {
          try {
            yield* good.doReply(turn, { signal });
          } catch (cause) {
            throw new Error("The request failed", { cause });
          }
        }),
      [
        "gives nothing when aborted before",
        "ends soon when aborted while it thinks",
        "ends soon when aborted while it speaks",
      ],
    ],
    [
      "that leaves a rejection unhandled",
      () =>
        brain((turn, options) => {
          void Promise.reject(new Error("nobody waits for it"));
          return good.doReply(turn, options);
        }),
      [
        answers,
        kinds,
        "goes on with a call's history and memory",
        "keeps calls at once apart, and can be asked again",
        "keeps what one caller says from the others",
        "gives nothing when aborted before",
        "ends soon when aborted while it thinks",
        "ends soon when aborted while it speaks",
        "lets go when no more is read",
      ],
    ],
    [
      "that calls a tool without an id",
      () => adding({ type: "tool-call", toolCallId: "", name: "book", input: {}, run: () => "booked" }),
      [answers, kinds],
    ],
    ["that names a policy there is not", () => adding({ type: "interruption", policy: "sometimes" }), [answers, kinds]],
    [
      "that talks without end or pause",
      () =>
        brain(async function* () {
          while (true) yield { type: "text", text: "and " } as const;
        }),
      [
        answers,
        kinds,
        "goes on with a call's history and memory",
        "keeps calls at once apart, and can be asked again",
        "keeps what one caller says from the others",
        "gives nothing when aborted before",
        "ends soon when aborted while it thinks",
        "ends soon when aborted while it speaks",
      ],
    ],
    [
      "that does not let its reader go",
      () =>
        brain((turn, options) => {
          const parts = good.doReply(turn, options)[Symbol.asyncIterator]();
          return {
            [Symbol.asyncIterator]: () => ({ next: () => parts.next(), return: () => new Promise(() => {}) }),
          };
        }),
      ["lets go when no more is read"],
    ],
  ];
  it.each(rows)("%s is caught", async (_, create, cases) => {
    heard = [];
    expect(await withoutVitestsListeners(() => run(create))).toEqual(cases);
  });

  it.each<[string, Brain["doReply"], readonly string[]]>([
    [
      "throws it",
      async function* () {
        yield { type: "text", text: "It " };
        throw failure("brain");
      },
      [],
    ],
    [
      "swallows it",
      async function* () {
        yield { type: "text", text: "It " };
      },
      ["throws a BolchaalError when it fails"],
    ],
    [
      "throws an error of its own kind",
      () => endingIn(new Error("ECONNRESET")),
      ["throws a BolchaalError when it fails"],
    ],
  ])("whose provider fails, and that %s", async (_, doReply, cases) => {
    expect(await failuresOf(failingBrainConformance({ create: () => brain(doReply), ...QUICK }))).toEqual(cases);
  });
});

describe("a language model", () => {
  const good = scriptedModel(({ messages, tools }) =>
    tools.length > 0 && messages.at(-1)?.role === "user" && messages.length === 1
      ? ["Let me look. ", { call: "room_price", input: { kind: "double" } }]
      : ["It costs ", { waitMs: 2 }, "500."],
  );
  const toolText = "And a double room?";
  const run = (create: () => LanguageModel) => failuresOf(languageModelConformance({ create, toolText, ...QUICK }));
  const model = (doGenerate: LanguageModel["doGenerate"]): LanguageModel => ({ ...good, doGenerate });
  const changed = (change: (part: ModelPart) => ModelPart) =>
    model((request) => mapped(good.doGenerate(request), change));
  const tool = "calls a tool whole, and goes on with what it gave";

  it("that is right passes", async () => {
    expect(await run(() => good)).toEqual([]);
  });

  const rows: Broken<LanguageModel> = [
    [
      "that tells one caller what another has said",
      () => {
        const said: string[] = [];
        return model(async function* ({ messages, signal }) {
          said.push(JSON.stringify(messages));
          yield* inSteps<ModelPart>(signal, { type: "text", text: said.join() }, { type: "finish", reason: "stop" });
        });
      },
      [tool, "keeps what one caller says from the others"],
    ],
    [
      "that throws something else than the signal's reason",
      () =>
        model(async function* (request) {
          try {
            yield* good.doGenerate(request);
          } catch (cause) {
            throw new Error("The request failed", { cause });
          }
        }),
      [
        "gives nothing when aborted before",
        "ends soon when aborted while it thinks",
        "ends soon when aborted while it speaks",
      ],
    ],
    [
      "that gives a call in pieces",
      () =>
        model(async function* (request) {
          for await (const part of good.doGenerate(request))
            if (part.type !== "tool-call") yield part;
            else {
              yield { ...part, inputText: part.inputText.slice(0, 5) };
              yield { ...part, toolCallId: `${part.toolCallId}-2`, inputText: part.inputText.slice(5) };
            }
        }),
      [tool],
    ],
    [
      "that makes up the name of a tool",
      () => changed((part) => (part.type === "tool-call" ? { ...part, name: "functions.room_price" } : part)),
      [tool],
    ],
    [
      "that calls a tool, and says that it has said all",
      () => changed((part) => (part.type === "finish" ? { ...part, reason: "stop" } : part)),
      [tool],
    ],
    ["that never calls a tool", () => model((request) => good.doGenerate({ ...request, tools: [] })), [tool]],
    [
      "that cannot take back what it wanted carried",
      () =>
        model(async function* (request) {
          for (const message of request.messages)
            if (message.role === "assistant" && message.carry instanceof Map === false && message.carry !== undefined)
              throw new TypeError("carry.get is not a function");
          for await (const part of good.doGenerate(request)) {
            if (part.type === "finish") yield { type: "carry", value: new Map([["sealed", 1]]) };
            yield part;
          }
        }),
      [tool, "leaves out what another model wants carried"],
    ],
  ];
  it.each(rows)("%s is caught", async (_, create, cases) => {
    expect(await run(create)).toEqual(cases);
  });
});

describe("a voice", () => {
  const good = scriptedTextToSpeech({ chunkBytes: 777, wordTimings: true });
  const hear = (audio: Uint8Array, format: AudioFormat) =>
    decodeWords(createSampleReader().read(createAudioConverter(format, PCM_8K).convert(audio)))
      .map(({ text }) => text)
      .join(" ");
  const run = (create: () => TextToSpeech) => failuresOf(textToSpeechConformance({ create, hear, ...QUICK }));
  const voice = (doSpeak: TextToSpeech["doSpeak"]): TextToSpeech => ({ ...good, doSpeak });
  const words = "says the words of the text, in their order";
  const places = "places its words within text and audio, in order, if it places them";

  it("that is right passes", async () => {
    expect(await run(() => good)).toEqual([]);
  });

  const rows: Broken<TextToSpeech> = [
    [
      "whose chunks come in the wrong order",
      () =>
        voice(async function* (request) {
          let held: SpeechChunk | undefined;
          let first = true;
          for await (const { audio } of scriptedTextToSpeech().doSpeak(request)) {
            if (held === undefined && !first) held = { audio };
            else {
              yield { audio };
              if (held !== undefined) yield held;
              held = undefined;
            }
            first = false;
          }
          if (held !== undefined) yield held;
        }),
      [words],
    ],
    [
      "that leaves out its last chunk",
      () =>
        voice(async function* (request) {
          let held: SpeechChunk | undefined;
          for await (const chunk of scriptedTextToSpeech().doSpeak(request)) {
            if (held !== undefined) yield held;
            held = chunk;
          }
        }),
      [words],
    ],
    [
      "that ends within a sample",
      () =>
        voice(async function* (request) {
          yield* good.doSpeak(request);
          if (request.format.type === "audio/pcm") yield { audio: new Uint8Array(1) };
        }),
      ["speaks the same in every format it declares"],
    ],
    [
      "that swaps the bytes of its samples",
      () =>
        voice((request) =>
          mapped(scriptedTextToSpeech().doSpeak(request), ({ audio }) => ({
            audio: request.format.type === "audio/pcm" ? Buffer.from(audio).swap16() : audio,
          })),
        ),
      [words],
    ],
    [
      "whose words go backwards in time",
      () =>
        voice((request) =>
          mapped(good.doSpeak(request), (chunk) => ({
            ...chunk,
            ...(chunk.words !== undefined && {
              words: chunk.words.map((word) => ({ ...word, startMs: 5_000 - word.startMs, endMs: 5_000 })),
            }),
          })),
        ),
      [places],
    ],
    [
      "whose words are counted from each chunk",
      () =>
        voice((request) =>
          mapped(good.doSpeak(request), (chunk) => ({
            ...chunk,
            ...(chunk.words !== undefined && {
              words: chunk.words.map((word) => ({ ...word, textStart: 0, textEnd: word.textEnd - word.textStart })),
            }),
          })),
        ),
      [places],
    ],
    [
      "that writes into the request",
      () =>
        voice((request) => {
          (request as { text: string }).text = request.text.trim();
          return good.doSpeak(request);
        }),
      [
        "speaks aloud in every language it declares",
        "speaks the same in every format it declares",
        words,
        places,
        "ends without a sound when there is nothing to say",
        "keeps requests made at once apart",
        "lets go when no more is read, and speaks again",
      ],
    ],
    [
      "that goes on when its reader has left",
      () =>
        voice((request) => {
          const chunks = good.doSpeak(request)[Symbol.asyncIterator]();
          return { [Symbol.asyncIterator]: () => ({ next: () => chunks.next() }) };
        }),
      ["lets go when no more is read, and speaks again"],
    ],
  ];
  it.each(rows)("%s is caught", async (_, create, cases) => {
    expect(await run(create)).toEqual(cases);
  });

  it.each<[string, TextToSpeech["doSpeak"], readonly string[]]>([
    [
      "throws it",
      async function* (request) {
        for await (const chunk of good.doSpeak(request)) {
          yield chunk;
          throw failure("text-to-speech");
        }
      },
      [],
    ],
    [
      "swallows it: the caller hears nothing",
      async function* () {},
      ["throws a BolchaalError when its provider fails"],
    ],
    [
      "throws an error of its own kind",
      () => endingIn(new TypeError("fetch failed")),
      ["throws a BolchaalError when its provider fails"],
    ],
  ])("whose provider fails, and that %s", async (_, doSpeak, cases) => {
    expect(await failuresOf(failingTextToSpeechConformance({ create: () => voice(doSpeak), ...QUICK }))).toEqual(cases);
  });
});

describe("a recogniser", () => {
  const good = scriptedSpeechToText({ interim: true });
  const speech = { format: PCM_8K, audio: new Uint8Array(0), language: "hi-en", text: "ek kamra chahiye" } as const;
  let audio = new Uint8Array(0);
  beforeAll(() => {
    const samples = codedSpeech("Ek kamra chahiye", 0, 200).flatMap((word) => [...word.samples]);
    audio = new Uint8Array(Int16Array.from(samples).buffer);
  });
  const options = () => ({ speech: { ...speech, audio }, ...QUICK });
  const run = (create: () => SpeechToText) => failuresOf(speechToTextConformance({ create, ...options() }));
  const another = "recognises one utterance after another";
  const afterClose = "gives nothing more once it is closed";
  const abort = "ends soon when aborted, and gives nothing after";

  /** A recogniser that is right but for what `change` does to its streams. */
  const recogniser =
    (change: (stream: SpeechToTextStream, signal: AbortSignal) => Partial<SpeechToTextStream>) => (): SpeechToText => ({
      ...good,
      async doListen(options) {
        const stream = await good.doListen(options);
        const { results, write, speechStart, speechEnd, close } = stream;
        return { results, write, speechStart, speechEnd, close, ...change(stream, options.signal) };
      },
    });

  async function* twice(results: AsyncIterable<TranscriptResult>) {
    for await (const result of results) {
      yield result;
      if (result.type === "transcript" && result.final) yield result;
    }
  }

  it("that is right passes", async () => {
    expect(await run(() => good)).toEqual([]);
  });

  const rows: Broken<SpeechToText> = [
    ["that gives two finals for one utterance", recogniser(({ results }) => ({ results: twice(results) })), [another]],
    [
      "that gives two finals, and names no utterance",
      recogniser(({ results }) => ({
        results: twice(mapped(results, ({ utteranceId: _, ...result }) => result as TranscriptResult)),
      })),
      [another],
    ],
    [
      "that changes its mind about what it gave for good",
      recogniser(({ results }) => ({
        results: (async function* () {
          for await (const result of results) {
            yield result;
            if (result.type === "transcript" && result.final && result.utteranceId === "u2")
              yield { ...result, text: "do kamre chahiye" };
          }
        })(),
      })),
      [another],
    ],
    [
      "that gives results when it is closed",
      recogniser(({ results, close }) => ({
        results: (async function* () {
          yield* results;
          await soon();
          yield { type: "transcript", final: true, text: "and so on" } as const;
        })(),
        close,
      })),
      [afterClose],
    ],
    [
      "that throws something else than the signal's reason",
      recogniser(({ results }, signal) => ({
        results: (async function* () {
          try {
            yield* results;
          } catch (cause) {
            throw new Error("The socket closed", { cause });
          }
          if (signal.aborted) throw new Error("The socket closed");
        })(),
      })),
      [abort],
    ],
    [
      "that writes into the sound",
      recogniser(({ write }) => ({
        write(piece) {
          write(piece);
          piece.fill(0);
        },
      })),
      [
        "recognises an utterance in every format it takes",
        "recognises the same in chunks of any length",
        another,
        "keeps calls at once apart",
        abort,
        afterClose,
      ],
    ],
    [
      "that leaves a rejection unhandled",
      recogniser(({ speechEnd }) => ({
        speechEnd(id) {
          speechEnd(id);
          void Promise.reject(new Error("the socket is not open"));
        },
      })),
      [
        "recognises an utterance in every format it takes",
        "recognises the same in chunks of any length",
        another,
        "keeps calls at once apart",
        abort,
        afterClose,
        "takes what comes late, empty or out of turn",
      ],
    ],
    [
      "that is surer than sure",
      recogniser(({ results }) => ({
        results: mapped(results, (result) => (result.type === "transcript" ? { ...result, confidence: 98.5 } : result)),
      })),
      ["recognises an utterance in every format it takes", "recognises the same in chunks of any length", another],
    ],
  ];
  it.each(rows)("%s is caught", async (_, create, cases) => {
    expect(await withoutVitestsListeners(() => run(create))).toEqual(cases);
  });

  const failing = (create: () => SpeechToText) => failuresOf(failingSpeechToTextConformance({ create, ...options() }));
  const fails = ["throws a BolchaalError when its provider fails, and makes no words up"];
  it.each<[string, () => SpeechToText, readonly string[]]>([
    [
      "throws it when it opens",
      () => ({
        ...good,
        doListen: async () => {
          throw failure("speech-to-text");
        },
      }),
      [],
    ],
    [
      "throws it from its results",
      recogniser(() => ({
        results: endingIn(failure("speech-to-text")),
      })),
      [],
    ],
    [
      "ends its results instead",
      recogniser(() => ({
        results: endingIn(),
      })),
      fails,
    ],
    [
      "takes it for silence",
      recogniser(() => ({
        results: (async function* () {
          yield { type: "no-speech", utteranceId: "u1" } as const;
          throw failure("speech-to-text");
        })(),
      })),
      fails,
    ],
    [
      "throws an error of its own kind",
      () => ({
        ...good,
        doListen: async () => {
          throw new Error("ECONNREFUSED");
        },
      }),
      fails,
    ],
  ])("whose provider fails, and that %s", async (_, create, cases) => {
    expect(await failing(create)).toEqual(cases);
  });
});

describe("a turn detector", () => {
  const good = silenceTurnDetector();
  const run = (silenceMs: (turn: TurnSoFar) => number) =>
    failuresOf(turnDetectorConformance({ create: (): TurnDetector => ({ ...good, silenceMs }) }));

  it("that is right passes", async () => {
    expect(await run((turn) => good.silenceMs(turn))).toEqual([]);
  });

  let last = "";
  it.each<[string, (turn: TurnSoFar) => number, readonly string[]]>([
    [
      "that thinks of the turn before",
      ({ text }) => {
        const silenceMs = last.length > text.length ? 700 : 500;
        last = text;
        return silenceMs;
      },
      ["answers the same turn always the same"],
    ],
    [
      "that chokes on a turn without words",
      ({ text }) => (text.split(" ").at(-1) as string).codePointAt(0)?.valueOf() ?? Number.NaN,
      ["answers every turn with a bearable silence, and leaves the turn as it is"],
    ],
  ])("%s is caught", async (_, silenceMs, cases) => {
    expect(await run(silenceMs)).toEqual(cases);
  });
});

/** Vitest would take the rejections of a broken plug-in for the test's own. */
async function withoutVitestsListeners<T>(work: () => Promise<T>): Promise<T> {
  const listeners = process.listeners("unhandledRejection");
  process.removeAllListeners("unhandledRejection");
  try {
    return await work();
  } finally {
    for (const listener of listeners) process.on("unhandledRejection", listener);
  }
}
