import type { FormBody } from "./form-body.js";

/** A request, wherever it came from. */
export interface Question {
  readonly method: string;
  /** Path and query, as the request line has them. */
  readonly target: string;
  /** @param name in lower case @returns undefined if it is not there, or there more than once. */
  header(name: string): string | undefined;
  form(): Promise<FormBody>;
}

/** The path of a request, without its query. */
export function pathOf(target: string): string {
  return target.split(/[?#]/u)[0] ?? "";
}
