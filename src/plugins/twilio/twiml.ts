import { type ConnectRelayVerb, type ConnectStreamVerb, relayElement, streamElement } from "./twiml/connect.js";
import { type DialVerb, dialElement } from "./twiml/dial.js";
import { element, escaped } from "./twiml/element.js";
import { type GatherVerb, gatherElement } from "./twiml/gather.js";
import { type PromptVerb, promptElement } from "./twiml/prompt.js";

export {
  type ConnectRelayVerb,
  type ConnectStreamVerb,
  PARAMETER_CHARACTERS,
  type RelayInterruptible,
  type RelayLanguage,
} from "./twiml/connect.js";
export {
  type DialedConference,
  type DialedNumber,
  type DialRecording,
  type DialVerb,
  LONGEST_RING_MS,
} from "./twiml/dial.js";
export { type GatherVerb, HINT_CHARACTERS, MOST_HINTS } from "./twiml/gather.js";
export { type PauseVerb, type PlayVerb, type PromptVerb, SAY_VOICES, type SayVerb } from "./twiml/prompt.js";

/** One thing Twilio is to do with a call. */
export type TwimlVerb =
  | ConnectStreamVerb
  | ConnectRelayVerb
  | PromptVerb
  | GatherVerb
  | DialVerb
  /** Goes on with the TwiML of another address. */
  | { readonly verb: "redirect"; readonly url: string }
  /** Does not answer. Only as the first verb. */
  | { readonly verb: "reject"; readonly reason: "busy" | "rejected" }
  | { readonly verb: "hangup" };

/**
 * The TwiML that does `verbs` one after another, as XML.
 * @throws BolchaalError `invalid-option` for what Twilio would refuse.
 */
export function twiml(verbs: readonly TwimlVerb[]): string {
  return `<?xml version="1.0" encoding="UTF-8"?>${element("Response", {}, verbs.map(verbElement).join(""))}`;
}

function verbElement(verb: TwimlVerb): string {
  switch (verb.verb) {
    case "connect-stream":
      return streamElement(verb);
    case "connect-relay":
      return relayElement(verb);
    case "say":
    case "play":
    case "pause":
      return promptElement(verb);
    case "gather":
      return gatherElement(verb);
    case "dial":
      return dialElement(verb);
    case "redirect":
      return element("Redirect", { method: "POST" }, escaped(verb.url));
    case "reject":
      return element("Reject", { reason: verb.reason });
    case "hangup":
      return element("Hangup", {});
  }
}
