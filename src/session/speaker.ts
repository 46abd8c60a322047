import { bytesForMs, durationMs } from "../audio/index.js";
import { BolchaalError } from "../errors.js";
import type { BrainPart, BrainTurn, Language } from "../spec/index.js";
import { Channel, untilAborted, wait } from "./async.js";
import type { HeardInput } from "./conversation/index.js";
import { asBolchaalError } from "./errors.js";
import type { ResolvedOptions } from "./options.js";
import { type Piece, piecesOf, wholeText } from "./pieces.js";
import { PlaybackLedger } from "./playback-ledger.js";
import { createStretch } from "./stretch.js";
import { createVoice, type Voice, type VoiceItem } from "./voice.js";

/** Once the line is this far ahead of the caller's ear, audio goes to it in stretches of about this long: one message each, few enough not to make the carrier stutter. */
export const SEND_MS = 100;

/** A mark follows about every so much audio, and every piece. */
export const MARK_EVERY_MS = 400;

/** At most so much audio is on the line and not yet played; the voice waits. */
export const LONGEST_LEAD_MS = 30_000;

/** Marks may come so much later than the audio they stand behind should have ended; then it counts as played. */
export const MARK_GRACE_MS = 1_500;

/** A line that takes nothing is tried again after this … */
const RETRY_MS = 100;
/** … for so long. */
const RETRY_FOR_MS = 5_000;

/** What the speaker tells as a reply is made and heard. */
export interface SpeakerListener {
  text(generation: number): void;
  language(generation: number, language: Language): void;
  memory(generation: number, value: unknown): void;
  endsCall(generation: number): void;
  playbackStart(generation: number, voiceMs: number): void;
  audio(generation: number, audio: Uint8Array): void;
  over(generation: number, failed: boolean, heard: HeardInput): void;
  error(error: BolchaalError): void;
}

/** What a speaker is made of. */
export type SpeakerOptions = Pick<
  ResolvedOptions,
  "transport" | "textToSpeech" | "brain" | "clock" | "voiceTimeoutMs" | "replyCharacters"
>;

/** A reply in the making. */
interface Job {
  readonly generation: number;
  readonly abort: AbortController;
  /** What the brain has said and the voice has not taken yet. */
  readonly said: Channel<Piece>;
  /** What the voice has made and the line has not taken yet. */
  readonly made: Channel<VoiceItem>;
  /** Set while the reply is held. */
  gate: { readonly open: Promise<void>; readonly release: () => void } | undefined;
  audible: boolean;
  askedVoiceAtMs: number;
  /** Audio sent since the last mark. */
  unmarkedMs: number;
}

/**
 * Makes replies and plays them: brain text → speakable pieces → voice → line, each stage at work while the next is. One
 * reply at a time, known by its generation; once stopped, none of its audio goes to the line any more.
 */
export class Speaker {
  readonly #options: SpeakerOptions;
  readonly #listener: SpeakerListener;
  readonly #voice: Voice;
  readonly #ledger = new PlaybackLedger();
  #job: Job | undefined;
  #marks = 0;
  /** Wakes whoever waits for the last mark. */
  #onMark: (() => void) | undefined;

  constructor(options: SpeakerOptions, listener: SpeakerListener) {
    this.#options = options;
    this.#listener = listener;
    this.#voice = createVoice(options.textToSpeech, options.transport.format, options.clock, options.voiceTimeoutMs);
  }

  /** Asks the brain and speaks its answer. */
  answer(generation: number, language: Language, turn: BrainTurn): void {
    this.#start(generation, (job) => this.#brainPieces(job, language, turn));
  }

  /** Speaks a text. */
  speak(generation: number, language: Language, text: string): void {
    this.#start(generation, () => piecesOf(wholeText(text), language, this.#options.replyCharacters));
  }

  /** Keeps back the reply's sound. It is being made all the same. */
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

  /** Silences the reply at once and for good, and tells what was heard of it. */
  stop(generation: number): HeardInput {
    const job = this.#jobOf(generation);
    const heard = this.#ledger.heard(generation, this.#options.clock.now());
    if (job === undefined) return heard;
    const unsent = [
      ...job.made.drain().flatMap((item) => (item.type === "piece" ? [item.piece] : [])),
      ...job.said.drain(),
    ];
    this.#job = undefined;
    if (job.audible) this.#options.transport.clear();
    this.#ledger.clear();
    job.abort.abort(new DOMException("The reply was stopped.", "AbortError"));
    job.gate?.release();
    const rest = unsent.map((piece) => piece.text);
    return { ...heard, text: sentence(heard.text, ...rest), unheardText: sentence(heard.unheardText, ...rest) };
  }

  /** The carrier echoed a mark. */
  acknowledge(name: string): void {
    if (this.#ledger.acknowledge(name, this.#options.clock.now())) this.#onMark?.();
  }

  close(): void {
    if (this.#job !== undefined) this.stop(this.#job.generation);
  }

  #jobOf(generation: number): Job | undefined {
    return this.#job?.generation === generation ? this.#job : undefined;
  }

  #start(generation: number, pieces: (job: Job) => AsyncIterable<Piece>): void {
    const job: Job = {
      generation,
      abort: new AbortController(),
      said: new Channel(),
      made: new Channel(),
      gate: undefined,
      audible: false,
      askedVoiceAtMs: 0,
      unmarkedMs: 0,
    };
    this.#job = job;
    void pour(pieces(job), job.said);
    void pour(this.#make(job), job.made);
    void this.#play(job);
  }

  async *#brainPieces(job: Job, language: Language, turn: BrainTurn): AsyncGenerator<Piece, void, void> {
    const { brain, replyCharacters } = this.#options;
    const parts = untilAborted(brain.doReply(turn, { signal: job.abort.signal }), job.abort.signal);
    yield* piecesOf(this.#heed(job, parts), language, replyCharacters);
  }

  /** Tells what the brain's parts mean for the conversation, and passes them on. */
  async *#heed(job: Job, parts: AsyncIterable<BrainPart>): AsyncGenerator<BrainPart, void, void> {
    const listener = this.#listener;
    for await (const part of parts) {
      if (part.type === "text") listener.text(job.generation);
      else if (part.type === "language") listener.language(job.generation, part.language);
      else if (part.type === "memory") listener.memory(job.generation, part.value);
      else listener.endsCall(job.generation);
      yield part;
    }
  }

  /** Text becomes sound, ahead of the playing. */
  async *#make(job: Job): AsyncGenerator<VoiceItem, void, void> {
    for await (const piece of job.said) {
      job.askedVoiceAtMs ||= this.#options.clock.now();
      yield { type: "piece", piece };
      yield* this.#voice.speak(piece, job.abort.signal);
    }
  }

  /** Sound goes to the line, and is waited for until it was heard. */
  async #play(job: Job): Promise<void> {
    const { generation, abort } = job;
    const { clock } = this.#options;
    const listener = this.#listener;
    let failed = false;
    try {
      await this.#sendAll(job);
    } catch (thrown) {
      if (abort.signal.aborted) return;
      failed = true;
      const { name } = this.#options.brain;
      listener.error(
        asBolchaalError(thrown, {
          code: "provider-failed",
          component: "brain",
          provider: name,
          what: "The brain failed",
        }),
      );
    }
    try {
      await this.#heardOut(abort.signal);
    } catch {
      return;
    }
    const heard = this.#ledger.heard(generation, clock.now());
    this.#ledger.forget(generation);
    this.#job = undefined;
    listener.over(generation, failed || !job.audible, heard);
  }

  /** Everything the voice makes. While the line is nearly empty each chunk goes at once, later in longer stretches. */
  async #sendAll(job: Job): Promise<void> {
    const { clock } = this.#options;
    const listener = this.#listener;
    const stretch = createStretch(bytesForMs(SEND_MS, this.#options.transport.format));
    const send = async (audio: Uint8Array) => {
      if (audio.length > 0) await this.#send(job, audio);
    };
    for await (const item of job.made) {
      job.abort.signal.throwIfAborted();
      if (item.type === "audio") {
        for (const audio of stretch.push(item.audio)) await send(audio);
        if (this.#ledger.leadMs(clock.now()) < SEND_MS) await send(stretch.take());
      } else if (item.type === "words") this.#ledger.addWords(item.words);
      else if (item.type === "failure") listener.error(item.error);
      else {
        await send(stretch.take());
        this.#endPiece(job);
        this.#ledger.beginPiece(job.generation, item.piece.text);
      }
    }
    await send(stretch.take());
    this.#endPiece(job);
  }

  #endPiece(job: Job): void {
    this.#ledger.endPiece();
    if (job.unmarkedMs > 0) this.#mark(job);
  }

  /** One stretch of audio. Waits while the reply is held, the line is far ahead, or it takes nothing. */
  async #send(job: Job, audio: Uint8Array): Promise<void> {
    const { transport, clock } = this.#options;
    const { signal } = job.abort;
    while (job.gate !== undefined) await job.gate.open;
    signal.throwIfAborted();
    const leadMs = this.#ledger.leadMs(clock.now());
    if (leadMs > LONGEST_LEAD_MS) await wait(clock, leadMs - LONGEST_LEAD_MS, signal);
    for (let waitedMs = 0; !transport.sendAudio(audio); waitedMs += RETRY_MS) {
      if (waitedMs >= RETRY_FOR_MS) throw lineIsStuck(transport.name);
      await wait(clock, RETRY_MS, signal);
    }
    const atMs = clock.now();
    const audioMs = durationMs(audio.length, transport.format);
    this.#ledger.sent(audioMs, atMs);
    job.unmarkedMs += audioMs;
    if (!job.audible) {
      job.audible = true;
      this.#listener.playbackStart(job.generation, atMs - job.askedVoiceAtMs);
      signal.throwIfAborted();
    }
    this.#listener.audio(job.generation, audio);
    if (job.unmarkedMs >= MARK_EVERY_MS) this.#mark(job);
  }

  #mark(job: Job): void {
    this.#marks += 1;
    job.unmarkedMs = 0;
    const name = `g${job.generation}-${this.#marks}`;
    this.#ledger.mark(name);
    this.#options.transport.sendMark(name);
  }

  /** Until the carrier has echoed the last mark, or should long have. */
  async #heardOut(signal: AbortSignal): Promise<void> {
    const { clock } = this.#options;
    const until = clock.now() + this.#ledger.leadMs(clock.now()) + MARK_GRACE_MS;
    while (!this.#ledger.settled && clock.now() < until) {
      await new Promise<void>((resolve, reject) => {
        const finish = (settle: () => void) => () => {
          undo();
          signal.removeEventListener("abort", onAbort);
          this.#onMark = undefined;
          settle();
        };
        const onAbort = finish(() => reject(signal.reason));
        const undo = clock.setTimer(finish(resolve), until - clock.now());
        signal.addEventListener("abort", onAbort, { once: true });
        this.#onMark = finish(resolve);
        if (signal.aborted) onAbort();
      });
    }
    signal.throwIfAborted();
  }
}

/** Empties a stream into a channel, its failure included. */
async function pour<T>(source: AsyncIterable<T>, into: Channel<T>): Promise<void> {
  try {
    for await (const item of source) into.push(item);
    into.close();
  } catch (thrown) {
    into.close({ value: thrown });
  }
}

function sentence(...texts: readonly string[]): string {
  return texts.filter((text) => text !== "").join(" ");
}

function lineIsStuck(transport: string): BolchaalError {
  return new BolchaalError(
    "The line has taken no audio for 5 seconds. The reply was given up; the carrier may be gone.",
    {
      code: "transport-failed",
      component: "transport",
      provider: transport,
    },
  );
}
