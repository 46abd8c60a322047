import { BolchaalError, type ProviderNetwork, type SpeechChunk, systemNetwork, type TextToSpeech } from "bolchaal";

/** A voice that sends nothing for so long has stalled. */
export const DEFAULT_ACME_TIMEOUT_MS = 3_000;

/** Of {@link acmeTextToSpeech}. */
export interface AcmeTextToSpeechOptions {
  readonly apiKey: string;
  /** @default "https://speech.acme.example" */
  readonly baseUrl?: string;
  /** From one sign of life to the next, in ms. @default DEFAULT_ACME_TIMEOUT_MS */
  readonly timeoutMs?: number;
  /** @default systemNetwork */
  readonly network?: ProviderNetwork;
}

/** Acme as a voice: one HTTP request a piece of text, 8 kHz µ-law as it is made. */
export function acmeTextToSpeech(options: AcmeTextToSpeechOptions): TextToSpeech {
  const { apiKey, baseUrl = "https://speech.acme.example", network = systemNetwork } = options;
  const { timeoutMs = DEFAULT_ACME_TIMEOUT_MS } = options;
  return {
    specVersion: "v1",
    name: "acme",
    capabilities: { languages: ["hi", "en", "hi-en"] },
    produces: [{ type: "audio/pcmu", rate: 8000 }],
    async *doSpeak({ text, language, signal }): AsyncGenerator<SpeechChunk, void, void> {
      signal.throwIfAborted();
      if (!/[\p{L}\p{N}]/u.test(text)) return;
      const patience = createPatience(network, timeoutMs, signal);
      try {
        patience.wait();
        const response = await network.fetch(`${baseUrl}/v1/speak`, {
          method: "POST",
          headers: { authorization: `Bearer ${apiKey}`, "content-type": "application/json" },
          body: JSON.stringify({ text, voice: language === "en" ? "ravi" : "asha", format: "mulaw_8000" }),
          signal: patience.signal,
        });
        if (!response.ok) throw refusal(response.status, await response.text());
        if (response.headers.get("content-type") !== "audio/basic") throw failure("It sent something else than sound");
        let bytes = 0;
        for await (const audio of response.body ?? []) {
          patience.rest();
          bytes += audio.length;
          yield { audio };
          patience.wait();
        }
        if (bytes === 0) throw failure("It ended without a sound");
      } catch (error) {
        signal.throwIfAborted();
        if (BolchaalError.isInstance(error)) throw error;
        throw patience.isOver() ? stalled(timeoutMs) : failure("The connection broke", error);
      } finally {
        patience.end();
      }
    },
  };
}

/** A signal that aborts with the call, when nothing comes for too long, and at the end of it all. */
function createPatience({ clock }: ProviderNetwork, timeoutMs: number, call: AbortSignal) {
  const own = new AbortController();
  let isOver = false;
  let undo = () => {};
  const rest = () => undo();
  return {
    signal: AbortSignal.any([call, own.signal]),
    rest,
    wait() {
      rest();
      undo = clock.setTimer(() => {
        isOver = true;
        own.abort(new Error("Nothing came."));
      }, timeoutMs);
    },
    end() {
      rest();
      own.abort(new Error("It is over."));
    },
    isOver: () => isOver,
  };
}

const PARTY = { component: "text-to-speech", provider: "acme" } as const;

function failure(happened: string, cause?: unknown): BolchaalError {
  const message = `${happened}. Try again, or use another provider meanwhile.`;
  return new BolchaalError(message, { code: "provider-failed", ...PARTY, retryable: true, cause });
}

function stalled(timeoutMs: number): BolchaalError {
  const message = `Nothing came for ${timeoutMs} ms. Try again, or use another provider meanwhile.`;
  return new BolchaalError(message, { code: "provider-timeout", ...PARTY, retryable: true });
}

function refusal(status: number, body: string): BolchaalError {
  const said = `It answered ${status}: ${body.slice(0, 300)}.`;
  if (status >= 500) return failure(said.slice(0, -1));
  if (status === 429)
    return new BolchaalError(`${said} Raise the limit.`, { code: "overloaded", ...PARTY, retryable: true });
  if (status === 401) return new BolchaalError(`${said} Check the API key.`, { code: "not-authorised", ...PARTY });
  return new BolchaalError(`${said} Check the options.`, { code: "invalid-request", ...PARTY });
}
