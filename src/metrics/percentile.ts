/**
 * The nearest-rank percentile: a value that was measured, never one between two.
 *
 * @param share From above 0 to 1: 0.95 for the 95th.
 * @returns `undefined` of nothing.
 */
export function percentile(values: readonly number[], share: number): number | undefined {
  const sorted = [...values].sort((first, second) => first - second);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
}
