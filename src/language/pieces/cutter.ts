import { type Cut, isSpace, type Scene } from "./characters.js";

/** Decides whether the text is cut at a place; `start`: where the part that is being gathered begins. */
export type CutRule = (scene: Scene, at: number, start: number) => Cut;

/** Cuts a stream of text by a rule. The rule bounds the parts, so the work is linear in the text. */
export interface Cutter {
  push(text: string): string[];
  flush(): string[];
}

export function createCutter(rule: CutRule): Cutter {
  let text = "";
  let at = 0;
  let start = 0;

  function cut(end: number): string {
    const part = text.slice(start, end).trim();
    text = text.slice(end);
    at = 0;
    start = 0;
    return part;
  }

  function parts(ended: boolean): string[] {
    const found: string[] = [];
    while (at < text.length) {
      if (start === at && isSpace(text[at] ?? "")) {
        start += 1;
        at += 1;
        continue;
      }
      const end = rule({ text, ended }, at, start);
      if (end === "unknown") break;
      if (end === "none") at += 1;
      else found.push(cut(end));
    }
    return found;
  }

  return {
    push(more) {
      text += more;
      return parts(false).filter((part) => part !== "");
    },
    flush() {
      const found = parts(true);
      found.push(cut(text.length));
      return found.filter((part) => part !== "");
    },
  };
}
