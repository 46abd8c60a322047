import { EventEmitter } from "eventemitter3";
import type { Clock, Logger, VoiceEvent, VoiceEventOf } from "../spec/index.js";
import type { EventDraft } from "./conversation/index.js";
import { createEventStream, type EventStreamOptions } from "./event-stream.js";

/** Listens to one type of event; `"*"` to all. */
export type VoiceEventListener<Type extends VoiceEvent["type"] | "*"> = (
  event: Type extends VoiceEvent["type"] ? VoiceEventOf<Type> : VoiceEvent,
) => void;

/** Where a call's events are heard. */
export interface SessionEvents {
  /**
   * Listens to one type of event, or with `"*"` to all. The listener is called at once and should be quick; one that
   * throws is logged and harms nobody.
   * @returns a function that undoes it.
   */
  on<Type extends VoiceEvent["type"] | "*">(type: Type, listener: VoiceEventListener<Type>): () => void;
}

/**
 * The call's events: numbered, timed, in order, to every listener. A listener that throws, or whose promise rejects, is
 * logged; the others and the call do not notice.
 */
export class EventBus implements SessionEvents {
  readonly #emitter = new EventEmitter<Record<string, (event: VoiceEvent) => void>>();
  readonly #clock: Clock;
  readonly #logger: Logger;
  readonly #startedAtMs: number;
  #callId = "";
  #seq = 0;
  #over = false;

  constructor(clock: Clock, logger: Logger) {
    this.#clock = clock;
    this.#logger = logger;
    this.#startedAtMs = clock.now();
  }

  /** The call's id, once it is known. */
  set callId(callId: string) {
    this.#callId = callId;
  }

  emit(draft: EventDraft): void {
    if (this.#over) return;
    this.#seq += 1;
    const base = { callId: this.#callId, seq: this.#seq, atMs: this.#clock.now() - this.#startedAtMs };
    const event: VoiceEvent = Object.assign(base, draft);
    this.#over = event.type === "call-end";
    this.#emitter.emit(event.type, event);
    this.#emitter.emit("*", event);
    if (this.#over) this.#emitter.removeAllListeners();
  }

  on<Type extends VoiceEvent["type"] | "*">(type: Type, listener: VoiceEventListener<Type>): () => void {
    const isolated = (event: VoiceEvent) => {
      try {
        const outcome: unknown = listener(event as Parameters<VoiceEventListener<Type>>[0]);
        if (outcome instanceof Promise) outcome.catch((error: unknown) => this.#blame(event, error));
      } catch (error) {
        this.#blame(event, error);
      }
    };
    this.#emitter.on(type, isolated);
    return () => {
      this.#emitter.off(type, isolated);
    };
  }

  /** Undoing a listener is enough: an iterator that is never read holds at most its high-water mark. */
  events(options: EventStreamOptions): AsyncIterableIterator<VoiceEvent> {
    return createEventStream((listener) => this.on("*", listener), this.#over, options);
  }

  #blame(event: VoiceEvent, error: unknown): void {
    this.#logger.error({ callId: event.callId, event: event.type, seq: event.seq, error }, "a listener failed");
  }
}
