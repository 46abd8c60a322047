import type { SpeechTransportEvent } from "../../../spec/index.js";
import { KEPT_EVENTS } from "../inbox.js";

/** The events of a line without sound on their way to its listener. */
export interface SpeechInbox {
  push(event: SpeechTransportEvent): void;
  /** From now on, and beginning with what was kept, every event goes to `listener`. */
  connect(listener: (event: SpeechTransportEvent) => void): void;
}

/**
 * Keeps events until there is a listener, and holds their order: `start` first, `end` last and once. A line that ended
 * before it started has only its end to tell.
 */
export function createSpeechInbox(): SpeechInbox {
  const waiting: SpeechTransportEvent[] = [];
  let listener: ((event: SpeechTransportEvent) => void) | undefined;
  let [started, over, delivering] = [false, false, false];

  /** A listener may bring about the next event: it waits its turn. */
  function deliver(): void {
    if (listener === undefined || delivering) return;
    delivering = true;
    try {
      for (let event = waiting.shift(); event !== undefined; event = waiting.shift()) listener(event);
    } finally {
      delivering = false;
    }
  }

  return {
    push(event) {
      if (over || (!started && event.type !== "start" && event.type !== "end")) return;
      if (event.type !== "end" && waiting.length >= KEPT_EVENTS) return;
      started ||= event.type === "start";
      over = event.type === "end";
      waiting.push(event);
      deliver();
    },
    connect(given) {
      listener = given;
      deliver();
    },
  };
}
