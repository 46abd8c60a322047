import type { BolchaalError } from "../errors.js";
import type {
  CallEndEvent,
  CallInfo,
  InterruptionPolicy,
  Logger,
  SpeechTransportEvent,
  TransportEvent,
  VoiceEvent,
} from "../spec/index.js";
import { createCarrierSpeech } from "./carrier-speech/index.js";
import { createCascade } from "./cascade.js";
import type { CallChannel, ChannelListener, Happening } from "./channel.js";
import {
  type ConversationAction,
  type ConversationInput,
  type ConversationState,
  INITIAL_STATE,
  nextDeadline,
  step,
} from "./conversation/index.js";
import { EventBus, type SessionEvents, type VoiceEventListener } from "./event-bus.js";
import type { EventStreamOptions } from "./event-stream.js";
import {
  type ResolvedOptions,
  type ResolvedSpeechOptions,
  resolveOptions,
  type VoiceSessionOptions,
} from "./options.js";

/**
 * One phone call. Feeds what happens (on the line, in speech-to-text, in the reply's making) to the conversation, which
 * is a pure function, and carries out what it decides. Everything that happens can be heard as events.
 */
export class VoiceSession implements SessionEvents {
  /** Settles with the last event, when the call is over. Never rejects. */
  readonly closed: Promise<CallEndEvent>;
  readonly #options: ResolvedOptions | ResolvedSpeechOptions;
  readonly #bus: EventBus;
  readonly #channel: CallChannel;
  #logger: Logger;
  #state: ConversationState = INITIAL_STATE;
  #call: CallInfo | undefined;
  #started = false;
  #queue: ConversationInput[] = [];
  #draining = false;
  #alarm: { readonly atMs: number; readonly undo: () => void } | undefined;
  readonly #inputListeners = new Set<(input: ConversationInput) => void>();

  /** @throws BolchaalError `invalid-option` */
  constructor(options: VoiceSessionOptions) {
    const resolved = resolveOptions(options);
    this.#options = resolved;
    const { clock, logger } = resolved;
    this.#logger = logger;
    this.#bus = new EventBus(clock, logger);
    const listener: ChannelListener = {
      happened: (happening) => this.#feed(happening),
      spoke: (generation, audio) => this.#onSpokenAudio(generation, audio),
      failed: (error) => this.#report(error),
    };
    this.#channel =
      "speechToText" in resolved ? createCascade(resolved, listener) : createCarrierSpeech(resolved, listener);
    this.closed = new Promise((resolve) => this.#bus.on("call-end", resolve));
    options.onSession?.(this, options.transport.kind === "audio" ? options.transport.format : undefined);
  }

  /** What is known of the call; undefined until `call-start`. */
  get call(): CallInfo | undefined {
    return this.#call;
  }

  /** The conversation as it stands: plain data, never changed in place. */
  get conversation(): ConversationState {
    return this.#state;
  }

  /** Starts the session: the line is listened to from now on. The second call does nothing. */
  start(): void {
    if (this.#started) return;
    this.#started = true;
    this.#options.transport.connect((event) => this.#onTransport(event));
  }

  /**
   * Listens to one type of event, or with `"*"` to all. The listener is called at once and should be quick; one that
   * throws is logged and harms nobody.
   * @returns a function that undoes it.
   */
  on<Type extends VoiceEvent["type"] | "*">(type: Type, listener: VoiceEventListener<Type>): () => void {
    return this.#bus.on(type, listener);
  }

  /** The events as an iterator that ends behind `call-end`, for listeners that take their time. */
  events(options: EventStreamOptions = {}): AsyncIterableIterator<VoiceEvent> {
    return this.#bus.events(options);
  }

  /** Hears every input of the conversation: with them the call can be replayed. @returns a function that undoes it. */
  onInput(listener: (input: ConversationInput) => void): () => void {
    this.#inputListeners.add(listener);
    return () => this.#inputListeners.delete(listener);
  }

  /**
   * Says `text` as soon as neither the caller nor the agent is speaking.
   * @param options.interruption How the caller may interrupt it, such as `"none"` for a legal line. Default: the session's policy.
   */
  say(text: string, options: { readonly interruption?: InterruptionPolicy } = {}): void {
    this.#feed({ type: "say", text, ...options });
  }

  /** The caller's turn is over, silent or not: for push to talk. Without an open turn this does nothing. */
  endTurn(): void {
    this.#feed({ type: "end-turn" });
  }

  /** The agent stops speaking, as if the caller had interrupted. A reply that cannot be interrupted goes on. */
  interrupt(): void {
    this.#feed({ type: "interrupt" });
  }

  /**
   * Ends the call: behind `lastWords` if given, else behind the reply being spoken. Before the call has started, and
   * after it is over, this does nothing.
   */
  end(lastWords?: string): void {
    this.#feed({ type: "end", ...(lastWords === undefined ? {} : { lastWords }) });
  }

  #onTransport(event: TransportEvent | SpeechTransportEvent): void {
    switch (event.type) {
      case "start":
        return this.#onCallStart(event.call);
      case "dtmf":
        return this.#feed({ type: "dtmf", digit: event.digit });
      case "warning":
        return this.#bus.emit({ type: "warning", code: "transport", message: event.message });
      case "end":
        this.#channel.lineEnded();
        return this.#feed({ type: "transport-end", reason: event.reason });
      default:
        if (this.#state.phase === "over") return;
        if (event.type === "audio") this.#bus.emit({ type: "audio-in", audio: event.audio });
        return this.#channel.take(event);
    }
  }

  #onCallStart(call: CallInfo): void {
    if (this.#call !== undefined) return;
    this.#call = call;
    this.#bus.callId = call.callId;
    this.#logger = this.#options.logger.child({ callId: call.callId });
    this.#logger.info({ direction: call.direction }, "call started");
    this.#channel.open(call);
    this.#feed({ type: "call-start", call });
  }

  #onSpokenAudio(generation: number, audio: Uint8Array): void {
    const { reply } = this.#state;
    if (reply?.generation === generation) {
      this.#bus.emit({ type: "tts-chunk", turnId: reply.turnId, generation, audio });
    }
  }

  #report(error: BolchaalError): void {
    const { code, component, provider, message } = error;
    this.#logger.error({ code, component, provider, error }, message);
    this.#bus.emit({
      type: "error",
      code,
      component,
      message,
      error,
      ...(provider === undefined ? {} : { provider }),
    });
  }

  /** One input at a time: what an action brings about is dealt with when the step is done. */
  #feed(happening: Happening): void {
    if (this.#state.phase === "over") return;
    this.#queue.push({ atMs: this.#options.clock.now(), ...happening } as ConversationInput);
    if (this.#draining) return;
    this.#draining = true;
    for (let input = this.#queue.shift(); input !== undefined; input = this.#queue.shift()) {
      for (const listener of this.#inputListeners) listener(input);
      const { state, actions } = step(this.#state, input, this.#options.rules);
      this.#state = state;
      for (const action of actions) this.#carryOut(action);
    }
    this.#draining = false;
    this.#setAlarm();
  }

  #carryOut(action: ConversationAction): void {
    switch (action.type) {
      case "emit":
        return this.#bus.emit(action.event);
      case "hang-up":
        return this.#hangUp();
      case "close":
        return this.#close();
      default:
        return this.#channel.carryOut(action);
    }
  }

  #hangUp(): void {
    this.#options.transport.hangUp().then(undefined, (error: unknown) => {
      this.#logger.warn({ error }, "the carrier did not hang up");
    });
  }

  #close(): void {
    this.#alarm?.undo();
    this.#channel.close();
    this.#hangUp();
    this.#logger.info({}, "call over");
  }

  /** Wakes the conversation at its next deadline. */
  #setAlarm(): void {
    const atMs = this.#state.phase === "over" ? undefined : nextDeadline(this.#state);
    if (this.#alarm?.atMs === atMs) return;
    this.#alarm?.undo();
    this.#alarm = undefined;
    if (atMs === undefined) return;
    const { clock } = this.#options;
    const undo = clock.setTimer(() => {
      this.#alarm = undefined;
      this.#feed({ type: "tick" });
    }, atMs - clock.now());
    this.#alarm = { atMs, undo };
  }
}
