import type { Language, TranscriptResult } from "../../spec/index.js";
import type { DeepgramResults } from "./messages.js";

/** What Deepgram's stretches of transcript make of the session's utterances. */
export interface Utterances {
  /** The session heard `id` begin. */
  start(id: string): void;
  /**
   * The session heard `id` end. @returns its final transcript, if Deepgram has made it already; else nothing, and
   * Deepgram must be asked.
   */
  end(id: string): TranscriptResult[];
  /** A stretch of transcript; `asked` is the utterance whose end Deepgram was asked to make, if one is. */
  results(results: DeepgramResults, asked: string | undefined): TranscriptResult[];
  /** Deepgram heard speech begin. */
  speechStarted(): void;
  /** Deepgram heard no word for some time. */
  utteranceEnd(asked: string | undefined): TranscriptResult[];
  /** Deepgram does not answer for `id`: what there is must do. */
  giveUp(id: string): TranscriptResult[];
}

/**
 * An utterance is the concatenation of Deepgram's final stretches until the session says it is over. Deepgram's own end
 * (`speech_final`, `UtteranceEnd`) only counts where the session heard no speech at all: one utterance, one final.
 */
export function createUtterances(): Utterances {
  let current: string | undefined;
  let parts: string[] = [];
  let interim = "";
  let heardSpeech = false;
  /** Deepgram has ended what it heard, and nothing came after. */
  let complete = false;
  let confidence: number | undefined;
  let languages = new Set<string>();

  function transcript(id: string | undefined, final: boolean): TranscriptResult {
    const text = [...parts, interim].filter((part) => part !== "").join(" ");
    const language = languageOf(languages);
    return {
      type: "transcript",
      final,
      ...(id !== undefined && { utteranceId: id }),
      text,
      ...(language !== undefined && { language }),
      ...(confidence !== undefined && { confidence }),
    };
  }

  function finish(id: string | undefined): TranscriptResult[] {
    const hasWords = parts.length > 0 || interim !== "";
    const result: TranscriptResult | undefined = hasWords
      ? transcript(id, true)
      : id === undefined
        ? undefined
        : { type: heardSpeech ? "not-understood" : "no-speech", utteranceId: id };
    parts = [];
    interim = "";
    heardSpeech = false;
    complete = false;
    confidence = undefined;
    languages = new Set();
    return result === undefined ? [] : [result];
  }

  return {
    start(id) {
      current = id;
    },
    end(id) {
      if (current === id) current = undefined;
      return complete && parts.length > 0 && interim === "" ? finish(id) : [];
    },
    results({ is_final, speech_final, from_finalize = false, channel }, asked) {
      const [alternative] = channel.alternatives;
      const said = alternative?.transcript.trim() ?? "";
      interim = is_final ? "" : said;
      if (said !== "") {
        for (const language of alternative?.languages ?? []) languages.add(language);
        confidence = alternative?.confidence;
        if (is_final) parts.push(said);
      }
      complete = speech_final || (complete && said === "");
      const id = asked ?? current;
      if (from_finalize && asked !== undefined) return finish(asked);
      if (speech_final && id === undefined) return finish(undefined);
      return said === "" ? [] : [transcript(id, false)];
    },
    speechStarted() {
      heardSpeech = true;
    },
    utteranceEnd(asked) {
      if (parts.length > 0) complete = true;
      return asked === undefined && current === undefined ? finish(undefined) : [];
    },
    giveUp: finish,
  };
}

function languageOf(languages: ReadonlySet<string>): Language | undefined {
  const spoken = new Set([...languages].map((code) => code.split("-")[0]));
  if (spoken.has("hi")) return spoken.has("en") ? "hi-en" : "hi";
  return spoken.has("en") ? "en" : undefined;
}
