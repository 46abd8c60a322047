// The embedded recogniser's worker: soundswallower in WebAssembly, one utterance at a time. See docs/decisions/004.
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parentPort, workerData } from "node:worker_threads";

/**
 * @typedef {{ token: string, dictionaryWord?: string, pronunciations: readonly string[], rules: "if-unknown" | "always" }} GrammarWord
 * @typedef {{ jsgf: string, words: readonly GrammarWord[], decoder: Record<string, string | number | boolean>, filler: Record<string, string | number | boolean> }} Settings
 * @typedef {{ id: number, samples: Float32Array }} Utterance
 * @typedef {import("soundswallower").Decoder & { cdecoder: number }} Decoder
 * @typedef {{
 *   Decoder: new (config: object) => Decoder,
 *   HEAP32: Int32Array,
 *   _malloc(bytes: number): number,
 *   _free(address: number): void,
 *   _decoder_hyp(decoder: number, scoreAddress: number): number,
 * }} Library
 */

/** The phones of the English model, without silence and noises. */
const PHONES =
  "AA AE AH AO AW AY B CH D DH EH ER EY F G HH IH IY JH K L M N NG OW OY P R S SH T TH UH UW V W Y Z ZH".split(" ");
const ANY_PHONES = `#JSGF V1.0;\ngrammar any;\npublic <any> = (${PHONES.map((phone) => `any${phone}`).join(" | ")})+;\n`;

/** The package looks for its models from the working directory, so it is told where they are. */
async function loadLibrary() {
  const name = "soundswallower";
  const { default: createModule } = await import(name);
  const modelBase = `${join(dirname(fileURLToPath(import.meta.resolve(name))), "model")}/`;
  return /** @type {Library} */ (await createModule({ modelBase }));
}

/** @param {Library} library @param {object} config */
async function createDecoder(library, config) {
  const decoder = new library.Decoder({ loglevel: "FATAL", ...config });
  await decoder.initialize();
  return decoder;
}

/** The dictionary's pronunciations of a word: `word`, `word(2)`, `word(3)`… @param {Decoder} decoder @param {string} word */
function lookUp(decoder, word) {
  const found = [];
  for (let way = 1; ; way += 1) {
    const phones = decoder.lookup_word(way === 1 ? word : `${word}(${way})`);
    if (!phones) return found;
    found.push(phones);
  }
}

/** @param {Decoder} decoder @param {GrammarWord} word @returns {[string, string][]} */
function dictionaryEntries(decoder, { token, dictionaryWord, pronunciations, rules }) {
  const known = dictionaryWord === undefined ? [] : lookUp(decoder, dictionaryWord);
  const byRule = known.length === 0 || rules === "always" ? pronunciations : [];
  return [...new Set([...known, ...byRule])].map((phones, at) => [at === 0 ? token : `${token}(${at + 1})`, phones]);
}

/**
 * What a decoder made of the sound, and how well it fits: the logarithm of the likelihood, in the decoder's own unit.
 * `get_text` hides that score, so the function beneath it is asked.
 * @param {Library} library @param {Decoder} decoder @param {Float32Array} samples
 */
function decode(library, decoder, samples) {
  decoder.start();
  decoder.process_audio(samples, false, true);
  decoder.stop();
  const address = library._malloc(4);
  library._decoder_hyp(decoder.cdecoder, address);
  const score = library.HEAP32[address >> 2] ?? 0;
  library._free(address);
  return { text: decoder.get_text(), score };
}

async function createRecogniser() {
  const settings = /** @type {Settings} */ (workerData);
  const library = await loadLibrary();
  const phrases = await createDecoder(library, settings.decoder);
  phrases.add_words(...settings.words.flatMap((word) => dictionaryEntries(phrases, word)));
  phrases.set_grammar(settings.jsgf);
  const filler = await createDecoder(library, settings.filler);
  filler.add_words(.../** @type {[string, string][]} */ (PHONES.map((phone) => [`any${phone}`, phone])));
  filler.set_grammar(ANY_PHONES);
  /** @param {Float32Array} samples */
  return (samples) => {
    const heard = decode(library, phrases, samples);
    return { tokens: heard.text, score: heard.score, fillerScore: decode(library, filler, samples).score };
  };
}

try {
  const recognise = await createRecogniser();
  parentPort?.postMessage({ type: "ready" });
  parentPort?.on("message", (/** @type {Utterance} */ { id, samples }) => {
    try {
      parentPort?.postMessage({ type: "heard", id, ...recognise(samples) });
    } catch (error) {
      parentPort?.postMessage({ type: "failed", id, message: String(error) });
    }
  });
} catch (error) {
  const missing = /** @type {{ code?: string }} */ (error).code === "ERR_MODULE_NOT_FOUND";
  parentPort?.postMessage({ type: missing ? "missing" : "broken", message: String(error) });
}
