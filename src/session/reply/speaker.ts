import { Channel, inTime } from "../../async.js";
import { holdTone } from "../../audio/index.js";
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
import type { HeardInput, ReplyVolume } from "../conversation/index.js";
import { asBolchaalError } from "../errors.js";
import type { ResolvedOptions } from "../options.js";
import { Player, Track, type TrackItem } from "../playback/index.js";
import { type Piece, piecesOf, wholeText } from "./pieces.js";
import { createVoice, type Voice } from "./voice.js";

/** What the speaker tells as a reply is made and heard. */
export interface SpeakerListener {
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
  dry(generation: number, fromMs: number): void;
  flows(generation: number): void;
  playbackStart(generation: number, voiceMs: number): void;
  audio(generation: number, audio: Uint8Array): void;
  over(generation: number, failed: boolean, heard: HeardInput): void;
  error(error: BolchaalError): void;
}

/** What a speaker is made of. */
export type SpeakerOptions = Pick<
  ResolvedOptions,
  "transport" | "textToSpeech" | "brain" | "clock" | "voiceTimeoutMs" | "replyCharacters" | "duckDb" | "rules"
>;

/** A reply in the making. */
interface Job {
  readonly generation: number;
  readonly abort: AbortController;
  /** What the brain has said and the voice has not taken yet. */
  readonly said: Channel<Piece>;
  /** What the voice has made. */
  readonly track: Track;
  /** Open once the turn it answers is sure. */
  readonly committed: Gate;
  askedVoiceAtMs: number;
  /** Holds what the brain has said and is no piece yet. */
  readonly splitter: PieceSplitter;
  /** The voice is at work. */
  speaking: boolean;
  /** What the voice is to say and has given no sound of. */
  awaited: string | undefined;
  /** The caller waits for a voice that fell silent within a piece. */
  toneDue: boolean;
  /** So many tools are. */
  toolsAtWork: number;
}

interface Gate {
  readonly opened: Promise<void>;
  readonly open: () => void;
}

/**
 * Makes replies and has them played: brain text → speakable pieces → voice → line, each stage at work while the next
 * is. One reply at a time, known by its generation; once stopped, none of its audio goes to the line any more.
 */
export class Speaker {
  readonly #options: SpeakerOptions;
  readonly #listener: SpeakerListener;
  readonly #voice: Voice;
  readonly #player: Player;
  /** Aborts with the call. */
  readonly #callOver = new AbortController();
  #job: Job | undefined;

  constructor(options: SpeakerOptions, listener: SpeakerListener) {
    const { textToSpeech, transport, clock, voiceTimeoutMs } = options;
    this.#options = options;
    this.#listener = listener;
    this.#voice = createVoice(textToSpeech, transport.format, clock, voiceTimeoutMs);
    this.#player = new Player(options, {
      started: (generation, atMs) => listener.playbackStart(generation, atMs - (this.#job?.askedVoiceAtMs ?? atMs)),
      dry: (generation, fromMs) => listener.dry(generation, fromMs),
      flows: (generation) => listener.flows(generation),
      audio: (generation, audio) => listener.audio(generation, audio),
      failed: (thrown) => listener.error(this.#brainFailure(thrown)),
      warned: (error) => listener.error(error),
    });
  }

  /** Asks the brain and speaks its answer. A speculative answer is made up to its first piece, and kept back until `commit`. */
  answer(generation: number, language: Language, turn: BrainTurn, speculative: boolean): void {
    this.#start(generation, speculative, (job) => this.#brainPieces(job, language, turn));
  }

  /** Speaks a text. */
  speak(generation: number, language: Language, text: string): void {
    this.#start(generation, false, () => piecesOf(wholeText(text), language, this.#options.replyCharacters));
  }

  /**
   * Fills the silence of a reply. One that waits for words gets a line, or the beginning of a sentence that does not go on;
   * one whose voice gives no sound, a tone.
   */
  fillIn(generation: number, language: Language, text: string): void {
    const job = this.#jobOf(generation);
    if (job?.awaited !== undefined) return this.#soundTone(job);
    if (job?.speaking === true) job.toneDue = true;
    if (job === undefined || job.speaking || !job.said.isEmpty) return;
    const begun = job.splitter.flush().filter((piece) => piece.trim() !== "");
    for (const piece of begun.length > 0 ? begun : [text]) job.said.push({ text: piece, language });
  }

  /** The turn that a speculative answer was made for is sure. */
  commit(generation: number): void {
    const job = this.#jobOf(generation);
    // What was made before the turn was over cost the caller no time.
    if (job !== undefined && job.askedVoiceAtMs > 0) job.askedVoiceAtMs = this.#options.clock.now();
    job?.committed.open();
    this.#player.release(generation);
  }

  /** Keeps back the reply's sound. It is being made all the same. */
  hold(generation: number): void {
    this.#player.hold(generation);
  }

  release(generation: number): void {
    this.#player.release(generation);
  }

  /** The reply goes on softer, stands still, or goes on as loud as ever. */
  setVolume(generation: number, volume: ReplyVolume, from: "here" | "ducked-word"): void {
    this.#player.setVolume(generation, volume, from);
  }

  /** Silences the reply at once and for good, and tells what was heard of it. */
  stop(generation: number): HeardInput {
    const job = this.#jobOf(generation);
    const unsaid = [job?.awaited ?? "", ...(job?.said.drain().map(({ text }) => text) ?? [])];
    const heard = this.#player.stop(generation);
    this.#job = job === undefined ? this.#job : undefined;
    job?.abort.abort(new DOMException("The reply was stopped.", "AbortError"));
    job?.committed.open();
    return { ...heard, text: sentence(heard.text, ...unsaid), unheardText: sentence(heard.unheardText, ...unsaid) };
  }

  /** The carrier echoed a mark. */
  acknowledge(name: string): void {
    this.#player.acknowledge(name);
  }

  /** The caller hears the agent, or did within the last `lastMs`. */
  heardWithin(lastMs: number): boolean {
    return this.#player.heardWithin(lastMs);
  }

  /** The agent's own sound that the caller has heard in the last `lastMs`. */
  heardLately(lastMs: number): Uint8Array {
    return this.#player.heardLately(lastMs);
  }

  close(): void {
    if (this.#job !== undefined) this.stop(this.#job.generation);
    this.#callOver.abort(new DOMException("The call is over.", "AbortError"));
  }

  #jobOf(generation: number): Job | undefined {
    return this.#job?.generation === generation ? this.#job : undefined;
  }

  #start(generation: number, speculative: boolean, pieces: (job: Job) => AsyncIterable<Piece>): void {
    const job: Job = {
      generation,
      abort: new AbortController(),
      said: new Channel(),
      track: new Track(this.#options.transport.format),
      committed: gate(),
      askedVoiceAtMs: 0,
      splitter: createPieceSplitter(),
      speaking: false,
      awaited: undefined,
      toneDue: false,
      toolsAtWork: 0,
    };
    this.#job = job;
    void pour(pieces(job), job.said);
    void pour(this.#make(job), job.track);
    void this.#play(job);
    if (speculative) this.#player.hold(generation);
    else job.committed.open();
  }

  async *#brainPieces(job: Job, language: Language, turn: BrainTurn): AsyncGenerator<Piece, void, void> {
    const { brain, replyCharacters, clock, rules } = this.#options;
    const { brainMs: firstMs, brainIdleMs: idleMs } = rules.limits;
    const late = (waitedMs: number) => lateWords(brain.name, waitedMs);
    const excused = () => job.toolsAtWork > 0;
    const { warning: warn } = this.#listener;
    const ask = (signal: AbortSignal) => brain.doReply(turn, { signal, warn });
    const parts = inTime(ask, { clock, firstMs, idleMs, late, excused }, job.abort.signal);
    yield* piecesOf(this.#heed(job, parts), language, replyCharacters, job.splitter);
  }

  /** Tells what the brain's parts mean for the conversation, and passes them on. */
  async *#heed(job: Job, parts: AsyncIterable<BrainPart>): AsyncGenerator<BrainPart, void, void> {
    const { generation } = job;
    const listener = this.#listener;
    for await (const part of parts) {
      if (part.type === "text") listener.text(generation);
      else if (part.type === "language") listener.language(generation, part.language);
      else if (part.type === "interruption") listener.interruption(generation, part.policy);
      else if (part.type === "memory") listener.memory(generation, part.value);
      else if (part.type === "tool-call") await this.#callTool(job, part);
      else if (part.type === "switch-language") listener.switchesLanguage(generation, part.language);
      else if (part.type === "usage") listener.usage(generation, brainUsage(part));
      else listener.endsCall(generation);
      yield part;
    }
  }

  /** Starts a tool once the turn is sure. It goes on by itself: the brain that asked for it waits, or speaks meanwhile. */
  async #callTool(job: Job, call: ToolCallPart): Promise<void> {
    const { generation, abort } = job;
    await job.committed.opened;
    abort.signal.throwIfAborted();
    this.#listener.toolCall(generation, call);
    const signal = call.sideEffect === false ? abort.signal : this.#callOver.signal;
    job.toolsAtWork += 1;
    const result = Promise.resolve()
      .then(() => call.run({ signal }))
      .finally(() => {
        job.toolsAtWork -= 1;
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

  /** Text becomes sound, ahead of the playing. Of an answer that is not sure yet, the first piece only. */
  async *#make(job: Job) {
    for await (const piece of job.said) {
      if (job.askedVoiceAtMs > 0) await job.committed.opened;
      job.abort.signal.throwIfAborted();
      job.askedVoiceAtMs ||= this.#options.clock.now();
      yield* this.#speakPiece(job, piece);
    }
  }

  async *#speakPiece(job: Job, piece: Piece): AsyncGenerator<TrackItem, void, void> {
    job.speaking = true;
    job.awaited = piece.text;
    const how = {
      signal: job.abort.signal,
      used: (usage: ProviderUsage) => this.#listener.usage(job.generation, usage),
      warn: this.#listener.warning,
    };
    for await (const item of this.#voice.speak(piece, how)) {
      job.awaited = undefined;
      if (item.type === "audio") job.toneDue = false;
      if (item.type === "failure" && job.toneDue) this.#soundTone(job);
      yield item;
    }
    job.speaking = false;
    job.awaited = undefined;
  }

  /** A tone tells that the line is alive. Between pieces, never within one: what was heard of a piece is known by its sound. */
  #soundTone(job: Job): void {
    job.toneDue = false;
    job.track.push({ type: "tone", audio: holdTone(this.#options.transport.format) });
  }

  /** Sound goes to the line, and is waited for until it was heard. */
  async #play(job: Job): Promise<void> {
    const { generation, abort, track } = job;
    try {
      const { heard, failed } = await this.#player.play(generation, track, abort.signal);
      this.#job = undefined;
      this.#listener.over(generation, failed, heard);
    } catch {
      // Stopped: who stopped it knows what was heard.
    }
  }

  #brainFailure(thrown: unknown): BolchaalError {
    const { name: provider } = this.#options.brain;
    return asBolchaalError(thrown, { code: "provider-failed", component: "brain", provider, what: "The brain failed" });
  }
}

/** Empties a stream into a channel or a track, its failure included. */
async function pour<T>(
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

function sentence(...texts: readonly string[]): string {
  return texts.filter((text) => text !== "").join(" ");
}
