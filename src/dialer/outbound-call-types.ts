import type { VoiceSession } from "../session/index.js";
import type { OutboundEnd, OutboundEvent, OutboundEventOf, OutboundStatus } from "./call-progress.js";

/** Listens to one type of event; `"*"` to all. */
export type OutboundListener<Type extends OutboundEvent["type"] | "*"> = (
  event: Type extends OutboundEvent["type"] ? OutboundEventOf<Type> : OutboundEvent,
) => void;

/** A call that was ordered, from its waiting to its end. */
export interface OutboundCall extends AsyncIterable<OutboundEvent> {
  /** The same key gives the same call, as long as it is remembered. */
  readonly idempotencyKey: string;
  /** In E.164. */
  readonly to: string;
  /** In E.164. */
  readonly from: string;
  readonly status: OutboundStatus;
  /** So many calls are dialled before this one. 0 once it is its turn. */
  readonly ahead: number;
  /** Twilio's id of the call. Rejects with the error of the end, if it ends without one. */
  readonly callSid: Promise<string>;
  /** Settles when the call is over. Never rejects. */
  readonly ended: Promise<OutboundEnd>;
  /** The conversation, once there is one. */
  readonly session: VoiceSession | undefined;
  /**
   * Ends the call wherever it stands: before it is dialled, in Twilio's queue, while it rings, while it goes on. Whoever
   * is being talked to hears no goodbye: for that, `session.end()`.
   * @returns how it ended: `canceled`, unless it was over already, or ended by itself meanwhile.
   */
  cancel(): Promise<OutboundEnd>;
  /**
   * Listens to one type of event, or with `"*"` to all. The listener is called at once and should be quick; one that
   * throws is logged and harms nobody.
   * @returns a function that undoes it.
   */
  on<Type extends OutboundEvent["type"] | "*">(type: Type, listener: OutboundListener<Type>): () => void;
  /** All events from the first on, those that came before included. Ends behind `ended`. */
  [Symbol.asyncIterator](): AsyncIterator<OutboundEvent, undefined>;
}
