import { runCommand } from "./command.js";
import { COMMANDS } from "./commands.js";
import type { CliContext, Person } from "./context.js";
import { messageOf } from "./message-of.js";
import { numberHelp, phoneNumberFrom } from "./settings.js";
import type { View } from "./view.js";

/** One line of the menu. */
interface Choice {
  readonly key: string;
  readonly text: string;
  /** What is typed behind `bolchaal` for the same; undefined when the person thought better of it. */
  words(person: Person, view: View): Promise<readonly string[] | undefined>;
}

const CHOICES: readonly Choice[] = [
  { key: "1", text: "Call a number         phone lagao", words: askForCall },
  { key: "2", text: "Check the setup       sab theek hai?", words: async () => ["doctor"] },
  { key: "3", text: "Calls going on now    abhi kaun baat kar raha hai", words: async () => ["calls"] },
  { key: "4", text: "Answer calls          phone uthao", words: async () => ["serve"] },
  { key: "5", text: "Help with a tunnel    internet se raasta", words: async () => ["tunnel"] },
  { key: "6", text: "Demo, without a key   bas dikhao", words: async () => ["demo"] },
];

const LEAVE = /^(?:q|quit|exit|0|bye|alvida|bas)$/iu;

/**
 * Asks what to do, does it, and asks again, until the person leaves.
 * @returns the exit code: that of what was done last
 */
export async function runMenu(context: CliContext, person: Person): Promise<number> {
  const { view, version } = context;
  let code = 0;
  view.title(`bolchaal ${version}  Namaste! What shall we do?`);
  while (true) {
    for (const { key, text } of CHOICES) view.line(`${view.paint("cyan", key)}  ${text}`);
    view.line(`${view.paint("cyan", "q")}  Leave                 alvida`);
    const typed = await person.ask("\n  Your choice, please: ");
    if (typed === undefined || LEAVE.test(typed)) {
      view.line("Alvida!");
      return code;
    }
    const choice = CHOICES.find(({ key }) => key === typed);
    if (choice === undefined)
      view.warn(`"${typed}" is not among them. Type a number from 1 to ${CHOICES.length}, or q.`);
    else code = await carryOut(choice, context, person, code);
    view.line();
  }
}

/** One choice. What goes wrong with it is told, and the menu comes again. */
async function carryOut(choice: Choice, context: CliContext, person: Person, before: number): Promise<number> {
  const [name, ...rest] = (await choice.words(person, context.view)) ?? [];
  const command = COMMANDS.find((each) => each.name === name);
  if (command === undefined) return before;
  try {
    return await runCommand(command, rest, context);
  } catch (error) {
    context.view.bad(messageOf(error));
    return 1;
  }
}

/** Asks for what a call needs; the command itself asks whether to go ahead. */
async function askForCall(person: Person, view: View): Promise<readonly string[] | undefined> {
  const number = await askForNumber(person, view);
  if (number === undefined) return undefined;
  const task = await person.ask("  What is the agent to achieve (Enter: as it is set up)? ");
  if (task === undefined) return undefined;
  return ["call", number, ...(task === "" ? [] : [`--instructions=${task}`])];
}

async function askForNumber(person: Person, view: View): Promise<string | undefined> {
  while (true) {
    const typed = await person.ask("  Which number, with its country (+91 98123 45678)? ");
    if (typed === undefined || typed === "") return undefined;
    const number = phoneNumberFrom(typed);
    if (number !== undefined) return number;
    view.warn(numberHelp(typed));
  }
}
