import type { CallEndReason, Language, MetricsEvent, ProviderUsage, UsageEvent, VoiceEvent } from "../spec/index.js";

/** The times of a turn, in ms. Each is left out where the turn had no such part. */
export interface TurnTimes extends Omit<MetricsEvent, "type" | "turnId" | "callId" | "seq" | "atMs"> {
  /** Turn over → first sound of the answer on the line. */
  readonly playbackStartMs?: number;
}

/** What is noted of a turn. */
export interface TurnTally {
  readonly language: Language;
  readonly overAtMs: number;
  readonly times: TurnTimes;
}

/** What is noted of a call as its events come: numbers, no words. Changed in place by {@link note}. */
export interface Tally {
  callId: string;
  startedAtMs: number | undefined;
  lastAtMs: number;
  endReason: CallEndReason | undefined;
  interruptions: number;
  errors: number;
  callerSpeechMs: number;
  agentSpeechMs: number;
  /** The reply being heard, until it is known for how long it was. */
  playing: { readonly generation: number; readonly sinceMs: number } | undefined;
  readonly turns: Map<number, TurnTally>;
  /** The turns of which a reply was interrupted. */
  readonly interrupted: Set<number>;
  /** The generations that answer a turn. */
  readonly answers: Set<number>;
  readonly usage: { readonly turnId: number; readonly usage: ProviderUsage }[];
}

export function createTally(): Tally {
  return {
    callId: "",
    startedAtMs: undefined,
    lastAtMs: 0,
    endReason: undefined,
    interruptions: 0,
    errors: 0,
    callerSpeechMs: 0,
    agentSpeechMs: 0,
    playing: undefined,
    turns: new Map(),
    interrupted: new Set(),
    answers: new Set(),
    usage: [],
  };
}

/** Notes what an event tells. */
export function note(tally: Tally, event: VoiceEvent): void {
  tally.lastAtMs = event.atMs;
  switch (event.type) {
    case "call-start":
      tally.callId = event.callId;
      tally.startedAtMs = event.atMs;
      return;
    case "speech-end":
      tally.callerSpeechMs += event.speechMs;
      return;
    case "turn-end":
      // A turn that the caller takes up again ends a second time: the later end is the turn's.
      tally.turns.set(event.turnId, { language: event.language, overAtMs: event.atMs, times: {} });
      return;
    case "reply-start":
      if (event.kind === "answer") tally.answers.add(event.generation);
      return;
    case "playback-start":
      tally.playing = { generation: event.generation, sinceMs: event.atMs };
      if (tally.answers.has(event.generation)) {
        noteTimes(tally, event.turnId, ({ overAtMs }) => ({ playbackStartMs: event.atMs - overAtMs }));
      }
      return;
    case "metrics":
      return noteTimes(tally, event.turnId, () => timesOf(event));
    case "playback-end":
      return noteHeard(tally, event.generation, event.playedMs);
    case "barge-in":
      tally.interruptions += 1;
      tally.interrupted.add(event.turnId);
      return noteHeard(tally, event.generation, event.playedMs);
    case "reply":
      // Cut by something else than the caller, such as the end of the call: the clock tells what was played.
      if (tally.playing !== undefined) noteHeard(tally, event.generation, event.atMs - tally.playing.sinceMs);
      return;
    case "usage":
      tally.usage.push({ turnId: event.turnId, usage: usageOf(event) });
      return;
    case "error":
      tally.errors += 1;
      return;
    case "call-end":
      tally.endReason = event.reason;
      return;
  }
}

/** A turn whose answer goes on after a false alarm is measured twice: what was first is what the caller waited for. */
function noteTimes(tally: Tally, turnId: number, times: (turn: TurnTally) => TurnTimes): void {
  const turn = tally.turns.get(turnId);
  if (turn !== undefined) tally.turns.set(turnId, { ...turn, times: { ...times(turn), ...turn.times } });
}

/** Each reply is heard once, whoever tells first for how long. */
function noteHeard(tally: Tally, generation: number, playedMs: number): void {
  if (tally.playing?.generation !== generation) return;
  tally.playing = undefined;
  tally.agentSpeechMs += playedMs;
}

function timesOf(event: MetricsEvent): TurnTimes {
  const { type: _type, turnId: _turnId, callId: _callId, seq: _seq, atMs: _atMs, ...times } = event;
  return times;
}

function usageOf(event: UsageEvent): ProviderUsage {
  const { type: _type, turnId: _turnId, callId: _callId, seq: _seq, atMs: _atMs, ...usage } = event;
  return usage;
}
