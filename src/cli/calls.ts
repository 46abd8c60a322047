import { z } from "zod";
import { DEFAULT_BASE_PATH } from "../server/index.js";
import type { CliContext } from "./context.js";
import { messageOf } from "./message-of.js";
import { DEFAULT_PORT, readPort } from "./settings.js";
import { statusTokens } from "./status-token.js";

/** Of {@link runCalls}. */
export interface CallsOptions {
  /** Where the server is: `https://voice.example.com`. @default this machine, at the port that `serve` takes */
  readonly url?: string | undefined;
  readonly port?: string | undefined;
  /** The server's answer as it is. @default false */
  readonly json?: boolean;
}

/** A running server must answer within this, in ms. */
export const STATUS_LIMIT_MS = 5_000;

const CALLS = z.object({
  calls: z.array(
    z.object({
      callId: z.string(),
      direction: z.enum(["inbound", "outbound"]),
      from: z.string().optional(),
      to: z.string().optional(),
      state: z.string(),
      language: z.string(),
      forMs: z.number(),
    }),
  ),
});
type LiveCalls = z.infer<typeof CALLS>["calls"];

/**
 * Shows the calls that a running server has. Numbers come masked from it.
 * @returns the exit code
 */
export async function runCalls(context: CliContext, options: CallsOptions = {}): Promise<number> {
  const { view, errors, environment } = context;
  const tokens = statusTokens(environment);
  if (tokens.length === 0) {
    errors.bad(
      "TWILIO_AUTH_TOKEN is not set: set it to the value the server has, or BOLCHAAL_STATUS_TOKEN on both sides.",
    );
    return 1;
  }
  const url = `${baseOf(options, context)}${DEFAULT_BASE_PATH}/calls`;
  const answer = await firstThatOpens(context, url, tokens);
  if (typeof answer === "string") {
    errors.bad(answer);
    return 1;
  }
  if (options.json === true) view.raw(`${JSON.stringify(answer)}\n`);
  else show(context, answer);
  return 0;
}

function baseOf({ url, port }: CallsOptions, { environment }: CliContext): string {
  if (url !== undefined) return url.replace(/\/+$/u, "");
  return `http://127.0.0.1:${readPort(environment, port).port ?? DEFAULT_PORT}`;
}

/** @returns the calls, or what is wrong */
async function firstThatOpens(
  { ask, clock }: CliContext,
  url: string,
  tokens: readonly string[],
): Promise<LiveCalls | string> {
  const late = new AbortController();
  const unset = clock.setTimer(() => late.abort(new Error(`no answer within ${STATUS_LIMIT_MS} ms`)), STATUS_LIMIT_MS);
  try {
    for (const token of tokens) {
      const answer = await ask(url, { headers: { Authorization: `Bearer ${token}` }, signal: late.signal });
      if (answer.status === 401) continue;
      const read = CALLS.safeParse(await answer.json().catch(() => undefined));
      if (read.success) return read.data.calls;
      return `What answers at ${url} does not tell of calls (HTTP ${answer.status}). Start \`bolchaal serve\`, or give --url.`;
    }
    return "The server refuses the token. Give this terminal the same TWILIO_AUTH_TOKEN, or BOLCHAAL_STATUS_TOKEN, as the server has.";
  } catch (error) {
    return `No server answers at ${url} (${messageOf(error)}). Start \`bolchaal serve\`, or give --url.`;
  } finally {
    unset();
  }
}

function show({ view }: CliContext, calls: LiveCalls): void {
  if (calls.length === 0) return view.line("No calls are going on.");
  view.title(calls.length === 1 ? "One call is going on" : `${calls.length} calls are going on`);
  for (const { callId, direction, from, to, state, language, forMs } of calls) {
    const other = direction === "inbound" ? `from ${from ?? "?"}` : `to ${to ?? "?"}`;
    view.line(`${callId}  ${other}  ${lengthOf(forMs)}  ${state}  ${language}`);
  }
  view.line();
}

/** 65 000 → "1:05" */
export function lengthOf(ms: number): string {
  const seconds = Math.floor(ms / 1_000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
