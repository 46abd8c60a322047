import { wait } from "../../../async.js";
import { concatBytes, holdTone, silence } from "../../../audio/index.js";
import { BolchaalError } from "../../../errors.js";
import type { AudioFormat, Brain, CallInfo, Clock, SpeechToText, TextToSpeech } from "../../../spec/index.js";
import type { AgentParts } from "../../configured-agent.js";
import { type Check, type Finding, fail, ok, warn } from "../check.js";

/** A provider may take so long to its first byte, in ms. */
export const FIRST_BYTE_LIMIT_MS = 12_000;

/** First bytes that take longer, in ms, are noticed by callers. */
export const SLOW_FIRST_BYTE_MS = { ear: 2_000, brain: 2_000, voice: 1_200 } as const;

/** An ear may have nothing to say of a sound without words. What is wrong with it shows within this, in ms. */
const SILENT_EAR_MS = 4_000;

/** A call that is none. */
const NO_CALL: CallInfo = { callId: "bolchaal-doctor", direction: "inbound", parameters: {} };

/** Asks each provider that the agent is made of, alone, for its first byte. */
export function providerChecks({ ears, brains, voices }: AgentParts, clock: Clock): Check[] {
  return [
    ...ears.map((ear) => checkOf("hears", ear, (signal) => hear(ear, clock, signal))),
    ...brains.map((brain) => checkOf("thinks", brain, (signal) => think(brain, clock, signal))),
    ...voices.map((voice) => checkOf("speaks", voice, (signal) => speak(voice, clock, signal))),
  ];
}

interface Named {
  readonly name: string;
  readonly modelId?: string;
}

/** A check that lets go of what it opened, also when it is done before its time. */
function checkOf(does: string, { name, modelId }: Named, look: (signal: AbortSignal) => Promise<Finding>): Check {
  return {
    name: [does, name, modelId].filter((word) => word !== undefined).join(" "),
    limitMs: FIRST_BYTE_LIMIT_MS,
    async look(outer) {
      const over = new AbortController();
      try {
        return await look(AbortSignal.any([outer, over.signal]));
      } finally {
        over.abort(new Error("The check is over."));
      }
    },
  };
}

/** Opens the ear, and has it hear a tone: one that cannot hear says so by then. */
async function hear(ear: SpeechToText, clock: Clock, signal: AbortSignal): Promise<Finding> {
  const [format] = ear.accepts;
  if (format === undefined) return fail("it takes no format", "This is a fault of the plug-in.");
  const startedAtMs = clock.now();
  const stream = await ear.doListen({ call: NO_CALL, format, language: "en", signal });
  const openedMs = clock.now() - startedAtMs;
  try {
    stream.write(silence(format, 300));
    stream.speechStart("1");
    stream.write(soundWithoutWords(format));
    stream.speechEnd("1");
    const results = stream.results[Symbol.asyncIterator]();
    const first = results.next().catch((error: unknown) => {
      // A service that makes nothing of a mere tone is not broken.
      if (BolchaalError.isInstance(error) && error.code === "provider-timeout") return undefined;
      throw error;
    });
    const answer = await Promise.race([first, wait(clock, SILENT_EAR_MS, signal)]);
    if (answer?.done === true) return fail("it opened, and closed at once", "Look at the provider's status page.");
    if (answer === undefined) {
      const what = `opened after ${Math.round(openedMs)} ms, and said nothing of a tone`;
      return warn(what, "It may be right to. If callers are not understood, look at the provider's status page.");
    }
    return rated("answered", clock.now() - startedAtMs, SLOW_FIRST_BYTE_MS.ear);
  } finally {
    await stream.close();
  }
}

function soundWithoutWords(format: AudioFormat): Uint8Array {
  const tone = holdTone(format);
  return concatBytes(tone, tone, silence(format, 300));
}

async function think(brain: Brain, clock: Clock, signal: AbortSignal): Promise<Finding> {
  const startedAtMs = clock.now();
  const parts = brain.doReply(
    {
      call: NO_CALL,
      turnId: 1,
      kind: "caller",
      text: "Hello, can you hear me?",
      language: "en",
      history: [],
      lateToolResults: [],
      memory: undefined,
    },
    { signal },
  );
  for await (const part of parts) {
    if (part.type === "text" && part.text.trim() !== "") {
      return rated("first words", clock.now() - startedAtMs, SLOW_FIRST_BYTE_MS.brain);
    }
  }
  return fail("it answered nothing", "Look at the model, the instructions and the account's limits.");
}

async function speak(voice: TextToSpeech, clock: Clock, signal: AbortSignal): Promise<Finding> {
  const [format] = voice.produces;
  if (format === undefined) return fail("it speaks in no format", "This is a fault of the plug-in.");
  const startedAtMs = clock.now();
  for await (const { audio } of voice.doSpeak({ text: "नमस्ते जी।", language: "hi", format, signal })) {
    if (audio.length > 0) return rated("first sound", clock.now() - startedAtMs, SLOW_FIRST_BYTE_MS.voice);
  }
  return fail("it gave no sound", "Look at the voice, the model and the account's limits.");
}

function rated(what: string, tookMs: number, slowMs: number): Finding {
  const told = `${what} after ${Math.round(tookMs)} ms`;
  if (tookMs <= slowMs) return ok(told);
  return warn(`${told}: slow`, "Try it again; if it stays slow, take a model, or a region, that is nearer.");
}
