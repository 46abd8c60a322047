import type { Clock } from "../../../spec/index.js";
import { errorAnswer, type HttpAnswer } from "./wire.js";

/** What goes wrong with one HTTP request to the simulated OpenAI. A message is an event of a stream, or a stretch of sound. */
export type OpenAiHttpFault =
  /** The connection is refused. */
  | { readonly type: "refuse" }
  /** The request is answered with this status and OpenAI's own error body for it. */
  | { readonly type: "status"; readonly status: 401 | 429 | 500; readonly retryAfterS?: number }
  /** The account has no credit: a 429 that no waiting mends. */
  | { readonly type: "insufficient-quota" }
  /** No answer at all. */
  | { readonly type: "header-stall" }
  /** Nothing comes after so many messages. */
  | { readonly type: "body-stall"; readonly afterMessages: number }
  /** The line breaks after so many messages. */
  | { readonly type: "cut"; readonly afterMessages: number }
  /** In place of the message after so many, and of all that follow, stands what is none. */
  | { readonly type: "garbage"; readonly afterMessages: number }
  /** Every message comes so much after the one before. */
  | { readonly type: "slow"; readonly everyMs: number }
  /** A success that is a web page. */
  | { readonly type: "wrong-content-type" }
  /** A success with nothing in it. */
  | { readonly type: "empty" };

/** Why a body broke off. */
export class LineCut extends Error {
  override readonly name = "LineCut";
}

/** What the fault answers in place of OpenAI, if it does. */
export function answerOfFault(fault: OpenAiHttpFault | undefined): HttpAnswer | undefined {
  switch (fault?.type) {
    case "status":
      return statusAnswer(fault.status, fault.retryAfterS);
    case "insufficient-quota":
      return errorAnswer(429, {
        message: "You exceeded your current quota, please check your plan and billing details.",
        type: "insufficient_quota",
        code: "insufficient_quota",
      });
    case "wrong-content-type":
      return {
        status: 200,
        headers: { "content-type": "text/html" },
        messages: [Buffer.from("<html><body>Welcome to the wireless network.</body></html>")],
      };
    default:
      return undefined;
  }
}

function statusAnswer(status: 401 | 429 | 500, retryAfterS: number | undefined): HttpAnswer {
  if (status === 401)
    return errorAnswer(401, {
      message: "Incorrect API key provided: test-***. You can find your API key in your account's settings.",
      type: "invalid_request_error",
      code: "invalid_api_key",
    });
  if (status === 500)
    return errorAnswer(500, {
      message: "The server had an error while processing your request. Sorry about that!",
      type: "server_error",
    });
  const answer = errorAnswer(429, {
    message: "Rate limit reached for requests. Please try again later.",
    type: "requests",
    code: "rate_limit_exceeded",
  });
  if (retryAfterS === undefined) return answer;
  return { ...answer, headers: { ...answer.headers, "retry-after": String(retryAfterS) } };
}

/**
 * What leaves the provider, with the fault in it, in pieces that care for nothing: a message, a character or a sample may
 * straddle two of them.
 * @throws LineCut; signal.reason when the caller has gone.
 */
export async function* bodyOf(
  { messages }: HttpAnswer,
  fault: OpenAiHttpFault | undefined,
  { clock, signal }: { readonly clock: Clock; readonly signal: AbortSignal },
): AsyncGenerator<Uint8Array, void, void> {
  if (fault?.type === "empty") return;
  for (const [index, message] of messages.entries()) {
    signal.throwIfAborted();
    if (fault?.type === "slow") await pause(clock, fault.everyMs, signal);
    const struck = fault !== undefined && "afterMessages" in fault && index >= fault.afterMessages;
    if (struck && fault.type === "body-stall") await pause(clock, undefined, signal);
    if (struck && fault.type === "cut") throw new LineCut("The line was cut.");
    yield* piecesOf(struck ? Buffer.from('data: {"type":"resp<html>\n\n') : message, index);
  }
  if (fault?.type === "body-stall") await pause(clock, undefined, signal);
  if (fault?.type === "cut") throw new LineCut("The line was cut.");
}

/** Three pieces at odd places, other ones with each message. */
function* piecesOf(message: Uint8Array, index: number): Generator<Uint8Array, void, void> {
  const first = Math.min(message.length, 1 + ((index * 7) % 13));
  const second = Math.min(message.length, first + 1 + 2 * Math.floor((message.length - first) / 4));
  for (const [from, to] of [
    [0, first],
    [first, second],
    [second, message.length],
  ] as const) {
    if (to > from) yield message.subarray(from, to);
  }
}

/** Waits so long, or for ever. */
export function pause(clock: Clock, delayMs: number | undefined, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    const undo = delayMs === undefined ? () => {} : clock.setTimer(done, delayMs);
    signal.addEventListener("abort", gone, { once: true });
    function done(): void {
      signal.removeEventListener("abort", gone);
      resolve();
    }
    function gone(): void {
      undo();
      reject(signal.reason);
    }
  });
}
