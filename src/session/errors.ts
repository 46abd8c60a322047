import { BolchaalError, type BolchaalErrorCode, type Component } from "../errors.js";

/** What a plug-in threw, as an error of the library. */
export function asBolchaalError(
  thrown: unknown,
  fallback: {
    readonly code: BolchaalErrorCode;
    readonly component: Component;
    readonly provider: string;
    readonly what: string;
  },
): BolchaalError {
  if (BolchaalError.isInstance(thrown)) return thrown;
  const { code, component, provider, what } = fallback;
  const detail = thrown instanceof Error ? thrown.message : String(thrown);
  return new BolchaalError(`${what}: ${detail}`, { code, component, provider, cause: thrown });
}
