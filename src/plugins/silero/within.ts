import { BolchaalError } from "../../errors.js";

/**
 * The value, if it is within its bounds.
 * @throws BolchaalError `invalid-option`
 */
export function within(option: string, value: number, least: number, most: number): number {
  if (value >= least && value <= most) return value;
  throw invalidOption(`${option} is ${value}. Give ${least} to ${most}.`);
}

/** The error of an option that cannot be. */
export function invalidOption(message: string, cause?: unknown): BolchaalError {
  return new BolchaalError(message, { code: "invalid-option", component: "audio", provider: "silero", cause });
}
