import type { Clock } from "../../spec/index.js";

/** Waits for `promise`, at most `ms`. @returns its value, or undefined if it did not come in time */
export async function atMost<T>(
  clock: Clock,
  ms: number,
  promise: Promise<T>,
): Promise<{ readonly value: T } | undefined> {
  let undo = () => {};
  const late = new Promise<undefined>((resolve) => {
    undo = clock.setTimer(() => resolve(undefined), ms);
  });
  try {
    return await Promise.race([promise.then((value) => ({ value })), late]);
  } finally {
    undo();
  }
}
