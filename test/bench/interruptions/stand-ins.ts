/** What stands in for a recogniser and a voice, on the virtual clock. */

import { Channel } from "../../../src/async.js";
import { decodeMulaw, MULAW_8K, peakDbfs } from "../../../src/audio/index.js";
import type { Clock, SpeechToText, TextToSpeech, TranscriptResult } from "../../../src/spec/index.js";

/** A word is written down so long after its end … */
export const INTERIM_LAG_MS = 200;
/** … and an utterance is final so long after the session has told its end. */
export const FINAL_LAG_MS = 350;

const FRAME_BYTES = 160;

/** A sound of the caller's, µ-law at 8 kHz, and what would be written of it. */
export interface KnownSound {
  readonly sound: Uint8Array;
  readonly words: string;
}

/**
 * A streaming recogniser that knows the sounds of a call by heart, frame by frame, and so writes down just what of them
 * it was given: interim words with a lag, a final behind the end. Other loud sound it takes for the agent's words.
 */
export function standInRecogniser(clock: Clock, sounds: readonly KnownSound[], agentWords: string): SpeechToText {
  const frames = new Map<string, { readonly sound: number; readonly index: number }>();
  sounds.forEach(({ sound }, number) => {
    for (let index = 0; (index + 1) * FRAME_BYTES <= sound.length; index += 1) {
      frames.set(keyOf(sound.subarray(index * FRAME_BYTES, (index + 1) * FRAME_BYTES)), { sound: number, index });
    }
  });
  return {
    specVersion: "v1",
    name: "stand-in",
    capabilities: { interim: true, languages: ["hi", "en", "hi-en"] },
    accepts: [MULAW_8K],
    async doListen() {
      const results = new Channel<TranscriptResult>();
      let utteranceId: string | undefined;
      let heard: string[] = [];
      let strangeFrames = 0;
      const heardFrames = new Map<number, Set<number>>();

      function write(word: string): void {
        heard = [...heard, word];
        const text = heard.join(" ");
        const id = utteranceId;
        clock.setTimer(() => {
          results.push({ type: "transcript", final: false, text, ...(id === undefined ? {} : { utteranceId: id }) });
        }, INTERIM_LAG_MS);
      }

      function listen(frame: Uint8Array): void {
        const known = frames.get(keyOf(frame));
        if (known === undefined) {
          strangeFrames = peakDbfs(decodeMulaw(frame)) > -45 ? strangeFrames + 1 : 0;
          if (strangeFrames > 0 && strangeFrames % 15 === 0)
            write(agentWords.split(" ")[(strangeFrames / 15) % 20] ?? "");
          return;
        }
        const { sound, words } = sounds[known.sound] as KnownSound;
        const had = heardFrames.get(known.sound) ?? new Set<number>();
        heardFrames.set(known.sound, had.add(known.index));
        for (const { word, from, to } of wordSpans(words, Math.floor(sound.length / FRAME_BYTES))) {
          if (to !== known.index) continue;
          let share = 0;
          for (let index = from; index <= to; index += 1) share += had.has(index) ? 1 : 0;
          if (share >= (to - from + 1) / 2) write(word);
        }
      }

      return {
        write(audio) {
          for (let from = 0; from + FRAME_BYTES <= audio.length; from += FRAME_BYTES) {
            listen(audio.subarray(from, from + FRAME_BYTES));
          }
        },
        speechStart(id) {
          utteranceId = id;
          heard = [];
        },
        speechEnd(id) {
          utteranceId = undefined;
          clock.setTimer(() => {
            const text = heard.join(" ");
            results.push(
              text === ""
                ? { type: "no-speech", utteranceId: id }
                : { type: "transcript", final: true, text, utteranceId: id },
            );
          }, FINAL_LAG_MS);
        },
        results,
        close: async () => results.close(),
      };
    },
  };
}

/** Which frames each word takes: by its letters. */
function wordSpans(words: string, frameCount: number): { word: string; from: number; to: number }[] {
  const all = words.split(" ").filter((word) => word !== "");
  const letters = all.reduce((sum, word) => sum + word.length + 1, 0);
  let at = 0;
  return all.map((word) => {
    const from = Math.round((at / letters) * frameCount);
    at += word.length + 1;
    return { word, from, to: Math.max(from, Math.round((at / letters) * frameCount) - 1) };
  });
}

function keyOf(frame: Uint8Array): string {
  return Buffer.from(frame.buffer, frame.byteOffset, frame.byteLength).toString("latin1");
}

/** A voice that has its sentences on tape, µ-law at 8 kHz, and gives them in 20 ms chunks as fast as they are taken. */
export function tapeVoice(tapes: ReadonlyMap<string, Uint8Array>): TextToSpeech {
  return {
    specVersion: "v1",
    name: "tape",
    capabilities: { languages: ["hi", "en", "hi-en"] },
    produces: [MULAW_8K],
    async *doSpeak({ text, signal }) {
      const tape = tapes.get(text);
      if (tape === undefined) throw new Error(`There is no tape of "${text}".`);
      for (let from = 0; from < tape.length; from += FRAME_BYTES) {
        signal.throwIfAborted();
        yield { audio: tape.subarray(from, from + FRAME_BYTES) };
      }
    },
  };
}
