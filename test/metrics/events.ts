import type { MeteredSession } from "../../src/metrics/index.js";
import type { VoiceEvent } from "../../src/spec/index.js";

type WithoutBase<Event> = Event extends VoiceEvent ? Omit<Event, "callId" | "seq" | "atMs"> : never;

/** An event as a test writes it: when, and what. */
export type Note = readonly [atMs: number, event: WithoutBase<VoiceEvent>];

export function eventsOf(notes: readonly Note[]): VoiceEvent[] {
  return notes.map(([atMs, event], index) => ({ callId: "CA1", seq: index + 1, atMs, ...event }) as VoiceEvent);
}

/** What listeners are given instead of a session, to be told what a test wants. */
export function fakeSession() {
  const listeners = new Set<(event: VoiceEvent) => void>();
  const session: MeteredSession = {
    on: (_type, listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  let seq = 0;
  const tell = (...notes: readonly Note[]) => {
    for (const [atMs, event] of notes) {
      seq += 1;
      for (const listener of listeners) listener({ callId: "CA1", seq, atMs, ...event } as VoiceEvent);
    }
  };
  return { session, tell, listeners };
}

export const call = {
  callId: "CA1",
  direction: "inbound",
  from: "+919812345678",
  to: "+918041234567",
  parameters: { name: "Asha" },
} as const;

/**
 * A call of 40 s with a greeting, a turn that is answered with a tool and interrupted at 12 s, and one whose answer the
 * caller does not hear to its end: they hang up.
 */
export const CALL: readonly Note[] = [
  [10, { type: "call-start", call, language: "hi" }],
  [10, { type: "reply-start", turnId: 0, generation: 1, kind: "greeting" }],
  [110, { type: "usage", turnId: 0, component: "text-to-speech", provider: "sarvam", model: "bulbul", characters: 40 }],
  [210, { type: "playback-start", turnId: 0, generation: 1 }],
  [3_210, { type: "playback-end", turnId: 0, generation: 1, playedMs: 2_900 }],
  [
    3_210,
    {
      type: "reply",
      turnId: 0,
      generation: 1,
      kind: "greeting",
      text: "Namaste Asha",
      heardText: "Namaste Asha",
      language: "hi",
      outcome: "played",
    },
  ],
  [4_000, { type: "speech-start", turnId: 1, utteranceId: "1" }],
  [6_000, { type: "speech-end", turnId: 1, utteranceId: "1", speechMs: 2_000 }],
  [6_250, { type: "transcript", turnId: 1, final: true, text: "kamra chahiye", language: "hi-en" }],
  [
    6_250,
    {
      type: "usage",
      turnId: 1,
      component: "speech-to-text",
      provider: "openai",
      model: "gpt-live-transcribe",
      audioMs: 6_000,
    },
  ],
  [6_400, { type: "turn-end", turnId: 1, text: "kamra chahiye", language: "hi-en", waitedMs: 400 }],
  [6_400, { type: "reply-start", turnId: 1, generation: 2, kind: "answer" }],
  [6_700, { type: "tool-call", turnId: 1, toolCallId: "t1", name: "find_room", input: { phone: "+919812345678" } }],
  [6_900, { type: "tool-result", turnId: 1, toolCallId: "t1", name: "find_room", output: "room 17" }],
  [
    6_800,
    {
      type: "usage",
      turnId: 1,
      component: "brain",
      provider: "openai",
      model: "gpt-6-luna",
      inputTokens: 1_000,
      cachedInputTokens: 600,
      outputTokens: 20,
    },
  ],
  [
    7_200,
    {
      type: "usage",
      turnId: 1,
      component: "brain",
      provider: "openai",
      model: "gpt-6-luna",
      inputTokens: 1_100,
      cachedInputTokens: 1_000,
      outputTokens: 30,
    },
  ],
  [
    7_100,
    { type: "usage", turnId: 1, component: "text-to-speech", provider: "sarvam", model: "bulbul", characters: 60 },
  ],
  [7_300, { type: "playback-start", turnId: 1, generation: 2 }],
  [
    7_300,
    {
      type: "metrics",
      turnId: 1,
      endpointMs: 400,
      transcriptionMs: 250,
      brainMs: 600,
      firstPieceMs: 700,
      voiceMs: 200,
      totalMs: 1_300,
    },
  ],
  [12_000, { type: "barge-in", turnId: 1, generation: 2, heardText: "Ji", playedMs: 4_600, reason: "words" }],
  [
    12_000,
    {
      type: "reply",
      turnId: 1,
      generation: 2,
      kind: "answer",
      text: "Ji, kamra 17 hai",
      heardText: "Ji",
      language: "hi-en",
      outcome: "interrupted",
    },
  ],
  [11_700, { type: "speech-start", turnId: 2, utteranceId: "2" }],
  [13_000, { type: "speech-end", turnId: 2, utteranceId: "2", speechMs: 1_300 }],
  [13_500, { type: "turn-end", turnId: 2, text: "ruko", language: "hi", waitedMs: 500 }],
  [13_500, { type: "reply-start", turnId: 2, generation: 3, kind: "answer" }],
  [
    13_600,
    {
      type: "error",
      code: "provider-failed",
      component: "brain",
      provider: "openai",
      message: "[bolchaal] [openai] It refused: call me at +919812345678.",
      error: new Error("ruko"),
    },
  ],
  [14_100, { type: "playback-start", turnId: 2, generation: 3 }],
  [14_100, { type: "metrics", turnId: 2, endpointMs: 500, firstPieceMs: 400, voiceMs: 200, totalMs: 1_100 }],
  [
    40_010,
    {
      type: "reply",
      turnId: 2,
      generation: 3,
      kind: "answer",
      text: "Ek aur baat",
      heardText: "Ek",
      language: "hi",
      outcome: "interrupted",
    },
  ],
  [40_010, { type: "call-end", reason: "caller-hangup", durationMs: 40_000 }],
];
