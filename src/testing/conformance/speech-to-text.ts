import { bytesForMs, silence } from "../../audio/index.js";
import type { AudioFormat, Language, ListenOptions, SpeechToText, TranscriptResult } from "../../spec/index.js";
import {
  abortable,
  type ConformanceCase,
  type ConformanceOptions,
  caseOn,
  must,
  mustBeFailure,
  mustBeFormat,
  mustDescribeItself,
  pause,
  plain,
  rejectsAborted,
  sampleCall,
  type Trial,
  within,
} from "./contract.js";
import { listenTo, mustAnswerOnce, type OpenStream, say } from "./listening.js";

/** Of {@link speechToTextConformance}. */
export interface SpeechToTextConformanceOptions extends ConformanceOptions<SpeechToText> {
  /** One utterance, which the plug-in can recognise, without silence around it. */
  readonly speech: {
    readonly format: AudioFormat;
    readonly audio: Uint8Array;
    readonly language: Language;
    /** What it says. Case and marks do not matter. @default any words will do */
    readonly text?: string;
  };
}

/** What the contract of {@link SpeechToText} asks. */
export function speechToTextConformance(options: SpeechToTextConformanceOptions): ConformanceCase[] {
  const check = caseOn(options);
  const { speech } = options;

  const open = (trial: Trial<SpeechToText>, more: Partial<ListenOptions> = {}) =>
    openStream(trial, speech.language, more);

  async function recognise(trial: Trial<SpeechToText>, format: AudioFormat, pieceBytes: number): Promise<string> {
    const opened = await open(trial, { format });
    say(opened, speech, "u1", pieceBytes);
    const answer = await opened.answer(trial.timeoutMs);
    await opened.stream.close();
    mustBeAnswer(answer, "u1");
    must(answer.type === "transcript", "The utterance is recognised", answer);
    if (speech.text !== undefined)
      must(plain(answer.text) === plain(speech.text), `The utterance is recognised as "${speech.text}"`, answer.text);
    return plain(answer.text);
  }

  return [
    check("says what it is, which languages it knows and which formats it takes", ({ plugin }) => {
      mustDescribeItself(plugin);
      const { languages, interim } = plugin.capabilities;
      const known = languages.length > 0 && languages.every((language) => ["hi", "en", "hi-en"].includes(language));
      must(known, "capabilities.languages names one or more of Language", languages);
      must(typeof interim === "boolean", "capabilities.interim is true or false", interim);
      must(plugin.accepts.length > 0, "accepts names at least one format");
      plugin.accepts.forEach(mustBeFormat);
    }),

    check("recognises an utterance in every format it takes", async (trial) => {
      for (const format of trial.plugin.accepts) await recognise(trial, format, bytesForMs(20, format));
    }),

    check("recognises the same in chunks of any length", async (trial) => {
      const { accepts } = trial.plugin;
      const format = accepts.find(({ type }) => type === "audio/pcm") ?? (accepts[0] as AudioFormat);
      const whole = await recognise(trial, format, bytesForMs(20, format));
      const odd = await recognise(trial, format, 331);
      must(whole === odd, "How the sound is cut does not matter, a sample cut in two included", { whole, odd });
    }),

    check("recognises one utterance after another", async (trial) => {
      const opened = await open(trial);
      for (const utteranceId of ["u1", "u2"]) {
        say(opened, speech, utteranceId, bytesForMs(20, opened.format));
        const answer = await opened.answer(trial.timeoutMs);
        mustBeAnswer(answer, utteranceId);
        must(answer.type === "transcript", "Each utterance is recognised", answer);
      }
      await mustAnswerOnce(opened, ["u1", "u2"]);
      await opened.stream.close();
    }),

    check("keeps calls at once apart", async (trial) => {
      const [speaking, silent] = await Promise.all([
        open(trial, { call: sampleCall("a") }),
        open(trial, { call: sampleCall("b") }),
      ]);
      silent.stream.write(silence(silent.format, 500));
      say(speaking, speech, "u1", bytesForMs(20, speaking.format));
      const answer = await speaking.answer(trial.timeoutMs);
      must(answer.type === "transcript", "A call's utterance is recognised beside another call", answer);
      const others = silent.results.filter((result) => result.type === "transcript");
      must(others.length === 0, "A call does not get another call's words", others);
      await Promise.all([speaking.stream.close(), silent.stream.close()]);
    }),

    check("rejects with the signal's reason when aborted before it opens", ({ plugin, abortWithinMs }) => {
      const [format] = plugin.accepts as readonly [AudioFormat];
      const options = { call: sampleCall("a"), format, language: speech.language };
      return rejectsAborted((signal) => plugin.doListen({ ...options, signal }), abortWithinMs);
    }),

    check("ends soon when aborted, and gives nothing after", async (trial) => {
      const { signal, reason, abort } = abortable();
      const opened = await open(trial, { signal });
      say(opened, speech, "u1", bytesForMs(20, opened.format));
      abort();
      const before = opened.results.length;
      const end = await within(opened.ended, trial.abortWithinMs, "The results end soon after an abort");
      must(end === undefined || end.error === reason, "What aborted results throw is signal.reason", end?.error);
      must(opened.results.length <= before + 1, "No results come after an abort", opened.results.slice(before));
    }),

    check("ends its results when closed, and closes twice", async (trial) => {
      const opened = await open(trial);
      await within(opened.stream.close(), trial.timeoutMs, "A stream closes in time");
      await within(opened.stream.close(), trial.timeoutMs, "A stream closes a second time");
      const end = await within(opened.ended, trial.abortWithinMs, "The results end when the stream is closed");
      must(end === undefined, "The results of a closed stream end without an error", end?.error);
    }),

    check("gives nothing more once it is closed", async (trial) => {
      const opened = await open(trial);
      say(opened, speech, "u1", bytesForMs(20, opened.format));
      await within(opened.stream.close(), trial.timeoutMs, "A stream closes in time");
      // What it had given by then is read.
      await pause(0);
      const before = opened.results.length;
      await within(opened.ended, trial.abortWithinMs, "The results end when the stream is closed");
      must(opened.results.length === before, "No results come after close()", opened.results.slice(before));
    }),

    check("takes what comes late, empty or out of turn", async (trial) => {
      const opened = await open(trial);
      opened.stream.write(new Uint8Array(0));
      opened.stream.speechEnd("never begun");
      opened.stream.speechStart("u1");
      opened.stream.speechStart("u2");
      await opened.stream.close();
      opened.stream.write(silence(opened.format, 20));
      opened.stream.speechStart("u3");
      opened.stream.speechEnd("u3");
      const end = await within(opened.ended, trial.abortWithinMs, "The results end when the stream is closed");
      must(end === undefined, "Out-of-turn calls are no failure", end?.error);
    }),
  ];
}

/**
 * What the contract asks of a recogniser whose provider fails: `doListen` or `results` throw the failure, and nothing is made
 * up in its place.
 * @param options.create Makes a recogniser whose provider refuses, breaks off or sends what is none.
 */
export function failingSpeechToTextConformance(options: SpeechToTextConformanceOptions): ConformanceCase[] {
  const check = caseOn(options);
  const { speech } = options;
  return [
    check("throws a BolchaalError when its provider fails, and makes no words up", async (trial) => {
      const attempt = await openStream(trial, speech.language).then(
        (opened) => ({ opened }),
        (error: unknown) => ({ error }),
      );
      if ("error" in attempt) return mustBeFailure(attempt);
      const { opened } = attempt;
      say(opened, speech, "u1", bytesForMs(20, opened.format));
      const thrown = await within(opened.ended, trial.timeoutMs, "The results of a failed stream end in time");
      mustBeFailure(thrown, opened.results);
      const finals = opened.results.filter((result) => result.type !== "transcript" || result.final);
      must(finals.length === 0, "What was not recognised is not answered", finals);
      await within(opened.stream.close(), trial.timeoutMs, "A stream that failed closes in time");
    }),
  ];
}

async function openStream(
  { plugin, timeoutMs }: Trial<SpeechToText>,
  language: Language,
  more: Partial<ListenOptions> = {},
): Promise<OpenStream> {
  const options = {
    call: sampleCall("a"),
    format: plugin.accepts[0] as AudioFormat,
    signal: new AbortController().signal,
    ...more,
  };
  const stream = await within(plugin.doListen({ ...options, language }), timeoutMs, "A stream opens in time");
  return listenTo(stream, options.format);
}

function mustBeAnswer(answer: TranscriptResult, utteranceId: string): void {
  const { utteranceId: told } = answer;
  must(told === undefined || typeof told === "string", "utteranceId is a text, or left out", told);
  const ours = told === undefined || !/^u\d$/.test(told) || told === utteranceId;
  must(ours, `An answer belongs to the utterance it names, ${utteranceId}`, told);
  if (answer.type !== "transcript") return;
  const { confidence } = answer;
  must(confidence === undefined || (confidence >= 0 && confidence <= 1), "confidence lies from 0 to 1", confidence);
}
