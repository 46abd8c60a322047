import { redirectCall, type TwilioRequestOptions, type TwilioRestClientSource } from "../rest/index.js";
import { type SayVerb, type TwimlVerb, twiml } from "../twiml.js";

/** A line is said so often to who holds, with a pause between; then the call ends. */
const MOST_LINES = 15;
const LINE_EVERY_MS = 20_000;

/** What a caller hears who holds. */
export type HoldSound =
  /** Over and over. Twilio fetches it. */
  | { readonly musicUrl: string; readonly line?: Omit<SayVerb, "verb"> }
  /** Every 20 s, for five minutes. */
  | { readonly line: Omit<SayVerb, "verb"> };

/** Music without an end, or a line now and then. */
export function holdVerbs(sound: HoldSound): TwimlVerb[] {
  const line: TwimlVerb[] = sound.line === undefined ? [] : [{ verb: "say", ...sound.line }];
  if ("musicUrl" in sound) return [...line, { verb: "play", url: sound.musicUrl, loop: 0 }];
  return Array.from({ length: MOST_LINES }, () => [
    ...line,
    { verb: "pause", lengthMs: LINE_EVERY_MS } as const,
  ]).flat();
}

/**
 * Takes a call from its line, and lets the caller hold: the agent's session ends.
 * @throws BolchaalError
 */
export function holdCall(
  client: TwilioRestClientSource,
  callSid: string,
  sound: HoldSound,
  options?: TwilioRequestOptions,
): Promise<"done" | "already-over"> {
  return redirectCall(client, callSid, { twiml: twiml(holdVerbs(sound)) }, options);
}

/**
 * Takes a call that holds to what comes next: verbs, such as a new stream to the agent. Addresses in them must be absolute.
 * @throws BolchaalError
 */
export function resumeCall(
  client: TwilioRestClientSource,
  callSid: string,
  verbs: readonly TwimlVerb[],
  options?: TwilioRequestOptions,
): Promise<"done" | "already-over"> {
  return redirectCall(client, callSid, { twiml: twiml(verbs) }, options);
}
