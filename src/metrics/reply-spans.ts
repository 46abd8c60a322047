import type { ErrorEvent, MetricsEvent, ReplyEvent, ReplyStartEvent, UsageEvent } from "../spec/index.js";
import { known, type SpanSketch, sketch, spanError } from "./span-sketch.js";

/** A tool's work, as its events told. */
export interface ToolNote {
  readonly toolCallId: string;
  readonly name: string;
  readonly startMs: number;
  endMs?: number;
}

/** A reply, as its events told. Filled in place while it goes on. */
export interface ReplyNote {
  readonly start: ReplyStartEvent;
  end?: ReplyEvent;
  playbackStartMs?: number;
  lastChunkMs?: number;
  metrics?: MetricsEvent;
  readonly usage: UsageEvent[];
  readonly tools: ToolNote[];
  readonly errors: ErrorEvent[];
}

/** The spans of a reply that is over: brain, tools, voice, playback; those it had. */
export function replySpans(reply: ReplyNote, overAtMs: number): readonly SpanSketch[] {
  return [
    ...brainSpan(reply),
    ...reply.tools.map((tool) => toolSpan(tool, overAtMs)),
    ...voiceSpan(reply),
    ...playbackSpan(reply, overAtMs),
  ];
}

/** Named and described by OpenTelemetry's conventions for generative AI. */
function brainSpan(reply: ReplyNote): readonly SpanSketch[] {
  const { start, metrics } = reply;
  const usage = reply.usage.filter(({ component }) => component === "brain" || component === "speech-to-speech");
  const errors = reply.errors.filter(({ component }) => component === "brain" || component === "speech-to-speech");
  const firstWordsMs = metrics?.brainMs;
  if (usage.length === 0 && errors.length === 0 && firstWordsMs === undefined) return [];
  const told = [...usage, ...errors].map(({ atMs }) => atMs);
  const last = usage.at(-1);
  const provider = last?.provider ?? errors.at(-1)?.provider;
  return [
    sketch({
      name: last?.model === undefined ? "chat" : `chat ${last.model}`,
      kind: "client",
      // Begun before the turn was sure, it is counted from there: what came earlier cost the caller no time.
      startMs: start.atMs,
      endMs: Math.max(start.atMs + (firstWordsMs ?? 0), ...told),
      attributes: known({
        "gen_ai.operation.name": "chat",
        "gen_ai.provider.name": provider,
        // The name that it had before; many backends still look for it.
        "gen_ai.system": provider,
        "gen_ai.request.model": last?.model,
        "gen_ai.conversation.id": start.callId,
        "gen_ai.request.stream": true,
        "gen_ai.response.time_to_first_chunk": firstWordsMs === undefined ? undefined : firstWordsMs / 1000,
        "gen_ai.usage.input_tokens": sum(usage.map((one) => one.inputTokens)),
        "gen_ai.usage.output_tokens": sum(usage.map((one) => one.outputTokens)),
        "gen_ai.usage.cache_read.input_tokens": sum(usage.map((one) => one.cachedInputTokens)),
        "error.type": errors.at(-1)?.code,
      }),
      errors: errors.map(spanError),
    }),
  ];
}

function toolSpan({ toolCallId, name, startMs, endMs }: ToolNote, overAtMs: number): SpanSketch {
  return sketch({
    name: `execute_tool ${name}`,
    startMs,
    endMs: endMs ?? overAtMs,
    attributes: {
      "gen_ai.operation.name": "execute_tool",
      "gen_ai.tool.name": name,
      "gen_ai.tool.call.id": toolCallId,
      "bolchaal.tool.answered": endMs !== undefined,
    },
  });
}

function voiceSpan(reply: ReplyNote): readonly SpanSketch[] {
  const { start, playbackStartMs, lastChunkMs, metrics } = reply;
  const usage = reply.usage.filter(({ component }) => component === "text-to-speech");
  const errors = reply.errors.filter(({ component }) => component === "text-to-speech");
  const told = [...usage, ...errors].map(({ atMs }) => atMs);
  if (lastChunkMs === undefined && playbackStartMs === undefined && told.length === 0) return [];
  const askedMs =
    playbackStartMs === undefined || metrics?.voiceMs === undefined ? start.atMs : playbackStartMs - metrics.voiceMs;
  const last = usage.at(-1);
  return [
    sketch({
      name: "text-to-speech",
      kind: "client",
      startMs: askedMs,
      endMs: lastChunkMs ?? playbackStartMs ?? Math.max(...told),
      attributes: known({
        "bolchaal.provider": last?.provider ?? errors.at(-1)?.provider,
        "bolchaal.model": last?.model,
        "bolchaal.characters": sum(usage.map((one) => one.characters)),
        "bolchaal.time_to_first_byte_ms": metrics?.voiceMs,
        "error.type": errors.at(-1)?.code,
      }),
      errors: errors.map(spanError),
    }),
  ];
}

function playbackSpan({ start, end, playbackStartMs }: ReplyNote, overAtMs: number): readonly SpanSketch[] {
  if (playbackStartMs === undefined) return [];
  return [
    sketch({
      name: "playback",
      startMs: playbackStartMs,
      endMs: end?.atMs ?? overAtMs,
      attributes: known({
        "bolchaal.reply.kind": start.kind,
        "bolchaal.reply.outcome": end?.outcome,
        "bolchaal.language": end?.language,
      }),
    }),
  ];
}

/** Of what is known; `undefined` if nothing is. */
function sum(amounts: readonly (number | undefined)[]): number | undefined {
  const told = amounts.filter((amount) => amount !== undefined);
  return told.length === 0 ? undefined : told.reduce((first, second) => first + second);
}
