import type { CliContext } from "../context.js";
import type { PlacedCall } from "./line.js";

/** What Ctrl-C does to a call. */
export interface Ending {
  /** How often it was pressed. */
  readonly asked: number;
  /** Settles when the person has had enough of waiting: the third time. */
  readonly enough: Promise<undefined>;
  /** Nobody listens for it any more. */
  release(): void;
}

/**
 * The first Ctrl-C ends the call politely: one that is talked on finishes its sentence, one that rings is taken back. The
 * second hangs up at once. The third does not wait for Twilio.
 */
export function endOnInterrupt({ onInterrupt, view }: CliContext, call: PlacedCall): Ending {
  let asked = 0;
  let letGo = () => {};
  const enough = new Promise<undefined>((resolve) => {
    letGo = () => resolve(undefined);
  });
  const cancel = () => void call.cancel().catch(() => view.warn("Twilio does not take it back. It may go on there."));
  const release = onInterrupt(() => {
    asked += 1;
    const { session } = call;
    if (asked > 2) return letGo();
    if (asked === 1 && session !== undefined) {
      view.line("Ending the call (Ctrl+C again hangs up at once).");
      return session.end();
    }
    view.line(session === undefined ? "Taking the call back." : "Hanging up.");
    cancel();
  });
  return {
    get asked() {
      return asked;
    },
    enough,
    release,
  };
}
