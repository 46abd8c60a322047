import type { TwimlSource } from "../live-leg.js";

/** How the REST API reaches into a call that may not have begun. */
export class RestReach {
  #end: (() => void) | undefined;
  #isOver = false;
  #document: AbortController | undefined;
  #next: TwimlSource | undefined;

  /** The call is there. */
  attach(end: () => void): void {
    this.#end = end;
    if (this.#isOver) end();
  }

  hangUp(): void {
    this.#isOver = true;
    this.#end?.();
  }

  redirect(source: TwimlSource): void {
    this.#next = source;
    this.#document?.abort(new DOMException("The call goes on with other instructions", "AbortError"));
  }

  /** A document begins. @returns what aborts when others take its place */
  begin(): AbortSignal {
    this.#document = new AbortController();
    return this.#document.signal;
  }

  /** What has taken its place, if anything has. */
  takeNext(): TwimlSource | undefined {
    const next = this.#next;
    this.#next = undefined;
    return next;
  }
}
