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

/** Quick, for plug-ins that take no time. */
export const QUICK = { timeoutMs: 300, abortWithinMs: 60 } as const;
