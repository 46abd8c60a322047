import type { CallerScript } from "../caller-script.js";

/** What becomes of a call that a `<Dial>` makes. */
export interface DialedParty {
  /** @default "answers" */
  readonly outcome?: "answers" | "busy" | "no-answer" | "failed";
  /** Until then it rings, in ms. @default DEFAULT_DIALED_PARTY_RINGS_MS */
  readonly ringsMs?: number;
  /** What the person does; behind the last step they hang up. @default they listen until the other hangs up */
  readonly script?: CallerScript;
}

/** Who is called lets it ring so long, in ms. */
export const DEFAULT_DIALED_PARTY_RINGS_MS = 2_000;
