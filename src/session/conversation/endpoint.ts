import { closeTurn } from "./answer.js";
import { clearDeadlines, type Draft, setDeadline } from "./draft.js";
import { isListenersTurn, restoreIfListening } from "./interruption.js";
import { speculate } from "./speculation.js";
import { isComplete, newTextOf, soFar } from "./turn.js";

/** Asks the turn detector how long to wait, and waits so long. The answer may be made meanwhile. */
export function weighEndpoint(draft: Draft): void {
  const { state, rules, atMs } = draft;
  const { turn } = state;
  if (turn === undefined) return;
  if (isComplete(turn)) clearDeadlines(draft, "transcript");
  else if (state.deadlines.transcript === undefined) setDeadline(draft, "transcript", atMs + rules.limits.transcriptMs);
  restoreIfListening(draft);
  if (rules.turns.end === "silence" && !turn.ended) weighSilence(draft);
  speculate(draft);
}

function weighSilence(draft: Draft): void {
  const { state, rules, atMs } = draft;
  const { turn } = state;
  if (turn === undefined) return;
  const endpointAtMs = turn.silentSinceMs + rules.turnDetector.silenceMs(soFar(turn, state.earlierPausesMs));
  const reached = endpointAtMs <= atMs;
  state.turn = { ...turn, endpointReached: reached };
  if (reached) clearDeadlines(draft, "endpoint");
  else setDeadline(draft, "endpoint", endpointAtMs);
}

/** Closes the turn if the caller is done and nothing has to be waited for. */
export function settleTurn(draft: Draft): void {
  const { turn, callerSpeaking, reply, ending } = draft.state;
  if (turn === undefined || callerSpeaking || !turn.endpointReached) return;
  if (!isComplete(turn) && !turn.transcriptsGivenUp) return;
  const wantsAnswer = newTextOf(turn) !== "" && !isListenersTurn(draft, turn);
  const waitsForReply = reply !== undefined && wantsAnswer && ending === undefined;
  if (!waitsForReply) closeTurn(draft, turn);
}
