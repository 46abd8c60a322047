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
): TextToSpeech {
  async function* doSpeak({ text, language, signal }: SpeakRequest): AsyncGenerator<SpeechChunk, void, void> {
    signal.throwIfAborted();
    const answer = reply.answers.find((each) => each.comesNext(text));
    const given: Given = { answer, bytes: 0 };
    reply.given.push(given);
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
