import { z } from "zod";
import { BolchaalError } from "../errors.js";
import type {
  CheckedInput,
  JsonSchema,
  Localized,
  StandardIssue,
  StandardSchema,
  Tool,
  ToolContext,
} from "../spec/index.js";

/** A tool as an app writes it. */
export interface ToolDefinition<Input> {
  /** What the model calls it by: letters, digits, `_` and `-`, at most 64. */
  readonly name: string;
  /** When to use it and what it gives, for the model. */
  readonly description: string;
  /** What it takes: a schema of zod or of another library that keeps to Standard Schema, or a JSON Schema. @default nothing */
  readonly input?: StandardSchema<Input> | JsonSchema;
  /** For a Standard Schema that cannot tell its JSON Schema by itself. */
  readonly inputSchema?: JsonSchema;
  /** Does the work. What it gives goes back to the model as JSON; what it throws goes back in words. */
  readonly run: (input: Input, context: ToolContext) => Promise<unknown> | unknown;
  /** It changes something outside, such as a booking: once begun it is not cancelled by talk. @default true */
  readonly sideEffect?: boolean;
  /** The model is told that it took too long after this, in ms. @default DEFAULT_TOOL_TIMEOUT_MS */
  readonly timeoutMs?: number;
  /** What the caller hears when it takes long; false for nothing. @default the session's own lines */
  readonly filler?: Localized | false;
}

const NO_INPUT: JsonSchema = Object.freeze({ type: "object", properties: {}, additionalProperties: false });

/**
 * A tool, with its input typed by its schema and checked before it runs.
 * @throws BolchaalError `invalid-option` for a wrong name, or a schema that gives no JSON Schema.
 */
export function defineTool<Input = Record<string, unknown>>(definition: ToolDefinition<Input>): Tool<Input> {
  const { name, description, input, run, sideEffect, timeoutMs, filler } = definition;
  if (!/^[A-Za-z0-9_-]{1,64}$/.test(name))
    throw wrong(`"${name}" is no name for a tool. Use letters, digits, _ and -, at most 64.`);
  if (timeoutMs !== undefined && !(timeoutMs > 0)) throw wrong(`The timeout of the tool ${name} must be above 0 ms.`);
  const schema = standardSchemaOf(name, input ?? NO_INPUT);
  return Object.freeze({
    name,
    description,
    inputSchema: definition.inputSchema ?? jsonSchemaOf(name, input ?? NO_INPUT),
    check: (value: unknown) => check<Input>(schema, value),
    run,
    ...(sideEffect === undefined ? {} : { sideEffect }),
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
    ...(filler === undefined ? {} : { filler }),
  });
}

function isStandardSchema(schema: object): schema is StandardSchema {
  return "~standard" in schema;
}

function standardSchemaOf(name: string, input: StandardSchema | JsonSchema): StandardSchema {
  if (isStandardSchema(input)) return input;
  try {
    return z.fromJSONSchema(input as Parameters<typeof z.fromJSONSchema>[0]) as unknown as StandardSchema;
  } catch (cause) {
    throw wrong(
      `The input of the tool ${name} is no JSON Schema that can be checked. Mend it, or give a zod schema.`,
      cause,
    );
  }
}

function jsonSchemaOf(name: string, input: StandardSchema | JsonSchema): JsonSchema {
  if (!isStandardSchema(input)) return input;
  try {
    const schema = input["~standard"].jsonSchema?.input({ target: "draft-2020-12" });
    if (schema !== undefined) return schema;
  } catch (cause) {
    throw wrong(`The input of the tool ${name} cannot be written as JSON Schema. Give it as inputSchema.`, cause);
  }
  throw wrong(`The schema library of the tool ${name} does not give JSON Schema. Give it as inputSchema.`);
}

async function check<Input>(schema: StandardSchema, value: unknown): Promise<CheckedInput<Input>> {
  const result = await schema["~standard"].validate(value);
  if (result.issues === undefined) return { ok: true, input: result.value as Input };
  return { ok: false, wrong: result.issues.map(inWords).join("; ") };
}

function inWords({ message, path = [] }: StandardIssue): string {
  const place = path.map((key) => String(typeof key === "object" ? key.key : key)).join(".");
  return place === "" ? message : `${place}: ${message}`;
}

function wrong(message: string, cause?: unknown): BolchaalError {
  return new BolchaalError(message, { code: "invalid-option", component: "brain", cause });
}
