import { defineTool, modelBrain } from "../../src/brain/index.js";
import { fallback } from "../../src/session/index.js";
import type {
  Brain,
  BrainTurn,
  LanguageModel,
  ModelRequest,
  SpeechToSpeech,
  SpeechToText,
  TextToSpeech,
  VoiceEvent,
} from "../../src/spec/index.js";
import { speechToSpeechAgent } from "../../src/speech-to-speech/index.js";
import {
  type CallerScript,
  heardText,
  scriptedModel,
  scriptedSpeechToText,
  scriptedTextToSpeech,
  type VirtualClock,
} from "../../src/testing/index.js";
import { wholeCall } from "../session/whole-call.js";

/** What goes wrong with a provider. */
export const FAULTS = [
  "refuses",
  "401",
  "429, Retry-After 120",
  "insufficient quota",
  "500",
  "header stall",
  "body stall",
  "cut mid-stream",
  "garbage",
  "slow trickle",
  "wrong content type",
  "empty",
] as const;
export type Fault = (typeof FAULTS)[number];

/** When it goes wrong, from then on. */
export const MOMENTS = ["greeting", "mid-turn", "while speaking", "during a tool"] as const;
export type Moment = (typeof MOMENTS)[number];

/** A provider under test. It is told, request by request or connection by connection, whether the fault has struck. */
export type Subject = {
  readonly name: string;
} & (
  | { readonly kind: "model"; make(clock: VirtualClock, fault: Fault, struck: () => boolean): LanguageModel }
  | { readonly kind: "speech-to-text"; make(clock: VirtualClock, fault: Fault, struck: () => boolean): SpeechToText }
  | {
      readonly kind: "speech-to-speech";
      make(clock: VirtualClock, fault: Fault, struck: () => boolean): SpeechToSpeech;
    }
  | { readonly kind: "text-to-speech"; make(clock: VirtualClock, fault: Fault, struck: () => boolean): TextToSpeech }
);

/** What became of a call. */
export interface Outcome {
  /** The longest that the caller waited in silence for the agent, in ms. */
  readonly silenceMs: number;
  /** The longest from a failure that was told to the agent's next sound, in ms, while the caller was waiting. */
  readonly afterFailureMs: number;
  /** So many failures were told. */
  readonly failures: number;
  readonly ended: string | undefined;
  /** So many of the caller's turns were answered. */
  readonly answered: number;
  /** What is wrong with the brain's history, if anything. */
  readonly historyFault: string | undefined;
  readonly heard: string;
}

const TURNS = ["what does the room cost", "please book it for me", "what time is breakfast there"];

const SCRIPT: CallerScript = [
  { waitFor: "agent-silence", timeoutMs: 9_000, onTimeout: "continue" },
  ...TURNS.flatMap(
    (say): CallerScript => [
      { pauseMs: 1_500 },
      { say },
      { waitFor: "agent-silence", timeoutMs: 12_000, onTimeout: "continue" },
    ],
  ),
  { pauseMs: 2_000 },
  { hangUp: true },
];

/** What each model says, whichever it is. */
export function replyTo(lastMessage: string): { readonly text: string; readonly tool?: string } {
  if (lastMessage.includes("just begun")) return { text: "Welcome to the Sagar hotel. How may I help you today?" };
  if (lastMessage.includes("cost"))
    return { text: "A double room is four thousand. The suite is nine thousand. Shall I book one?" };
  if (lastMessage.includes("booked: 17")) return { text: "It is booked. Your number is seventeen." };
  if (lastMessage.includes("book it")) return { text: "I will do that now.", tool: "book_room" };
  return { text: "Breakfast is from seven. It is served until ten." };
}

/** A tool takes so long. */
const TOOL_MS = 1_000;

/** A call in which a provider fails at a moment, with a stand-in behind it, or alone. */
export async function callWith(subject: Subject, fault: Fault, moment: Moment, alone = false): Promise<Outcome> {
  let struck = moment === "greeting";
  let inTool = false;
  const asked: BrainTurn[] = [];
  const script = moment === "greeting" && subject.kind === "text-to-speech" ? SCRIPT : SCRIPT;
  const { of, events, report } = await wholeCall(
    script,
    { greeting: "brain", silence: { promptAfterMs: 60_000, awayAfterMs: 60_000 } },
    {},
    (clock) => {
      const isStruck = () => struck || (moment === "during a tool" && inTool);
      const chainOf = <P>(own: P, standIn: P) => (alone ? [own] : [own, standIn]);
      const book = defineTool({
        name: "book_room",
        description: "Books.",
        run: () =>
          new Promise((done) => {
            inTool = true;
            if (moment === "during a tool") struck = true;
            clock.setTimer(() => done("booked: 17"), TOOL_MS);
          }),
      });
      const standInModel = scriptedModel(
        ({ messages }: ModelRequest) => {
          const { text, tool } = replyTo(continued(messages) ?? messages.at(-1)?.text ?? "");
          const said =
            messages.at(-2)?.role === "assistant" && continued(messages) !== undefined
              ? (messages.at(-2)?.text ?? "")
              : "";
          const rest = text.startsWith(said.trim()) ? text.slice(said.trim().length).trimStart() : text;
          return [{ waitMs: 200 }, ...(rest.match(/\S+\s*/g) ?? []), ...(tool === undefined ? [] : [{ call: tool }])];
        },
        { clock, name: "stand-in" },
      );
      const model = subject.kind === "model" ? subject.make(clock, fault, isStruck) : standInModel;
      const ears = scriptedSpeechToText({ clock, delayMs: 50, name: "stand-in" });
      const speechToText =
        subject.kind === "speech-to-text"
          ? fallback(chainOf(subject.make(clock, fault, isStruck), ears), { clock })
          : ears;
      const voice = scriptedTextToSpeech({ clock, firstByteMs: 80, wordTimings: true, name: "stand-in" });
      const textToSpeech =
        subject.kind === "text-to-speech"
          ? fallback(chainOf(subject.make(clock, fault, isStruck), voice), { clock })
          : voice;
      const brain = modelBrain(
        subject.kind === "model" ? fallback(chainOf(model, standInModel), { clock }) : standInModel,
        { instructions: "Answer.", tools: [book], clock },
      );
      const own =
        subject.kind === "speech-to-speech"
          ? speechToSpeechAgent(subject.make(clock, fault, isStruck), {
              instructions: "Answer.",
              tools: [book],
              clock,
              // All that can stand behind it is a voice for the session's own lines.
              voice: textToSpeech,
            })
          : { speechToText, brain, textToSpeech };
      return {
        ...own,
        brain: {
          ...(own.brain as Brain),
          doReply(turn, options) {
            asked.push(turn);
            return (own.brain as Brain).doReply(turn, options);
          },
        },
        onSession(session, format) {
          if ("onSession" in own) own.onSession?.(session, format);
          session.on("speech-start", () => {
            if (moment === "mid-turn") struck = true;
          });
          session.on("playback-start", ({ turnId }) => {
            if (moment === "while speaking" && turnId >= 1) struck = true;
          });
        },
      };
    },
  );

  const waits = waitsOf(events);
  const sounds = report.agentSpeech;
  const failures = events.filter(isFailure).map(({ atMs }) => atMs);
  const heard = heardText(report);
  return {
    silenceMs: longest(waits.map(({ fromMs, toMs }) => longestGap(fromMs, toMs, sounds))),
    // Who speaks themselves waits no longer; the wait that follows is its own.
    afterFailureMs: longest(
      failures.flatMap((atMs) => {
        const wait = waits.find(({ fromMs, toMs }) => atMs >= fromMs && atMs <= toMs);
        return wait === undefined ? [] : [Math.min(wait.toMs, nextSound(atMs, sounds, report.durationMs)) - atMs];
      }),
    ),
    failures: failures.length,
    ended: of("call-end")[0]?.reason,
    answered: new Set(
      of("reply")
        .filter(({ kind, heardText }) => kind === "answer" && heardText !== "")
        .map(({ turnId }) => turnId),
    ).size,
    historyFault: historyFaultOf(
      asked,
      of("reply").map((reply) => reply.heardText),
      of("turn-end").map(({ text }) => text),
    ),
    heard,
  };
}

/** What a model that goes on for another was asked in the first place. */
function continued(messages: ModelRequest["messages"]): string | undefined {
  const last = messages.at(-1)?.text ?? "";
  return last.includes("The line broke off") ? messages.at(-3)?.text : undefined;
}

function isFailure(event: VoiceEvent): boolean {
  return event.type === "error" || (event.type === "warning" && event.code === "plug-in");
}

/** The stretches in which the caller waits: from the end of their speech, or the call's start, to the end of the reply, or until they speak again. */
function waitsOf(events: readonly VoiceEvent[]): { readonly fromMs: number; readonly toMs: number }[] {
  const waits: { fromMs: number; toMs: number }[] = [];
  let fromMs: number | undefined = 0;
  const end = (toMs: number) => {
    if (fromMs !== undefined) waits.push({ fromMs, toMs });
    fromMs = undefined;
  };
  for (const event of events) {
    if (event.type === "speech-end") fromMs = event.atMs;
    // Who speaks again has waited until then.
    if (event.type === "speech-start" || (event.type === "state" && event.state === "listening")) end(event.atMs);
    if (event.type === "call-end" && event.reason !== "caller-hangup") end(event.atMs);
  }
  return waits;
}

interface Sound {
  readonly startMs: number;
  readonly endMs: number;
}

/** The longest silence within a stretch of time. */
function longestGap(fromMs: number, toMs: number, sounds: readonly Sound[]): number {
  let silentSinceMs = fromMs;
  let gap = 0;
  for (const { startMs, endMs } of sounds) {
    if (endMs <= fromMs || startMs >= toMs) continue;
    gap = Math.max(gap, startMs - silentSinceMs);
    silentSinceMs = Math.max(silentSinceMs, endMs);
  }
  return Math.max(gap, toMs - silentSinceMs);
}

/** When the agent is heard at or after a moment; the end of the call if never. */
function nextSound(atMs: number, sounds: readonly Sound[], endMs: number): number {
  const next = sounds.find((sound) => sound.endMs > atMs);
  return next === undefined ? endMs : Math.max(atMs, next.startMs);
}

function longest(values: readonly number[]): number {
  return Math.max(0, ...values);
}

/** Of the last question: the agent's lines must be what was heard, in order; the caller's what they said, once each. */
function historyFaultOf(
  asked: readonly BrainTurn[],
  heard: readonly string[],
  said: readonly string[],
): string | undefined {
  const last = asked.at(-1);
  if (last === undefined) return undefined;
  const agent = last.history.filter(({ role }) => role === "agent").map(({ text }) => text);
  const told = heard.filter((text) => text !== "").slice(0, agent.length);
  if (agent.join("|") !== told.join("|")) return `agent: ${agent.join("|")} is not ${told.join("|")}`;
  const caller = last.history.filter(({ role }) => role === "caller").map(({ text }) => text);
  const turns = said.filter((text) => text !== "").slice(0, caller.length);
  return caller.join("|") === turns.join("|") ? undefined : `caller: ${caller.join("|")} is not ${turns.join("|")}`;
}
