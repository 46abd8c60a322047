import { createGatherCall, createSpeechHost, type GatherCall, type SpeechHost } from "../plugins/twilio/index.js";
import type { CallDesk } from "./call-desk.js";
import type { ResolvedPhoneServerOptions } from "./options.js";
import type { ServerUrls } from "./urls.js";

/** A line whose call is over answers late and doubled webhooks for so long, in ms. */
export const GATHER_REMEMBERED_MS = 30_000;

/** The calls in gather mode. */
export interface GatherLines {
  /** The line of a call; a new one, with the call handed to the desk, if there is none. */
  open(callSid: string, parameters: Readonly<Record<string, string>>): GatherCall;
  find(callSid: string): GatherCall | undefined;
  /** The sounds that Twilio fetches. */
  readonly host: SpeechHost;
}

export function createGatherLines(
  { gather, fallback, logger, clock }: ResolvedPhoneServerOptions,
  urls: ServerUrls,
  calls: CallDesk,
): GatherLines {
  const { textToSpeech, ...settings } = gather;
  const host = createSpeechHost({ clock });
  const voice = textToSpeech === undefined ? "say" : { textToSpeech, host };
  const lines = new Map<string, GatherCall>();

  return {
    open(callSid, parameters) {
      const known = lines.get(callSid);
      if (known !== undefined) return known;
      const line = createGatherCall({ ...settings, baseUrl: urls.base, parameters, voice, fallback, logger, clock });
      lines.set(callSid, line);
      void line.over.then(() => clock.setTimer(() => lines.delete(callSid), GATHER_REMEMBERED_MS));
      // Its webhooks are signed: they need no token.
      void calls.take(line, () => true);
      return line;
    },
    find: (callSid) => lines.get(callSid),
    host,
  };
}
