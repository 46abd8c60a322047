/**
 * Whether, and how, a caller stops the agent by speaking:
 *
 * - `duck`: at the caller's voice the agent goes on softer; words or duration then decide whether it stops.
 * - `immediate`: the caller's voice stops the agent.
 * - `min-words`: the agent goes on as it is until the caller has said a few words.
 * - `none`: nothing stops the agent; what the caller says meanwhile is answered afterwards.
 */
export type InterruptionPolicy = "duck" | "immediate" | "min-words" | "none";
