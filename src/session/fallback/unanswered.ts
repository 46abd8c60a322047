import type { TranscriptResult } from "../../spec/index.js";

/** What a recogniser is told of the caller's sound. */
export type HeardMessage =
  | { readonly type: "audio"; readonly audio: Uint8Array }
  | { readonly type: "start" | "end"; readonly utteranceId: string };

/** Sound before an utterance that belongs to it: what the session's voice activity was late by. */
const BEFORE_MS = 500;

/** Of utterances without an answer, so much sound is kept; what comes behind it is lost to another recogniser. */
const MOST_MS = 30_000;

/** What another recogniser has to be told to take over: the utterances that were not answered, with their sound. */
export interface Unanswered {
  keep(message: HeardMessage): void;
  answered(result: TranscriptResult): void;
  messages(): HeardMessage[];
}

interface Utterance {
  readonly utteranceId: string;
  /** The sound before it. */
  readonly before: Uint8Array[];
  audio: Uint8Array[];
  ended: boolean;
}

export function createUnanswered(durationMs: (bytes: number) => number): Unanswered {
  let utterances: Utterance[] = [];
  /** The newest sound outside of utterances. */
  let between: Uint8Array[] = [];

  const lengthMs = (sound: readonly Uint8Array[]) => sound.reduce((sum, { length }) => sum + durationMs(length), 0);

  function keepAudio(audio: Uint8Array): void {
    const open = utterances.findLast(({ ended }) => !ended);
    if (open === undefined) {
      between.push(audio);
      while (lengthMs(between) > BEFORE_MS) between.shift();
    } else if (lengthMs(utterances.flatMap((each) => each.audio)) < MOST_MS) open.audio.push(audio);
  }

  return {
    keep(message) {
      if (message.type === "audio") return keepAudio(message.audio);
      const { utteranceId } = message;
      if (message.type === "start") {
        utterances.push({ utteranceId, before: between, audio: [], ended: false });
        between = [];
        return;
      }
      const utterance = utterances.find((each) => each.utteranceId === utteranceId);
      if (utterance !== undefined) utterance.ended = true;
    },
    answered(result) {
      if (result.type === "transcript" && !result.final) return;
      const answered = utterances.find(({ utteranceId }) => utteranceId === result.utteranceId) ?? utterances[0];
      // The caller is still at it: what comes next is another answer's.
      if (answered?.ended === false) answered.audio = [];
      else utterances = utterances.filter((utterance) => utterance !== answered);
    },
    messages() {
      const sound = (audio: Uint8Array): HeardMessage => ({ type: "audio", audio });
      return [
        ...utterances.flatMap(({ utteranceId, before, audio, ended }): HeardMessage[] => [
          ...before.map(sound),
          { type: "start", utteranceId },
          ...audio.map(sound),
          ...(ended ? [{ type: "end", utteranceId } as const] : []),
        ]),
        ...between.map(sound),
      ];
    },
  };
}
