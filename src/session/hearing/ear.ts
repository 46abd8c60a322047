import { durationMs, silence } from "../../audio/index.js";
import type { BolchaalError } from "../../errors.js";
import type { CallInfo, Language, ProviderUsage, TranscriptResult } from "../../spec/index.js";
import type { ResolvedOptions } from "../options.js";
import { ActivityTracker } from "./activity-tracker.js";
import { type AgentSound, OverlapJudge } from "./overlap.js";
import { SpeechToTextLine } from "./speech-to-text-line.js";

/** Sound that comes while the agent is heard waits so long for the word that it is the caller's. */
const PRE_ROLL_MS = 300;

/** What the ear tells. */
export interface EarListener {
  speechStart(): void;
  /** There was a voice for so much of the speech by now. */
  speech(voicedMs: number): void;
  speechEnd(endedAtMs: number, speechMs: number): void;
  result(result: TranscriptResult): void;
  usage(usage: ProviderUsage): void;
  warning(warning: Error): void;
  /** Speech-to-text failed for good. */
  failed(error: BolchaalError): void;
}

/** What an ear is made of. */
export type EarOptions = Pick<
  ResolvedOptions,
  "transport" | "clock" | "speechToText" | "voiceActivityDetector" | "rules"
>;

/**
 * Hears the caller: voice activity and speech-to-text on the caller's sound. While the agent is heard, speech-to-text
 * gets only what is the caller's: the agent's echo and people behind the caller become silence.
 */
export class Ear {
  readonly #options: EarOptions;
  readonly #judge: OverlapJudge;
  readonly #activity: ActivityTracker;
  readonly #line: SpeechToTextLine;
  /** Sound that may yet turn out to be the caller's. */
  #waiting: Uint8Array[] = [];
  #waitingMs = 0;
  #callerSpeaking = false;

  constructor(options: EarOptions, agent: AgentSound, listener: EarListener) {
    const { transport, clock, speechToText, voiceActivityDetector } = options;
    this.#options = options;
    this.#judge = new OverlapJudge(transport.format, agent);
    this.#line = new SpeechToTextLine(transport.format, speechToText, listener);
    this.#activity = new ActivityTracker(transport.format, voiceActivityDetector, clock, this.#judge, {
      // Speech-to-text has the sound before anybody hears of the speech in it.
      speechStart: () => {
        this.#callerSpeaking = true;
        this.#passWaiting();
        listener.speechStart();
      },
      speech: (voicedMs) => listener.speech(voicedMs),
      speechEnd: (endedAtMs, speechMs) => {
        this.#callerSpeaking = false;
        listener.speechEnd(endedAtMs, speechMs);
      },
    });
  }

  open(call: CallInfo): void {
    void this.#line.open(call, this.#options.rules.language);
  }

  /** @throws what a plug-in throws. */
  audio(audio: Uint8Array): void {
    this.#judge.hear(audio);
    if (this.#callerSpeaking || !this.#judge.agentHeard) {
      this.#passWaiting();
      this.#line.audio(audio);
    } else this.#wait(audio);
    this.#activity.audio(audio);
  }

  utteranceStart(utteranceId: string): void {
    this.#line.utteranceStart(utteranceId);
  }

  utteranceEnd(utteranceId: string): void {
    this.#line.utteranceEnd(utteranceId);
  }

  setLanguage(language: Language): void {
    this.#line.setLanguage(language);
  }

  /** The line is about to end. */
  lineEnded(): void {
    this.#line.tellUsage();
  }

  close(): void {
    this.#waiting = [];
    this.#line.close();
  }

  #passWaiting(): void {
    for (const audio of this.#waiting.splice(0)) this.#line.audio(audio);
    this.#waitingMs = 0;
  }

  #wait(audio: Uint8Array): void {
    const { format } = this.#options.transport;
    this.#waiting.push(audio);
    this.#waitingMs += durationMs(audio.length, format);
    for (
      let oldest = this.#waiting[0];
      oldest !== undefined && this.#waitingMs > PRE_ROLL_MS;
      oldest = this.#waiting[0]
    ) {
      const oldestMs = durationMs(oldest.length, format);
      this.#waiting.shift();
      this.#waitingMs -= oldestMs;
      this.#line.audio(silence(format, oldestMs));
    }
  }
}
