/** What the simulated OpenAI was asked. */
export interface OpenAiSimulatorRequest {
  /** 1 is the first request that it answered. */
  readonly number: number;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The JSON, or the fields of the form; a file is told by its name and size. */
  readonly body: Readonly<Record<string, unknown>>;
}

/** What the simulated model answers. */
export interface OpenAiReply {
  /** The words, as they come. */
  readonly text?: readonly string[];
  readonly toolCalls?: readonly OpenAiReplyToolCall[];
  /** It declines, in these words. */
  readonly refusal?: string;
  /** Responses only: it thinks first, and gives the thought away sealed. */
  readonly reasoning?: boolean;
  /** @default 10 and 5, none cached */
  readonly usage?: { readonly input: number; readonly output: number; readonly cached?: number };
  /** Cut short. @default not at all */
  readonly cut?: "length" | "filtered";
  /** An error in the midst of the stream, behind the words. */
  readonly error?: { readonly code: string; readonly message: string };
}

/** A tool that the simulated model wants called. */
export interface OpenAiReplyToolCall {
  readonly id: string;
  readonly name: string;
  /** JSON, or what a bad model writes in its place. */
  readonly arguments: string;
}

/** Of a reply, in tokens. */
export function usageOf({ usage }: OpenAiReply): { input: number; output: number; cached: number } {
  return { input: usage?.input ?? 10, output: usage?.output ?? 5, cached: usage?.cached ?? 0 };
}

/** A text in fragments of a few characters. */
export function fragmentsOf(text: string): string[] {
  const characters = [...text];
  const fragments: string[] = [];
  for (let at = 0; at < characters.length; at += 5) fragments.push(characters.slice(at, at + 5).join(""));
  return fragments;
}
