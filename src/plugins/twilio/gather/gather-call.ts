import { Alarm } from "../../../async.js";
import { BolchaalError } from "../../../errors.js";
import type { CallInfo, SayRequest, SpeechTransport, SpeechTransportEvent } from "../../../spec/index.js";
import { settleable } from "../settleable.js";
import type { FormFields } from "../signature.js";
import { createTally } from "../tally.js";
import { type TwimlVerb, twiml } from "../twiml.js";
import { createAnswers } from "./answers.js";
import { createCallerTurns } from "./caller-turns.js";
import { gatherDocument } from "./document.js";
import { readCall, readEnding } from "./forms.js";
import { hungUpByCarrier } from "./hang-up.js";
import { createSpeechInbox } from "./inbox.js";
import { type GatherCallOptions, resolveGatherOptions } from "./options.js";
import { answerAtMs, type Expectation } from "./patience.js";
import { createPlayback } from "./playback.js";
import { createReplies } from "./replies.js";
import { createScript } from "./script.js";
import { createUtterance, type VoiceContext } from "./voice.js";

/**
 * A call in gather mode: the session's line on one side; on the other Twilio's webhooks, each of which is answered with
 * what Twilio is to do until the next.
 */
export interface GatherCall extends SpeechTransport {
  /** The call, once `voice` was asked. Rejects with a `BolchaalError` if it was over before. */
  readonly started: Promise<{ readonly call: CallInfo }>;
  /** Settles with the `end` event: no webhook of the call is to be expected any more. Never rejects. */
  readonly over: Promise<void>;
  /** The call comes in, or comes to this from something else: the form of the voice webhook. */
  voice(form: FormFields): Promise<readonly TwimlVerb[]>;
  /** Twilio is through with the document that named this turn: the action of its `<Gather>`, or the redirect behind it. */
  action(turn: number, form: FormFields): Promise<readonly TwimlVerb[]>;
  /** The caller is speaking: words so far. */
  partial(turn: number, form: FormFields): Promise<readonly TwimlVerb[]>;
  /** Leads Twilio back here from elsewhere in the same call: from a transfer that came to nothing, for instance. */
  comeBack(): readonly TwimlVerb[];
  /** Twilio's status callback. What tells of no end is passed over. */
  ended(form: FormFields): void;
  /** Lets go of the call without ending it: Twilio is given the `fallback` when it asks next. */
  release(): void;
}

type EndReason = Extract<SpeechTransportEvent, { readonly type: "end" }>["reason"];

/**
 * Makes the line of one call on which Twilio recognises and speaks, turn by turn: `<Gather>` with the reply within it.
 * A webhook that comes twice gets the same answer twice, and counts once; each is answered within a bound, even while the
 * brain still thinks, and what is not ready by then comes with the next.
 *
 * @throws BolchaalError `invalid-option`
 */
export function createGatherCall(given: GatherCallOptions): GatherCall {
  const options = resolveGatherOptions(given);
  const { baseUrl, clock, logger, lostAfterMs, fallback } = options;
  const { language, listenMs: listeningMs } = options;
  const sample = { unheeding: [], heeding: [], listeningMs, language, action: baseUrl, partial: baseUrl };
  // Written once to see that it can be: a call is no time to find out.
  twiml([...gatherDocument(sample, options), ...fallback]);

  const started = settleable<{ readonly call: CallInfo }>();
  const over = settleable<void>();
  const changed = new Alarm();
  const everAwake = new AbortController().signal;
  const inbox = createSpeechInbox();
  const answers = createAnswers();
  const replies = createReplies();
  const odd = createTally((message, count) => inbox.push({ type: "warning", message, count }));

  let call: CallInfo | undefined;
  /** Not answering any more: hanging up when what is there has been said, or left alone. */
  let leaving: "hang-up" | "release" | undefined;
  let hangingUp: Promise<void> | undefined;
  let isOver = false;
  let undoWatch = () => {};
  let undoLastWords = () => {};

  const playback = createPlayback(clock, (event) => {
    if (event.type === "interrupted") replies.stop(event.generation);
    inbox.push(event);
  });
  const urlOf = (route: string, turn: number) =>
    `${baseUrl}/${route}/${encodeURIComponent(call?.callId ?? "")}/${turn}`;
  const script = createScript({ options, replies, playback, urlOf });
  const caller = createCallerTurns({
    options,
    tell: inbox.push,
    language: () => script.language,
    began: (onsetMs, by) => playback.callerAt(onsetMs, by),
    saidAll: () => playback.saidAll(),
  });

  const voiceContext: VoiceContext = {
    voice: options.voice,
    unitMs: options.unitMs,
    sayVoice: options.sayVoices,
    clock,
    soundUrl: (id) => `${baseUrl}/speech/${id}`,
    onReady: () => changed.sound(),
    onFailed: (error) => {
      logger.warn({ callId: call?.callId, error }, "the voice failed; Twilio's own says it");
      odd.count("A piece of a reply was said by Twilio's voice, because the agent's own failed or was late.");
    },
  };

  /** The webhook of a turn: what it tells, then what there is to say, as soon as there is something. */
  async function answer(expects: Expectation): Promise<readonly TwimlVerb[]> {
    const sinceMs = clock.now();
    undoWatch();
    while (!isOver && leaving === undefined) {
      const untilMs = answerAtMs(replies.outlook, expects, sinceMs, options);
      if (untilMs <= clock.now()) break;
      await changed.sounded(clock, untilMs, everAwake);
    }
    if (leaving === "release") return fallback;
    if (isOver) return [{ verb: "hangup" }];
    return leaving === "hang-up" ? lastDocument() : nextDocument();
  }

  function nextDocument(): readonly TwimlVerb[] {
    const { verbs, says } = script.next(answers.turn + 1, caller.awaitsReply);
    if (says) caller.answered();
    watch();
    return verbs;
  }

  function lastDocument(): readonly TwimlVerb[] {
    const verbs = script.last();
    undoLastWords = clock.setTimer(() => end("hung-up"), playback.quietAtMs - clock.now());
    return verbs;
  }

  /** Twilio has something to do, and will tell when it is done. */
  function watch(): void {
    undoWatch();
    undoWatch = clock.setTimer(lose, playback.quietAtMs - clock.now() + lostAfterMs);
  }

  function lose(): void {
    const what = `Twilio has told nothing for ${lostAfterMs} ms. Look at its debugger.`;
    end("transport-lost", failure("transport-failed", what));
  }

  function begin(form: FormFields): Promise<readonly TwimlVerb[]> {
    call = readCall(form, options.parameters);
    inbox.push({ type: "start", call });
    started.resolve({ call });
    return answer("reply");
  }

  function end(reason: EndReason, cause?: unknown): void {
    if (isOver) return;
    isOver = true;
    undoWatch();
    undoLastWords();
    playback.close();
    for (const utterance of replies.takeAll()) utterance.drop();
    changed.sound();
    inbox.push({ type: "end", reason, ...(cause === undefined ? {} : { cause }) });
    started.reject(failure("session-ended", "The call was over before it started. There is nothing to do."));
    over.resolve();
  }

  /** Twilio's word that the call is over. */
  function ended(form: FormFields): void {
    const ending = readEnding(form);
    if (ending === undefined) return;
    if (leaving !== undefined) return end("hung-up");
    if (ending === "over") return end("caller-hangup");
    end("transport-lost", failure("transport-failed", "Twilio says that the call failed. Look at its debugger."));
  }

  async function hangUpOnce(): Promise<void> {
    if (isOver) return;
    leaving ??= "hang-up";
    changed.sound();
    const { hangUp: ask } = options;
    // Who is being answered is hung up on by the answer.
    if (call !== undefined && ask !== undefined && !answers.pending) {
      const afterMs = playback.quietAtMs - clock.now();
      if (await hungUpByCarrier({ call, ask, afterMs, over: over.promise, clock, logger })) end("hung-up");
    }
    await over.promise;
  }

  function release(): void {
    if (isOver) return;
    leaving = "release";
    end("hung-up");
  }

  /** A listener that throws costs its own call, and not the process with all the others. */
  function tell(listener: (event: SpeechTransportEvent) => void, event: SpeechTransportEvent): void {
    try {
      listener(event);
    } catch (error) {
      logger.error({ callId: call?.callId, event: event.type, error }, "the call's listener failed");
      leaving ??= "release";
      end("transport-lost", failure("transport-failed", `The listener failed on "${event.type}".`, error));
    }
  }

  function say(piece: SayRequest): void {
    if (isOver || leaving !== undefined) return;
    const { generation, text, last } = piece;
    if (text.trim() !== "") replies.add(createUtterance(piece, voiceContext));
    if (last) replies.complete(generation);
    if (replies.isHandedOut(generation)) playback.complete(generation);
    changed.sound();
  }

  const comeBack = (): readonly TwimlVerb[] => [{ verb: "redirect", url: urlOf("gather", answers.turn) }];

  /** A turn that is not waited for: Twilio is led back to the one that is. */
  function stray(): readonly TwimlVerb[] {
    odd.count("A webhook came for a turn that is long over, or never was.");
    return comeBack();
  }

  return {
    specVersion: "v1",
    kind: "speech",
    name: "twilio",
    started: started.promise,
    over: over.promise,
    connect: (listener) => inbox.connect((event) => tell(listener, event)),
    say,
    stop(generation) {
      replies.stop(generation);
      return playback.stop(generation);
    },
    setLanguage(next) {
      script.language = next;
    },
    hangUp() {
      hangingUp ??= hangUpOnce();
      return hangingUp;
    },
    release,
    voice: async (form) => answers.to(0, () => begin(form)) ?? stray(),
    action: async (turn, form) => {
      const made = answers.to(turn, () => {
        const expects = caller.result(turn, form, script.listeningMs);
        ended(form);
        return answer(expects);
      });
      return made ?? stray();
    },
    partial: async (turn, form) => {
      if (turn !== answers.turn || answers.pending || isOver) return [];
      if (caller.partial(turn, form)) watch();
      return [];
    },
    comeBack,
    ended,
  };
}

function failure(code: "transport-failed" | "session-ended", message: string, cause?: unknown): BolchaalError {
  return new BolchaalError(message, { code, component: "transport", provider: "twilio", cause });
}
