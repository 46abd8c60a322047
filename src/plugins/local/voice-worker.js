// The embedded voice's worker: eSpeak NG in WebAssembly, one text at a time. See docs/decisions/004.
import { parentPort, workerData } from "node:worker_threads";

/**
 * @typedef {{ id: number, text: string, voice: string, rate: number, pitch: number }} SpeakOrder
 * @typedef {{ type: string, text_position: number, word_length: number, audio_position: number }} EspeakEvent
 * @typedef {{
 *   samplerate: number,
 *   set_voice(name: string): number,
 *   set_rate(wordsPerMinute: number): void,
 *   set_pitch(pitch: number): void,
 *   synthesize(text: string, onChunk: (audio: ArrayBufferView | ArrayBuffer | null, events: EspeakEvent[]) => boolean): void,
 * }} Espeak
 */

/** The id of the order that is to be dropped: set by the other side while we are at work on it. */
const cancelled = new Int32Array(/** @type {SharedArrayBuffer} */ (workerData.cancelled));

/** @returns {Promise<Espeak>} */
async function loadEspeak() {
  const name = "@echogarden/espeak-ng-emscripten";
  const { default: load } = await import(name);
  const library = await load();
  return new library.eSpeakNGWorker();
}

/** Copies a chunk out of the library's memory. @param {ArrayBufferView | ArrayBuffer | null} audio */
function samplesOf(audio) {
  if (audio === null) return new Int16Array(0);
  const view = ArrayBuffer.isView(audio) ? audio : new Uint8Array(audio);
  const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength).slice();
  return new Int16Array(bytes.buffer, 0, bytes.length >> 1);
}

/** @param {Espeak} espeak @param {SpeakOrder} order */
function speak(espeak, { id, text, voice, rate, pitch }) {
  if (espeak.set_voice(voice) !== 0) throw new Error(`eSpeak NG has no voice "${voice}"`);
  espeak.set_rate(rate);
  espeak.set_pitch(pitch);
  espeak.synthesize(text, (audio, events) => {
    const samples = samplesOf(audio);
    const words = events
      .filter(({ type }) => type === "word")
      .map((event) => ({ start: event.text_position - 1, length: event.word_length, atMs: event.audio_position }));
    parentPort?.postMessage({ id, type: "chunk", samples, words }, [/** @type {ArrayBuffer} */ (samples.buffer)]);
    return Atomics.load(cancelled, 0) === id;
  });
}

try {
  const espeak = await loadEspeak();
  parentPort?.postMessage({ type: "ready", rate: espeak.samplerate });
  parentPort?.on("message", (/** @type {SpeakOrder} */ order) => {
    try {
      speak(espeak, order);
      parentPort?.postMessage({ id: order.id, type: "end" });
    } catch (error) {
      parentPort?.postMessage({ id: order.id, type: "failed", message: String(error) });
    }
  });
} catch (error) {
  const missing = /** @type {{ code?: string }} */ (error).code === "ERR_MODULE_NOT_FOUND";
  parentPort?.postMessage({ type: missing ? "missing" : "broken", message: String(error) });
}
