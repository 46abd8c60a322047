import type { PhoneEar } from "../carrier/phone.js";
import { AUTO_SPEECH_TIMEOUT_MS, createRecogniser, NOTICE_MS } from "../carrier/recogniser.js";
import type { ConversationRelayVerb, Interruptible } from "../twiml/verbs.js";
import type { Talker } from "./talker.js";

/** How much voice it takes to interrupt, in ms, by `interruptSensitivity`. */
const NOTICE = { high: NOTICE_MS, medium: 2 * NOTICE_MS, low: 4 * NOTICE_MS } as const;

/** What the hearing of a session works on. */
export interface RelayEarContext {
  readonly talker: Pick<Talker, "current" | "interrupt">;
  send(message: object): void;
  /** Tells the app, if it subscribed to `event`. */
  info(event: string, name: string, value: string): void;
  /** What the caller is taken to speak now. */
  language(): string;
}

/** ConversationRelay's hearing: what the caller says and presses becomes prompts, keys and interruptions. */
export function createRelayEar(verb: ConversationRelayVerb, context: RelayEarContext): PhoneEar {
  const { talker, send, info } = context;
  /** The app is told what is being said. */
  let isReported = true;

  const { speechTimeoutMs } = verb;
  const recogniser = createRecogniser(
    {
      silenceMs: speechTimeoutMs === "auto" ? AUTO_SPEECH_TIMEOUT_MS : speechTimeoutMs,
      noticeMs: NOTICE[verb.interruptSensitivity],
    },
    {
      noticed() {
        info("speaker-events", "clientSpeaking", "on");
        isReported = interrupted("speech");
      },
      partial(text) {
        if (verb.partialPrompts && isReported) prompt(text, false);
      },
      result({ text }) {
        info("speaker-events", "clientSpeaking", "off");
        if (isReported) prompt(text, true);
      },
      nothing: () => info("speaker-events", "clientSpeaking", "off"),
    },
  );

  /** Interrupts the agent if what the caller does may. @returns whether the app is told what it was */
  function interrupted(by: "speech" | "dtmf"): boolean {
    const { current } = talker;
    if (current === undefined) return true;
    if (!includes(current.interruptible, by)) return includes(verb.reportInputDuringAgentSpeech, by);
    const { utteranceUntilInterrupt, durationUntilInterruptMs } = talker.interrupt();
    send({
      type: "interrupt",
      utteranceUntilInterrupt,
      durationUntilInterruptMs: String(durationUntilInterruptMs),
    });
    return true;
  }

  function prompt(voicePrompt: string, last: boolean): void {
    const language = context.language();
    // Of several languages at once, the app is told a primary tag.
    send({ type: "prompt", voicePrompt, lang: language === "multi" ? "en" : language, last });
  }

  return {
    listening: true,
    frame: (_frame, atMs, utterance) => recogniser.hear(utterance, atMs),
    digit(digit) {
      if (interrupted("dtmf") && verb.dtmfDetection) send({ type: "dtmf", digit });
    },
  };
}

function includes(interruptible: Interruptible, what: "speech" | "dtmf"): boolean {
  return interruptible === "any" || interruptible === what;
}
