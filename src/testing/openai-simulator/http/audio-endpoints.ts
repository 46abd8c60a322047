import { z } from "zod";
import { convertAudio, createSampleReader, PCM_8K, PCM_24K, readWav } from "../../../audio/index.js";
import { textOf } from "../../scripted/heard-words.js";
import { decodeWords, scriptedTextToSpeech } from "../../scripted/index.js";
import { parsedBy } from "./request-checks.js";
import { fragmentsOf } from "./script.js";
import { eventStream, type HttpAnswer, Refused } from "./wire.js";

const VOICES = [
  ...["alloy", "ash", "ballad", "coral", "echo", "fable", "onyx", "nova", "sage", "shimmer", "verse", "marin", "cedar"],
] as const;

const speechRequest = z.strictObject({
  model: z.string().min(1),
  input: z.string().min(1).max(4096),
  voice: z.enum(VOICES),
  instructions: z.string().optional(),
  response_format: z.literal("pcm"),
  speed: z.number().min(0.25).max(4).optional(),
});

/** `/v1/audio/speech`: the scripted voice, PCM at 24 kHz. @throws Refused */
export async function speechAnswer(body: unknown): Promise<HttpAnswer> {
  const { model, input, instructions } = parsedBy(speechRequest, body);
  if (instructions !== undefined && model.startsWith("tts-1"))
    throw new Refused(400, { message: `The model '${model}' takes no instructions.`, param: "instructions" });
  const voice = scriptedTextToSpeech();
  const { signal } = new AbortController();
  const messages: Uint8Array[] = [];
  for await (const { audio } of voice.doSpeak({ text: input, language: "hi", format: PCM_24K, signal }))
    messages.push(audio);
  return { status: 200, headers: { "content-type": "audio/pcm" }, messages };
}

const FIELDS = new Set([
  ...["file", "model", "language", "languages[]", "keywords[]", "prompt", "temperature"],
  ...["response_format", "stream", "chunking_strategy", "include[]"],
]);
const MOST_FILE_BYTES = 25 * 1024 * 1024;

/**
 * `/v1/audio/transcriptions`, streamed: what the scripted voice says in the file, or what `transcribe` makes of it.
 * @throws Refused
 */
export async function transcriptionAnswer(
  form: FormData,
  transcribe: (words: string) => string = (words) => words,
): Promise<HttpAnswer> {
  const wav = await fileIn(form);
  const samples = createSampleReader().read(convertAudio(wav.data, wav.format, PCM_8K));
  const text = transcribe(textOf(decodeWords(samples)));
  const deltas = fragmentsOf(text).map((delta) => ({ type: "transcript.text.delta", delta }));
  const seconds = Math.ceil(samples.length / PCM_8K.rate);
  const done = { type: "transcript.text.done", text, usage: { type: "duration", seconds } };
  return eventStream([...deltas, done].map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`));
}

async function fileIn(form: FormData): Promise<ReturnType<typeof readWav>> {
  const wrong = (message: string, param: string) => new Refused(400, { message, param });
  for (const name of form.keys()) {
    if (!FIELDS.has(name)) throw wrong(`Unknown parameter: '${name}'.`, name);
  }
  const model = String(form.get("model") ?? "");
  const many = form.has("languages[]") || form.has("keywords[]");
  if (model === "") throw wrong("you must provide a model parameter", "model");
  if (model === "whisper-1" || form.get("stream") !== "true")
    throw wrong("The simulator answers as a stream, which whisper-1 does not. Set stream.", "stream");
  if (form.has("language") && form.has("languages[]"))
    throw wrong("'language' and 'languages' cannot both be given.", "languages");
  if (many && model !== "gpt-transcribe")
    throw wrong(`'languages' and 'keywords' are not supported by ${model}.`, "languages");
  for (const keyword of form.getAll("keywords[]")) {
    if (/[<>\r\n]/.test(String(keyword))) throw wrong("Keywords are single lines without < and >.", "keywords");
  }
  for (const language of [form.get("language"), ...form.getAll("languages[]")]) {
    if (language !== null && !/^[a-z]{2}$/.test(String(language)))
      throw wrong(`Language '${String(language)}' is not an ISO-639-1 code.`, "language");
  }
  if ((form.get("response_format") ?? "json") !== "json")
    throw wrong(`response_format is not compatible with model ${model}. Use 'json'.`, "response_format");
  const file = form.get("file");
  if (file === null || typeof file === "string") throw wrong("file is required", "file");
  if (!/\.(flac|mp3|mp4|mpeg|mpga|m4a|ogg|wav|webm)$/.test(file.name)) throw wrong("Invalid file format.", "file");
  if (file.size > MOST_FILE_BYTES)
    throw new Refused(413, { message: "Maximum content size limit (26214400) exceeded.", param: "file" });
  try {
    return readWav(new Uint8Array(await file.arrayBuffer()));
  } catch {
    throw wrong("Audio file might be corrupted or unsupported.", "file");
  }
}
