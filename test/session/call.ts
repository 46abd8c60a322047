import {
  beginsBackchannel,
  callIntent,
  followLanguage,
  identifyLanguage,
  isBackchannel,
  isHalfWord,
  isStopRequest,
  startLanguage,
} from "../../src/language/index.js";
import {
  type ConversationAction,
  type ConversationInput,
  type ConversationRules,
  type ConversationState,
  INITIAL_STATE,
  nextDeadline,
  step,
} from "../../src/session/conversation/index.js";
import { DEFAULT_LINES } from "../../src/session/lines.js";
import { DEFAULT_END_ON } from "../../src/session/options.js";
import { silenceTurnDetector } from "../../src/session/turn-detector/index.js";
import type { CallInfo } from "../../src/spec/index.js";

export const CALL: CallInfo = {
  callId: "CA1",
  direction: "inbound",
  from: "+919812345678",
  to: "+18005550100",
  parameters: {},
};

export const RULES: ConversationRules = {
  language: "en",
  greeting: undefined,
  turnDetector: silenceTurnDetector({ en: 900, hi: 700, "hi-en": 800 }),
  turns: { end: "silence", speculativeStart: false },
  words: {
    identifyLanguage,
    startLanguage,
    followLanguage,
    callIntent,
    isBackchannel,
    beginsBackchannel,
    isStopRequest,
    isHalfWord,
  },
  endOn: DEFAULT_END_ON,
  lines: DEFAULT_LINES,
  interruption: { policy: "duck", speechMs: 240, hushMs: 280, stopMs: 700, minWords: 2, dtmf: false },
  silence: { promptAfterMs: 8000, prompts: 2, awayAfterMs: 15_000 },
  limits: {
    callMs: 1_800_000,
    turnMs: 60_000,
    transcriptMs: 2000,
    brainMs: 6000,
    brainIdleMs: 6000,
    fillInMs: 2300,
    firstSoundMs: 6000,
    drainMs: 15_000,
    hangUpMs: 3000,
    failures: 2,
    historyLines: 200,
  },
};

type Happening = ConversationInput extends infer Input
  ? Input extends ConversationInput
    ? Omit<Input, "atMs">
    : never
  : never;

/** What the caller heard of a reply, for tests that do not care how. */
export const HEARD = { text: "Fine.", heardText: "Fine.", unheardText: "", playedMs: 500 };

/** A conversation played by hand: inputs at times, with deadlines kept between them; every action with its time. */
export function conversation(rules: Partial<ConversationRules> = {}) {
  const all: ConversationRules = { ...RULES, ...rules };
  let state: ConversationState = INITIAL_STATE;
  const log: { readonly atMs: number; readonly action: ConversationAction }[] = [];
  const inputs: ConversationInput[] = [];
  let heard = HEARD;

  /** As the session does: what an action brings about is dealt with when its step is done. */
  function feed(first: ConversationInput): void {
    const queue = [first];
    for (let input = queue.shift(); input !== undefined; input = queue.shift()) {
      inputs.push(input);
      const next = step(state, input, all);
      state = next.state;
      for (const action of next.actions) {
        log.push({ atMs: input.atMs, action });
        if (action.type !== "stop-reply") continue;
        queue.push({ atMs: input.atMs, type: "reply-stopped", generation: action.generation, ...heard });
      }
    }
  }

  const call = {
    get state() {
      return state;
    },
    log,
    inputs,
    /** What the next stopped reply will turn out to have been heard as. */
    heardWillBe(next: typeof HEARD) {
      heard = next;
    },
    /** Lets time pass up to `atMs`: deadlines wake the conversation as they come. */
    until(atMs: number) {
      for (let due = nextDeadline(state); due !== undefined && due <= atMs; due = nextDeadline(state)) {
        feed({ atMs: due, type: "tick" });
      }
      return call;
    },
    at(atMs: number, ...happenings: readonly Happening[]) {
      call.until(atMs);
      for (const happening of happenings) feed({ atMs, ...happening } as ConversationInput);
      return call;
    },
    /** The caller speaks from `fromMs` to `toMs`; the words come `delayMs` later. */
    says(fromMs: number, toMs: number, text: string, delayMs = 100) {
      call.at(fromMs, { type: "speech-start" });
      for (let voicedMs = 40; voicedMs <= toMs - fromMs; voicedMs += 40) {
        call.at(fromMs + voicedMs, { type: "speech", voicedMs });
      }
      call.at(toMs, { type: "speech-end", endedAtMs: toMs, speechMs: toMs - fromMs });
      const utteranceId = `utterance-${state.utteranceCount}`;
      call.at(toMs + delayMs, { type: "transcript", result: { type: "transcript", final: true, utteranceId, text } });
      return call;
    },
    /** The current reply is heard from `fromMs` to `toMs`. */
    plays(fromMs: number, toMs: number, text = "Fine.") {
      const generation = state.reply?.generation ?? -1;
      call.at(fromMs, { type: "playback-start", generation, voiceMs: 50 });
      call.at(toMs, {
        type: "reply-over",
        generation,
        failed: false,
        text,
        heardText: text,
        unheardText: "",
        playedMs: toMs - fromMs,
      });
      return call;
    },
    actions<Type extends ConversationAction["type"]>(type: Type) {
      return log.flatMap(({ atMs, action }) =>
        action.type === type ? [{ atMs, ...(action as Extract<ConversationAction, { type: Type }>) }] : [],
      );
    },
    events(type: string) {
      return log.flatMap(({ atMs, action }) =>
        action.type === "emit" && action.event.type === type ? [{ at: atMs, ...action.event }] : [],
      );
    },
  };
  return call;
}

/** A conversation whose call has started at 0. */
export function answeredCall(rules: Partial<ConversationRules> = {}, direction: CallInfo["direction"] = "inbound") {
  return conversation(rules).at(0, { type: "call-start", call: { ...CALL, direction } });
}
