import { type Given, type OptionTable, readArguments, UsageError } from "./arguments.js";
import type { CliContext } from "./context.js";

/** An option of a command. */
export interface CommandOption {
  readonly name: string;
  /** What its text is called in the help; without one it is a flag. */
  readonly value?: string;
  /** It may be given more than once. @default false */
  readonly many?: boolean;
  readonly help: string;
}

/** One of the things that `bolchaal` does. */
export interface Command {
  readonly name: string;
  /** The word it takes besides options, such as `NUMBER`. @default none */
  readonly word?: string;
  /** What it does, in half a line. */
  readonly summary: string;
  /** What else there is to know: lines below the options. @default nothing */
  readonly about?: string;
  readonly options: readonly CommandOption[];
  /** @returns the exit code */
  run(context: CliContext, given: Given): Promise<number> | number;
}

/**
 * Runs a command, or shows its help.
 * @throws UsageError for options and words that it does not have.
 */
export async function runCommand(command: Command, args: readonly string[], context: CliContext): Promise<number> {
  const given = readArguments(args, optionTable(command.options));
  if (given.flag("help")) {
    context.view.raw(helpOf(command));
    return 0;
  }
  const most = command.word === undefined ? 0 : 1;
  if (given.words.length > most) throw new UsageError(`${given.words.slice(most).join(" ")}: too many words.`);
  return command.run(context, given);
}

function optionTable(options: readonly CommandOption[]): OptionTable {
  return Object.fromEntries(
    options.map(({ name, value, many = false }) => [
      name,
      value === undefined ? { type: "boolean" as const } : { type: "string" as const, multiple: many },
    ]),
  );
}

/** A command's help. */
export function helpOf({ name, word, summary, about, options }: Command): string {
  const usage = ["bolchaal", name, word, options.length > 0 ? "[options]" : undefined];
  const rows = [...options, { name: "help", help: "this text" }].map(rowOf);
  return [
    `${usage.filter((part) => part !== undefined).join(" ")}: ${summary}\n`,
    `Options\n${columns(rows)}`,
    ...(about === undefined ? [] : [`${about.trim()}\n`]),
  ].join("\n");
}

function rowOf({ name, value, many = false, help }: CommandOption): readonly [string, string] {
  return [`--${name}${value === undefined ? "" : ` ${value}`}`, many ? `${help}; may be given more than once` : help];
}

/** Two columns, indented; the second one's further lines stand under its first. */
export function columns(rows: readonly (readonly [left: string, right: string])[]): string {
  const width = Math.max(...rows.map(([left]) => left.length)) + 2;
  const margin = " ".repeat(width + 2);
  return rows.map(([left, right]) => `  ${left.padEnd(width)}${right.replaceAll("\n", `\n${margin}`)}\n`).join("");
}
