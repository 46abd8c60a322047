import type { Language } from "../../../spec/index.js";
import type { TwimlVerb } from "../twiml.js";
import { gatherDocument, SHORTEST_LISTEN_MS } from "./document.js";
import { totalMs } from "./estimate-heard.js";
import type { ResolvedGatherOptions } from "./options.js";
import type { Playback } from "./playback.js";
import type { Replies, Stretch } from "./replies.js";
import type { Utterance } from "./utterance.js";

/** What Twilio is given to do. */
export interface Script {
  /**
   * The document that leads to turn `turn`: what there is to say now, and listening.
   * @param awaited The caller waits for a reply of which there is nothing yet.
   */
  next(turn: number, awaited: boolean): { readonly verbs: readonly TwimlVerb[]; readonly says: boolean };
  /** All that is left to say, and the end. */
  last(): readonly TwimlVerb[];
  /** The language that Twilio listens for: the one that was told, else that of what was said last. */
  language: Language;
  /** Behind what it says now, Twilio listens for so long, in ms. */
  readonly listeningMs: number;
}

/** What a script is written from. */
export interface ScriptContext {
  readonly options: ResolvedGatherOptions;
  readonly replies: Replies;
  readonly playback: Playback;
  readonly urlOf: (route: "gather" | "gather-partial", turn: number) => string;
}

export function createScript({ options, replies, playback, urlOf }: ScriptContext): Script {
  let language: Language | undefined;
  let saidLanguage = options.language;
  let listeningMs = 0;

  function handOut({ generation, unheeding, heeding }: Stretch) {
    const [before, within] = [unheeding.map(spoken), heeding.map(spoken)];
    saidLanguage = [...unheeding, ...heeding].at(-1)?.language ?? saidLanguage;
    playback.handOut(generation, [...before, ...within], totalMs(before));
    if (replies.isHandedOut(generation)) playback.complete(generation);
    return { unheeding: before.map(({ verb }) => verb), heeding: within.map(({ verb }) => verb) };
  }

  return {
    next(turn, awaited) {
      const stretch = replies.take();
      const said = stretch === undefined ? { unheeding: [], heeding: [] } : handOut(stretch);
      const { pieces, open } = replies.outlook;
      const more = pieces > 0 || open || (stretch === undefined && awaited);
      listeningMs = more ? SHORTEST_LISTEN_MS : options.listenMs;
      const [action, partial] = [urlOf("gather", turn), urlOf("gather-partial", turn)];
      const parts = { ...said, listeningMs, language: language ?? saidLanguage, action, partial };
      return { verbs: gatherDocument(parts, options), says: stretch !== undefined };
    },
    last() {
      const unheeding = replies.takeAll();
      const generation = unheeding.at(-1)?.generation;
      const said = generation === undefined ? undefined : handOut({ generation, unheeding, heeding: [] });
      return [...(said?.unheeding ?? []), { verb: "hangup" }];
    },
    get language() {
      return language ?? saidLanguage;
    },
    set language(told) {
      language = told;
    },
    get listeningMs() {
      return listeningMs;
    },
  };
}

function spoken(utterance: Utterance) {
  const line = utterance.spoken();
  // Its sound, if it is still being made, would come too late.
  if (utterance.readyAtMs === undefined) utterance.drop();
  return line;
}
