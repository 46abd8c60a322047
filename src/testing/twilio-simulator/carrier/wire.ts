/** The carrier's end of a WebSocket. */
export interface Wire {
  send(text: string): void;
  /** Closes it as the protocol asks. @param code @default 1000 */
  close(code?: number): void;
  /** Cuts it, without a close. */
  kill(): void;
}

/** Who is behind the carrier's end of a WebSocket. */
export interface SocketUser {
  /** The socket is open. */
  open(wire: Wire): void;
  /** The app sent a message. */
  receive(text: string, isBinary: boolean): void;
  /** The socket is gone. @param code As of the WebSocket protocol; 1006 if it broke without a close. */
  closed(code: number): void;
}

/** Why no socket was opened. */
export interface UpgradeRefusal {
  /** The debugger's code. */
  readonly code: 31901 | 31902 | 31920;
  readonly detail: string;
  readonly httpStatus?: number;
}

/** A request of the carrier's to the app. */
export interface CarrierRequest {
  readonly url: URL;
  readonly method: "GET" | "POST";
  readonly headers: Readonly<Record<string, string>>;
  /** The form of a POST. */
  readonly fields: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

/** What the app answered. */
export interface HttpAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: Uint8Array;
}

/** The way from the carrier to the app: over the network, or within this process. */
export interface AppLink {
  /** @throws what the network throws, and the signal's reason. */
  send(request: CarrierRequest): Promise<HttpAnswer>;
  /**
   * Opens a WebSocket as Twilio does: signed, no Origin, no compression.
   * @param url As in the TwiML.
   * @returns undefined once it is open; why not, otherwise.
   */
  openSocket(url: string, signature: string | null, user: SocketUser): Promise<UpgradeRefusal | undefined>;
}
