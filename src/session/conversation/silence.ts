import { inLanguage } from "../../language/index.js";
import { clearDeadlines, type Draft, emit, setDeadline } from "./draft.js";
import { endCall } from "./ending.js";
import { speak } from "./reply.js";

/** The caller did something: silence is counted anew. */
export function noteCallerActive(draft: Draft): void {
  clearDeadlines(draft, "silence", "away");
  if (!draft.state.callerAway) return;
  draft.state.callerAway = false;
  emit(draft, { type: "caller-away", away: false });
}

/** Nobody speaks: from now on silence is counted. */
export function waitForCaller(draft: Draft): void {
  const { state, rules, atMs } = draft;
  if (state.deadlines.silence === undefined) setDeadline(draft, "silence", atMs + rules.silence.promptAfterMs);
  if (state.deadlines.away === undefined && !state.callerAway) {
    setDeadline(draft, "away", atMs + rules.silence.awayAfterMs);
  }
}

export function onAway(draft: Draft): void {
  draft.state.callerAway = true;
  emit(draft, { type: "caller-away", away: true });
}

/** The caller has said nothing for long: a prompt, or after the last one the end. */
export function onSilence(draft: Draft): void {
  const { state, rules } = draft;
  if (state.silencePrompts >= rules.silence.prompts) {
    endCall(draft, "silence", rules.lines.silenceGoodbye);
    return;
  }
  const prompts = rules.lines.silencePrompts;
  const prompt = prompts[Math.min(state.silencePrompts, prompts.length - 1)];
  state.silencePrompts += 1;
  if (prompt !== undefined) speak(draft, "silence-prompt", inLanguage(prompt, state.language));
}
