/** One case, as a whole call over the simulated carrier on a virtual clock, and what came of it. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { encodeMulaw, MULAW_8K, writeWav } from "../../../src/audio/index.js";
import { twilioMediaStream } from "../../../src/plugins/twilio/index.js";
import { type AgentOptions, VoiceSession } from "../../../src/session/index.js";
import type { VoiceEvent, VoiceEventOf } from "../../../src/spec/index.js";
import { type CallerScript, connectSimulatedCall, createVirtualClock } from "../../../src/testing/index.js";
import { type InterruptionCase, levelled, wav } from "./cases.js";
import { standInRecogniser, tapeVoice } from "./stand-ins.js";

/** From either end of the socket to the other, in ms. */
export const WIRE_LATENCY_MS = 10;
const COMFORT_NOISE_DBFS = -62;

/** What came of a case. */
export interface Outcome {
  readonly case: InterruptionCase;
  /** From the onset to the first `clear` at the carrier; undefined if the agent went on as it was. */
  readonly duckedMs: number | undefined;
  /** From the onset to the agent's last sound, if it stopped for good. */
  readonly yieldedMs: number | undefined;
  /** The agent went on to the end, nothing was lost, and nobody answered. */
  readonly wentOn: boolean;
  /** So long the agent stood still before it went on. */
  readonly stoodStillMs: number;
  /** Media of a stopped reply that came behind its last `clear`. */
  readonly staleFrames: number;
}

const SPEECH = join(import.meta.dirname, "../../fixtures/speech/tuning");
const TEXTS = readFileSync(join(SPEECH, "../../speech.txt"), "utf8").trim().split("\n");
const textOf = (file: string) => TEXTS[Number.parseInt(file, 10) - 1]?.split("|")[1] ?? "";
const FILES = readdirSync(SPEECH).sort();

/** The agent speaks in one voice for about 20 seconds; the caller's question is in another. */
const AGENT_FILES = FILES.filter((file) => file.includes("flite-rms"));
const QUESTION = FILES.find((file) => file.includes("05-en-us")) ?? "";
const TAPES = new Map(AGENT_FILES.map((file) => [textOf(file), encodeMulaw(levelled(wav(join(SPEECH, file))))]));
const LONG_ANSWER = [...TAPES.keys()].join(" ");
const SHORT_ANSWER = [...TAPES.keys()][0] ?? "";

export async function play(interruption: InterruptionCase, agent: Partial<AgentOptions> = {}): Promise<Outcome> {
  const clock = createVirtualClock();
  const question = { sound: encodeMulaw(levelled(wav(join(SPEECH, QUESTION)))), words: textOf(QUESTION) };
  const events: VoiceEvent[] = [];
  const promise = connectSimulatedCall({
    clock,
    latencyMs: WIRE_LATENCY_MS,
    comfortNoiseDbfs: COMFORT_NOISE_DBFS,
    ...(interruption.echo === undefined ? {} : { echo: interruption.echo }),
    script: scriptOf(interruption, question.sound),
    accept(socket) {
      const session = new VoiceSession({
        speechToText: standInRecogniser(clock, [question, interruption], LONG_ANSWER),
        brain: ({ turnId }) => (turnId === 1 ? LONG_ANSWER : SHORT_ANSWER),
        textToSpeech: tapeVoice(TAPES),
        ...agent,
        transport: twilioMediaStream(socket, { clock }),
        clock,
      });
      session.on("*", (event) => events.push(event));
      session.start();
    },
  });
  const report = await clock.runUntilSettled(promise);
  return outcomeOf(interruption, events, report);
}

function scriptOf({ sound, keys, afterMs, echo }: InterruptionCase, question: Uint8Array): CallerScript {
  const happens: CallerScript =
    echo !== undefined
      ? []
      : [...(keys === undefined ? [] : [{ press: keys.slice(0, 1) }]), { sayWav: wavFile(sound) }];
  return [
    { pauseMs: 600 },
    { sayWav: wavFile(question) },
    { waitFor: { heardMs: afterMs } },
    ...happens,
    { pauseMs: 1000 },
    { waitFor: "agent-silence", timeoutMs: 60_000, onTimeout: "continue" },
    { pauseMs: 1500 },
    { hangUp: true },
  ];
}

function outcomeOf(
  interruption: InterruptionCase,
  events: readonly VoiceEvent[],
  report: Awaited<ReturnType<typeof connectSimulatedCall>>,
): Outcome {
  const of = <Type extends VoiceEvent["type"]>(type: Type) =>
    events.filter((event): event is VoiceEventOf<Type> => event.type === type);
  const answer = of("reply").find(({ turnId, kind }) => turnId === 1 && kind === "answer");
  const bargeIn = of("barge-in")[0];
  const onsetMs = report.steps.filter(({ step }) => "sayWav" in step)[1]?.speechStartMs ?? 0;
  const messages = report.messages.filter(({ atMs }) => atMs >= onsetMs);
  const clears = messages.filter(({ event }) => event === "clear");

  // The standstills: from a `clear` to the next media.
  let stoodStillMs = 0;
  let yieldedAtMs: number | undefined;
  let clearedAtMs: number | undefined;
  let staleFrames = 0;
  const stoppedAtMs = bargeIn === undefined ? Number.POSITIVE_INFINITY : bargeIn.atMs + WIRE_LATENCY_MS;
  const nextAtMs = of("playback-start").find(({ generation }) => generation !== answer?.generation)?.atMs;
  for (const { event, atMs } of messages) {
    if (event === "clear") clearedAtMs ??= atMs;
    if (event === "clear" && atMs >= stoppedAtMs) yieldedAtMs ??= clearedAtMs;
    if (event !== "media") continue;
    if (atMs > stoppedAtMs && atMs < (nextAtMs ?? Number.POSITIVE_INFINITY)) staleFrames += 1;
    if (clearedAtMs !== undefined && atMs <= stoppedAtMs) stoodStillMs += atMs - clearedAtMs;
    clearedAtMs = undefined;
  }
  return {
    case: interruption,
    duckedMs: clears[0] === undefined ? undefined : clears[0].atMs - onsetMs,
    yieldedMs: yieldedAtMs === undefined ? undefined : yieldedAtMs - onsetMs,
    wentOn:
      bargeIn === undefined &&
      answer?.outcome === "played" &&
      answer.heardText === answer.text &&
      of("turn-end").length === 1,
    stoodStillMs,
    staleFrames,
  };
}

function wavFile(sound: Uint8Array): Uint8Array {
  return writeWav({ format: MULAW_8K, channels: 1, data: sound });
}
