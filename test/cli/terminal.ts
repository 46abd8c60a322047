import type { Ask, CliContext, Person } from "../../src/cli/context.js";
import { createView } from "../../src/cli/view.js";
import { createVirtualClock, type VirtualClock } from "../../src/testing/virtual-clock.js";

/** A terminal without a person at it, unless `typed` says what they type, that writes into memory. */
export interface TestTerminal extends CliContext {
  readonly clock: VirtualClock;
  /** What was written, uncoloured. */
  text(): string;
  errorText(): string;
  /** What the person was asked. */
  readonly questions: readonly string[];
  /** Ctrl-C. @returns how many listened */
  interrupt(): number;
}

export interface TestTerminalOptions extends Partial<Omit<CliContext, "person" | "onInterrupt" | "clock">> {
  /** What the person types, one after the other; then they leave. */
  readonly typed?: readonly string[];
  readonly isTerminal?: boolean;
}

export function terminal({ typed, isTerminal = false, ...context }: TestTerminalOptions = {}): TestTerminal {
  const [written, complaints, questions]: [string[], string[], string[]] = [[], [], []];
  const listeners = new Set<() => void>();
  const answers = [...(typed ?? [])];
  const person: Person = {
    async ask(question) {
      questions.push(question);
      return answers.shift();
    },
  };
  const viewTo = (lines: string[]) => createView({ write: (text) => void lines.push(text), isTerminal, colour: false });
  return {
    environment: {},
    view: viewTo(written),
    errors: viewTo(complaints),
    clock: createVirtualClock(),
    wallClock: () => Date.UTC(2026, 10, 23, 12),
    ask: nobody,
    directory: import.meta.dirname,
    version: "1.2.3",
    person: typed === undefined ? undefined : person,
    onInterrupt(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    ...context,
    text: () => written.join(""),
    errorText: () => complaints.join(""),
    questions,
    interrupt() {
      for (const listener of [...listeners]) listener();
      return listeners.size;
    },
  };
}

/** An internet without anybody in it. */
const nobody: Ask = async (url) => {
  throw new TypeError("fetch failed", {
    cause: Object.assign(new Error(`getaddrinfo ENOTFOUND ${url}`), { code: "ENOTFOUND" }),
  });
};
