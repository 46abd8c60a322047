import { z } from "zod";
import { voiceActivityDetector } from "../audio/index.js";
import { BolchaalError } from "../errors.js";
import {
  beginsBackchannel,
  callIntent,
  followLanguage,
  identifyLanguage,
  isBackchannel,
  isHalfWord,
  isStopRequest,
  type PhraseList,
  startLanguage,
} from "../language/index.js";
import type {
  AudioFormat,
  AudioTransport,
  Brain,
  BrainFunction,
  CallTransport,
  Clock,
  InterruptionPolicy,
  Language,
  Localized,
  Logger,
  SpeechToText,
  SpeechTransport,
  TextToSpeech,
  TurnDetector,
  VoiceActivityDetector,
} from "../spec/index.js";
import { systemClock } from "../system-clock.js";
import { asBrain } from "./brain.js";
import type {
  ConversationRules,
  EndingIntent,
  InterruptionRules,
  LimitRules,
  SessionLines,
  SilenceRules,
  TurnRules,
} from "./conversation/index.js";
import type { SessionEvents } from "./event-bus.js";
import { fallback, isFallback } from "./fallback/index.js";
import { DEFAULT_LINES } from "./lines.js";
import { silentLogger } from "./silent-logger.js";
import { turnDetector } from "./turn-detector/index.js";

/** What an agent is made of: everything a session needs but the line. */
export interface AgentOptions {
  readonly speechToText: SpeechToText;
  readonly brain: Brain | BrainFunction;
  readonly textToSpeech: TextToSpeech;
  /** @default the built-in detector, `voiceActivityDetector()` */
  readonly voiceActivityDetector?: VoiceActivityDetector;
  /** @default `turnDetector()` */
  readonly turnDetector?: TurnDetector;
  /** The language the call starts in; it follows the caller from then on. @default "en" */
  readonly language?: Language;
  /**
   * What the agent says first: a text, or `"brain"` to ask the brain. `protected` greetings cannot be interrupted; what
   * the caller says meanwhile is answered afterwards.
   * @default none: the caller speaks first
   */
  readonly greeting?: Localized | GreetingOptions;
  /** Other words for what the session says by itself. @default `DEFAULT_LINES` */
  readonly lines?: Partial<SessionLines>;
  readonly turns?: Partial<TurnRules>;
  readonly interruption?: InterruptionOptions;
  /**
   * What ends the call when the caller's words want it; the rest is told to the brain. Automatic voices end only calls we
   * placed, and without a word.
   * @default DEFAULT_END_ON
   */
  readonly endOn?: readonly EndingIntent[];
  readonly silence?: Partial<SilenceRules>;
  readonly limits?: Partial<LimitRules>;
  /** The voice must give its first sound, and each next, within this, in ms. @default 2500 */
  readonly voiceTimeoutMs?: number;
  /** A reply is cut behind this many UTF-16 units: it bounds what a call holds in memory. @default 4000 */
  readonly replyCharacters?: number;
  /** Called with the session once it is made, and the line's format, if the line carries sound: to listen to its events. */
  readonly onSession?: (session: SessionEvents, format: AudioFormat | undefined) => void;
  /** @default silent */
  readonly logger?: Logger;
  /** @default the system's clock */
  readonly clock?: Clock;
}

/** What ends a call, unless the app says otherwise. */
export const DEFAULT_END_ON: readonly EndingIntent[] = Object.freeze([
  "farewell",
  "do-not-call",
  "wrong-number",
  "voicemail",
  "announcement",
]);

/** What the agent says first. */
export interface GreetingOptions {
  readonly text: Localized;
  /** Short for `interruption: "none"`. @default false */
  readonly protected?: boolean;
  /** How the caller may interrupt it. @default the session's policy */
  readonly interruption?: InterruptionPolicy;
}

/** How callers stop the agent. */
export interface InterruptionOptions extends Partial<InterruptionRules> {
  /** A ducked reply is softer by this much, in dB. @default 12 */
  readonly duckDb?: number;
  /** What a listener says, in any spelling; instead of the built-in list, which can be spread into it. @default DEFAULT_BACKCHANNELS */
  readonly backchannels?: PhraseList;
  /** What stops the agent at once; instead of the built-in list. @default DEFAULT_STOP_PHRASES */
  readonly stopPhrases?: PhraseList;
}

/** An agent for lines on which the carrier hears and speaks: it needs no ears and no voice of its own. Those it has are not used. */
export type CarrierSpeechAgentOptions = Omit<AgentOptions, "speechToText" | "textToSpeech"> &
  Partial<Pick<AgentOptions, "speechToText" | "textToSpeech">>;

/** What a session is made of: an agent and a line. */
export type VoiceSessionOptions =
  | (AgentOptions & { readonly transport: CallTransport })
  | (CarrierSpeechAgentOptions & { readonly transport: SpeechTransport });

/** What an agent is made of on any line, with every default in its place. */
export interface ResolvedAgent {
  readonly brain: Brain;
  readonly replyCharacters: number;
  readonly logger: Logger;
  readonly clock: Clock;
  readonly rules: ConversationRules;
}

/** The options of a session on a line that carries sound. */
export interface ResolvedOptions extends ResolvedAgent {
  readonly transport: AudioTransport;
  readonly speechToText: SpeechToText;
  readonly textToSpeech: TextToSpeech;
  readonly voiceActivityDetector: VoiceActivityDetector;
  readonly voiceTimeoutMs: number;
  /** What makes a ducked reply softer, in dB, negative. */
  readonly duckDb: number;
}

/** The options of a session on a line on which the carrier hears and speaks. */
export interface ResolvedSpeechOptions extends ResolvedAgent {
  readonly transport: SpeechTransport;
}

const plugin = z.looseObject({ specVersion: z.literal("v1"), name: z.string() });
const milliseconds = z.number().finite().nonnegative();
const count = z.int().nonnegative();
const policy = z.enum(["duck", "immediate", "min-words", "none"]);
const phrases = z.strictObject({ en: z.array(z.string()), hi: z.array(z.string()) });
const localized = z.union([z.string(), z.object({ en: z.string(), hi: z.string() })]);

const AGENT = {
  brain: z.union([plugin, z.custom<BrainFunction>((value) => typeof value === "function")]),
  voiceActivityDetector: plugin.optional(),
  turnDetector: plugin.optional(),
  language: z.enum(["hi", "en", "hi-en"]).default("en"),
  greeting: z
    .union([
      localized,
      z.strictObject({ text: localized, protected: z.boolean().optional(), interruption: policy.optional() }),
    ])
    .optional(),
  lines: z
    .strictObject({
      silencePrompts: z.array(localized),
      goodbye: localized,
      doNotCallGoodbye: localized,
      wrongNumberGoodbye: localized,
      silenceGoodbye: localized,
      limitGoodbye: localized,
      fillers: z.array(localized),
      apology: localized,
      failureGoodbye: localized,
    })
    .partial()
    .optional(),
  interruption: z
    .strictObject({
      policy: policy.default("duck"),
      speechMs: milliseconds.default(240),
      hushMs: milliseconds.default(280),
      stopMs: milliseconds.default(700),
      minWords: count.default(2),
      dtmf: z.boolean().default(false),
      duckDb: z.number().finite().positive().default(12),
      backchannels: phrases.optional(),
      stopPhrases: phrases.optional(),
    })
    .prefault({}),
  endOn: z
    .array(z.enum(["farewell", "do-not-call", "wrong-number", "voicemail", "announcement"]))
    .default([...DEFAULT_END_ON]),
  turns: z
    .strictObject({
      end: z.enum(["silence", "manual"]).default("silence"),
      endKey: z
        .string()
        .regex(/^[0-9*#A-D]$/)
        .optional(),
      speculativeStart: z.boolean().default(true),
    })
    .prefault({}),
  silence: z
    .strictObject({
      promptAfterMs: milliseconds.default(8000),
      prompts: count.default(2),
      awayAfterMs: milliseconds.default(15_000),
    })
    .prefault({}),
  limits: z
    .strictObject({
      callMs: milliseconds.default(1_800_000),
      turnMs: milliseconds.default(60_000),
      transcriptMs: milliseconds.default(2000),
      firstSoundMs: milliseconds.default(6000),
      brainMs: milliseconds.default(6000),
      brainIdleMs: milliseconds.default(6000),
      fillInMs: milliseconds.default(2300),
      drainMs: milliseconds.default(15_000),
      hangUpMs: milliseconds.default(3000),
      failures: count.default(2),
      historyLines: count.default(200),
    })
    .prefault({}),
  voiceTimeoutMs: milliseconds.default(2500),
  replyCharacters: count.default(4000),
  onSession: z.custom<AgentOptions["onSession"]>((value) => typeof value === "function").optional(),
  logger: z.custom<Logger>((value) => typeof value === "object" && value !== null).optional(),
  clock: z.custom<Clock>((value) => typeof value === "object" && value !== null).optional(),
};
const AUDIO_LINE = plugin.extend({ kind: z.literal("audio") });
const SPEECH_LINE = plugin.extend({ kind: z.literal("speech") });
const OPTIONS = z.strictObject({ transport: AUDIO_LINE, speechToText: plugin, textToSpeech: plugin, ...AGENT });
const SPEECH_OPTIONS = z.strictObject({
  transport: SPEECH_LINE,
  speechToText: plugin.optional(),
  textToSpeech: plugin.optional(),
  ...AGENT,
});

/**
 * Checks the options and fills in the defaults, once a session.
 * @throws BolchaalError `invalid-option`, naming each option that is wrong.
 */
export function resolveOptions(options: VoiceSessionOptions): ResolvedOptions | ResolvedSpeechOptions {
  const checked = (options.transport?.kind === "speech" ? SPEECH_OPTIONS : OPTIONS).safeParse(options);
  if (!checked.success) {
    throw new BolchaalError(`The session's options are wrong. Mend these:\n${z.prettifyError(checked.error)}`, {
      code: "invalid-option",
      component: "session",
    });
  }
  const { language, turns, endOn, silence, limits, voiceTimeoutMs, replyCharacters } = checked.data;
  const { duckDb, backchannels, stopPhrases, ...interruption } = checked.data.interruption;
  const clock = options.clock ?? systemClock;
  const brain = asBrain(options.brain);
  const agent: ResolvedAgent = {
    brain: isFallback(brain) ? brain : fallback([brain], { clock }),
    replyCharacters,
    logger: options.logger ?? silentLogger,
    clock,
    rules: Object.freeze({
      language,
      greeting: resolveGreeting(options.greeting),
      turnDetector: options.turnDetector ?? turnDetector(),
      turns: { ...turns, endKey: turns.endKey ?? (turns.end === "manual" ? "#" : undefined) },
      endOn,
      words: {
        identifyLanguage,
        startLanguage,
        followLanguage,
        callIntent,
        isHalfWord,
        isBackchannel: (text: string) => isBackchannel(text, backchannels),
        beginsBackchannel: (text: string) => beginsBackchannel(text, backchannels),
        isStopRequest: (text: string) => isStopRequest(text, stopPhrases),
      },
      lines: { ...DEFAULT_LINES, ...options.lines },
      interruption,
      silence,
      limits,
    }),
  };
  const { transport } = options;
  if (transport.kind === "speech") return Object.freeze({ ...agent, transport });
  // One provider alone gets what a chain gives: a second try, and a new connection in the middle of a call.
  const { speechToText, textToSpeech } = options as AgentOptions;
  return Object.freeze({
    ...agent,
    transport,
    speechToText: isFallback(speechToText) ? speechToText : fallback([speechToText], { clock }),
    textToSpeech: isFallback(textToSpeech) ? textToSpeech : fallback([textToSpeech], { clock }),
    voiceActivityDetector: options.voiceActivityDetector ?? voiceActivityDetector(),
    voiceTimeoutMs,
    duckDb: -duckDb,
  });
}

function resolveGreeting(greeting: AgentOptions["greeting"]): ConversationRules["greeting"] {
  if (greeting === undefined) return undefined;
  if (typeof greeting !== "object" || !("text" in greeting)) return { text: greeting };
  const interruption = greeting.interruption ?? (greeting.protected === true ? "none" : undefined);
  return { text: greeting.text, ...(interruption === undefined ? {} : { interruption }) };
}
