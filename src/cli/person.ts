import { createInterface } from "node:readline/promises";
import type { Person } from "./context.js";

/** The person at the terminal, asked line by line. The terminal is held only while a question stands. */
export function personAt(input: NodeJS.ReadableStream, output: NodeJS.WritableStream): Person {
  return {
    async ask(question) {
      const lines = createInterface({ input, output });
      const left = new AbortController();
      // Ctrl-D, and the end of a pipe; Ctrl-C comes as a signal of its own and is taken for the same.
      lines.once("close", () => left.abort());
      lines.once("SIGINT", () => left.abort());
      try {
        return (await lines.question(question, { signal: left.signal })).trim();
      } catch (error) {
        if (left.signal.aborted) return undefined;
        throw error;
      } finally {
        lines.close();
      }
    },
  };
}

/** Whether the person says yes. Nothing typed is a no. */
export async function agrees(person: Person, question: string): Promise<boolean> {
  const answer = await person.ask(`  ${question} [y/N] `);
  return /^(?:y|yes|h|haan|haa?n ji|हाँ|हां)$/iu.test(answer ?? "");
}
