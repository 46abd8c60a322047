import type { LanguageMemory } from "../../language/index.js";
import type {
  BrainTurn,
  CallEndReason,
  CallInfo,
  HistoryEntry,
  InterruptionPolicy,
  Language,
  Localized,
  ReplyKind,
  SessionState,
  ToolResult,
} from "../../spec/index.js";

/** Everything the conversation knows. Plain data: it survives JSON, and a copy of it is a copy of the call's mind. */
export interface ConversationState {
  readonly phase: "waiting" | SessionState | "over";
  readonly call: CallInfo | undefined;
  readonly startedAtMs: number;
  readonly language: Language;
  /** How the caller's languages stand. */
  readonly languages: LanguageMemory;
  readonly turnCount: number;
  readonly utteranceCount: number;
  readonly generationCount: number;
  /** The voice activity detector hears the caller now. */
  readonly callerSpeaking: boolean;
  /** So much voice was in the caller's speech since it began, in ms. */
  readonly voicedMs: number;
  /** The caller has been silent for so long that they may have gone. */
  readonly callerAway: boolean;
  /** The caller's turn that is being gathered. */
  readonly turn: CallerTurn | undefined;
  /** The pauses within the caller's turns that are over, the latest last; bounded. */
  readonly earlierPausesMs: readonly number[];
  /** The last turn that was closed. It may be taken up again while its answer is not audible. */
  readonly closedTurn: CallerTurn | undefined;
  /** Utterances that were dealt with, the latest last; bounded. What still comes for them is late. */
  readonly closedUtterances: readonly string[];
  readonly reply: ActiveReply | undefined;
  /** An answer to the open turn, made in the hope that the caller has said it all. */
  readonly speculation: Speculation | undefined;
  /** The rest of a reply that was cut, while it is open whether the caller meant to interrupt. */
  readonly cutReply:
    | (Pick<ActiveReply, "turnId" | "kind" | "language" | "interruption"> & { readonly rest: string })
    | undefined;
  /** Lines the app wants said, waiting for their time. */
  readonly pendingLines: readonly { readonly text: string; readonly interruption?: InterruptionPolicy }[];
  readonly history: readonly HistoryEntry[];
  readonly memory: unknown;
  /** What tools gave after their reply was over; the next question tells the brain. Bounded. */
  readonly lateToolResults: readonly ToolResult[];
  readonly silencePrompts: number;
  /** Replies that failed one after another. */
  readonly failures: number;
  /** So many of the caller's turns, one after another, never got a transcript. */
  readonly unheardTurns: number;
  /** Why the call is being ended, once that is decided. */
  readonly ending: CallEndReason | undefined;
  /** The goodbye that is still to be said. */
  readonly lastWords: string | undefined;
  readonly hangingUp: boolean;
  /** The line is gone, or given up on. */
  readonly lineDown: boolean;
  readonly deadlines: Readonly<Partial<Record<DeadlineName, number>>>;
}

/** The caller's turn: one or more utterances with pauses between them. */
export interface CallerTurn {
  readonly turnId: number;
  readonly utterances: readonly Utterance[];
  readonly speechMs: number;
  readonly pausesMs: readonly number[];
  /** When the caller last fell silent. */
  readonly silentSinceMs: number;
  /** When the last of its final transcripts came. */
  readonly transcribedAtMs?: number;
  readonly language: Language;
  /** What the recogniser last said of it: the language, and how sure it is of the words. */
  readonly tag?: Language;
  readonly confidence?: number;
  /** So many of the utterances stem from a closed turn that this one may go on with. */
  readonly inherited: number;
  /** The caller has been silent long enough. */
  readonly endpointReached: boolean;
  /** The app, the caller's key or the longest length of a turn has ended it: silence is not asked. */
  readonly ended: boolean;
  /** Final transcripts have been waited for long enough. */
  readonly transcriptsGivenUp: boolean;
  /** So many answers were begun for it before it was over. */
  readonly speculations: number;
}

/** An answer that nobody has heard and nothing tells of, until the turn it answers is over. */
export interface Speculation {
  readonly reply: ActiveReply;
  /** The words it answers, and the language it was asked in. */
  readonly text: string;
  readonly language: Language;
}

/** One stretch of speech between two pauses. */
export interface Utterance {
  readonly utteranceId: string;
  /** What the recogniser calls it, if it has an id of its own. */
  readonly providerId?: string;
  /** `speaking` now; `awaiting` its final transcript; `done`. */
  readonly status: "speaking" | "awaiting" | "done";
  /** The words, interim until `done`. */
  readonly text: string;
  /** Those of the words that the recogniser has given for good. */
  readonly finalText?: string;
  readonly notUnderstood?: true;
  /** A final transcript came before the caller fell silent: the recogniser ends utterances by its own lights. */
  readonly heardFinal?: true;
}

/** How loud a reply goes on: as ever, ducked, or standing still. */
export type ReplyVolume = "full" | "soft" | "silent";

/** The reply that is being made or spoken. */
export interface ActiveReply {
  readonly generation: number;
  readonly turnId: number;
  readonly kind: ReplyKind;
  readonly language: Language;
  /** Its first sound went to the line. */
  readonly audible: boolean;
  /** How it may be interrupted. */
  readonly interruption: InterruptionPolicy;
  /** How loud it goes on: less than `full` while it is open whether the caller means to interrupt. */
  readonly volume: ReplyVolume;
  /** So much voice there was in the caller's present speech when the reply became audible, in ms: only what follows is over it. */
  readonly voicedBeforeMs: number;
  /** Its sound is kept back while the caller speaks. */
  readonly held: boolean;
  /** It is being stopped, and why; the shell has been told. */
  readonly stopping?: "speech" | "words" | "dtmf" | "app" | "dropped" | "failed" | "ending";
  /** What the brain wants remembered once the reply is audible. */
  readonly memory?: { readonly value: unknown };
  /** The call ends behind it. */
  readonly endsCall?: true;
  /** The call goes on in this language once the turn is sure. */
  readonly switchesTo?: Language;
  /** The brain makes it: words may be long in coming. */
  readonly asksBrain?: true;
  /** So many lines were said in place of words that did not come. */
  readonly fillIns?: number;
  /** The tools it waits for. */
  readonly toolsAtWork?: readonly ToolAtWork[];
  /** What tools gave to it. */
  readonly toolResults?: readonly ToolResult[];
  /** When its turn was over, and when its first words came: for the metrics. */
  readonly askedAtMs: number;
  readonly firstTextAtMs?: number;
  /** When the caller fell silent before it. */
  readonly callerSilentAtMs?: number;
  /** When the last final transcript before it came. */
  readonly transcribedAtMs?: number | undefined;
}

/** A tool that was begun and has not answered yet. */
export interface ToolAtWork {
  readonly toolCallId: string;
  /** What the caller hears when it takes long; false for nothing. */
  readonly filler?: Localized | false;
}

/**
 * What the conversation waits for, besides events:
 *
 * - `endpoint`: the caller's turn is over if nothing more comes.
 * - `transcript`: final transcripts are waited for no longer.
 * - `turn-limit`: a turn that never ends is ended.
 * - `first-sound`: the reply must be audible.
 * - `fill-in`: the caller hears nothing of the reply: a line is said meanwhile.
 * - `silence`: the caller has said nothing for long.
 * - `away`: so long that they may have gone.
 * - `call-limit`: the call has lasted long enough.
 * - `drain`: the last words are waited for no longer.
 * - `hang-up`: the carrier is waited for no longer.
 */
export type DeadlineName =
  | "endpoint"
  | "transcript"
  | "turn-limit"
  | "first-sound"
  | "fill-in"
  | "silence"
  | "away"
  | "call-limit"
  | "drain"
  | "hang-up";

/** What a brain is asked, as far as the conversation knows it. */
export type BrainQuestion = Omit<BrainTurn, "call">;

export const INITIAL_STATE: ConversationState = {
  phase: "waiting",
  call: undefined,
  startedAtMs: 0,
  language: "en",
  languages: { language: "en" },
  turnCount: 0,
  utteranceCount: 0,
  generationCount: 0,
  callerSpeaking: false,
  voicedMs: 0,
  callerAway: false,
  turn: undefined,
  earlierPausesMs: [],
  closedTurn: undefined,
  closedUtterances: [],
  reply: undefined,
  speculation: undefined,
  cutReply: undefined,
  pendingLines: [],
  history: [],
  memory: undefined,
  lateToolResults: [],
  silencePrompts: 0,
  failures: 0,
  unheardTurns: 0,
  ending: undefined,
  lastWords: undefined,
  hangingUp: false,
  lineDown: false,
  deadlines: {},
};

/** When the conversation wants to be woken, if nothing happens before. */
export function nextDeadline(state: ConversationState): number | undefined {
  let next: number | undefined;
  for (const atMs of Object.values(state.deadlines)) {
    if (next === undefined || atMs < next) next = atMs;
  }
  return next;
}
