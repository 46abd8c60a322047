import { Channel } from "../../../async.js";
import { ALAW_8K, createPreRoll, MULAW_8K, PCM_24K } from "../../../audio/index.js";
import { BolchaalError } from "../../../errors.js";
import { createPendingAnswers, systemNetwork } from "../../../net/index.js";
import type {
  AudioFormat,
  Clock,
  ListenOptions,
  Logger,
  SpeechToText,
  SpeechToTextStream,
  TranscriptResult,
} from "../../../spec/index.js";
import type { Party } from "../errors.js";
import { warnOfShutdown } from "../shutdowns.js";
import {
  endsSession,
  type OpenAiRealtimeConnectionOptions,
  type RealtimeConnection,
  realtimeDoor,
  realtimeError,
  wireFormat,
} from "./connection.js";
import type { RealtimeEvent } from "./events.js";
import { createUtteranceItems } from "./utterances.js";

/** The model that hears live. */
export const DEFAULT_OPENAI_REALTIME_TRANSCRIPTION_MODEL = "gpt-live-transcribe";
/** The longest wait for the final words of an utterance, in ms. */
export const DEFAULT_OPENAI_REALTIME_ANSWER_TIMEOUT_MS = 2_500;

/** Sound before the session heard speech that belongs to it, in ms. */
const PRE_ROLL_MS = 500;

/** Of {@link openAiRealtimeTranscription}. */
export interface OpenAiRealtimeTranscriptionOptions extends OpenAiRealtimeConnectionOptions {
  /** Any id that the server knows. @default DEFAULT_OPENAI_REALTIME_TRANSCRIPTION_MODEL */
  readonly model?: string;
  /** What callers may speak, in ISO-639-1. @default ["hi", "en"] */
  readonly languages?: readonly string[];
  /** Names and words that may come. @default none */
  readonly keywords?: readonly string[];
  /** What the call is about, in words. @default none */
  readonly prompt?: string;
  /** How long it may wait to be surer of words. @default the model's own */
  readonly delay?: "minimal" | "low" | "medium" | "high" | "xhigh";
  /**
   * From the end of an utterance to its final transcript, in ms. Then it counts as not understood; if nothing came from
   * OpenAI at all, the stream fails. @default DEFAULT_OPENAI_REALTIME_ANSWER_TIMEOUT_MS
   */
  readonly answerTimeoutMs?: number;
  /** Warned, once, of a model whose end is near. @default silent */
  readonly logger?: Logger;
  /** Today, by the calendar. @default the system's */
  readonly today?: Date;
}

/**
 * OpenAI hears live: one Realtime transcription session a call, µ-law straight through. Where an utterance ends is the
 * session's to say (`commit`); words come while the caller speaks.
 * @throws BolchaalError `invalid-option` without a key.
 */
export function openAiRealtimeTranscription(options: OpenAiRealtimeTranscriptionOptions = {}): SpeechToText {
  const { model = DEFAULT_OPENAI_REALTIME_TRANSCRIPTION_MODEL, network = systemNetwork } = options;
  const { answerTimeoutMs = DEFAULT_OPENAI_REALTIME_ANSWER_TIMEOUT_MS } = options;
  const party = { provider: "openai", component: "speech-to-text" } as const;
  const open = realtimeDoor(options, party, { intent: "transcription" });
  warnOfShutdown(model, options);
  return Object.freeze({
    specVersion: "v1",
    name: "openai",
    modelId: model,
    capabilities: { interim: true, languages: ["hi", "en", "hi-en"] },
    accepts: [MULAW_8K, ALAW_8K, PCM_24K],
    async doListen(listen: ListenOptions) {
      const connection = await open(sessionFor(options, model, listen.format), listen.signal);
      return createStream(connection, listen, { clock: network.clock, answerTimeoutMs, party });
    },
  } satisfies SpeechToText);
}

function sessionFor(options: OpenAiRealtimeTranscriptionOptions, model: string, format: AudioFormat): object {
  const { languages = ["hi", "en"], keywords = [], prompt, delay } = options;
  return {
    type: "transcription",
    audio: {
      input: {
        format: wireFormat(format),
        transcription: {
          model,
          languages,
          ...(keywords.length > 0 && { keywords }),
          ...(prompt !== undefined && { prompt }),
          ...(delay !== undefined && { delay }),
        },
        // The session has ears of its own; this model takes no other setting.
        turn_detection: null,
      },
    },
  };
}

interface Listening {
  readonly clock: Clock;
  readonly answerTimeoutMs: number;
  readonly party: Party;
}

function createStream(
  connection: RealtimeConnection,
  { format, signal, warn = () => {} }: ListenOptions,
  { clock, answerTimeoutMs, party }: Listening,
): SpeechToTextStream {
  const results = new Channel<TranscriptResult>();
  const items = createUtteranceItems();
  const preRoll = createPreRoll(format, PRE_ROLL_MS);
  const interim = new Map<string, string>();
  /** Finals that came before those of utterances that were spoken before. */
  const early = new Map<string, TranscriptResult>();
  let current: string | undefined;
  let isOver = false;

  const pending = createPendingAnswers({
    clock,
    timeoutMs: answerTimeoutMs,
    late(utteranceId, silent) {
      if (silent) return end({ value: stalled(answerTimeoutMs, party) });
      settle(utteranceId, { type: "not-understood", utteranceId });
    },
  });

  /** An utterance has its result; it is told behind those of the utterances before it. */
  function settle(utteranceId: string, result: TranscriptResult): void {
    if (!items.waiting.includes(utteranceId)) return;
    early.set(utteranceId, result);
    interim.delete(utteranceId);
    for (let first = items.waiting[0]; first !== undefined; first = items.waiting[0]) {
      const ready = early.get(first);
      if (ready === undefined) return;
      early.delete(first);
      items.done(first);
      pending.settle();
      results.push(ready);
    }
  }

  function take(event: RealtimeEvent): void {
    pending.heard();
    switch (event.type) {
      case "input_audio_buffer.committed":
        return items.committed(event.item_id);
      case "conversation.item.input_audio_transcription.delta": {
        // Words of what is still being spoken come before its commit.
        const utteranceId = items.utteranceOf(event.item_id) ?? current ?? items.waiting.at(-1);
        if (utteranceId === undefined) return;
        const text = (interim.get(utteranceId) ?? "") + event.delta;
        interim.set(utteranceId, text);
        if (text.trim() !== "") results.push({ type: "transcript", final: false, utteranceId, text: text.trim() });
        return;
      }
      case "conversation.item.input_audio_transcription.completed": {
        const utteranceId = items.utteranceOf(event.item_id);
        const text = event.transcript.trim();
        if (utteranceId === undefined) return;
        if (text === "") return settle(utteranceId, { type: "not-understood", utteranceId });
        return settle(utteranceId, { type: "transcript", final: true, utteranceId, text });
      }
      case "conversation.item.input_audio_transcription.failed": {
        const utteranceId = items.utteranceOf(event.item_id);
        warn(failed(event.error?.message ?? "no reason given", party));
        if (utteranceId !== undefined) settle(utteranceId, { type: "not-understood", utteranceId });
        return;
      }
      case "error":
        return takeError(event);
      default:
    }
  }

  function takeError(event: Extract<RealtimeEvent, { type: "error" }>): void {
    if (endsSession(event)) throw realtimeError(event, party);
    if (event.error.code === "input_audio_buffer_commit_empty") {
      const utteranceId = items.refused();
      if (utteranceId !== undefined) {
        pending.settle();
        results.push({ type: "no-speech", utteranceId });
      }
    } else warn(realtimeError(event, party));
  }

  function end(error?: { readonly value: unknown }): void {
    if (isOver) return;
    isOver = true;
    pending.clear();
    if (signal.aborted) results.drain();
    results.close(signal.aborted ? { value: signal.reason } : error);
    connection.release();
  }

  async function pump(): Promise<void> {
    try {
      for await (const event of connection.events()) take(event);
      end();
    } catch (value) {
      end({ value });
    }
  }
  void pump();

  function send(audio: Uint8Array): void {
    if (audio.length === 0) return;
    connection.send({ type: "input_audio_buffer.append", audio: Buffer.from(audio).toString("base64") });
  }

  return {
    write: (audio) => send(preRoll.write(audio)),
    speechStart(utteranceId) {
      if (current !== undefined) commit(current);
      current = utteranceId;
      send(preRoll.open());
    },
    speechEnd(utteranceId) {
      if (current === utteranceId) commit(utteranceId);
    },
    results,
    async close() {
      end();
      await connection.close();
    },
  };

  function commit(utteranceId: string): void {
    current = undefined;
    preRoll.shut();
    items.commit(utteranceId);
    pending.ask(utteranceId);
    connection.send({ type: "input_audio_buffer.commit" });
  }
}

function stalled(answerTimeoutMs: number, party: Party): BolchaalError {
  const message = `It sent nothing for ${answerTimeoutMs} ms after an utterance. Use another provider meanwhile.`;
  return new BolchaalError(message, { code: "provider-timeout", retryable: true, ...party });
}

function failed(reason: string, party: Party): BolchaalError {
  const message = `An utterance could not be transcribed: ${reason.replace(/\.$/, "")}. The caller is asked again.`;
  return new BolchaalError(message, { code: "provider-failed", retryable: true, ...party });
}
