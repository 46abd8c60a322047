import type { Outlook } from "./patience.js";
import type { Utterance } from "./utterance.js";

/** What one answer to Twilio says, and what of it can be interrupted. */
export interface Stretch {
  readonly generation: number;
  /** Said before Twilio listens. */
  readonly unheeding: readonly Utterance[];
  /** Said while Twilio listens. */
  readonly heeding: readonly Utterance[];
}

/** The replies, from the session's saying a piece to its being handed to Twilio. */
export interface Replies {
  add(utterance: Utterance): void;
  /** No more pieces come of this reply. */
  complete(generation: number): void;
  isComplete(generation: number): boolean;
  /** No piece of this reply, and of those before, is handed out any more. */
  stop(generation: number): void;
  /** All of a reply's pieces were handed out or dropped. */
  isHandedOut(generation: number): boolean;
  readonly outlook: Outlook;
  /**
   * The next stretch: of one reply, and in order, what cannot be interrupted first. Only what is ready, and one piece at
   * least.
   * @returns undefined if there is nothing to say
   */
  take(): Stretch | undefined;
  /** All there is, ready or not. */
  takeAll(): readonly Utterance[];
}

export function createReplies(): Replies {
  let waiting: Utterance[] = [];
  /** The newest reply of which there was a piece; the newest that is all there; the newest that was stopped. */
  let [begun, complete, stopped] = [0, 0, 0];

  const readyCount = () => before(waiting, ({ readyAtMs }) => readyAtMs === undefined).length;

  function take(): Stretch | undefined {
    const [first] = waiting;
    if (first === undefined) return undefined;
    const { generation } = first;
    const candidates = waiting.slice(0, Math.max(1, readyCount())).filter((each) => each.generation === generation);
    const unheeding = before(candidates, ({ interruptible }) => interruptible);
    const heeding = before(candidates.slice(unheeding.length), ({ interruptible }) => !interruptible);
    waiting = waiting.slice(unheeding.length + heeding.length);
    return { generation, unheeding, heeding };
  }

  return {
    add(utterance) {
      const { generation } = utterance;
      if (generation <= stopped) return utterance.drop();
      if (generation > begun) complete = Math.max(complete, begun);
      begun = Math.max(begun, generation);
      waiting.push(utterance);
    },
    complete(generation) {
      begun = Math.max(begun, generation);
      complete = Math.max(complete, generation);
    },
    isComplete: (generation) => generation <= complete,
    stop(generation) {
      stopped = Math.max(stopped, generation);
      complete = Math.max(complete, generation);
      begun = Math.max(begun, generation);
      for (const utterance of waiting) if (utterance.generation <= stopped) utterance.drop();
      waiting = waiting.filter((utterance) => utterance.generation > stopped);
    },
    isHandedOut: (generation) => generation <= complete && waiting.every((each) => each.generation !== generation),
    get outlook() {
      const readySinceMs = waiting[0]?.readyAtMs;
      const open = begun > complete;
      return { pieces: waiting.length, ready: readyCount(), readySinceMs, open };
    },
    take,
    takeAll() {
      const all = waiting;
      waiting = [];
      return all;
    },
  };
}

/** The items before the first that `stops`. */
function before<T>(items: readonly T[], stops: (item: T) => boolean): T[] {
  const at = items.findIndex(stops);
  return at < 0 ? [...items] : items.slice(0, at);
}
