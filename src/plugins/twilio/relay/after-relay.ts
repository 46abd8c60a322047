import type { FormFields } from "../signature.js";

/** How a session of ConversationRelay ended, as the action of `<Connect>` is told. */
export interface RelayEnding {
  readonly callSid: string;
  readonly sessionId?: string;
  /** `ended`: by the app. `completed`: the caller hung up. `failed`: the socket was lost, or never opened. */
  readonly status: "ended" | "completed" | "failed";
  readonly durationMs?: number;
  /** What `handOff` was given. */
  readonly handoffData?: string;
  readonly error?: { readonly code: string; readonly message: string };
}

/**
 * Reads the form that comes to the action of `<Connect>` behind ConversationRelay.
 * @returns undefined if it is not such a form
 */
export function readRelayEnding(form: FormFields): RelayEnding | undefined {
  const field = (name: string) => [form[name]].flat()[0] || undefined;
  const callSid = field("CallSid");
  const status = field("SessionStatus");
  if (callSid === undefined || (status !== "ended" && status !== "completed" && status !== "failed")) return undefined;
  const sessionId = field("SessionId");
  const seconds = Number(field("SessionDuration") ?? Number.NaN);
  const handoffData = field("HandoffData");
  const code = field("ErrorCode");
  return {
    callSid,
    status,
    ...(sessionId === undefined ? {} : { sessionId }),
    ...(Number.isFinite(seconds) ? { durationMs: seconds * 1000 } : {}),
    ...(handoffData === undefined ? {} : { handoffData }),
    ...(code === undefined ? {} : { error: { code, message: field("ErrorMessage") ?? "" } }),
  };
}
