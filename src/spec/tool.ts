import type { CallInfo } from "./call.js";
import type { Language, Localized } from "./language.js";

/** A JSON Schema, as language models take it. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/**
 * A schema of any library that keeps to Standard Schema v1 (https://standardschema.dev): zod, Valibot, ArkType. Only what
 * is used here.
 */
export interface StandardSchema<Input = unknown> {
  readonly "~standard": {
    readonly version: 1;
    readonly vendor: string;
    validate(value: unknown): StandardResult<Input> | Promise<StandardResult<Input>>;
    /** What the values look like, for `types` alone. */
    readonly types?: { readonly input: unknown; readonly output: Input } | undefined;
    /** Standard JSON Schema: where the library gives it, `inputSchema` need not be written. */
    readonly jsonSchema?:
      | { input(options: { readonly target: "draft-07" | "draft-2020-12" }): Record<string, unknown> }
      | undefined;
  };
}

/** What a Standard Schema makes of a value. */
export type StandardResult<Value> =
  | { readonly value: Value; readonly issues?: undefined }
  | { readonly issues: readonly StandardIssue[] };

/** What is wrong with a value, and where. */
export interface StandardIssue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}

/** Something the agent can do besides talking: look up a price, book a room, end the call. Made with `defineTool`. */
export interface Tool<Input = unknown> {
  /** What the model calls it by: letters, digits, `_` and `-`, at most 64. */
  readonly name: string;
  /** When to use it and what it gives, for the model. */
  readonly description: string;
  /** What it takes, for the model. */
  readonly inputSchema: JsonSchema;
  /** Checks what the model gave. @returns the input, or what is wrong with it, in words for the model. */
  check(value: unknown): Promise<CheckedInput<Input>>;
  /** Does the work. What it gives goes back to the model as JSON; what it throws goes back in words. */
  run(input: Input, context: ToolContext): Promise<unknown> | unknown;
  /** It changes something outside, such as a booking: once begun it is not cancelled by talk. @default true */
  readonly sideEffect?: boolean;
  /** The model is told that it took too long after this, in ms. @default DEFAULT_TOOL_TIMEOUT_MS */
  readonly timeoutMs?: number;
  /** What the caller hears when it takes long; false for nothing. @default the session's own lines */
  readonly filler?: Localized | false;
}

/** What became of a tool's input. */
export type CheckedInput<Input> =
  | { readonly ok: true; readonly input: Input }
  | { readonly ok: false; readonly wrong: string };

/** What a tool knows of where it runs. */
export interface ToolContext {
  readonly call: CallInfo;
  readonly turnId: number;
  readonly toolCallId: string;
  /** What the agent speaks. */
  readonly language: Language;
  /** Aborts when the tool has taken too long or the call is over; without a side effect, also when the reply is given up. */
  readonly signal: AbortSignal;
  /** Asks something of the call itself, such as its end. */
  readonly request: (request: CallRequest) => void;
}

/** What a tool can ask of the call itself. */
export type CallRequest =
  /** Hang up once the words of this answer were played out. */
  | { readonly type: "end-call" }
  /** Go on in this language. */
  | { readonly type: "switch-language"; readonly language: Language };
