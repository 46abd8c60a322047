/** How a piece of text stands out. */
export type Style = "bold" | "dim" | "red" | "green" | "yellow" | "cyan";

/** Gives text a style, where the terminal shows any. */
export type Paint = (style: Style, text: string) => string;

/** Where the command line writes: all output goes through one of these. */
export interface View {
  readonly paint: Paint;
  /** One line, indented as all are. @default an empty one */
  line(text?: string): void;
  title(text: string): void;
  good(text: string): void;
  warn(text: string): void;
  bad(text: string): void;
  note(text: string): void;
  /** Names and values, one under the other. */
  table(rows: readonly (readonly [name: string, value: string])[]): void;
  /** Shown until the next line comes, on a terminal only. Blank takes it away. */
  passing(text: string): void;
  /** Text as it is: for machines, and for help. */
  raw(text: string): void;
}

/** Of {@link createView}. */
export interface ViewOptions {
  readonly write: (text: string) => void;
  /** A person looks at a terminal. */
  readonly isTerminal: boolean;
  readonly colour: boolean;
}

/** What switches a style on and off (ECMA-48). */
const CODES: Readonly<Record<Style, readonly [on: number, off: number]>> = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  cyan: [36, 39],
};

const INDENT = "  ";
const ERASE_LINE = "\r\u001b[2K";

/** Leaves text as it is. */
export const plain: Paint = (_style, text) => text;

const coloured: Paint = (style, text) => {
  const [on, off] = CODES[style];
  return `\u001b[${on}m${text}\u001b[${off}m`;
};

/** Whether to write in colour: on a terminal that has any, unless `NO_COLOR` says no (no-color.org). */
export function wantsColour(environment: Readonly<Record<string, string | undefined>>, isTerminal: boolean): boolean {
  return isTerminal && (environment.NO_COLOR ?? "") === "" && environment.TERM !== "dumb";
}

/** A view that writes to `write`. */
export function createView({ write, isTerminal, colour }: ViewOptions): View {
  const paint = colour ? coloured : plain;
  let isPassing = false;

  function put(text: string): void {
    write(isPassing ? ERASE_LINE + text : text);
    isPassing = false;
  }

  const line = (text = "") => put(text === "" ? "\n" : `${indented(text)}\n`);
  return {
    paint,
    line,
    title: (text) => put(`\n${INDENT}${paint("bold", text)}\n\n`),
    good: (text) => line(`${paint("green", "✓")} ${text}`),
    warn: (text) => line(`${paint("yellow", "!")} ${text}`),
    bad: (text) => line(`${paint("red", "✗")} ${text}`),
    note: (text) => line(paint("dim", text)),
    table(rows) {
      const width = Math.max(0, ...rows.map(([name]) => name.length)) + 2;
      for (const [name, value] of rows) line(name.padEnd(width) + value);
    },
    passing(text) {
      if (!isTerminal) return;
      put(text === "" ? "" : INDENT + paint("dim", text));
      isPassing = text !== "";
    },
    raw: put,
  };
}

function indented(text: string): string {
  return text
    .split("\n")
    .map((each) => (each === "" ? "" : INDENT + each))
    .join("\n");
}
