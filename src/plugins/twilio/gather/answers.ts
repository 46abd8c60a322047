import type { TwimlVerb } from "../twiml.js";

/** So many answers are kept, for webhooks that come again. */
export const KEPT_ANSWERS = 50;

/** The answers to a call's webhooks, by turn: each is made once, however often Twilio asks. */
export interface Answers {
  /** The turn whose webhook is waited for. */
  readonly turn: number;
  /** That webhook has come and waits for its answer. */
  readonly pending: boolean;
  /**
   * The answer to the webhook of `turn`: a new one, if it is the turn that is waited for; the same again, if it came
   * before; undefined for turns that never were, or are forgotten.
   */
  to(turn: number, make: () => Promise<readonly TwimlVerb[]>): Promise<readonly TwimlVerb[]> | undefined;
}

export function createAnswers(): Answers {
  const answers = new Map<number, Promise<readonly TwimlVerb[]>>();
  let turn = 0;
  let pending = false;

  /** The next turn begins with the answer. */
  function made(): void {
    pending = false;
    turn += 1;
    answers.delete(turn - KEPT_ANSWERS);
  }

  return {
    get turn() {
      return turn;
    },
    get pending() {
      return pending;
    },
    to(asked, make) {
      if (asked !== turn || pending) return answers.get(asked);
      pending = true;
      const answer = make().finally(made);
      answers.set(asked, answer);
      return answer;
    },
  };
}
