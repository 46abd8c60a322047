import type { SpeechTransportEvent, TransportEvent } from "../../spec/index.js";

/** What happens on a line, whatever it carries. */
type LineEvent = TransportEvent | SpeechTransportEvent;

/** So many keys, marks and warnings are kept for a listener that is not there yet; more are dropped. */
export const KEPT_EVENTS = 1000;

/** The events of a line on their way to its listener. */
export interface Inbox<Event extends LineEvent = TransportEvent> {
  push(event: Event): void;
  /** From now on, and beginning with what was kept, every event goes to `listener`. */
  connect(listener: (event: Event) => void): void;
}

/**
 * Keeps events until there is a listener and the call has started, and holds their order: `start` first and once,
 * `end` last and once. A line that ended before it started has only its end to tell. Of the caller's audio the newest
 * `keptAudioBytes` are kept.
 * @param onDropped is told of each event that found no room.
 */
export function createInbox<Event extends LineEvent = TransportEvent>(
  keptAudioBytes: number,
  onDropped: () => void,
): Inbox<Event> {
  const waiting: Event[] = [];
  let listener: ((event: Event) => void) | undefined;
  let waitingAudioBytes = 0;
  let started = false;
  let over = false;
  let delivering = false;

  function keep(event: Event): void {
    const isOther = event.type !== "audio" && event.type !== "start" && event.type !== "end";
    if (isOther && waiting.filter(({ type }) => type !== "audio").length >= KEPT_EVENTS) return onDropped();
    waiting.push(event);
    if (event.type === "audio") waitingAudioBytes += event.audio.length;
    while (waitingAudioBytes > keptAudioBytes) {
      const [oldest] = waiting.splice(
        waiting.findIndex(({ type }) => type === "audio"),
        1,
      );
      if (oldest?.type === "audio") waitingAudioBytes -= oldest.audio.length;
      onDropped();
    }
  }

  /** A listener may bring about the next event: it waits its turn. */
  function deliver(): void {
    if (listener === undefined || delivering || !(started || over)) return;
    delivering = true;
    try {
      for (let event = waiting.shift(); event !== undefined; event = waiting.shift()) {
        if (event.type === "audio") waitingAudioBytes -= event.audio.length;
        if (started || event.type === "end") listener(event);
      }
    } finally {
      delivering = false;
    }
  }

  return {
    push(event) {
      if (over || (event.type === "start" && started)) return;
      if (event.type === "start") {
        started = true;
        waiting.unshift(event);
      } else {
        over = event.type === "end";
        keep(event);
      }
      deliver();
    },
    connect(given) {
      listener = given;
      deliver();
    },
  };
}
