import { createAudioConverter, sameFormat } from "../audio/index.js";
import { speakable, spokenLanguage } from "../language/index.js";
import type { SpeakRequest, SpeechChunk, SpeechToSpeech, TextToSpeech } from "../spec/index.js";
import type { Answer } from "./answer.js";
import type { Link } from "./link.js";

/** What was given to the session of the present reply: of which answer (none: a line), and how many bytes. */
export interface Given {
  readonly answer: Answer | undefined;
  bytes: number;
}

/**
 * The model's voice: for the words of an answer their sound, which is there already or on its way; for any other text, such
 * as a goodbye of the session's, it is asked to say just that.
 */
export function speakingOf(
  provider: SpeechToSpeech,
  link: Link,
  reply: { readonly answers: readonly Answer[]; readonly given: Given[] },
  voice?: TextToSpeech,
): TextToSpeech {
  async function* doSpeak(request: SpeakRequest): AsyncGenerator<SpeechChunk, void, void> {
    const { text, language, signal } = request;
    signal.throwIfAborted();
    const answer = reply.answers.find((each) => each.comesNext(text));
    const given: Given = { answer, bytes: 0 };
    reply.given.push(given);
    if (answer === undefined && voice !== undefined) {
      for await (const chunk of spokenBy(voice, request)) {
        given.bytes += chunk.audio.length;
        yield chunk;
      }
      return;
    }
    const say = () => link.begin((requestId, stream) => stream.say(requestId, text, language), signal);
    const sound = answer === undefined ? (await say()).allSound(signal) : answer.soundOf(text, signal);
    for await (const audio of sound) {
      given.bytes += audio.length;
      yield { audio };
    }
  }

  return {
    specVersion: "v1",
    name: provider.name,
    modelId: provider.modelId,
    capabilities: { languages: provider.capabilities.languages, text: "written" },
    produces: provider.formats,
    doSpeak,
  };
}

/** A line by another voice, in the format of the model's. */
async function* spokenBy(voice: TextToSpeech, request: SpeakRequest): AsyncGenerator<SpeechChunk, void, void> {
  const { format, language, text } = request;
  const { capabilities, produces } = voice;
  const own = produces.find((produced) => sameFormat(produced, format)) ?? produces[0] ?? format;
  const converter = createAudioConverter(own, format);
  const words =
    capabilities.text === "written"
      ? text
      : speakable(text, {
          language: spokenLanguage(language),
          ...(capabilities.script !== undefined && { script: capabilities.script }),
        }).text;
  for await (const { audio } of voice.doSpeak({ ...request, text: words, format: own })) {
    yield { audio: converter.convert(audio), madeBy: voice };
  }
  const rest = converter.flush();
  if (rest.length > 0) yield { audio: rest, madeBy: voice };
}
