import type { CallEndReason, Language, VoiceEvent } from "../spec/index.js";
import { percentile } from "./percentile.js";
import { checkedPrices, DEFAULT_PRICES, type PriceTable } from "./prices.js";
import type { MeteredSession } from "./source.js";
import { createTally, note, type Tally, type TurnTally, type TurnTimes } from "./tally.js";
import { type CostReport, costReport, totalsOf, type UsageTotal, withTelephony } from "./usage-totals.js";

/** What one turn of the caller took. */
export interface TurnMetrics {
  readonly turnId: number;
  readonly language: Language;
  readonly times: TurnTimes;
  /** The caller interrupted a reply to it. */
  readonly interrupted: boolean;
  /** By component, provider and model. */
  readonly usage: readonly UsageTotal[];
  readonly cost: CostReport;
}

/** How long callers waited, in ms: values that were measured, not averages. */
export interface ResponseTimes {
  readonly p50: number;
  readonly p95: number;
  readonly longest: number;
}

/** What a call took. Plain data. */
export interface CallMetrics {
  /** Empty until the call has started. */
  readonly callId: string;
  /** From `call-start` to the last event, in ms. */
  readonly durationMs: number;
  /** Missing as long as the call goes on. */
  readonly endReason?: CallEndReason;
  /** The caller's turns, in order. */
  readonly turns: readonly TurnMetrics[];
  /** How often the caller interrupted the agent. */
  readonly interruptions: number;
  /** How often a part of the call failed. */
  readonly errors: number;
  /** The caller spoke for so long, in ms. */
  readonly callerSpeechMs: number;
  /** The caller heard the agent for so long, in ms. */
  readonly agentSpeechMs: number;
  /** End of the caller's speech → first sound of the answer, over all turns that have it; missing if none has. */
  readonly responseMs?: ResponseTimes;
  /** All that was used, by component, provider and model: also what belongs to no turn, such as the greeting's voice. */
  readonly usage: readonly UsageTotal[];
  /** The line included. */
  readonly cost: CostReport;
}

/** Of {@link callMetrics} and {@link metricsOf}. */
export interface CallMetricsOptions {
  /** @default DEFAULT_PRICES */
  readonly prices?: PriceTable;
}

/** A call that is being measured. */
export interface CallMeter {
  /** What the call took so far; behind `call-end`, for good. */
  metrics(): CallMetrics;
  /** Listens no more. */
  stop(): void;
}

/**
 * Measures a call as it goes. Make it in `onSession`, before the call starts. It keeps a few numbers a turn, and no words.
 *
 * @throws BolchaalError `invalid-option` when the prices are wrong
 */
export function callMetrics(session: MeteredSession, options: CallMetricsOptions = {}): CallMeter {
  const prices = checkedPrices(options.prices ?? DEFAULT_PRICES);
  const tally = createTally();
  const stop = session.on("*", (event) => note(tally, event));
  return { metrics: () => summaryOf(tally, prices), stop };
}

/**
 * Measures a call by its events, as they were kept.
 * @throws BolchaalError `invalid-option` when the prices are wrong
 */
export function metricsOf(events: Iterable<VoiceEvent>, options: CallMetricsOptions = {}): CallMetrics {
  const prices = checkedPrices(options.prices ?? DEFAULT_PRICES);
  const tally = createTally();
  for (const event of events) note(tally, event);
  return summaryOf(tally, prices);
}

function summaryOf(tally: Tally, prices: PriceTable): CallMetrics {
  const { callId, endReason, interruptions, errors, callerSpeechMs, agentSpeechMs } = tally;
  const durationMs = tally.startedAtMs === undefined ? 0 : tally.lastAtMs - tally.startedAtMs;
  const turns = [...tally.turns].map(([turnId, turn]) => turnMetrics(tally, turnId, turn, prices));
  const responseMs = responseTimes(turns.flatMap(({ times }) => times.totalMs ?? []));
  const usage = tally.usage.map((one) => one.usage);
  const cost = costReport(usage, prices);
  return {
    callId,
    durationMs,
    ...(endReason === undefined ? {} : { endReason }),
    turns,
    interruptions,
    errors,
    callerSpeechMs,
    agentSpeechMs,
    ...(responseMs === undefined ? {} : { responseMs }),
    usage: totalsOf(usage),
    cost: tally.startedAtMs === undefined ? cost : withTelephony(cost, durationMs, prices),
  };
}

function turnMetrics(tally: Tally, turnId: number, { language, times }: TurnTally, prices: PriceTable): TurnMetrics {
  const usage = tally.usage.filter((one) => one.turnId === turnId).map((one) => one.usage);
  return {
    turnId,
    language,
    times,
    interrupted: tally.interrupted.has(turnId),
    usage: totalsOf(usage),
    cost: costReport(usage, prices),
  };
}

function responseTimes(samples: readonly number[]): ResponseTimes | undefined {
  const [p50, p95, longest] = [0.5, 0.95, 1].map((share) => percentile(samples, share));
  if (p50 === undefined || p95 === undefined || longest === undefined) return undefined;
  return { p50, p95, longest };
}
