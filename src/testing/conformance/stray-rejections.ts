/** Sees the first rejection that nobody handles. */
export function watchRejections() {
  let first: { readonly reason: unknown } | undefined;
  const listener = (reason: unknown) => {
    first ??= { reason };
  };
  process.on("unhandledRejection", listener);
  return {
    /** Node tells of a rejection once all promises of this turn of its loop have had their say. */
    async untilNow(): Promise<typeof first> {
      await new Promise((resolve) => setImmediate(resolve));
      return first;
    },
    end: () => process.off("unhandledRejection", listener),
  };
}
