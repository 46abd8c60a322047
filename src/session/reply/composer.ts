import { Channel, inTime } from "../../async.js";
import { BolchaalError } from "../../errors.js";
import { createPieceSplitter, type PieceSplitter } from "../../language/index.js";
import type {
  BrainPart,
  BrainTurn,
  BrainUsage,
  InterruptionPolicy,
  Language,
  ProviderUsage,
  ToolCallPart,
} from "../../spec/index.js";
import { asBolchaalError } from "../errors.js";
import type { ResolvedAgent } from "../options.js";
import { type Piece, piecesOf, wholeText } from "./pieces.js";

/** What a composer tells as it makes a reply's words. */
export interface ComposerListener {
  text(generation: number): void;
  language(generation: number, language: Language): void;
  interruption(generation: number, policy: InterruptionPolicy): void;
  memory(generation: number, value: unknown): void;
  endsCall(generation: number): void;
  switchesLanguage(generation: number, language: Language): void;
  usage(generation: number, usage: ProviderUsage): void;
  warning(warning: Error): void;
  toolCall(generation: number, call: ToolCallPart): void;
  toolResult(generation: number, call: ToolCallPart, output: unknown): void;
  error(error: BolchaalError): void;
}

/** The words of a reply in the making. */
export interface Composition {
  readonly generation: number;
  readonly abort: AbortController;
  /** What was said, and nobody has taken yet. Throws when the brain failed. */
  readonly said: Channel<Piece>;
  /** Open once the turn it answers is sure. */
  readonly committed: Gate;
  /** Holds what the brain has said and is no piece yet. */
  readonly splitter: PieceSplitter;
  /** So many tools are at work. */
  toolsAtWork: number;
}

interface Gate {
  readonly opened: Promise<void>;
  readonly open: () => void;
}

/** Makes the words of replies: the brain's parts become speakable pieces, and its tools run. */
export class Composer {
  readonly #options: Pick<ResolvedAgent, "brain" | "clock" | "replyCharacters" | "rules">;
  readonly #listener: ComposerListener;
  /** Aborts with the call. */
  readonly #callOver = new AbortController();

  constructor(
    options: Pick<ResolvedAgent, "brain" | "clock" | "replyCharacters" | "rules">,
    listener: ComposerListener,
  ) {
    this.#options = options;
    this.#listener = listener;
  }

  /** Asks the brain. A speculative answer runs no tool before it is committed. */
  answer(generation: number, language: Language, turn: BrainTurn, speculative: boolean): Composition {
    return this.#start(generation, speculative, (composition) => this.#brainPieces(composition, language, turn));
  }

  /** A text that is there from the start. */
  speak(generation: number, language: Language, text: string): Composition {
    return this.#start(generation, false, () => piecesOf(wholeText(text), language, this.#options.replyCharacters));
  }

  /** A line where words are waited for, or the beginning of a sentence that does not go on. What has something to say needs none. */
  fillIn({ said, splitter }: Composition, language: Language, text: string): void {
    if (!said.isEmpty) return;
    const begun = splitter.flush().filter((piece) => piece.trim() !== "");
    for (const piece of begun.length > 0 ? begun : [text]) said.push({ text: piece, language });
  }

  /** Nothing more is made of it. @returns what nobody had taken. */
  stop({ said, abort, committed }: Composition): string[] {
    const unsaid = said.drain().map(({ text }) => text);
    abort.abort(new DOMException("The reply was stopped.", "AbortError"));
    committed.open();
    return unsaid;
  }

  /** What the brain failed with, as an error of the library's. */
  failure(thrown: unknown): BolchaalError {
    const { name: provider } = this.#options.brain;
    return asBolchaalError(thrown, { code: "provider-failed", component: "brain", provider, what: "The brain failed" });
  }

  /** The call is over: tools that outlived their reply are told. */
  close(): void {
    this.#callOver.abort(new DOMException("The call is over.", "AbortError"));
  }

  #start(generation: number, speculative: boolean, pieces: (made: Composition) => AsyncIterable<Piece>): Composition {
    const composition: Composition = {
      generation,
      abort: new AbortController(),
      said: new Channel(),
      committed: gate(),
      splitter: createPieceSplitter(),
      toolsAtWork: 0,
    };
    void pour(pieces(composition), composition.said);
    if (!speculative) composition.committed.open();
    return composition;
  }

  async *#brainPieces(
    composition: Composition,
    language: Language,
    turn: BrainTurn,
  ): AsyncGenerator<Piece, void, void> {
    const { brain, replyCharacters, clock, rules } = this.#options;
    const { brainMs: firstMs, brainIdleMs: idleMs } = rules.limits;
    const late = (waitedMs: number) => lateWords(brain.name, waitedMs);
    const excused = () => composition.toolsAtWork > 0;
    const { warning: warn } = this.#listener;
    const ask = (signal: AbortSignal) => brain.doReply(turn, { signal, warn });
    const parts = inTime(ask, { clock, firstMs, idleMs, late, excused }, composition.abort.signal);
    yield* piecesOf(this.#heed(composition, parts), language, replyCharacters, composition.splitter);
  }

  /** Tells what the brain's parts mean for the conversation, and passes them on. */
  async *#heed(composition: Composition, parts: AsyncIterable<BrainPart>): AsyncGenerator<BrainPart, void, void> {
    const { generation } = composition;
    const listener = this.#listener;
    for await (const part of parts) {
      if (part.type === "text") listener.text(generation);
      else if (part.type === "language") listener.language(generation, part.language);
      else if (part.type === "interruption") listener.interruption(generation, part.policy);
      else if (part.type === "memory") listener.memory(generation, part.value);
      else if (part.type === "tool-call") await this.#callTool(composition, part);
      else if (part.type === "switch-language") listener.switchesLanguage(generation, part.language);
      else if (part.type === "usage") listener.usage(generation, brainUsage(part));
      else listener.endsCall(generation);
      yield part;
    }
  }

  /** Starts a tool once the turn is sure. It goes on by itself: the brain that asked for it waits, or speaks meanwhile. */
  async #callTool(composition: Composition, call: ToolCallPart): Promise<void> {
    const { generation, abort } = composition;
    await composition.committed.opened;
    abort.signal.throwIfAborted();
    this.#listener.toolCall(generation, call);
    const signal = call.sideEffect === false ? abort.signal : this.#callOver.signal;
    composition.toolsAtWork += 1;
    const result = Promise.resolve()
      .then(() => call.run({ signal }))
      .finally(() => {
        composition.toolsAtWork -= 1;
      });
    result.then(
      (output) => this.#listener.toolResult(generation, call, output),
      (thrown) => {
        if (signal.aborted) return;
        const error = asBolchaalError(thrown, {
          code: "provider-failed",
          component: "brain",
          provider: this.#options.brain.name,
          what: `The tool ${call.name} failed`,
        });
        this.#listener.error(error);
        this.#listener.toolResult(generation, call, { error: error.message });
      },
    );
  }
}

/** Empties a stream into a channel or a track, its failure included. */
export async function pour<T>(
  source: AsyncIterable<T>,
  into: { push(item: T): void; close(error?: { readonly value: unknown }): void },
): Promise<void> {
  try {
    for await (const item of source) into.push(item);
    into.close();
  } catch (thrown) {
    into.close({ value: thrown });
  }
}

function gate(): Gate {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

function brainUsage({ provider, model, inputTokens, outputTokens, cachedInputTokens }: BrainUsage): ProviderUsage {
  return {
    component: "brain",
    provider,
    model,
    inputTokens,
    outputTokens,
    ...(cachedInputTokens === undefined ? {} : { cachedInputTokens }),
  };
}

function lateWords(provider: string, waitedMs: number): BolchaalError {
  return new BolchaalError(`The brain gave nothing for ${waitedMs} ms. The caller hears an apology.`, {
    code: "provider-timeout",
    component: "brain",
    provider,
    retryable: true,
  });
}
