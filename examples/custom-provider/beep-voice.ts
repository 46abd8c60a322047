/**
 * The smallest text-to-speech plug-in that does its duty: a beep for each word. A real one would ask its provider here,
 * with `signal` handed on, and yield the sound as it comes.
 */
import type { SpeakRequest, SpeechChunk, TextToSpeech } from "bolchaal";

const RATE = 8000;
const BEEP_MS = 200;
const GAP_MS = 50;

export function beepVoice(options: { readonly hz?: number } = {}): TextToSpeech {
  const { hz = 660 } = options;
  return {
    specVersion: "v1",
    name: "beep",
    capabilities: { languages: ["en", "hi", "hi-en"] },
    produces: [{ type: "audio/pcm", rate: RATE }],
    doSpeak: (request) => beeps(request, hz),
  };
}

async function* beeps({ text, signal }: SpeakRequest, hz: number): AsyncGenerator<SpeechChunk, void, void> {
  let startMs = 0;
  for (const word of text.matchAll(/\S+/g)) {
    signal.throwIfAborted();
    const place = { textStart: word.index, textEnd: word.index + word[0].length, startMs, endMs: startMs + BEEP_MS };
    yield { audio: beep(hz), words: [place] };
    startMs += BEEP_MS + GAP_MS;
  }
  signal.throwIfAborted();
}

/** A tone and a gap, as little-endian 16-bit samples. */
function beep(hz: number): Uint8Array {
  const bytes = new Uint8Array(((BEEP_MS + GAP_MS) * RATE * 2) / 1000);
  const view = new DataView(bytes.buffer);
  for (let at = 0; at < (BEEP_MS * RATE) / 1000; at += 1) {
    view.setInt16(at * 2, 8000 * Math.sin((2 * Math.PI * hz * at) / RATE), true);
  }
  return bytes;
}
