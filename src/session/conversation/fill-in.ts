import { inLanguage } from "../../language/index.js";
import type { Localized } from "../../spec/index.js";
import { act, clearDeadlines, type Draft, setDeadline } from "./draft.js";
import type { InputOf } from "./input.js";
import type { ActiveReply } from "./state.js";

/** So many lines in one reply; a brain that needs more has stalled. */
const MOST_FILL_INS = 6;

/** A reply has so long at least, in ms, however long the caller was silent before; and so long for the rest of its first words. */
const LEAST_MS = 900;

/** There has been silence since `fromMs`, and the reply's words are still to come: before long, a line is said in their place. */
export function awaitWords(draft: Draft, fromMs: number): void {
  const { fillInMs } = draft.rules.limits;
  setDeadline(draft, "fill-in", Math.max(fromMs + fillInMs, draft.atMs + Math.min(fillInMs, LEAST_MS)));
}

/** The caller has heard all that was made of a reply, or will have at `fromMs`, and there is more to come. */
export function onReplyDry(draft: Draft, { generation, fromMs }: InputOf<"reply-dry">): void {
  const { reply } = draft.state;
  if (reply?.generation === generation) awaitWords(draft, fromMs);
}

/** There is something to be heard again. */
export function onReplyFlows(draft: Draft, { generation }: InputOf<"reply-flows">): void {
  if (draft.state.reply?.generation === generation) clearDeadlines(draft, "fill-in");
}

/** The caller has waited long enough: a line tells that the agent is still there. */
export function onFillInDue(draft: Draft): void {
  const { reply, callerSpeaking, ending } = draft.state;
  if (reply === undefined || reply.stopping !== undefined) return;
  // A brain that has ended the call is not waited for; last words are.
  if (ending !== undefined && reply.asksBrain) return;
  const { generation, language, fillIns = 0, firstTextAtMs = Number.NEGATIVE_INFINITY } = reply;
  if (!reply.audible && draft.atMs - firstTextAtMs < LEAST_MS)
    return setDeadline(draft, "fill-in", firstTextAtMs + LEAST_MS);
  const line = callerSpeaking || reply.held || reply.volume !== "full" ? undefined : lineFor(draft, reply);
  if (fillIns >= MOST_FILL_INS) return;
  draft.state.reply = { ...reply, fillIns: fillIns + (line === undefined ? 0 : 1) };
  if (line !== undefined) act(draft, { type: "fill-in", generation, text: inLanguage(line, language), language });
  awaitWords(draft, draft.atMs);
}

/** The line of a tool at work, once; then the session's own. None while each tool at work wants none. */
function lineFor({ rules }: Draft, { fillIns = 0, toolsAtWork = [] }: ActiveReply): Localized | undefined {
  const { fillers } = rules.lines;
  if (toolsAtWork.length > 0 && toolsAtWork.every(({ filler }) => filler === false)) return undefined;
  const own = toolsAtWork.flatMap(({ filler }) => (filler === undefined || filler === false ? [] : [filler]));
  return (fillIns === 0 ? own[0] : undefined) ?? fillers[fillIns % Math.max(1, fillers.length)];
}
