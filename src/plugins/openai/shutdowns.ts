import type { Logger } from "../../spec/index.js";

/** The last days of models, by OpenAI's page of deprecations as of November 2026. */
interface Shutdown {
  /** The day from which it is off, `YYYY-MM-DD`. */
  readonly on: string;
  readonly successor: string;
}

const LUNA = "gpt-6-luna";
const SPEECH = "Realtime as a voice with gpt-realtime-2.1-mini (/v1/audio/speech has no successor)";
const TRANSCRIBE = "gpt-transcribe";

const SHUTDOWNS: Readonly<Record<string, Shutdown>> = {
  "tts-1": { on: "2027-01-06", successor: SPEECH },
  "tts-1-hd": { on: "2027-01-06", successor: SPEECH },
  "gpt-4o-mini-tts": { on: "2027-01-06", successor: SPEECH },
  "gpt-4o": { on: "2027-01-14", successor: LUNA },
  "gpt-4o-mini": { on: "2027-01-14", successor: LUNA },
  "gpt-4.1": { on: "2027-01-14", successor: LUNA },
  "gpt-4.1-mini": { on: "2027-01-14", successor: LUNA },
  "gpt-realtime": { on: "2027-01-20", successor: "gpt-realtime-2.1" },
  "gpt-realtime-mini": { on: "2027-01-20", successor: "gpt-realtime-2.1-mini" },
  "gpt-audio-mini": { on: "2027-01-20", successor: "gpt-realtime-2.1-mini" },
  "whisper-1": { on: "2027-02-26", successor: TRANSCRIBE },
  "gpt-4o-transcribe": { on: "2027-02-26", successor: TRANSCRIBE },
  "gpt-4o-mini-transcribe": { on: "2027-02-26", successor: TRANSCRIBE },
  "gpt-4o-transcribe-diarize": { on: "2027-02-26", successor: TRANSCRIBE },
  "gpt-5": { on: "2026-12-11", successor: LUNA },
  "gpt-5-mini": { on: "2026-12-11", successor: LUNA },
  "gpt-5-nano": { on: "2026-12-11", successor: LUNA },
  o3: { on: "2026-12-11", successor: LUNA },
  "gpt-5.1": { on: "2027-04-01", successor: LUNA },
  "gpt-5.4-nano": { on: "2027-04-01", successor: LUNA },
};

/** So many days before its end, a model is warned of. */
export const SHUTDOWN_WARNING_DAYS = 120;

const DAY_MS = 86_400_000;
/** `gpt-4o-2024-08-06` is a snapshot of `gpt-4o`, and goes with it. */
const SNAPSHOT = /-\d{4}-\d{2}-\d{2}$/;

/** What is to be said of a model whose end is near or past, with the day and what to use in its place; else nothing. */
export function shutdownWarning(model: string, today: Date): string | undefined {
  const name = model.replace(SNAPSHOT, "");
  const shutdown = Object.hasOwn(SHUTDOWNS, name) ? SHUTDOWNS[name] : undefined;
  if (shutdown === undefined) return undefined;
  const daysLeft = Math.ceil((Date.parse(shutdown.on) - today.getTime()) / DAY_MS);
  if (daysLeft > SHUTDOWN_WARNING_DAYS) return undefined;
  const verb = daysLeft > 0 ? `shuts ${model} down on` : `has shut ${model} down on`;
  return `OpenAI ${verb} ${shutdown.on}. Use ${shutdown.successor}.`;
}

/** Warns of a model whose end is near, in one line. */
export function warnOfShutdown(
  model: string,
  { logger, today = new Date() }: { readonly logger?: Logger; readonly today?: Date },
): void {
  const warning = shutdownWarning(model, today);
  if (warning !== undefined) logger?.warn({ provider: "openai", model }, warning);
}
