import type { OutboundCall, OutboundCallOptions } from "../../dialer/index.js";
import type { VoiceSession } from "../../session/index.js";
import type { CliContext } from "../context.js";
import type { TwilioAccount } from "../settings.js";

/** Of {@link OpenLine}. */
export interface LineOptions {
  readonly context: CliContext;
  readonly account: TwilioAccount;
  readonly authToken: readonly string[];
  readonly publicUrl: string;
  readonly port: number;
  readonly statusToken: string;
  /** Hears of the call's session before it starts. */
  readonly onSession: (session: VoiceSession) => void;
}

/** A phone server and a dialer that belong together. */
export interface Line {
  /** Places a call. */
  call(order: OutboundCallOptions): Pick<OutboundCall, "cancel" | "session" | typeof Symbol.asyncIterator>;
  /** Lets the call go on for `graceMs`, then ends it; then nothing listens any more. */
  close(options: { readonly graceMs: number }): Promise<void>;
}

/** A call that was placed. */
export type PlacedCall = ReturnType<Line["call"]>;

/** Opens the way out. @throws an error with the code `EADDRINUSE` when the port is taken. */
export type OpenLine = (options: LineOptions) => Promise<Line>;
