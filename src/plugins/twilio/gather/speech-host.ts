import { randomBytes } from "node:crypto";
import { BolchaalError } from "../../../errors.js";
import type { Clock } from "../../../spec/index.js";
import { systemClock } from "../../../system-clock.js";

/** A sound is kept for so long, in ms, unless told otherwise: Twilio fetches it within seconds. */
export const DEFAULT_SPEECH_TTL_MS = 120_000;

/** All sounds together take so much at most, in bytes, unless told otherwise: about 70 minutes of speech. */
export const DEFAULT_SPEECH_BYTES = 33_554_432;

/** A sound as it is served. */
export interface HostedSpeech {
  readonly contentType: string;
  readonly body: Uint8Array;
}

/** Sounds in memory, for Twilio to fetch: each under a name that cannot be guessed, and not for long. */
export interface SpeechHost {
  /**
   * Keeps a sound.
   * @returns its id: 27 characters, safe in URLs; undefined if there is no room for it.
   */
  put(body: Uint8Array, contentType?: string): string | undefined;
  /** The sound of that id, unless its time is over. It may be asked for more than once. */
  get(id: string): HostedSpeech | undefined;
  /** Lets go of a sound before its time. */
  drop(id: string): void;
  /** What is kept now, in bytes. */
  readonly bytes: number;
}

/** Of {@link createSpeechHost}. */
export interface SpeechHostOptions {
  /** @default 120000 */
  readonly ttlMs?: number;
  /** @default 33554432 */
  readonly maxBytes?: number;
  /** @default the system's clock */
  readonly clock?: Clock;
}

/** 160 bits of chance. */
const ID_BYTES = 20;

/**
 * Makes a host for one server: the calls share it, and the server answers `GET /speech/<id>` from it. Sounds are not shared
 * between machines: with several, Twilio must come back to the one that answered.
 * @throws BolchaalError `invalid-option`
 */
export function createSpeechHost(options: SpeechHostOptions = {}): SpeechHost {
  const { ttlMs = DEFAULT_SPEECH_TTL_MS, maxBytes = DEFAULT_SPEECH_BYTES, clock = systemClock } = options;
  if (!(ttlMs > 0) || !(maxBytes > 0)) {
    throw new BolchaalError(`Speech is kept for ${ttlMs} ms in ${maxBytes} bytes. Give numbers above 0.`, {
      code: "invalid-option",
      component: "transport",
      provider: "twilio",
    });
  }
  /** The oldest first. */
  const kept = new Map<string, HostedSpeech & { readonly expiresAtMs: number }>();
  let bytes = 0;

  function drop(id: string): void {
    bytes -= kept.get(id)?.body.length ?? 0;
    kept.delete(id);
  }

  function dropExpired(): void {
    for (const [id, { expiresAtMs }] of kept) {
      if (expiresAtMs > clock.now()) return;
      drop(id);
    }
  }

  return {
    put(body, contentType = "audio/wav") {
      dropExpired();
      if (bytes + body.length > maxBytes) return undefined;
      const id = randomBytes(ID_BYTES).toString("base64url");
      kept.set(id, { body, contentType, expiresAtMs: clock.now() + ttlMs });
      bytes += body.length;
      return id;
    },
    get(id) {
      dropExpired();
      const speech = kept.get(id);
      return speech === undefined ? undefined : { contentType: speech.contentType, body: speech.body };
    },
    drop,
    get bytes() {
      dropExpired();
      return bytes;
    },
  };
}
