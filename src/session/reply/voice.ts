import { inTime } from "../../async.js";
import { createAudioConverter, sameFormat } from "../../audio/index.js";
import { BolchaalError } from "../../errors.js";
import type { AudioFormat, Clock, ProviderName, ProviderUsage, TextToSpeech } from "../../spec/index.js";
import { asBolchaalError } from "../errors.js";
import type { TrackItem } from "../playback/index.js";
import type { Piece } from "./pieces.js";
import { spokenPiece } from "./spoken-piece.js";

/** A text-to-speech that speaks in the line's format, and fails softly. */
export interface Voice {
  /** Speaks a piece: its beginning, with the first sound, its audio and its words. A failure is an item, not a throw; throws only `signal.reason`. */
  speak(piece: Piece, how: SpeakOptions): AsyncGenerator<TrackItem, void, void>;
}

/** What goes along with a piece. */
export interface SpeakOptions {
  readonly signal: AbortSignal;
  /** The provider has begun to speak it. */
  readonly used: (usage: ProviderUsage) => void;
  readonly warn: (warning: Error) => void;
}

export function createVoice(textToSpeech: TextToSpeech, line: AudioFormat, clock: Clock, timeoutMs: number): Voice {
  const format =
    textToSpeech.produces.find((produced) => sameFormat(produced, line)) ?? textToSpeech.produces[0] ?? line;
  return {
    async *speak(piece, { signal, used, warn }) {
      const { text, written } = spokenPiece(piece, textToSpeech);
      // Nothing of it can be said: an emoji, a line of stars.
      if (text.trim() === "") return;
      const converter = createAudioConverter(format, line);
      let begun = false;
      const begin = (): readonly TrackItem[] => {
        if (begun) return [];
        begun = true;
        return [{ type: "piece", text: piece.text }];
      };
      try {
        const request = { text, language: piece.language, format, warn };
        let tellUsage: ((by: ProviderName) => void) | undefined = ({ name: provider, modelId: model }) =>
          used({
            component: "text-to-speech",
            provider,
            ...(model === undefined ? {} : { model }),
            characters: text.length,
          });
        const late = (waitedMs: number) => lateSound(textToSpeech.name, waitedMs);
        const deadlines = { clock, firstMs: timeoutMs, idleMs: timeoutMs, late };
        const speak = (either: AbortSignal) => textToSpeech.doSpeak({ ...request, signal: either });
        for await (const chunk of inTime(speak, deadlines, signal)) {
          tellUsage?.(chunk.madeBy ?? textToSpeech);
          tellUsage = undefined;
          yield* begin();
          if (chunk.words !== undefined && chunk.words.length > 0)
            yield { type: "words", words: chunk.words.map(written) };
          const audio = converter.convert(chunk.audio);
          if (audio.length > 0) yield { type: "audio", audio };
        }
        yield* begin();
        const rest = converter.flush();
        if (rest.length > 0) yield { type: "audio", audio: rest };
      } catch (thrown) {
        signal.throwIfAborted();
        yield* begin();
        const { name } = textToSpeech;
        yield {
          type: "failure",
          error: asBolchaalError(thrown, {
            code: "provider-failed",
            component: "text-to-speech",
            provider: name,
            what: "The voice failed",
          }),
        };
      }
    },
  };
}

function lateSound(provider: string, waitedMs: number): BolchaalError {
  return new BolchaalError(`The voice gave no sound for ${waitedMs} ms. Its piece was left out.`, {
    code: "provider-timeout",
    component: "text-to-speech",
    provider,
    retryable: true,
  });
}
