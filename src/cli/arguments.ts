import { type ParseArgsConfig, parseArgs } from "node:util";

/** The options of a command, as `node:util` wants them. */
export type OptionTable = NonNullable<ParseArgsConfig["options"]>;

/** What was given behind a command's name. */
export interface Given {
  /** The words that are no options, in order. */
  readonly words: readonly string[];
  /** An option's text, the last one if it was given twice. */
  text(name: string): string | undefined;
  /** All texts of an option that may be given more than once. */
  texts(name: string): readonly string[];
  flag(name: string): boolean;
}

/** The command line was not understood. The message says what to do; the exit code is 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** Every command has it. */
const HELP = { help: { type: "boolean", short: "h" } } as const;

/**
 * Reads what stands behind a command's name.
 * @throws UsageError for an option that the command does not have, and for one without its text.
 */
export function readArguments(args: readonly string[], options: OptionTable): Given {
  const { values, positionals } = parsed(args, { ...HELP, ...options });
  const all = (name: string) => [values[name] ?? []].flat();
  const texts = (name: string) => all(name).filter((value) => typeof value === "string");
  return {
    words: positionals,
    texts,
    text: (name) => texts(name).at(-1),
    flag: (name) => all(name).includes(true),
  };
}

function parsed(args: readonly string[], options: OptionTable) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    // Node explains at length how to pass words that begin with a hyphen; the first sentence is what matters.
    const [first = ""] = (error as Error).message.split(/\. /u);
    throw new UsageError(`${first.replace(/\.$/u, "")}.`);
  }
}

/**
 * `name=value` pairs as one object.
 * @throws UsageError for a pair without a name or `=`, and for a name given twice.
 */
export function readPairs(pairs: readonly string[], option: string): Readonly<Record<string, string>> {
  const found = new Map<string, string>();
  for (const pair of pairs) {
    const [, name, value = ""] = /^([\w.-]+)=(.*)$/su.exec(pair) ?? [];
    if (name === undefined) throw new UsageError(`--${option} ${pair} is wrong. Give a name and a value: name=Ravi.`);
    if (found.has(name)) throw new UsageError(`--${option} ${name} is given twice.`);
    found.set(name, value);
  }
  return Object.fromEntries(found);
}

/**
 * One of a few words.
 * @throws UsageError if it is none of them.
 */
export function readChoice<Choice extends string>(
  given: string | undefined,
  option: string,
  choices: readonly Choice[],
): Choice | undefined {
  if (given === undefined) return undefined;
  const choice = choices.find((each) => each === given);
  if (choice === undefined) throw new UsageError(`--${option} ${given} is none of ${choices.join(", ")}.`);
  return choice;
}
