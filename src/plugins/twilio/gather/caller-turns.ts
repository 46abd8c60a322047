import type { Language, SpeechTransportEvent } from "../../../spec/index.js";
import type { FormFields } from "../signature.js";
import { type Gathered, readGathered, readPartial, resultOf } from "./forms.js";
import { keysOnset, partialOnset, speechOnset } from "./onset.js";
import type { ResolvedGatherOptions } from "./options.js";
import type { Expectation } from "./patience.js";

/** What the caller does: Twilio's forms become the session's events. */
export interface CallerTurns {
  /**
   * Twilio is through with the document of that turn.
   * @param listenedMs Behind its prompt it waited so long for the caller.
   * @returns what the session may say to it
   */
  result(turn: number, form: FormFields, listenedMs: number): Expectation;
  /** Words so far. @returns whether they were news */
  partial(turn: number, form: FormFields): boolean;
  /** The caller has spoken, and has heard no reply to it yet. */
  readonly awaitsReply: boolean;
  /** There was something to say. */
  answered(): void;
}

/** What the caller's turns are told with. */
export interface CallerTurnsContext {
  readonly options: ResolvedGatherOptions;
  readonly tell: (event: SpeechTransportEvent) => void;
  /** The language that is listened for. */
  readonly language: () => Language;
  /** The caller began at that time: over a reply, or behind it. */
  readonly began: (onsetMs: number, by: "speech" | "dtmf") => void;
  /** Twilio came back without a word of the caller's: it has said what it was given. */
  readonly saidAll: () => void;
}

/** A reply that has not come within this, in ms, is not hurried for any more: Twilio listens as ever. */
const AWAITED_MS = 10_000;

export function createCallerTurns(context: CallerTurnsContext): CallerTurns {
  const { options, tell, language, began, saidAll } = context;
  const { clock, speechTimeoutMs, numDigits, minConfidence } = options;
  /** The turn whose words are coming, and the last of them. */
  let speaking: { readonly turn: number; readonly sequenceNumber: number } | undefined;
  let awaitsSinceMs: number | undefined;

  const awaitsReply = () => awaitsSinceMs !== undefined && clock.now() - awaitsSinceMs < AWAITED_MS;

  function spoke(gathered: Extract<Gathered, { by: "speech" }>, turn: number): Expectation {
    // If words came before, it is known when they began.
    if (speaking === undefined) began(speechOnset(clock.now(), gathered.text, language(), speechTimeoutMs), "speech");
    awaitsSinceMs = clock.now();
    tell({ type: "transcript", result: resultOf(gathered, idOf(turn), minConfidence) });
    tell({ type: "turn-end" });
    return "reply";
  }

  function pressed(gathered: Extract<Gathered, { by: "dtmf" }>, listenedMs: number): Expectation {
    const { digits, waited } = gathered;
    const waitedMs = waited && digits.length !== numDigits ? listenedMs : 0;
    began(keysOnset(clock.now(), digits.length, waitedMs), "dtmf");
    if (speaking !== undefined) tell({ type: "turn-end" });
    for (const digit of digits) tell({ type: "dtmf", digit });
    return awaitsReply() ? "rest" : "keys";
  }

  function saidNothing(): Expectation {
    saidAll();
    // The words that came so far were none after all.
    if (speaking !== undefined) tell({ type: "turn-end" });
    return awaitsReply() ? "rest" : "nothing";
  }

  return {
    result(turn, form, listenedMs) {
      const gathered = readGathered(form);
      const expects =
        gathered.by === "speech"
          ? spoke(gathered, turn)
          : gathered.by === "dtmf"
            ? pressed(gathered, listenedMs)
            : saidNothing();
      speaking = undefined;
      return expects;
    },
    partial(turn, form) {
      const { text, sequenceNumber = (speaking?.sequenceNumber ?? -1) + 1 } = readPartial(form);
      if (text === "" || (speaking !== undefined && sequenceNumber <= speaking.sequenceNumber)) return false;
      if (speaking === undefined) began(partialOnset(clock.now()), "speech");
      speaking = { turn, sequenceNumber };
      tell({ type: "transcript", result: { type: "transcript", final: false, utteranceId: idOf(turn), text } });
      return true;
    },
    get awaitsReply() {
      return awaitsReply();
    },
    answered() {
      awaitsSinceMs = undefined;
    },
  };
}

/** Each turn has one utterance: what comes twice for it is known by its name. */
function idOf(turn: number): string {
  return `gather-${turn}`;
}
