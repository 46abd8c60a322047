import { EventEmitter } from "node:events";
import type { WebSocketLike } from "bolchaal/twilio";

/** A WebSocket without a network, in the hands of the test: what arrives, what drains, when it closes. */
export class FakeSocket implements WebSocketLike {
  readonly #events = new EventEmitter();
  readonly sent: string[] = [];
  readonly closes: { readonly code: number | undefined; readonly reason: string | undefined }[] = [];
  /** Bytes sent stay in the buffer until `drain`. */
  stuck = false;
  /** `close` is answered at once. */
  answersClose = true;
  readyState = 1;
  bufferedAmount = 0;
  pings = 0;
  terminated = 0;

  send(text: string): void {
    if (this.readyState !== 1) throw new Error("sent on a socket that is not open");
    this.sent.push(text);
    // As `ws` does it: some bytes of framing on top.
    if (this.stuck) this.bufferedAmount += Buffer.byteLength(text) + 4;
  }

  close(code?: number, reason?: string): void {
    this.closes.push({ code, reason });
    this.readyState = 2;
    if (this.answersClose) this.closed(code ?? 1005);
  }

  terminate(): void {
    this.terminated += 1;
    this.closed(1006);
  }

  ping(): void {
    this.pings += 1;
  }

  on(event: string, listener: (...values: never[]) => void): this {
    this.#events.on(event, listener as () => void);
    return this;
  }

  off(event: string, listener: (...values: never[]) => void): this {
    this.#events.off(event, listener as () => void);
    return this;
  }

  get listeners(): number {
    return this.#events.eventNames().reduce((count, name) => count + this.#events.listenerCount(name), 0);
  }

  /** Everything sent, as objects. */
  get messages(): unknown[] {
    return this.sent.map((text) => JSON.parse(text));
  }

  arrive(message: unknown): void {
    this.arriveRaw(JSON.stringify(message));
  }

  arriveRaw(data: string | Uint8Array, isBinary = false): void {
    if (this.readyState === 3) return;
    this.#events.emit("message", typeof data === "string" ? Buffer.from(data) : data, isBinary);
  }

  drain(bytes: number): void {
    this.bufferedAmount = Math.max(0, this.bufferedAmount - bytes);
  }

  closed(code: number): void {
    if (this.readyState === 3) return;
    this.readyState = 3;
    this.#events.emit("close", code);
  }

  /** As with `ws`, nothing comes behind `close`. */
  failed(error: Error): void {
    if (this.readyState === 3) return;
    this.#events.emit("error", error);
  }
}

/** Twilio's messages, as the facts have them. */
export const wire = {
  connected: { event: "connected", protocol: "Call", version: "1.0.0" },
  start: (customParameters: Record<string, string> = {}, streamSid = "MZ1") => ({
    event: "start",
    sequenceNumber: "1",
    streamSid,
    start: {
      accountSid: "AC1",
      streamSid,
      callSid: "CA1",
      tracks: ["inbound"],
      mediaFormat: { encoding: "audio/x-mulaw", sampleRate: 8000, channels: 1 },
      customParameters,
    },
  }),
  media: (sequenceNumber: number, payload = "fn5+fw==", streamSid = "MZ1", track = "inbound") => ({
    event: "media",
    sequenceNumber: String(sequenceNumber),
    streamSid,
    media: { track, chunk: String(sequenceNumber - 1), timestamp: String(sequenceNumber * 20), payload },
  }),
  mark: (sequenceNumber: number, name: string, streamSid = "MZ1") => ({
    event: "mark",
    sequenceNumber: String(sequenceNumber),
    streamSid,
    mark: { name },
  }),
  dtmf: (sequenceNumber: number, digit: string) => ({
    event: "dtmf",
    sequenceNumber: String(sequenceNumber),
    streamSid: "MZ1",
    dtmf: { track: "inbound_track", digit },
  }),
  stop: (sequenceNumber: number, streamSid = "MZ1") => ({
    event: "stop",
    sequenceNumber: String(sequenceNumber),
    streamSid,
    stop: { accountSid: "AC1", callSid: "CA1" },
  }),
};

/** What the payload of `wire.media` holds. */
export const MEDIA_BYTES = Uint8Array.of(0x7e, 0x7e, 0x7e, 0x7f);
