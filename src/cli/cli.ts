import { UsageError } from "./arguments.js";
import { columns, helpOf, runCommand } from "./command.js";
import { COMMANDS } from "./commands.js";
import type { CliContext } from "./context.js";
import { runMenu } from "./menu.js";
import { messageOf } from "./message-of.js";

/** What was typed was not understood. */
export const WRONG_USAGE = 2;

const ENVIRONMENT: readonly (readonly [name: string, what: string])[] = [
  ["TWILIO_ACCOUNT_SID", "the account (AC…), from the first page of Twilio's console"],
  ["TWILIO_AUTH_TOKEN", "its auth token (old and new, with a comma, while rotating)"],
  ["TWILIO_API_KEY, TWILIO_API_SECRET", "a key instead of the token, for what is asked of Twilio"],
  ["TWILIO_REGION, TWILIO_EDGE", "where at Twilio the account is, if not in the United States"],
  ["TWILIO_PHONE_NUMBER", "your number there: calls are made from it"],
  ["PUBLIC_URL", "the https:// address at which Twilio reaches this machine\n(BOLCHAAL_PUBLIC_URL goes before it)"],
  ["PORT", "where to listen; 3000 if not set"],
  ["OPENAI_API_KEY", "OpenAI hears, thinks and speaks; without it the embedded providers do"],
  ["OPENAI_BASE_URL", "another server that speaks OpenAI's language"],
  ["SARVAM_API_KEY, DEEPGRAM_API_KEY", "these hear before OpenAI does"],
  ["ELEVENLABS_API_KEY, ELEVENLABS_VOICE", "speaks before Sarvam and OpenAI do, with this voice"],
  ["BOLCHAAL_MODEL, BOLCHAAL_VOICE", "the model that thinks, the voice that speaks, of OpenAI's"],
  ["BOLCHAAL_INSTRUCTIONS", "who the agent is and what it is to achieve: the text, or @ and a file"],
  ["BOLCHAAL_STATUS_TOKEN", "who brings it may ask a server for its calls; else made of the auth token"],
  ["NO_COLOR", "no colours"],
];

/** The help of all commands. */
export function helpText(): string {
  return `bolchaal: phone agents that speak Hindi, English and the mix of both

Usage
${columns(COMMANDS.map(({ name, word, summary }) => [["bolchaal", name, word].filter(Boolean).join(" "), summary]))}
  bolchaal COMMAND --help says more of each. On a terminal, bolchaal alone asks what to do.

Environment
${columns(ENVIRONMENT)}`;
}

/**
 * Does what the words behind `bolchaal` say. Never rejects.
 * @returns the exit code: 0 for done, 1 for failed, 2 for words that were not understood
 */
export async function runCli(args: readonly string[], context: CliContext): Promise<number> {
  try {
    return await understood(args, context);
  } catch (error) {
    if (!(error instanceof UsageError)) {
      context.errors.bad(messageOf(error));
      return 1;
    }
    context.errors.bad(error.message);
    context.errors.line(
      `\`bolchaal ${commandNamed(args[0])?.name ?? ""} --help\` says what there is.`.replace("  ", " "),
    );
    return WRONG_USAGE;
  }
}

async function understood(args: readonly string[], context: CliContext): Promise<number> {
  const [first, ...rest] = args;
  const { view, version, person } = context;
  if (first === undefined) {
    if (person !== undefined) return runMenu(context, person);
    view.raw(helpText());
    return WRONG_USAGE;
  }
  if (first === "--version" || first === "-v") {
    view.raw(`${version}\n`);
    return 0;
  }
  if (first === "help" || first === "--help" || first === "-h") {
    const asked = commandNamed(rest[0]);
    view.raw(asked === undefined ? helpText() : helpOf(asked));
    return 0;
  }
  const command = commandNamed(first);
  if (command === undefined) throw new UsageError(`There is no command "${first}".`);
  return runCommand(command, rest, context);
}

function commandNamed(name: string | undefined) {
  return COMMANDS.find((command) => command.name === name);
}
