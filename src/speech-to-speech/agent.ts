import { durationMs, sameFormat } from "../audio/index.js";
import { type ModelBrainOptions, modelBrain } from "../brain/index.js";
import type { AgentOptions, SessionEvents } from "../session/index.js";
import type { AudioFormat, SpeechToSpeech, TextToSpeech } from "../spec/index.js";
import type { Answer } from "./answer.js";
import { hearingOf } from "./hearing.js";
import { Link } from "./link.js";
import { type Given, speakingOf } from "./speaking.js";
import { thinkingOf } from "./thinking.js";

/** Of {@link speechToSpeechAgent}. */
export type SpeechToSpeechAgentOptions = Omit<ModelBrainOptions, "instructions" | "memory" | "summary"> & {
  /** Who the agent is and what it is to achieve. How to speak on the phone, and in which language, is added. */
  readonly instructions: string;
  /**
   * Says the session's own lines: prompts, apologies, goodbyes, and what is said while the model is long. With it the caller
   * is not left in silence when the model fails.
   * @default the model says them
   */
  readonly voice?: TextToSpeech;
};

/**
 * An agent whose model hears, thinks and speaks, for one call: make it anew for each. It is a cascade to the session, with
 * the same events, turns, interruptions, tools and history; the three parts share one connection.
 *
 * Nothing runs ahead of a turn's end unless the app asks for it: a model that is answering cannot take back what it said.
 */
export function speechToSpeechAgent(
  provider: SpeechToSpeech,
  options: SpeechToSpeechAgentOptions,
): Pick<AgentOptions, "speechToText" | "brain" | "textToSpeech" | "turns" | "onSession"> {
  const { instructions, tools = [] } = options;
  const link = new Link(provider);
  const reply = { answers: [] as Answer[], given: [] as Given[] };
  const modelTools = tools.map(({ name, description, inputSchema }) => ({ name, description, inputSchema }));
  return {
    speechToText: hearingOf(provider, link, { instructions, tools: modelTools }),
    brain: modelBrain(
      thinkingOf(provider, link, (answer) => reply.answers.push(answer)),
      options,
    ),
    textToSpeech: speakingOf(provider, link, reply, options.voice),
    turns: { speculativeStart: false },
    onSession(session, format) {
      // A carrier that hears and speaks itself leaves nothing to a model that does.
      if (format === undefined) return;
      const own = provider.formats.find((each) => sameFormat(each, format)) ?? provider.formats[0] ?? format;
      follow(session, own, link, reply);
    },
  };
}

/** Tells the model what it cannot know of the call: what was heard of its answers, and the caller's keys. */
function follow(
  session: SessionEvents,
  format: AudioFormat,
  link: Link,
  reply: { readonly answers: Answer[]; readonly given: Given[] },
): void {
  let playedMs = 0;
  session.on("barge-in", (event) => {
    playedMs = event.playedMs;
  });
  session.on("reply", ({ outcome }) => {
    if (outcome !== "played") {
      for (const [{ requestId }, heardMs] of heardOf(reply, playedMs, format))
        link.tell((stream) => stream.truncate(requestId, heardMs));
    }
    playedMs = 0;
    reply.answers.length = 0;
    reply.given.length = 0;
  });
  session.on("dtmf", ({ digit }) => link.tell((stream) => stream.addText(`[The caller pressed ${digit}.]`)));
}

/** How much of each answer was heard, in ms: what was said goes by in the order it was given. */
function heardOf(
  { answers, given }: { readonly answers: readonly Answer[]; readonly given: readonly Given[] },
  playedMs: number,
  format: AudioFormat,
): Map<Answer, number> {
  const heard = new Map(answers.map((answer) => [answer, 0]));
  let leftMs = playedMs;
  for (const { answer, bytes } of given) {
    const ms = Math.min(leftMs, durationMs(bytes, format));
    leftMs -= ms;
    if (answer !== undefined) heard.set(answer, (heard.get(answer) ?? 0) + ms);
  }
  return heard;
}
