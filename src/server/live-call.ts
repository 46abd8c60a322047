import type { VoiceSession } from "../session/index.js";
import type { CallInfo, Clock, Language } from "../spec/index.js";

/** A call that is going on, as `GET /calls` lists it. No words, and of numbers the last two digits. */
export interface LiveCall {
  readonly callId: string;
  readonly direction: CallInfo["direction"];
  readonly from?: string;
  readonly to?: string;
  /** What the agent is doing. */
  readonly state: string;
  readonly language: Language;
  /** How long the call has lasted, in ms. */
  readonly forMs: number;
}

/** The calls of sessions that have one. */
export function liveCallsOf(sessions: Iterable<VoiceSession>, clock: Clock): LiveCall[] {
  return [...sessions].flatMap((session) => {
    const { call, conversation } = session;
    if (call === undefined) return [];
    const { callId, direction, from, to } = call;
    const { phase: state, language, startedAtMs } = conversation;
    return [
      {
        callId,
        direction,
        ...(from === undefined ? {} : { from: masked(from) }),
        ...(to === undefined ? {} : { to: masked(to) }),
        state,
        language,
        forMs: Math.max(0, clock.now() - startedAtMs),
      },
    ];
  });
}

/** "+919812345678" → "+••••••••••78" */
function masked(number: string): string {
  return number.slice(0, -2).replace(/\d/gu, "•") + number.slice(-2);
}
