/** A promise to be settled from outside. */
export interface Settleable<T> {
  readonly promise: Promise<T>;
  readonly resolve: (value: T) => void;
  readonly reject: (error: unknown) => void;
}

/** Nobody has to listen to its rejection. */
export function settleable<T>(): Settleable<T> {
  let [resolve, reject]: [(value: T) => void, (error: unknown) => void] = [() => {}, () => {}];
  const promise = new Promise<T>((...settlers) => {
    [resolve, reject] = settlers;
  });
  promise.catch(() => {});
  return { promise, resolve, reject };
}
