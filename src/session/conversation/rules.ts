import type { HeardLanguage, LanguageMemory } from "../../language/index.js";
import type {
  CallEndReason,
  CallIntent,
  InterruptionPolicy,
  Language,
  Localized,
  TurnDetector,
} from "../../spec/index.js";

/** What a conversation goes by. Fixed for a call; pure functions and plain values only. */
export interface ConversationRules {
  readonly language: Language;
  /** What the agent opens with: a text, the brain's own words, or nothing. */
  readonly greeting: { readonly text: Localized | "brain"; readonly interruption?: InterruptionPolicy } | undefined;
  readonly turnDetector: TurnDetector;
  readonly turns: TurnRules;
  readonly words: WordRules;
  readonly endOn: readonly EndingIntent[];
  readonly lines: SessionLines;
  readonly interruption: InterruptionRules;
  readonly silence: SilenceRules;
  readonly limits: LimitRules;
}

/** What ends a call when the caller's words want it. */
export type EndingIntent = CallIntent & CallEndReason;

/** What the session says by itself. */
export interface SessionLines {
  /** The caller has been silent: one after another, then the last one again. */
  readonly silencePrompts: readonly Localized[];
  /** The last words after a farewell, or when the app or the brain ends the call without words of its own: none. */
  readonly goodbye: Localized;
  /** The last words to a caller who does not want to be called, or is not who was meant. */
  readonly doNotCallGoodbye: Localized;
  readonly wrongNumberGoodbye: Localized;
  /** The caller said nothing through all prompts. */
  readonly silenceGoodbye: Localized;
  /** The call has reached its longest length. */
  readonly limitGoodbye: Localized;
  /** The reply is long in coming: one after another, then from the first one again. */
  readonly fillers: readonly Localized[];
  /** A reply could not be made; the call goes on. */
  readonly apology: Localized;
  /** The call cannot go on. */
  readonly failureGoodbye: Localized;
}

/** What the words of a caller mean for the conversation. */
export interface WordRules {
  /** Which language words are in, given what was spoken before. */
  readonly identifyLanguage: (text: string, prior: Language) => Language;
  /** Which language the call goes on in, turn by turn. */
  readonly startLanguage: (language: Language) => LanguageMemory;
  readonly followLanguage: (memory: LanguageMemory, heard: HeardLanguage) => LanguageMemory;
  /** What the words want of the call itself. */
  readonly callIntent: (text: string) => CallIntent | undefined;
  /** All of it is listener's noise: "haan", "theek hai". */
  readonly isBackchannel: (text: string) => boolean;
  /** It may become a backchannel with the next words: "theek". */
  readonly beginsBackchannel: (text: string) => boolean;
  /** It asks the agent to stop speaking: "ruko", "wait". */
  readonly isStopRequest: (text: string) => boolean;
  /** No word at all: a beginning that was cut off, a cough written down. */
  readonly isHalfWord: (text: string) => boolean;
}

export interface TurnRules {
  /** `silence`: the turn detector ends a caller's turn. `manual`: the app or the caller's key does. @default "silence" */
  readonly end: "silence" | "manual";
  /** The key with which the caller ends a turn, whatever `end` is. @default "#" when `end` is `manual`, else none */
  readonly endKey?: string | undefined;
  /** The brain and the first piece of voice run ahead once the words seem to be all. @default true */
  readonly speculativeStart: boolean;
}

export interface InterruptionRules {
  /** What stops the agent; a reply may have its own. @default "duck" */
  readonly policy: InterruptionPolicy;
  /** `immediate`: this much voice stops the agent without waiting for words, in ms. @default 240 */
  readonly speechMs: number;
  /** `duck`: this much voice, and no words yet that only listen, makes the ducked agent stand still, in ms. @default 280 */
  readonly hushMs: number;
  /** `duck`: this much voice, and no words yet that only listen, stops the agent, in ms. @default 700 */
  readonly stopMs: number;
  /** `min-words`: so many words stop the agent. @default 2 */
  readonly minWords: number;
  /** A key stops the agent too, unless the policy is `none`. @default false */
  readonly dtmf: boolean;
}

export interface SilenceRules {
  /** The caller is prompted after this long without a word, in ms from the end of playback. @default 8000 */
  readonly promptAfterMs: number;
  /** This many prompts; then the call ends. @default 2 */
  readonly prompts: number;
  /** The caller counts as away after this long without a sound, prompts or not, in ms. @default 15000 */
  readonly awayAfterMs: number;
}

export interface LimitRules {
  /** The longest call, in ms. @default 1800000 (30 min) */
  readonly callMs: number;
  /** The longest a caller's turn may be gathered, in ms from its first speech. @default 60000 */
  readonly turnMs: number;
  /** The final transcript is waited for so long, in ms from the end of speech; then the interim one counts. @default 2000 */
  readonly transcriptMs: number;
  /** A reply must be audible within this, in ms; else the caller hears an apology. @default 6000 */
  readonly firstSoundMs: number;
  /** The brain must give its first words, or call a tool, within this, in ms; else the caller hears an apology. @default 6000 */
  readonly brainMs: number;
  /** And each next part within this, in ms, unless a tool is at work. @default 6000 */
  readonly brainIdleMs: number;
  /** So long the caller waits in silence for the brain's words before a filler line is said, in ms from the last sound of either. @default 2300 */
  readonly fillInMs: number;
  /** The last words may take so long, in ms, before the line is cut. @default 15000 */
  readonly drainMs: number;
  /** The carrier may take so long to end the call, in ms. @default 3000 */
  readonly hangUpMs: number;
  /** So many replies may fail one after another before the call ends. @default 2 */
  readonly failures: number;
  /** The history given to the brain holds at most so many lines. @default 200 */
  readonly historyLines: number;
}
