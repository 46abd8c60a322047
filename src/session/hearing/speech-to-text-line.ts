import { untilAborted } from "../../async.js";
import { createAudioConverter, durationMs, sameFormat } from "../../audio/index.js";
import type { BolchaalError } from "../../errors.js";
import type {
  AudioFormat,
  CallInfo,
  Language,
  ProviderUsage,
  SpeechToText,
  SpeechToTextStream,
  TranscriptResult,
} from "../../spec/index.js";
import { asBolchaalError } from "../errors.js";

/** Caller audio is kept this long while speech-to-text is still opening; then the oldest goes. */
export const LONGEST_WAIT_FOR_SPEECH_TO_TEXT_MS = 15_000;

export interface SpeechToTextListener {
  result(result: TranscriptResult): void;
  /** The provider was used for so much sound. */
  usage(usage: ProviderUsage): void;
  /** The provider got over a failure by itself. */
  warning(warning: Error): void;
  /** Speech-to-text failed for good. */
  failed(error: BolchaalError): void;
}

type Message =
  | { readonly type: "audio"; readonly audio: Uint8Array }
  | { readonly type: "start" | "end"; readonly utteranceId: string }
  | { readonly type: "language"; readonly language: Language };

/** The way to a call's speech-to-text: keeps what it is told until the provider is ready, and brings its results back. */
export class SpeechToTextLine {
  readonly #provider: SpeechToText;
  readonly #listener: SpeechToTextListener;
  readonly #abort = new AbortController();
  readonly #takes: AudioFormat;
  readonly #convert: (audio: Uint8Array) => Uint8Array;
  #stream: SpeechToTextStream | undefined;
  #waiting: Message[] = [];
  #waitingMs = 0;
  /** Sound that was sent and not told of yet. */
  #sentMs = 0;

  constructor(line: AudioFormat, provider: SpeechToText, listener: SpeechToTextListener) {
    this.#provider = provider;
    this.#listener = listener;
    this.#takes = provider.accepts.find((accepted) => sameFormat(accepted, line)) ?? provider.accepts[0] ?? line;
    const converter = createAudioConverter(line, this.#takes);
    this.#convert = (audio) => converter.convert(audio);
  }

  /** Opens the provider's stream and reads it to its end. */
  async open(call: CallInfo, language: Language): Promise<void> {
    const { signal } = this.#abort;
    try {
      const { warning: warn } = this.#listener;
      const stream = await this.#provider.doListen({ call, format: this.#takes, language, signal, warn });
      if (signal.aborted) return void stream.close();
      this.#stream = stream;
      for (const message of this.#waiting.splice(0)) this.#pass(stream, message);
      for await (const result of untilAborted(stream.results, signal)) {
        this.#listener.result(result);
        if (result.type !== "transcript" || result.final) this.tellUsage();
      }
    } catch (thrown) {
      if (signal.aborted) return;
      const { name } = this.#provider;
      this.#listener.failed(
        asBolchaalError(thrown, {
          code: "provider-failed",
          component: "speech-to-text",
          provider: name,
          what: "Speech-to-text failed",
        }),
      );
    }
  }

  audio(audio: Uint8Array): void {
    this.#tell({ type: "audio", audio: this.#convert(audio) });
  }

  utteranceStart(utteranceId: string): void {
    this.#tell({ type: "start", utteranceId });
  }

  utteranceEnd(utteranceId: string): void {
    this.#tell({ type: "end", utteranceId });
  }

  setLanguage(language: Language): void {
    this.#tell({ type: "language", language });
  }

  /** Tells how much sound was sent since it was told last. */
  tellUsage(): void {
    if (this.#sentMs === 0) return;
    const { name: provider, modelId: model } = this.#stream?.madeBy ?? this.#provider;
    const audioMs = this.#sentMs;
    this.#sentMs = 0;
    this.#listener.usage({
      component: "speech-to-text",
      provider,
      ...(model === undefined ? {} : { model }),
      audioMs,
    });
  }

  close(): void {
    if (this.#abort.signal.aborted) return;
    this.#abort.abort(new DOMException("The call is over.", "AbortError"));
    this.#waiting = [];
    // A provider that fails to close has no one left to tell.
    this.#stream?.close().then(undefined, () => {});
  }

  #tell(message: Message): void {
    if (this.#stream !== undefined) this.#pass(this.#stream, message);
    else if (!this.#abort.signal.aborted) this.#keep(message);
  }

  #keep(message: Message): void {
    this.#waiting.push(message);
    if (message.type === "audio") this.#waitingMs += durationMs(message.audio.length, this.#takes);
    while (this.#waitingMs > LONGEST_WAIT_FOR_SPEECH_TO_TEXT_MS) {
      const oldest = this.#waiting.findIndex(({ type }) => type === "audio");
      const [dropped] = this.#waiting.splice(oldest, 1);
      if (dropped?.type === "audio") this.#waitingMs -= durationMs(dropped.audio.length, this.#takes);
    }
  }

  #pass(stream: SpeechToTextStream, message: Message): void {
    if (message.type === "audio") {
      this.#sentMs += durationMs(message.audio.length, this.#takes);
      stream.write(message.audio);
    } else if (message.type === "start") stream.speechStart(message.utteranceId);
    else if (message.type === "language") stream.setLanguage?.(message.language);
    else stream.speechEnd(message.utteranceId);
  }
}
