import { Channel } from "../async.js";
import { durationMs } from "../audio/index.js";
import { BolchaalError } from "../errors.js";
import type {
  ListenOptions,
  ModelTool,
  SpeechToSpeech,
  SpeechToSpeechStream,
  SpeechToText,
  SpeechToTextStream,
  TranscriptResult,
} from "../spec/index.js";
import type { Link } from "./link.js";

/** Sound before an utterance that belongs to it: silence between utterances is not sent, and not paid for. */
const BEFORE_MS = 500;

/** The model's ear: opens the connection, sends it the caller's utterances, and brings back what it understood. */
export function hearingOf(
  provider: SpeechToSpeech,
  link: Link,
  how: { readonly instructions: string; readonly tools: readonly ModelTool[] },
): SpeechToText {
  return {
    specVersion: "v1",
    name: provider.name,
    modelId: provider.modelId,
    capabilities: { interim: true, languages: provider.capabilities.languages },
    accepts: provider.formats,
    async doListen({ call, format, language, signal, warn }: ListenOptions) {
      const stream = await link.open({ call, format, language, signal, ...how });
      const results = new Channel<TranscriptResult>();
      void pump(stream, link, results, provider.name, warn);
      return listening(stream, results, (bytes) => durationMs(bytes, format));
    },
  };
}

async function pump(
  stream: SpeechToSpeechStream,
  link: Link,
  results: Channel<TranscriptResult>,
  provider: string,
  warn: ((warning: Error) => void) | undefined,
): Promise<void> {
  let error = lost(provider, undefined);
  try {
    for await (const event of stream.events) {
      if (event.type === "caller-transcript") results.push(transcriptOf(event));
      else if (event.type === "warning") warn?.(event.error);
      else link.deal(event);
    }
    results.close();
  } catch (thrown) {
    error = BolchaalError.isInstance(thrown) ? thrown : lost(provider, thrown);
    results.close({ value: thrown });
  }
  link.lost(error);
}

function transcriptOf({
  utteranceId,
  final,
  text,
  language,
}: {
  readonly utteranceId: string;
  readonly final: boolean;
  readonly text: string;
  readonly language?: "hi" | "en" | "hi-en";
}): TranscriptResult {
  if (final && text.trim() === "") return { type: "not-understood", utteranceId };
  return { type: "transcript", final, utteranceId, text, ...(language === undefined ? {} : { language }) };
}

function listening(
  stream: SpeechToSpeechStream,
  results: Channel<TranscriptResult>,
  lengthMs: (bytes: number) => number,
): SpeechToTextStream {
  let before: Uint8Array[] = [];
  let speaking = false;
  return {
    write(audio) {
      if (speaking) return stream.write(audio);
      before.push(audio);
      while (before.reduce((sum, { length }) => sum + lengthMs(length), 0) > BEFORE_MS) before.shift();
    },
    speechStart() {
      speaking = true;
      for (const audio of before.splice(0)) stream.write(audio);
    },
    speechEnd(utteranceId) {
      speaking = false;
      before = [];
      stream.commit(utteranceId);
    },
    results,
    close: () => stream.close(),
  };
}

function lost(provider: string, cause: unknown): BolchaalError {
  return new BolchaalError("The connection was lost. It is opened again.", {
    code: "provider-failed",
    component: "speech-to-speech",
    provider,
    retryable: true,
    cause,
  });
}
