import { BolchaalError } from "../errors.js";

/** The message of an error, for people: without the library's own labels; of what the network throws, with the reason below it. */
export function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (BolchaalError.isInstance(error)) return error.message.replace(/^\[bolchaal\] (?:\[[^\]]*\] )?/u, "");
  const cause = error.cause instanceof Error ? error.cause.message : undefined;
  return cause === undefined || error.message.includes(cause) ? error.message : `${error.message}: ${cause}`;
}
