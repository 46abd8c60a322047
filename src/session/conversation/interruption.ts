import type { Draft } from "./draft.js";

/** Whether the caller may stop the reply that is being heard. */
export function mayInterrupt(draft: Draft): boolean {
  const { reply, ending } = draft.state;
  return (
    reply?.audible === true && !reply.protected && ending === undefined && draft.rules.interruption.policy !== "none"
  );
}
