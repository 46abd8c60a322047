import type { CallKind, MachinePolicy } from "../../dialer/index.js";
import type { Language } from "../../spec/index.js";
import { type Given, readChoice, readPairs, UsageError } from "../arguments.js";
import type { CommandOption } from "../command.js";
import { type Environment, numberHelp, phoneNumberFrom, read } from "../settings.js";

/** What can be done when a machine answers. */
const MACHINE_CHOICES = ["hang-up", "leave-message", "carry-on"] as const;

const LANGUAGES: readonly Language[] = ["hi", "en", "hi-en"];

/** A call, as it was typed. */
export interface CallRequest {
  readonly to: string;
  readonly from: string;
  /** A file that exports an agent; undefined for the one that the environment asks for. */
  readonly agentFile: string | undefined;
  readonly instructions: string | undefined;
  /** What the agent says first; undefined to leave it to the agent. */
  readonly say: string | undefined;
  readonly language: Language | undefined;
  readonly variables: Readonly<Record<string, string>>;
  readonly machine: MachinePolicy;
  readonly kind: CallKind;
  readonly port: string | undefined;
  /** Nobody is asked whether to go ahead. */
  readonly confirmed: boolean;
}

/** The options of `call`. */
export const CALL_OPTIONS: readonly CommandOption[] = [
  { name: "from", value: "NUMBER", help: "your Twilio number; else TWILIO_PHONE_NUMBER" },
  {
    name: "instructions",
    value: "TEXT",
    help: "who the agent is and what it is to achieve, or @ and a file;\n{{name}} stands for a --var",
  },
  { name: "say", value: "TEXT", help: "what the agent says first" },
  { name: "agent", value: "FILE", help: "an agent of your own: a JavaScript module that exports `agent`" },
  { name: "language", value: "LANG", help: `the language the call starts in: ${LANGUAGES.join(", ")}` },
  { name: "var", value: "NAME=TEXT", many: true, help: "what the agent is told of this call" },
  { name: "machine", value: "WHAT", help: `when a machine answers: ${MACHINE_CHOICES.join(", ")}; else hang-up` },
  { name: "message", value: "TEXT", help: "what is left with a machine" },
  { name: "promotional", help: "the call sells something: in India only from 10:00 to 19:00 there" },
  { name: "port", value: "N", help: "where this machine listens for it; else PORT, else 3000" },
  { name: "yes", help: "do not ask whether to go ahead" },
];

/**
 * Reads what was typed.
 * @throws UsageError for what is missing, wrong, or does not go together.
 */
export function readRequest(given: Given, environment: Environment): CallRequest {
  const [typed] = given.words;
  if (typed === undefined) throw new UsageError("Which number? Give it with its country: bolchaal call +919812345678");
  const [agentFile, instructions] = [given.text("agent"), given.text("instructions")];
  if (agentFile !== undefined && instructions !== undefined) {
    throw new UsageError(
      "--agent brings its own instructions: leave out --instructions, and tell it things with --var.",
    );
  }
  return {
    to: numberIn(typed),
    from: sender(given, environment),
    agentFile,
    instructions,
    say: given.text("say"),
    language: readChoice(given.text("language"), "language", LANGUAGES),
    variables: readPairs(given.texts("var"), "var"),
    machine: machinePolicy(given),
    kind: given.flag("promotional") ? "promotional" : "transactional",
    port: given.text("port"),
    confirmed: given.flag("yes"),
  };
}

function machinePolicy(given: Given): MachinePolicy {
  const choice = readChoice(given.text("machine"), "machine", MACHINE_CHOICES) ?? "hang-up";
  const message = given.text("message");
  if ((choice === "leave-message") !== (message !== undefined)) {
    throw new UsageError("--machine leave-message and --message TEXT go together: give both, or neither.");
  }
  return choice === "leave-message" ? { do: choice, message: message ?? "" } : { do: choice };
}

function sender(given: Given, environment: Environment): string {
  const from = given.text("from") ?? read(environment, "TWILIO_PHONE_NUMBER");
  if (from === undefined) throw new UsageError("Call from which number? Set TWILIO_PHONE_NUMBER, or give --from.");
  return numberIn(from);
}

function numberIn(typed: string): string {
  const number = phoneNumberFrom(typed);
  if (number === undefined) throw new UsageError(numberHelp(typed));
  return number;
}
