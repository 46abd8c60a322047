import type { Command } from "../command.js";
import type { OpenLine } from "./line.js";
import { CALL_OPTIONS, readRequest } from "./request.js";
import { runCall } from "./run-call.js";

/** `bolchaal call`: places calls over the lines that `openLine` opens. */
export function callCommand(openLine: OpenLine): Command {
  return {
    name: "call",
    word: "NUMBER",
    summary: "calls a number, with an agent at this end",
    about: `A phone server runs on this machine while the call lasts, and Twilio reaches it at PUBLIC_URL. Your number's own
settings stay as they are. Ctrl+C ends the call politely, a second one at once.

  bolchaal call +919812345678 --language hi --instructions "Remind {{name}} of the visit at {{time}}." \\
    --var name=Ravi --var "time=five today"`,
    options: CALL_OPTIONS,
    run: (context, given) => runCall(context, readRequest(given, context.environment), openLine),
  };
}
