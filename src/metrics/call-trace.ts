import type { ErrorEvent, UsageEvent, VoiceEvent } from "../spec/index.js";
import { type ReplyNote, replySpans, type ToolNote } from "./reply-spans.js";
import { type SpanError, type SpanSketch, spanError } from "./span-sketch.js";
import { type TurnNote, turnSpan } from "./turn-span.js";

/** What comes out of a call's events: spans that are over, and failures that belong to none of them. */
export interface CallTraceListener {
  span(span: SpanSketch): void;
  failed(error: SpanError): void;
}

/** Gathers a call's events into spans. */
export interface CallTrace {
  note(event: VoiceEvent): void;
  /** Nothing more will come: what is open ends here. */
  close(atMs: number): void;
}

/**
 * A turn is told when the next one has begun, its answer over; answers stand under their turn, all else that the agent
 * says under the call.
 */
export function createCallTrace(listener: CallTraceListener): CallTrace {
  /** Those that are not told yet, in order. */
  const turns = new Map<number, TurnNote>();
  /** Those that are being said, by generation. */
  const replies = new Map<number, ReplyNote>();
  /** A tool may answer when its reply is over. */
  const toolsAtWork = new Map<string, ToolNote>();
  /** An answer begun ahead is charged before it is a reply. */
  let early: UsageEvent[] = [];

  function turnOf(turnId: number): TurnNote {
    const turn = turns.get(turnId) ?? { usage: [], answers: [] };
    turns.set(turnId, turn);
    return turn;
  }

  function note(event: VoiceEvent): void {
    switch (event.type) {
      case "speech-start":
        turnOf(event.turnId).speechStartMs ??= event.atMs;
        return;
      case "transcript":
        if (event.final) turnOf(event.turnId).transcribedMs = event.atMs;
        return;
      case "turn-end":
        turnOf(event.turnId).end = event;
        return tellTurns(event.atMs);
      case "reply-start": {
        const reply: ReplyNote = { start: event, usage: [], tools: [], errors: [] };
        reply.usage.push(...early.filter(({ turnId }) => turnId === event.turnId));
        early = early.filter(({ turnId }) => turnId > event.turnId);
        replies.set(event.generation, reply);
        if (event.kind === "answer") turns.get(event.turnId)?.answers.push(reply);
        return;
      }
      case "usage":
        return noteUsage(event);
      case "error":
        return noteError(event);
      case "tool-call": {
        const { turnId, toolCallId, name, atMs } = event;
        const tool: ToolNote = { toolCallId, name, startMs: atMs };
        newestReply(turnId)?.tools.push(tool);
        toolsAtWork.set(toolCallId, tool);
        return;
      }
      case "tool-result": {
        const tool = toolsAtWork.get(event.toolCallId);
        if (tool !== undefined) tool.endMs = event.atMs;
        toolsAtWork.delete(event.toolCallId);
        return;
      }
      case "tts-chunk":
        return amend(event.generation, (reply) => {
          reply.lastChunkMs = event.atMs;
        });
      case "playback-start":
        return amend(event.generation, (reply) => {
          reply.playbackStartMs = event.atMs;
        });
      case "metrics": {
        const reply = newestReply(event.turnId);
        if (reply !== undefined) reply.metrics = event;
        return;
      }
      case "reply":
        amend(event.generation, (reply) => {
          reply.end = event;
          replies.delete(event.generation);
          if (!isAnswer(reply)) tellReply(reply, event.atMs);
        });
        return tellTurns(event.atMs);
    }
  }

  function amend(generation: number, change: (reply: ReplyNote) => void): void {
    const reply = replies.get(generation);
    if (reply !== undefined) change(reply);
  }

  /** Of those that are being said: there is one at most, but for what is left of one that was cut. */
  function newestReply(turnId?: number): ReplyNote | undefined {
    return [...replies.values()].findLast(({ start }) => turnId === undefined || start.turnId === turnId);
  }

  function noteUsage(event: UsageEvent): void {
    if (event.component === "speech-to-text") return void turns.get(event.turnId)?.usage.push(event);
    (newestReply(event.turnId)?.usage ?? early).push(event);
  }

  function noteError(event: ErrorEvent): void {
    const isOfReply = ["brain", "text-to-speech", "speech-to-speech"].includes(event.component);
    const reply = isOfReply ? newestReply() : undefined;
    if (reply === undefined) listener.failed(spanError(event));
    else reply.errors.push(event);
  }

  /** Whether it is told with its turn. */
  function isAnswer(reply: ReplyNote): boolean {
    return turns.get(reply.start.turnId)?.answers.includes(reply) === true;
  }

  function tellReply(reply: ReplyNote, atMs: number): void {
    for (const span of replySpans(reply, atMs)) listener.span(span);
  }

  /** Tells the turns that can have nothing more to come; with `all`, the others too. */
  function tellTurns(atMs: number, all = false): void {
    const newest = [...turns].findLast(([, { end }]) => end !== undefined)?.[0];
    for (const [turnId, turn] of turns) {
      const { end, answers } = turn;
      const isOver = end !== undefined && turnId !== newest && answers.every((answer) => answer.end !== undefined);
      if (!isOver && !all) continue;
      turns.delete(turnId);
      // Speech that never became a turn is no span.
      if (end !== undefined) listener.span(turnSpan(turn, end, atMs));
    }
  }

  return {
    note,
    close(atMs) {
      for (const reply of replies.values()) if (!isAnswer(reply)) tellReply(reply, atMs);
      replies.clear();
      tellTurns(atMs, true);
    },
  };
}
