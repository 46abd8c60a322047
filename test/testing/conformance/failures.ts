import { expect } from "vitest";
import { BolchaalError } from "../../../src/errors.js";
import type { ConformanceCase } from "../../../src/testing/index.js";

/** The names of the cases a plug-in fails, each of which must say so in the suite's own words. */
export async function failuresOf(suite: readonly ConformanceCase[]): Promise<string[]> {
  const names: string[] = [];
  for (const { name, run } of suite) {
    const error = await run().catch((thrown: unknown) => thrown);
    if (error === undefined) continue;
    expect(BolchaalError.isInstance(error) && error.code, String(error)).toBe("conformance-failed");
    names.push(name);
  }
  return names;
}

/** For plug-ins that take no time; wide enough for a machine that is busy with other tests. */
export const QUICK = { timeoutMs: 3_000, abortWithinMs: 500 } as const;

/** For plug-ins that never end: no machine is so busy that they pass. */
export const IMPATIENT = { timeoutMs: 100, abortWithinMs: 100 } as const;
