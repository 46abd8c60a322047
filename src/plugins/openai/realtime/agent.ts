import { Channel } from "../../../async.js";
import { ALAW_8K, durationMs, MULAW_8K, PCM_24K } from "../../../audio/index.js";
import { inLanguage } from "../../../language/index.js";
import type {
  ConnectOptions,
  Localized,
  Logger,
  SpeechToSpeech,
  SpeechToSpeechEvent,
  SpeechToSpeechStream,
} from "../../../spec/index.js";
import { openAiError, type Party } from "../errors.js";
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
import { DEFAULT_OPENAI_REALTIME_TRANSCRIPTION_MODEL } from "./transcription.js";
import { createUtteranceItems } from "./utterances.js";
import { DEFAULT_OPENAI_REALTIME_MODEL, DEFAULT_OPENAI_REALTIME_VOICE } from "./voice.js";

/** Of {@link openAiRealtime}. */
export interface OpenAiRealtimeOptions extends OpenAiRealtimeConnectionOptions {
  /** Any id that the server knows. @default DEFAULT_OPENAI_REALTIME_MODEL */
  readonly model?: string;
  /** A voice for all languages, or one for each language that a call begins in. @default DEFAULT_OPENAI_REALTIME_VOICE */
  readonly voice?: Localized;
  /** 0.25 to 1.5; 1 is as the model speaks. @default the model's own */
  readonly speed?: number;
  /** The model that writes down what the caller says. @default DEFAULT_OPENAI_REALTIME_TRANSCRIPTION_MODEL */
  readonly transcriptionModel?: string;
  /** What callers may speak, in ISO-639-1. @default ["hi", "en"] */
  readonly languages?: readonly string[];
  /** Warned, once, of a model whose end is near. @default silent */
  readonly logger?: Logger;
  /** Today, by the calendar. @default the system's */
  readonly today?: Date;
}

const SAY_EXACTLY =
  "Say exactly the words of the message, in its language. Add nothing, leave out nothing, answer nothing.";

/**
 * OpenAI's Realtime API as a model that hears, thinks and speaks, for `speechToSpeechAgent`. One connection a call, µ-law
 * straight through. Turns are the session's: OpenAI's own detection is off.
 * @throws BolchaalError `invalid-option` without a key.
 */
export function openAiRealtime(options: OpenAiRealtimeOptions = {}): SpeechToSpeech {
  const { model = DEFAULT_OPENAI_REALTIME_MODEL } = options;
  const party = { provider: "openai", component: "speech-to-speech" } as const;
  const open = realtimeDoor(options, party, { model });
  warnOfShutdown(model, options);
  return Object.freeze({
    specVersion: "v1",
    name: "openai",
    modelId: model,
    capabilities: { languages: ["hi", "en", "hi-en"] },
    formats: [MULAW_8K, ALAW_8K, PCM_24K],
    async doConnect(connect: ConnectOptions) {
      const connection = await open(sessionFor(options, connect), connect.signal);
      return createStream(connection, connect, party);
    },
  } satisfies SpeechToSpeech);
}

function sessionFor(options: OpenAiRealtimeOptions, { format, language, instructions, tools }: ConnectOptions): object {
  const { voice = DEFAULT_OPENAI_REALTIME_VOICE, speed, languages = ["hi", "en"] } = options;
  const { transcriptionModel = DEFAULT_OPENAI_REALTIME_TRANSCRIPTION_MODEL } = options;
  return {
    type: "realtime",
    output_modalities: ["audio"],
    instructions,
    audio: {
      input: {
        format: wireFormat(format),
        transcription: { model: transcriptionModel, languages },
        turn_detection: null,
      },
      output: { format: wireFormat(format), voice: inLanguage(voice, language), ...(speed !== undefined && { speed }) },
    },
    ...(tools.length > 0 && {
      tools: tools.map(({ name, description, inputSchema }) => ({
        type: "function",
        name,
        description,
        parameters: inputSchema,
      })),
      tool_choice: "auto",
    }),
  };
}

/** An answer that was asked for. */
interface Request {
  readonly requestId: string;
  readonly create: object;
  readonly inConversation: boolean;
  responseId?: string;
  itemId?: string;
  /** So much sound came of it. */
  bytes: number;
  cancelled: boolean;
}

function createStream(
  connection: RealtimeConnection,
  { format, signal }: ConnectOptions,
  party: Party,
): SpeechToSpeechStream {
  const events = new Channel<SpeechToSpeechEvent>();
  const items = createUtteranceItems();
  const words = new Map<string, string>();
  /** By request; and those in the conversation that wait for the one before them, for it has one answer at a time. */
  const requests = new Map<string, Request>();
  let waiting: Request[] = [];
  let active: Request | undefined;
  let isOver = false;

  function begin(request: Request): void {
    requests.set(request.requestId, request);
    if (request.inConversation && active !== undefined) return void waiting.push(request);
    if (request.inConversation) active = request;
    connection.send(request.create);
  }

  function finished(request: Request): void {
    if (request !== active) return;
    active = undefined;
    const next = waiting.shift();
    if (next === undefined) return;
    active = next;
    connection.send(next.create);
  }

  function byResponse(responseId: string): Request | undefined {
    return [...requests.values()].find((request) => request.responseId === responseId);
  }

  function take(event: RealtimeEvent): void {
    switch (event.type) {
      case "input_audio_buffer.committed":
        return items.committed(event.item_id);
      case "conversation.item.input_audio_transcription.delta": {
        const utteranceId = items.utteranceOf(event.item_id);
        if (utteranceId === undefined) return;
        const text = (words.get(utteranceId) ?? "") + event.delta;
        words.set(utteranceId, text);
        events.push({ type: "caller-transcript", utteranceId, final: false, text: text.trim() });
        return;
      }
      case "conversation.item.input_audio_transcription.completed":
        return heard(event.item_id, event.transcript.trim());
      case "conversation.item.input_audio_transcription.failed":
        return heard(event.item_id, "");
      case "response.created": {
        const request = requests.get(event.response.metadata?.request_id ?? "");
        if (request === undefined) return;
        request.responseId = event.response.id;
        if (request.cancelled) connection.send({ type: "response.cancel", response_id: event.response.id });
        return;
      }
      case "response.output_audio.delta": {
        const request = byResponse(event.response_id);
        if (request === undefined || request.cancelled) return;
        const audio = Buffer.from(event.delta, "base64");
        request.itemId = event.item_id;
        request.bytes += audio.length;
        events.push({ type: "audio", requestId: request.requestId, audio });
        return;
      }
      case "response.output_audio_transcript.delta": {
        const request = byResponse(event.response_id);
        if (request !== undefined && !request.cancelled)
          events.push({ type: "text", requestId: request.requestId, text: event.delta });
        return;
      }
      case "response.function_call_arguments.done": {
        const { call_id: toolCallId, name, arguments: inputText } = event;
        const request = byResponse(event.response_id);
        if (request !== undefined && !request.cancelled)
          events.push({ type: "tool-call", requestId: request.requestId, toolCallId, name, inputText });
        return;
      }
      case "response.done":
        return done(event);
      case "error":
        return takeError(event);
      default:
    }
  }

  function heard(itemId: string, text: string): void {
    const utteranceId = items.utteranceOf(itemId);
    if (utteranceId === undefined) return;
    items.done(utteranceId);
    words.delete(utteranceId);
    events.push({ type: "caller-transcript", utteranceId, final: true, text });
  }

  function done({ response }: Extract<RealtimeEvent, { type: "response.done" }>): void {
    const request = byResponse(response.id);
    if (request === undefined) return;
    const { requestId } = request;
    const { usage, status, status_details: details } = response;
    if (usage != null) {
      const cached = usage.input_token_details?.cached_tokens;
      events.push({
        type: "usage",
        requestId,
        inputTokens: usage.input_tokens,
        outputTokens: usage.output_tokens,
        ...(cached != null && { cachedInputTokens: cached }),
      });
    }
    if (status === "completed" || status === "cancelled")
      events.push({ type: "response-end", requestId, outcome: status });
    else {
      const reason = details?.error?.message ?? details?.reason ?? status;
      const error = openAiError({ message: `the answer is ${reason}`, code: details?.error?.code }, party);
      events.push({ type: "response-end", requestId, outcome: "failed", error });
    }
    finished(request);
  }

  /** Most errors are about one event of ours, and the session goes on. */
  function takeError(event: Extract<RealtimeEvent, { type: "error" }>): void {
    const error = realtimeError(event, party);
    if (endsSession(event)) throw error;
    if (event.error.code === "input_audio_buffer_commit_empty") {
      const utteranceId = items.refused();
      if (utteranceId !== undefined) events.push({ type: "caller-transcript", utteranceId, final: true, text: "" });
      // The answer may have ended before our cancel came.
    } else if (event.error.code !== "response_cancel_not_active") events.push({ type: "warning", error });
  }

  function end(error?: { readonly value: unknown }): void {
    if (isOver) return;
    isOver = true;
    events.close(signal.aborted ? { value: signal.reason } : error);
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

  const message = (role: "user" | "system", text: string) => ({
    type: "message",
    role,
    content: [{ type: "input_text", text }],
  });

  return {
    write(audio) {
      if (audio.length === 0) return;
      connection.send({ type: "input_audio_buffer.append", audio: Buffer.from(audio).toString("base64") });
    },
    commit(utteranceId) {
      items.commit(utteranceId);
      connection.send({ type: "input_audio_buffer.commit" });
    },
    discard: () => connection.send({ type: "input_audio_buffer.clear" }),
    respond(requestId, { instructions }) {
      const response = { instructions, metadata: { request_id: requestId } };
      begin({
        requestId,
        create: { type: "response.create", response },
        inConversation: true,
        bytes: 0,
        cancelled: false,
      });
    },
    say(requestId, text) {
      const response = {
        conversation: "none",
        input: [message("user", text)],
        instructions: SAY_EXACTLY,
        metadata: { request_id: requestId },
      };
      begin({
        requestId,
        create: { type: "response.create", response },
        inConversation: false,
        bytes: 0,
        cancelled: false,
      });
    },
    cancel(requestId) {
      const request = requests.get(requestId);
      if (request === undefined || request.cancelled) return;
      request.cancelled = true;
      waiting = waiting.filter((each) => each !== request);
      if (request.responseId !== undefined)
        connection.send({ type: "response.cancel", response_id: request.responseId });
    },
    truncate(requestId, playedMs) {
      const request = requests.get(requestId);
      if (request?.itemId === undefined || !request.inConversation) return;
      // Beyond the end it would be refused.
      const audio_end_ms = Math.floor(Math.min(playedMs, durationMs(request.bytes, format)));
      connection.send({ type: "conversation.item.truncate", item_id: request.itemId, content_index: 0, audio_end_ms });
    },
    addText: (text) => connection.send({ type: "conversation.item.create", item: message("system", text) }),
    toolResult: (toolCallId, text) =>
      connection.send({
        type: "conversation.item.create",
        item: { type: "function_call_output", call_id: toolCallId, output: text },
      }),
    events,
    async close() {
      end();
      await connection.close();
    },
  };
}
