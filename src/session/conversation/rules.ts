import type { Language, Localized, TurnDetector } from "../../spec/index.js";

/** What a conversation goes by. Fixed for a call; pure functions and plain values only. */
export interface ConversationRules {
  readonly language: Language;
  /** What the agent opens with: a text, the brain's own words, or nothing. */
  readonly greeting: { readonly text: Localized | "brain"; readonly protected: boolean } | undefined;
  readonly turnDetector: TurnDetector;
  readonly identifyLanguage: (text: string, prior: Language) => Language;
  readonly isFarewell: (text: string) => boolean;
  readonly lines: SessionLines;
  readonly interruption: InterruptionRules;
  readonly silence: SilenceRules;
  readonly limits: LimitRules;
}

/** What the session says by itself. */
export interface SessionLines {
  /** The caller has been silent: one after another, then the last one again. */
  readonly silencePrompts: readonly Localized[];
  /** The last words after a farewell, or when the app or the brain ends the call without words of its own: none. */
  readonly goodbye: Localized;
  /** The caller said nothing through all prompts. */
  readonly silenceGoodbye: Localized;
  /** The call has reached its longest length. */
  readonly limitGoodbye: Localized;
  /** A reply could not be made; the call goes on. */
  readonly apology: Localized;
  /** The call cannot go on. */
  readonly failureGoodbye: Localized;
}

export interface InterruptionRules {
  /** `immediate`: speech or words stop the agent. `none`: nothing does. @default "immediate" */
  readonly policy: "immediate" | "none";
  /** Speech this long stops the agent without waiting for words, in ms from its detection. @default 240 */
  readonly speechMs: number;
}

export interface SilenceRules {
  /** The caller is prompted after this long without a word, in ms from the end of playback. @default 8000 */
  readonly promptAfterMs: number;
  /** This many prompts; then the call ends. @default 2 */
  readonly prompts: number;
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
  /** The last words may take so long, in ms, before the line is cut. @default 15000 */
  readonly drainMs: number;
  /** The carrier may take so long to end the call, in ms. @default 3000 */
  readonly hangUpMs: number;
  /** So many replies may fail one after another before the call ends. @default 2 */
  readonly failures: number;
  /** The history given to the brain holds at most so many lines. @default 200 */
  readonly historyLines: number;
}
