import { orAborted } from "../carrier/or-aborted.js";
import type { PhoneEar } from "../carrier/phone.js";
import { AUTO_SPEECH_TIMEOUT_MS, createRecogniser, type Recognised } from "../carrier/recogniser.js";
import type { GatherVerb } from "../twiml/verbs.js";
import type { DocumentContext, Flow } from "./context.js";
import { speak } from "./speak.js";

/** What a `<Gather>` got of the caller; empty: nothing. */
export interface Gathered {
  readonly speech?: Recognised;
  readonly digits?: string;
  /** The key that ended it. */
  readonly finishedOnKey?: string;
}

/** Carries out `<Gather>`: says the prompt, listens meanwhile, and asks the action what to do with what it got. */
export async function gather(verb: GatherVerb, document: DocumentContext): Promise<Flow> {
  const { leg } = document;
  const { phone } = leg;
  leg.log.asked = true;
  leg.log.lastLine = undefined;
  const stop = new AbortController();
  const tellPartial = partialsTo(verb, document);
  let done: (gathered: Gathered) => void = () => {};
  const result = new Promise<Gathered>((resolve) => {
    done = resolve;
  });
  const ear = createGatherEar(verb, { stopPrompt: () => stop.abort(), partial: tellPartial, done });
  const disconnect = phone.connect(ear);
  try {
    phone.begin();
    await prompt(verb, document, stop.signal);
    ear.promptIsOver(phone.now());
    const gathered = await orAborted(result, document.signal);
    return next(verb, gathered, document);
  } finally {
    disconnect();
  }
}

/** Says the prompt until it is over or stopped. */
async function prompt(verb: GatherVerb, document: DocumentContext, stopped: AbortSignal): Promise<void> {
  const signal = AbortSignal.any([document.signal, stopped]);
  try {
    for (const part of verb.prompt) {
      signal.throwIfAborted();
      await speak(part, { ...document, signal });
    }
  } catch (error) {
    if (!stopped.aborted) throw error;
  }
}

function next(verb: GatherVerb, gathered: Gathered, { leg, resolve }: DocumentContext): Flow {
  const { speech, digits, finishedOnKey } = gathered;
  if (speech === undefined && digits === undefined && !verb.actionOnEmptyResult) return undefined;
  const fields = {
    ...(speech === undefined
      ? {}
      : { SpeechResult: speech.text, Confidence: String(speech.confidence), Language: verb.language }),
    ...(digits === undefined ? {} : { Digits: digits }),
    ...(finishedOnKey === undefined ? {} : { FinishedOnKey: finishedOnKey }),
  };
  leg.phone.voice.stop();
  return { goTo: { url: resolve(verb.action), method: verb.method, fields } };
}

/** The words before the last one are stable. */
function partialsTo(verb: GatherVerb, { leg, resolve }: DocumentContext): (text: string) => void {
  const { partialResultCallback, partialResultCallbackMethod: method } = verb;
  if (partialResultCallback === undefined) return () => {};
  let sequence = 0;
  return (text) => {
    const words = text.split(" ");
    const fields = {
      ...leg.fields(),
      StableSpeechResult: words.slice(0, -1).join(" "),
      UnstableSpeechResult: words.at(-1) ?? "",
      SequenceNumber: String(sequence),
      Language: verb.language,
    };
    sequence += 1;
    leg.webhooks.tell({ url: resolve(partialResultCallback), method, fields });
  };
}

/** What a `<Gather>` does with what it hears. */
export interface GatherEar extends PhoneEar {
  /** The prompt has been said, or stopped: from now on the time is counted. */
  promptIsOver(atMs: number): void;
}

/** What comes of it. */
export interface GatherListener {
  stopPrompt(): void;
  partial(text: string): void;
  done(gathered: Gathered): void;
}

/** The first of words and keys decides which of them it gathers. */
export function createGatherEar(verb: GatherVerb, listener: GatherListener): GatherEar {
  let by: "speech" | "dtmf" | undefined;
  let isPromptOver = false;
  let isDone = false;
  let digits = "";
  let deadlineMs = Number.POSITIVE_INFINITY;
  let speechEndMs = Number.POSITIVE_INFINITY;
  let nowMs = 0;

  const recogniser = createRecogniser(
    { silenceMs: verb.speechTimeoutMs === "auto" ? AUTO_SPEECH_TIMEOUT_MS : verb.speechTimeoutMs },
    {
      noticed() {
        by = "speech";
        deadlineMs = Number.POSITIVE_INFINITY;
        speechEndMs = nowMs + verb.maxSpeechMs;
        listener.stopPrompt();
      },
      partial: listener.partial,
      result: (speech) => finish({ speech }),
      nothing() {
        by = undefined;
        restart();
      },
    },
  );

  const hears = (input: "speech" | "dtmf") =>
    !isDone && verb.input.includes(input) && (isPromptOver || verb.bargeIn) && (by === undefined || by === input);

  function finish(gathered: Gathered): void {
    if (isDone) return;
    isDone = true;
    listener.done(gathered);
  }

  /** The caller has `timeout` again. */
  function restart(): void {
    speechEndMs = Number.POSITIVE_INFINITY;
    deadlineMs = isPromptOver ? nowMs + verb.timeoutMs : Number.POSITIVE_INFINITY;
  }

  return {
    get listening() {
      return !isDone && (isPromptOver || verb.bargeIn);
    },
    frame(_frame, atMs, utterance) {
      nowMs = atMs;
      if (hears("speech")) recogniser.hear(utterance, atMs);
      if (!isDone && atMs >= speechEndMs) recogniser.finish();
      if (atMs >= deadlineMs) finish(by === "dtmf" ? { digits } : {});
    },
    digit(digit, atMs) {
      nowMs = atMs;
      if (!hears("dtmf")) return;
      by = "dtmf";
      listener.stopPrompt();
      if (digit === verb.finishOnKey) return finish({ digits, finishedOnKey: digit });
      digits += digit;
      if (digits.length === verb.numDigits) finish({ digits });
      else restart();
    },
    promptIsOver(atMs) {
      isPromptOver = true;
      nowMs = atMs;
      if (by !== "speech") restart();
    },
  };
}
