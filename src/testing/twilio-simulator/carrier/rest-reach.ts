import type { TwimlSource } from "../live-leg.js";

/** What the carrier ends a call for. */
type EndedBy = "rest" | "time-limit";

/** How the REST API reaches into a call that may not have begun. */
export class RestReach {
  #end: ((reason: EndedBy) => void) | undefined;
  #over: EndedBy | undefined;
  #document: AbortController | undefined;
  #next: TwimlSource | undefined;

  /** The call is there. */
  attach(end: (reason: EndedBy) => void): void {
    this.#end = end;
    if (this.#over !== undefined) end(this.#over);
  }

  hangUp(reason: EndedBy = "rest"): void {
    this.#over = reason;
    this.#end?.(reason);
  }

  redirect(source: TwimlSource): void {
    this.#next = source;
    this.#document?.abort(new DOMException("The call goes on with other instructions", "AbortError"));
  }

  /** A document begins. @returns what aborts when others take its place */
  begin(): AbortSignal {
    this.#document = new AbortController();
    // Others may have come before the first one began.
    if (this.#next !== undefined) this.redirect(this.#next);
    return this.#document.signal;
  }

  /** What has taken its place, if anything has. */
  takeNext(): TwimlSource | undefined {
    const next = this.#next;
    this.#next = undefined;
    return next;
  }
}
