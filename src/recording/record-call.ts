import { z } from "zod";
import { MULAW_8K } from "../audio/index.js";
import { BolchaalError } from "../errors.js";
import { inLanguage } from "../language/index.js";
import type { VoiceSession } from "../session/index.js";
import { silentLogger } from "../session/silent-logger.js";
import type { AudioFormat, CallInfo, Clock, Language, Localized, Logger, VoiceEvent } from "../spec/index.js";
import { systemClock } from "../system-clock.js";
import { createNodeFile } from "./node-file.js";
import type { TappedLine } from "./tapped-line.js";
import { RECORDING_FORMATS, type RecordingEncoding, Timeline } from "./timeline.js";
import { createWavWriter, type RecordingFile, type WavWriter } from "./wav-writer.js";

/** So much sound waits for a slow disk, in bytes: a minute of µ-law. */
export const DEFAULT_MAX_PENDING_BYTES = 1_048_576;

/** What is needed of a session: a `VoiceSession` fits as it is. */
export type RecordedSession = Pick<VoiceSession, "on" | "say" | "call"> & {
  readonly conversation: { readonly language: Language };
};

/** Of {@link recordCall}. */
export interface RecordCallOptions {
  /** Where the file goes: a new one, its folders are made. */
  readonly path: string | ((call: CallInfo) => string);
  /** What the line carries: what `onSession` is given. @default that of `line`, or G.711 µ-law at 8 kHz */
  readonly format?: AudioFormat;
  /**
   * The session's line, made with `tappedLine`: the agent is recorded from what goes over it, to the sample. Without it, from
   * the session's events: then it is at full volume where it was ducked, and has no gap where it stood still.
   * @default none
   */
  readonly line?: TappedLine;
  /** How the sound is kept: 16 KB a second as µ-law, 32 KB as linear samples. @default "mulaw" */
  readonly encoding?: RecordingEncoding;
  /** Said first, and not to be interrupted; the recording begins when the caller has heard it. @default nothing: it begins at once */
  readonly consent?: Localized;
  /** Told when the file cannot be written, or not as fast as it must. The call goes on. */
  readonly onError?: (error: BolchaalError) => void;
  /** So much sound waits for a slow disk. @default 1048576 */
  readonly maxPendingBytes?: number;
  /** What stands in for the disk. @default a file of Node's */
  readonly createFile?: (path: string) => Promise<RecordingFile>;
  /** @default silent */
  readonly logger?: Logger;
  /** The session's. @default the system's clock */
  readonly clock?: Clock;
}

/** What came of a recording. */
export interface RecordingSummary {
  /** Undefined if there is none. */
  readonly path: string | undefined;
  /** Of the sound in the file. */
  readonly durationMs: number;
  /** `failed`: the file ends early. `no-consent`: the consent line was not heard out, and nothing was recorded. */
  readonly outcome: "complete" | "failed" | "no-consent";
}

/** A call being recorded. */
export interface CallRecording {
  /** From now on there is silence in the file, until `resume`: for a card number. */
  pause(): void;
  resume(): void;
  /** Ends it before the call does. */
  stop(): Promise<RecordingSummary>;
  /** Settles when the file is complete. Never rejects. */
  readonly finished: Promise<RecordingSummary>;
}

const AUDIO_FORMAT = z.object({
  type: z.enum(["audio/pcmu", "audio/pcma", "audio/pcm"]),
  rate: z.union([z.literal(8000), z.literal(16000), z.literal(24000), z.literal(48000)]),
});
const OPTIONS = z.object({
  path: z.union([z.string().min(1), z.custom<(call: CallInfo) => string>((value) => typeof value === "function")]),
  format: AUDIO_FORMAT.optional(),
  encoding: z.enum(["mulaw", "pcm16"]).default("mulaw"),
  maxPendingBytes: z.int().positive().default(DEFAULT_MAX_PENDING_BYTES),
});

/**
 * Records a call to a stereo WAV file at 8 kHz: the caller on the left, on the right what they heard of the agent. Only for
 * lines that carry sound. Nothing is asked of the network; memory is bounded; what fails is told and costs the recording, not
 * the call.
 *
 * @throws BolchaalError `invalid-option`
 */
export function recordCall(session: RecordedSession, options: RecordCallOptions): CallRecording {
  const { path, encoding, maxPendingBytes, ...checked } = resolve(options);
  const { line, consent, onError, createFile = createNodeFile, logger = silentLogger, clock = systemClock } = options;
  const format = checked.format ?? line?.format ?? MULAW_8K;
  const fileFormat = RECORDING_FORMATS[encoding];
  let consentGeneration: number | undefined;
  let begun: { readonly timeline: Timeline; readonly writer: WavWriter; readonly path: string } | undefined;
  let pausedBefore = false;
  /** The session's clock is so far behind ours. */
  let offsetMs = 0;
  let failed = false;
  let over = false;
  let settle: (summary: RecordingSummary) => void = () => {};
  const finished = new Promise<RecordingSummary>((resolve) => {
    settle = resolve;
  });

  function tell(message: string, cause?: unknown): void {
    const error = new BolchaalError(message, { code: "provider-failed", component: "store", cause });
    logger.warn({ callId: session.call?.callId, error }, message);
    try {
      onError?.(error);
    } catch (thrown) {
      logger.error({ callId: session.call?.callId, error: thrown }, "onError of a recording failed");
    }
  }

  function begin(call: CallInfo, atMs: number): void {
    let file: string;
    try {
      file = typeof path === "function" ? path(call) : path;
    } catch (thrown) {
      tell("The path of the recording could not be made. The call is not recorded.", thrown);
      return finish("failed");
    }
    const writer = createWavWriter({
      open: () => createFile(file),
      format: fileFormat,
      channels: 2,
      maxPendingBytes,
      onOverflow: () => tell("The disk is too slow for the recording. There is silence in it until it catches up."),
      onFailure: (cause) => {
        failed = true;
        tell("The recording cannot be written. It ends here, the call goes on: look at the disk.", cause);
      },
    });
    begun = { timeline: new Timeline(atMs, format, fileFormat), writer, path: file };
    if (pausedBefore) begun.timeline.pause(atMs);
  }

  function finish(outcome: RecordingSummary["outcome"], atMs?: number): void {
    if (over) return;
    over = true;
    undo();
    undoTap?.();
    if (begun === undefined) return settle({ path: undefined, durationMs: 0, outcome });
    const { timeline, writer, path: file } = begun;
    if (atMs !== undefined) writer.write(timeline.endAt(atMs));
    void writer.end().then((bytes) => {
      const durationMs = (bytes * 500) / (fileFormat.rate * (fileFormat.type === "audio/pcm" ? 2 : 1));
      settle({ path: file, durationMs, outcome: failed ? "failed" : outcome });
    });
  }

  function onEvent(event: VoiceEvent): void {
    offsetMs = clock.now() - event.atMs;
    if (begun === undefined) return beforeBegin(event);
    const { timeline, writer } = begun;
    if (event.type === "call-end") return finish("complete", event.atMs);
    take(timeline, event, line === undefined);
    const settled = timeline.settledAt(event.atMs);
    if (settled.length > 0) writer.write(settled);
  }

  /** Waits for the call, and for the caller to have heard the consent line. */
  function beforeBegin(event: VoiceEvent): void {
    const { call } = session;
    if (event.type === "call-end") return finish(consent === undefined ? "failed" : "no-consent");
    if (call === undefined) return;
    if (consent === undefined) {
      begin(call, event.atMs);
      if (begun !== undefined) take(begun.timeline, event, line === undefined);
    } else if (event.type === "call-start") askConsent(consent);
    else if (event.type === "reply" && event.generation === consentGeneration) {
      if (event.outcome === "played") begin(call, event.atMs);
      else {
        tell("The consent line was not heard out. The call is not recorded.");
        finish("no-consent");
      }
    } else if (event.type === "reply-start" && event.kind === "line") consentGeneration ??= event.generation;
  }

  function askConsent(line: Localized): void {
    session.say(inLanguage(line, session.conversation.language), { interruption: "none" });
  }

  const now = () => clock.now() - offsetMs;
  const undo = session.on("*", onEvent);
  const undoTap = line?.tap({
    sent: (audio) => begun?.timeline.said(audio, 0, now()),
    cleared: () => begun?.timeline.silenced(now()),
  });
  if (session.call !== undefined && consent !== undefined) askConsent(consent);

  return {
    pause() {
      pausedBefore = true;
      begun?.timeline.pause(now());
    },
    resume() {
      pausedBefore = false;
      begun?.timeline.resume(now());
    },
    stop() {
      finish(begun === undefined && consent !== undefined ? "no-consent" : "complete", now());
      return finished;
    },
    finished,
  };
}

/** What of the call's events is sound. @param agentToo The agent's is not heard elsewhere. */
function take(timeline: Timeline, event: VoiceEvent, agentToo: boolean): void {
  if (event.type === "audio-in") return timeline.heard(event.audio, event.atMs);
  if (!agentToo) return;
  switch (event.type) {
    case "tts-chunk":
      return timeline.said(event.audio, event.generation, event.atMs);
    case "barge-in":
      timeline.stopped(event.generation, event.playedMs);
      return timeline.silenced(event.atMs);
    case "reply":
      if (event.outcome === "interrupted" || event.outcome === "dropped") timeline.silenced(event.atMs);
  }
}

function resolve(options: RecordCallOptions): z.infer<typeof OPTIONS> {
  const { success, data, error } = OPTIONS.safeParse(options);
  if (success) return data;
  throw new BolchaalError(`The call cannot be recorded so. Mend these:\n${z.prettifyError(error)}`, {
    code: "invalid-option",
    component: "store",
  });
}
