import type { CallIntent } from "../../spec/index.js";
import { kindOf } from "./announcement.js";
import { isFarewell } from "./farewell.js";
import { spokenLine } from "./pattern.js";
import { CALL_LATER, DO_NOT_CALL, HUMAN, makes, REPEAT, WRONG_NUMBER } from "./requests/index.js";
import { isOnlyStopRequest } from "./stop-request.js";

/**
 * What an utterance wants of the call; nothing if it is about something else. If it wants several things, what binds most
 * is told: "wrong number, don't call again" is `do-not-call`. `stop` only if it is all that is said: "wait, how much is it"
 * wants an answer (`isStopRequest` is true of it).
 */
export function callIntent(text: string): CallIntent | undefined {
  const line = spokenLine(text);
  const announced = kindOf(line);
  if (announced !== undefined) return announced === "voicemail" ? "voicemail" : "announcement";
  if (makes(DO_NOT_CALL, line)) return "do-not-call";
  if (makes(WRONG_NUMBER, line)) return "wrong-number";
  if (makes(HUMAN, line)) return "human";
  if (isFarewell(text)) return "farewell";
  if (makes(REPEAT, line)) return "repeat";
  if (makes(CALL_LATER, line)) return "call-later";
  return isOnlyStopRequest(text) ? "stop" : undefined;
}
