/** Counts what went wrong, each kind by itself, and tells of the 1st, 10th, 100th … of a kind. */
export interface Tally {
  count(what: string): void;
  /** Of all kinds. */
  readonly total: number;
}

/** @param report gets the kind and how many of it there were. The kinds must be few: they are kept. */
export function createTally(report: (what: string, count: number) => void): Tally {
  const counts = new Map<string, number>();
  let total = 0;
  return {
    count(what) {
      const count = (counts.get(what) ?? 0) + 1;
      counts.set(what, count);
      total += 1;
      if (/^10*$/.test(String(count))) report(what, count);
    },
    get total() {
      return total;
    },
  };
}
