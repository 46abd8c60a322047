import type { ProviderNetwork } from "../net/index.js";
import type { Clock } from "../spec/index.js";
import type { Environment } from "./settings.js";
import type { View } from "./view.js";

/** Asks the web: as the global `fetch`, of which it is a part. */
export type Ask = (url: string, request?: AskRequest) => Promise<Response>;

/** What {@link Ask} is given. */
export interface AskRequest {
  readonly method?: "GET" | "POST";
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal?: AbortSignal;
}

/** The person at the terminal. */
export interface Person {
  /** @returns what they typed, trimmed; undefined when they want to leave (end of input, Ctrl-C). */
  ask(question: string): Promise<string | undefined>;
}

/** The world of a command: given from outside, so that tests have one of their own. */
export interface CliContext {
  readonly environment: Environment;
  readonly view: View;
  /** Where it is told that a command failed, or was not understood: standard error. */
  readonly errors: View;
  readonly clock: Clock;
  /** Milliseconds since 1970, by the machine's own clock. */
  readonly wallClock: () => number;
  readonly ask: Ask;
  /** How providers are reached. @default the machine's own network */
  readonly network?: ProviderNetwork;
  /** Who sits at the terminal; undefined if there is none, as in a pipe. */
  readonly person: Person | undefined;
  /** Calls `listener` at each Ctrl-C, and when the process is told to stop. @returns what undoes it */
  onInterrupt(listener: () => void): () => void;
  /** Where files are looked for. */
  readonly directory: string;
  readonly version: string;
}
