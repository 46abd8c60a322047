import { Buffer } from "node:buffer";
import { clearMessage, markMessage, mediaMessage } from "./messages.js";
import { SOCKET_OPEN, type WebSocketLike } from "./web-socket.js";

/** Of the socket's buffer this much is kept free of audio, so that a mark or a clear still finds room. */
export const CONTROL_RESERVE_BYTES = 16_384;

/** What a WebSocket frame adds to its text, at most, on the server's side. */
const FRAME_BYTES = 10;

/** So many marks wait for the stream to start; more are dropped. */
export const KEPT_MARKS = 1000;

/** The way of sound and marks to the carrier. */
export interface Outbox {
  /** The stream has a name: what waited goes out, and what comes from now on at once. */
  open(streamSid: string): void;
  /** @returns false if there was no room: the audio was dropped. */
  audio(audio: Uint8Array): boolean;
  mark(name: string): void;
  /** @returns the marks that were still waiting here, and will not come back from the carrier. */
  clear(): readonly string[];
}

/** What an outbox is made with. */
export interface OutboxOptions {
  readonly socket: WebSocketLike;
  /** The socket's buffer never grows past this. */
  readonly maxBufferedBytes: number;
  /** Audio kept until the stream starts. */
  readonly keptAudioBytes: number;
  /** Told of each message that went to the socket, by its bytes. */
  readonly onSent: (bytes: number) => void;
  /** Told of each mark or clear that found no room. */
  readonly onDropped: () => void;
}

/** Keeps what is said before the stream has started, and never gives the socket more than its cap. */
export function createOutbox(options: OutboxOptions): Outbox {
  const { socket, maxBufferedBytes, keptAudioBytes, onSent, onDropped } = options;
  /** Runs of audio, each with the marks behind it. */
  let waiting: { readonly audio: Uint8Array[]; readonly marks: string[] }[] = [];
  let waitingAudioBytes = 0;
  let waitingMarks = 0;
  let streamSid: string | undefined;

  function send(message: string, roomBytes: number): boolean {
    const bytes = Buffer.byteLength(message);
    if (socket.readyState !== SOCKET_OPEN || socket.bufferedAmount + bytes + FRAME_BYTES > roomBytes) return false;
    socket.send(message);
    onSent(bytes);
    return true;
  }

  const sendAudio = (sid: string, audio: Uint8Array) =>
    send(mediaMessage(sid, audio), maxBufferedBytes - CONTROL_RESERVE_BYTES);
  const sendControl = (message: string) => {
    if (!send(message, maxBufferedBytes)) onDropped();
  };

  function lastRun(): { readonly audio: Uint8Array[]; readonly marks: string[] } {
    const last = waiting.at(-1) ?? { audio: [], marks: [] };
    if (waiting.length === 0) waiting.push(last);
    return last;
  }

  function keepAudio(audio: Uint8Array): boolean {
    if (waitingAudioBytes + audio.length > keptAudioBytes) return false;
    waitingAudioBytes += audio.length;
    if (lastRun().marks.length > 0) waiting.push({ audio: [], marks: [] });
    // A copy: the sender may use its buffer again.
    lastRun().audio.push(new Uint8Array(audio));
    return true;
  }

  function keepMark(name: string): void {
    if (waitingMarks >= KEPT_MARKS) return onDropped();
    waitingMarks += 1;
    lastRun().marks.push(name);
  }

  function takeWaiting(): typeof waiting {
    const taken = waiting;
    waiting = [];
    waitingAudioBytes = 0;
    waitingMarks = 0;
    return taken;
  }

  return {
    open(sid) {
      streamSid = sid;
      for (const { audio, marks } of takeWaiting()) {
        if (audio.length > 0 && !sendAudio(sid, Buffer.concat(audio))) onDropped();
        for (const name of marks) sendControl(markMessage(sid, name));
      }
    },
    audio(audio) {
      if (audio.length === 0) return true;
      return streamSid === undefined ? keepAudio(audio) : sendAudio(streamSid, audio);
    },
    mark(name) {
      if (streamSid === undefined) keepMark(name);
      else sendControl(markMessage(streamSid, name));
    },
    clear() {
      if (streamSid !== undefined) sendControl(clearMessage(streamSid));
      return takeWaiting().flatMap(({ marks }) => marks);
    },
  };
}
