import { BEEP_MS } from "./beep.js";
import type { AnsweredBy } from "./callees.js";
import type { LeadIn } from "./lead-in.js";

/** How Twilio is to find out who picked up. Defaults are Twilio's. */
export interface DetectionOrder {
  /** `start`: as soon as it knows. `end`: of a machine, when its announcement is over. */
  readonly until: "start" | "end";
  /** It gives up after so long, in ms. */
  readonly timeoutMs: number;
  /** Whoever talks for so long is a machine, in ms. */
  readonly speechThresholdMs: number;
  /** So much silence ends what is said, in ms. */
  readonly speechEndThresholdMs: number;
  /** Whoever is silent for so long from the beginning is nobody it knows, in ms. */
  readonly silenceTimeoutMs: number;
  /** The call's instructions do not wait for it; the result goes to this address. Undefined: they wait. */
  readonly async?: { readonly callback?: { readonly url: string; readonly method: "GET" | "POST" } };
}

/** Whom it took them for, and when it knew, in ms behind the pick-up. */
export interface Detected {
  readonly answeredBy: AnsweredBy;
  readonly afterMs: number;
}

/**
 * What Twilio makes of what it hears first: somebody who says little and stops is a person, whoever goes on talking is a
 * machine. Source: the parameters in Twilio's "Answering machine detection"; how it really decides is not public.
 */
export function detect(heard: LeadIn, beeps: boolean, order: DetectionOrder): Detected {
  const { silenceMs, speechMs } = heard;
  const result = decide();
  return result.afterMs > order.timeoutMs ? { answeredBy: "unknown", afterMs: order.timeoutMs } : result;

  function decide(): Detected {
    if (speechMs === 0 || silenceMs >= order.silenceTimeoutMs) {
      return { answeredBy: "unknown", afterMs: order.silenceTimeoutMs };
    }
    const endMs = silenceMs + speechMs;
    if (speechMs < order.speechThresholdMs) {
      return { answeredBy: "human", afterMs: endMs + order.speechEndThresholdMs };
    }
    if (order.until === "start") return { answeredBy: "machine_start", afterMs: silenceMs + order.speechThresholdMs };
    if (beeps) return { answeredBy: "machine_end_beep", afterMs: endMs + BEEP_MS };
    return { answeredBy: "machine_end_silence", afterMs: endMs + order.speechEndThresholdMs };
  }
}
