/**
 * How a transfer ended:
 *
 * - `talked`: the caller and the person were connected.
 * - `declined`: somebody, or a machine, picked up, and did not take the call.
 * - `no-answer`, `busy`, `failed`: nobody picked up; `failed` is Twilio's word, or ours if it cannot be asked.
 * - `caller-left`: the caller hung up before.
 */
export type TransferEnd = "talked" | "declined" | "no-answer" | "busy" | "failed" | "caller-left";

/** How who picks up takes the call: `key`, by pressing 1; `listen`, by hearing the briefing out; `answer`, by picking up. */
export type TransferAcceptance = "key" | "listen" | "answer";

/** Where a transfer stands. Plain data. */
export interface TransferState {
  readonly phase: "waiting" | "briefing" | "accepted" | "declined" | "over";
  /** Set once it is over. */
  readonly end?: TransferEnd;
  /** How long the two were connected, in ms, where Twilio tells. */
  readonly talkedMs?: number;
}

/** What happens to a transfer. Each may come late, twice, or not at all. */
export type TransferInput =
  /** Somebody picked up, and is to be briefed. */
  | { readonly type: "answered" }
  /** They pressed a key. */
  | { readonly type: "key"; readonly accepts: boolean }
  /** The dialling is over, and with it the talk if there was one. */
  | { readonly type: "dialed"; readonly status: string; readonly bridged?: boolean; readonly talkedMs?: number }
  /** The caller's call is over. */
  | { readonly type: "caller-left" }
  /** Twilio could not be asked, or said nothing for too long. */
  | { readonly type: "lost" };

export const INITIAL_TRANSFER: TransferState = Object.freeze({ phase: "waiting" });

/** What becomes of a transfer. Pure; what is over stays as it is. */
export function stepTransfer(
  state: TransferState,
  input: TransferInput,
  acceptance: TransferAcceptance,
): TransferState {
  if (state.phase === "over") return state;
  switch (input.type) {
    case "answered":
      return state.phase === "waiting" ? { phase: "briefing" } : state;
    case "key":
      if (state.phase === "accepted" || state.phase === "declined") return state;
      return { phase: input.accepts ? "accepted" : "declined" };
    case "dialed": {
      const end = endOf(state, input, acceptance);
      const talked = end === "talked" && input.talkedMs !== undefined ? { talkedMs: input.talkedMs } : {};
      return { phase: "over", end, ...talked };
    }
    case "caller-left":
      return { phase: "over", end: state.phase === "accepted" ? "talked" : "caller-left" };
    case "lost":
      return { phase: "over", end: state.phase === "accepted" ? "talked" : "failed" };
  }
}

type Dialed = Extract<TransferInput, { readonly type: "dialed" }>;

/** Twilio may tell whether the two were connected; where it does not, it follows from who took the call. */
function endOf(state: TransferState, { status, bridged }: Dialed, acceptance: TransferAcceptance): TransferEnd {
  if (bridged === true) return "talked";
  // Somebody was briefed: that nobody answered means that they hung up.
  if (state.phase === "declined" || (state.phase === "briefing" && status === "no-answer")) return "declined";
  if (status === "busy" || status === "no-answer" || status === "failed") return status;
  if (status === "canceled") return "caller-left";
  if (bridged === false) return "declined";
  return state.phase === "accepted" || acceptance !== "key" ? "talked" : "declined";
}
