import type { BrainTurn, HeardSoFar, InterruptionPolicy, Language } from "../../spec/index.js";
import type { ConversationAction, HeardInput } from "../conversation/index.js";
import type { ResolvedSpeechOptions } from "../options.js";
import { Composer, type ComposerListener, type Composition } from "../reply/composer.js";
import type { Piece } from "../reply/pieces.js";
import { heardAsWritten, type SaidPiece, saidPiece, sentence, writtenText } from "./said-text.js";

/** What the teller tells as a reply is made and said. */
export interface TellerListener extends ComposerListener {
  /** All that was handed over will have been said at `fromMs`, and there is more to come; it has come. */
  dry(generation: number, fromMs: number): void;
  flows(generation: number): void;
  playbackStart(generation: number, voiceMs: number): void;
  over(generation: number, failed: boolean, heard: HeardInput): void;
}

type AskBrain = Extract<ConversationAction, { readonly type: "ask-brain" }>;
type Speak = Extract<ConversationAction, { readonly type: "speak" }>;

/** How long a carrier's voice takes for a UTF-16 unit of text, in ms, to guess when it falls silent. */
const TYPICAL_UNIT_MS = 65;

/** A reply being handed to the carrier. */
interface Job {
  readonly words: Composition;
  interruption: InterruptionPolicy;
  readonly pieces: SaidPiece[];
  /** Open unless the reply is kept back. */
  gate: { readonly open: Promise<void>; readonly release: () => void } | undefined;
  /** The first words went to the carrier at this time. */
  saidAtMs: number | undefined;
  /** All that was handed over has been said by then, as voices speak. */
  quietAtMs: number;
  /** The carrier has begun to say it. */
  audible: boolean;
  /** All that was made was handed over, and there is more to come. */
  dry: boolean;
  /** The brain failed. */
  failed: boolean;
  /** The carrier has stopped by itself, with so much heard. */
  cut: HeardSoFar | undefined;
}

/**
 * Makes replies and hands them to a carrier that speaks: brain text → speakable pieces → line. One reply at a time, known by
 * its generation.
 */
export class Teller {
  readonly #options: ResolvedSpeechOptions;
  readonly #listener: TellerListener;
  readonly #composer: Composer;
  #job: Job | undefined;

  constructor(options: ResolvedSpeechOptions, listener: TellerListener) {
    this.#options = options;
    this.#listener = listener;
    this.#composer = new Composer(options, {
      ...listener,
      interruption: (generation, policy) => {
        const job = this.#jobOf(generation);
        if (job !== undefined) job.interruption = policy;
        listener.interruption(generation, policy);
      },
    });
  }

  /** Asks the brain and has its answer said. Nothing of a speculative answer is handed over before `commit`. */
  answer({ generation, language, interruption, speculative }: AskBrain, turn: BrainTurn): void {
    this.#start(this.#composer.answer(generation, language, turn, speculative), interruption);
  }

  speak({ generation, language, interruption, text }: Speak): void {
    this.#start(this.#composer.speak(generation, language, text), interruption);
  }

  /** A line, where the reply waits for words. */
  fillIn(generation: number, language: Language, text: string): void {
    const job = this.#jobOf(generation);
    if (job !== undefined) this.#composer.fillIn(job.words, language, text);
  }

  commit(generation: number): void {
    this.#jobOf(generation)?.words.committed.open();
  }

  hold(generation: number): void {
    const job = this.#jobOf(generation);
    if (job === undefined || job.gate !== undefined) return;
    let release = () => {};
    const open = new Promise<void>((resolve) => {
      release = resolve;
    });
    job.gate = { open, release };
  }

  release(generation: number): void {
    const job = this.#jobOf(generation);
    job?.gate?.release();
    if (job !== undefined) job.gate = undefined;
  }

  /** The carrier begins to say the reply. */
  started(generation: number): void {
    const job = this.#jobOf(generation);
    if (job?.saidAtMs === undefined || job.audible) return;
    job.audible = true;
    this.#listener.playbackStart(generation, this.#now() - job.saidAtMs);
    if (job.dry) this.#listener.dry(generation, job.quietAtMs);
  }

  /** The carrier has stopped by itself. @returns whether it was this reply. */
  interrupted(generation: number, heard: HeardSoFar): boolean {
    const job = this.#jobOf(generation);
    if (job === undefined) return false;
    job.cut = heard;
    return true;
  }

  /** The carrier has said all of the reply. */
  ended(generation: number, playedMs: number): void {
    const job = this.#jobOf(generation);
    if (job === undefined) return;
    this.#job = undefined;
    const text = writtenText(job.pieces);
    this.#listener.over(generation, job.failed, { text, heardText: text, unheardText: "", playedMs });
  }

  /** Says nothing more of the reply, and tells what was heard of it. */
  stop(generation: number): HeardInput {
    const job = this.#jobOf(generation);
    if (job === undefined) return { text: "", heardText: "", unheardText: "", playedMs: 0 };
    this.#job = undefined;
    const unsaid = this.#composer.stop(job.words);
    job.gate?.release();
    const { heardText: spoken, playedMs } = job.cut ?? this.#options.transport.stop(generation);
    const { heardText, unheardText } = heardAsWritten(job.pieces, spoken);
    const text = sentence([writtenText(job.pieces), ...unsaid]);
    return { text, heardText, unheardText: sentence([unheardText, ...unsaid]), playedMs };
  }

  close(): void {
    if (this.#job !== undefined) this.stop(this.#job.words.generation);
    this.#composer.close();
  }

  #now(): number {
    return this.#options.clock.now();
  }

  #jobOf(generation: number): Job | undefined {
    return this.#job?.words.generation === generation ? this.#job : undefined;
  }

  #start(words: Composition, interruption: InterruptionPolicy): void {
    const job: Job = {
      words,
      interruption,
      pieces: [],
      gate: undefined,
      saidAtMs: undefined,
      quietAtMs: 0,
      audible: false,
      dry: false,
      failed: false,
      cut: undefined,
    };
    this.#job = job;
    void this.#tell(job);
  }

  /** Hands over each piece as it comes; when there is no more, the carrier is told so. */
  async #tell(job: Job): Promise<void> {
    const { said, committed, abort } = job.words;
    try {
      for await (const piece of said) {
        await committed.opened;
        if (job.gate !== undefined) await job.gate.open;
        abort.signal.throwIfAborted();
        this.#say(job, piece);
        if (said.isEmpty) this.#tellDry(job);
      }
    } catch (thrown) {
      if (abort.signal.aborted) return;
      job.failed = true;
      this.#listener.error(this.#composer.failure(thrown));
    }
    if (abort.signal.aborted) return;
    if (job.saidAtMs === undefined) return this.#nothingToSay(job);
    this.#tellFlows(job);
    this.#handOver(job, { text: "", language: this.#options.rules.language }, true);
  }

  #say(job: Job, { text, language }: Piece): void {
    const piece = saidPiece(text, language);
    // Nothing of it can be said: an emoji, a line of stars.
    if (piece.spoken.trim() === "") return;
    const nowMs = this.#now();
    job.pieces.push(piece);
    job.saidAtMs ??= nowMs;
    job.quietAtMs = Math.max(nowMs, job.quietAtMs) + piece.spoken.length * TYPICAL_UNIT_MS;
    this.#tellFlows(job);
    this.#handOver(job, { text: piece.spoken, language }, false);
  }

  #handOver({ words, interruption }: Job, piece: Piece, last: boolean): void {
    this.#options.transport.say({ ...piece, generation: words.generation, interruption, last });
  }

  #tellDry(job: Job): void {
    if (job.saidAtMs === undefined || job.dry) return;
    job.dry = true;
    if (job.audible) this.#listener.dry(job.words.generation, job.quietAtMs);
  }

  #tellFlows(job: Job): void {
    if (job.dry && job.audible) this.#listener.flows(job.words.generation);
    job.dry = false;
  }

  /** A reply without a word that could be said is over, and counts as failed. */
  #nothingToSay({ words, pieces }: Job): void {
    this.#job = undefined;
    const text = writtenText(pieces);
    this.#listener.over(words.generation, true, { text, heardText: "", unheardText: text, playedMs: 0 });
  }
}
