import { holdTone } from "../../audio/index.js";
import type { BolchaalError } from "../../errors.js";
import type { BrainTurn, Language, ProviderUsage } from "../../spec/index.js";
import type { HeardInput, ReplyVolume } from "../conversation/index.js";
import type { ResolvedOptions } from "../options.js";
import { Player, Track, type TrackItem } from "../playback/index.js";
import { Composer, type ComposerListener, type Composition, pour } from "./composer.js";
import type { Piece } from "./pieces.js";
import { createVoice, type Voice } from "./voice.js";

/** What the speaker tells as a reply is made and heard. */
export interface SpeakerListener extends ComposerListener {
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

/** A reply being spoken. */
interface Job {
  readonly words: Composition;
  /** What the voice has made. */
  readonly track: Track;
  askedVoiceAtMs: number;
  /** The voice is at work. */
  speaking: boolean;
  /** What the voice is to say and has given no sound of. */
  awaited: string | undefined;
  /** The caller waits for a voice that fell silent within a piece. */
  toneDue: boolean;
}

/**
 * Makes replies and has them played: brain text → speakable pieces → voice → line, each stage at work while the next
 * is. One reply at a time, known by its generation; once stopped, none of its audio goes to the line any more.
 */
export class Speaker {
  readonly #options: SpeakerOptions;
  readonly #listener: SpeakerListener;
  readonly #composer: Composer;
  readonly #voice: Voice;
  readonly #player: Player;
  #job: Job | undefined;

  constructor(options: SpeakerOptions, listener: SpeakerListener) {
    const { textToSpeech, transport, clock, voiceTimeoutMs } = options;
    this.#options = options;
    this.#listener = listener;
    this.#composer = new Composer(options, listener);
    this.#voice = createVoice(textToSpeech, transport.format, clock, voiceTimeoutMs);
    this.#player = new Player(options, {
      started: (generation, atMs) => listener.playbackStart(generation, atMs - (this.#job?.askedVoiceAtMs ?? atMs)),
      dry: (generation, fromMs) => listener.dry(generation, fromMs),
      flows: (generation) => listener.flows(generation),
      audio: (generation, audio) => listener.audio(generation, audio),
      failed: (thrown) => listener.error(this.#composer.failure(thrown)),
      warned: (error) => listener.error(error),
    });
  }

  /** Asks the brain and speaks its answer. A speculative answer is made up to its first piece, and kept back until `commit`. */
  answer(generation: number, language: Language, turn: BrainTurn, speculative: boolean): void {
    this.#start(this.#composer.answer(generation, language, turn, speculative));
    if (speculative) this.#player.hold(generation);
  }

  /** Speaks a text. */
  speak(generation: number, language: Language, text: string): void {
    this.#start(this.#composer.speak(generation, language, text));
  }

  /**
   * Fills the silence of a reply. One that waits for words gets a line, or the beginning of a sentence that does not go on;
   * one whose voice gives no sound, a tone.
   */
  fillIn(generation: number, language: Language, text: string): void {
    const job = this.#jobOf(generation);
    if (job === undefined) return;
    if (job.awaited !== undefined) this.#soundTone(job);
    else if (job.speaking) job.toneDue = true;
    else this.#composer.fillIn(job.words, language, text);
  }

  /** The turn that a speculative answer was made for is sure. */
  commit(generation: number): void {
    const job = this.#jobOf(generation);
    // What was made before the turn was over cost the caller no time.
    if (job !== undefined && job.askedVoiceAtMs > 0) job.askedVoiceAtMs = this.#options.clock.now();
    job?.words.committed.open();
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
    const heard = this.#player.stop(generation);
    this.#job = job === undefined ? this.#job : undefined;
    const unsaid = job === undefined ? [] : [job.awaited ?? "", ...this.#composer.stop(job.words)];
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
    if (this.#job !== undefined) this.stop(this.#job.words.generation);
    this.#composer.close();
  }

  #jobOf(generation: number): Job | undefined {
    return this.#job?.words.generation === generation ? this.#job : undefined;
  }

  #start(words: Composition): void {
    const job: Job = {
      words,
      track: new Track(this.#options.transport.format),
      askedVoiceAtMs: 0,
      speaking: false,
      awaited: undefined,
      toneDue: false,
    };
    this.#job = job;
    void pour(this.#make(job), job.track);
    void this.#play(job);
  }

  /** Text becomes sound, ahead of the playing. Of an answer that is not sure yet, the first piece only. */
  async *#make(job: Job): AsyncGenerator<TrackItem, void, void> {
    const { said, committed, abort } = job.words;
    for await (const piece of said) {
      if (job.askedVoiceAtMs > 0) await committed.opened;
      abort.signal.throwIfAborted();
      job.askedVoiceAtMs ||= this.#options.clock.now();
      yield* this.#speakPiece(job, piece);
    }
  }

  async *#speakPiece(job: Job, piece: Piece): AsyncGenerator<TrackItem, void, void> {
    const { generation, abort } = job.words;
    job.speaking = true;
    job.awaited = piece.text;
    const how = {
      signal: abort.signal,
      used: (usage: ProviderUsage) => this.#listener.usage(generation, usage),
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
  async #play({ words, track }: Job): Promise<void> {
    const { generation, abort } = words;
    try {
      const { heard, failed } = await this.#player.play(generation, track, abort.signal);
      this.#job = undefined;
      this.#listener.over(generation, failed, heard);
    } catch {
      // Stopped: who stopped it knows what was heard.
    }
  }
}

function sentence(...texts: readonly string[]): string {
  return texts.filter((text) => text !== "").join(" ");
}
