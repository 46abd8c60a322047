import { wait } from "../../../async.js";
import { MULAW_8K, silence } from "../../../audio/index.js";
import { KEY_PRESS_MS } from "../caller.js";
import { wavAsMulaw } from "../prepare-script.js";
import type { PauseVerb, PlayVerb, PromptVerb, SayVerb } from "../twiml/verbs.js";
import type { DocumentContext, Flow } from "./context.js";

/** Carries out `<Say>`, `<Play>` and `<Pause>`. */
export async function speak(verb: PromptVerb, document: DocumentContext): Promise<Flow> {
  if (verb.verb === "Pause") return pause(verb, document);
  return verb.verb === "Say" ? say(verb, document) : play(verb, document);
}

async function pause({ lengthSeconds }: PauseVerb, { leg, signal }: DocumentContext): Promise<Flow> {
  leg.phone.begin();
  await wait(leg.clock, lengthSeconds * 1000, signal);
  return undefined;
}

async function say({ text, loop, language, voice }: SayVerb, document: DocumentContext): Promise<Flow> {
  document.leg.phone.begin();
  const manner = { ...(language === undefined ? {} : { language }), ...(voice === undefined ? {} : { voice }) };
  return repeated(loop, document, () => document.leg.phone.voice.say(text, manner));
}

async function play({ url, digits, loop }: PlayVerb, document: DocumentContext): Promise<Flow> {
  const { leg, signal } = document;
  if (digits !== undefined) {
    leg.phone.begin();
    await wait(leg.clock, keysMs(digits), signal);
    return undefined;
  }
  const address = document.resolve(url);
  const sound = await fetchSound(address, document);
  if (sound === undefined) return undefined;
  leg.phone.begin();
  return repeated(loop, document, () => leg.phone.voice.play(sound, address));
}

/** A sound of the app's as µ-law at 8 kHz; undefined if it is none, which the debugger then tells. */
export async function fetchSound(url: string, { leg, signal }: DocumentContext): Promise<Uint8Array | undefined> {
  const answer = await leg.webhooks.fetchAudio(url);
  signal.throwIfAborted();
  if (answer === undefined) return undefined;
  const { type, audio } = answer;
  if (/^audio\/(?:x-)?wave?\b/.test(type)) return wavAsMulaw(audio);
  if (/^audio\/(?:basic|(?:x-)?mulaw|pcmu)\b/i.test(type)) return audio;
  return silence(MULAW_8K, Math.round(audio.length / MP3_BYTES_PER_MS));
}

/** What the simulator cannot read, such as MP3, is silence as long as it would be at 32 kbit/s. */
const MP3_BYTES_PER_MS = 4;

/** How long keys take to be played, in ms. */
export function keysMs(digits: string): number {
  return [...digits].reduce((sum, digit) => sum + (digit.toLowerCase() === "w" ? 500 : KEY_PRESS_MS), 0);
}

/** Says it `loop` times, 0 being for ever, and falls silent at once when the document is left. */
async function repeated(
  loop: number | undefined,
  { leg, signal }: DocumentContext,
  sayOnce: () => { readonly endMs: number },
): Promise<Flow> {
  const times = loop === 0 ? Number.POSITIVE_INFINITY : (loop ?? 1);
  try {
    for (let time = 0; time < times; time += 1) {
      const durationMs = sayOnce().endMs - leg.phone.now();
      if (durationMs <= 0) break;
      await wait(leg.clock, durationMs, signal);
    }
  } finally {
    if (signal.aborted) leg.phone.voice.stop();
  }
  return undefined;
}
