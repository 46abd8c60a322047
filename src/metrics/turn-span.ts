import type { TurnEndEvent, UsageEvent } from "../spec/index.js";
import { type ReplyNote, replySpans } from "./reply-spans.js";
import { known, type SpanSketch, sketch } from "./span-sketch.js";

/** The caller's side of a turn, as its events told. Filled in place while it goes on. */
export interface TurnNote {
  speechStartMs?: number;
  transcribedMs?: number;
  end?: TurnEndEvent;
  readonly usage: UsageEvent[];
  /** The answers to it: more than one if the caller took the turn up again. */
  readonly answers: ReplyNote[];
}

/** The span of a turn and its answer. It ends when the answer was heard, or given up. */
export function turnSpan(turn: TurnNote, end: TurnEndEvent, overAtMs: number): SpanSketch {
  const { answers } = turn;
  const metrics = answers.find((answer) => answer.metrics !== undefined)?.metrics;
  const last = answers.at(-1)?.end;
  return sketch({
    name: "turn",
    startMs: turn.speechStartMs ?? end.atMs,
    endMs: Math.max(end.atMs, ...answers.map((answer) => answer.end?.atMs ?? overAtMs)),
    attributes: known({
      "bolchaal.turn.id": end.turnId,
      "bolchaal.language": end.language,
      "bolchaal.intent": end.intent,
      "bolchaal.reply.outcome": last?.outcome,
      "bolchaal.turn.endpoint_ms": metrics?.endpointMs,
      "bolchaal.turn.transcription_ms": metrics?.transcriptionMs,
      "bolchaal.turn.first_piece_ms": metrics?.firstPieceMs,
      "bolchaal.turn.total_ms": metrics?.totalMs,
    }),
    failed: last?.outcome === "failed",
    children: [...hearingSpan(turn, end), ...answers.flatMap((answer) => replySpans(answer, overAtMs))],
  });
}

function hearingSpan({ speechStartMs, transcribedMs, usage }: TurnNote, end: TurnEndEvent): readonly SpanSketch[] {
  if (speechStartMs === undefined) return [];
  const last = usage.at(-1);
  return [
    sketch({
      name: "speech-to-text",
      kind: "client",
      startMs: speechStartMs,
      endMs: transcribedMs ?? end.atMs,
      attributes: known({
        "bolchaal.provider": last?.provider,
        "bolchaal.model": last?.model,
        "bolchaal.understood": end.text !== "",
      }),
    }),
  ];
}
