/** What happens when a provider fails: the next one takes over. */
export type { FallbackRules } from "./chain.js";
export { type FallbackOptions, fallback, isFallback } from "./fallback.js";
export type { HealthRules } from "./health.js";
