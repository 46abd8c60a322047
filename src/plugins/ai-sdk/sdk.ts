import { BolchaalError } from "../../errors.js";

/** What is used of the package `ai`. */
export interface AiSdk {
  streamText(options: object): AiSdkStream;
  jsonSchema(schema: object): object;
}

/** An answer under way. */
export interface AiSdkStream {
  readonly fullStream: AsyncIterable<unknown>;
  /** Settles with the stream. */
  readonly response: PromiseLike<{ readonly messages: readonly unknown[] }>;
}

let loaded: Promise<AiSdk> | undefined;

/**
 * The package, loaded once a process. One that failed is tried again.
 * @throws BolchaalError `missing-dependency`
 */
export function loadAiSdk(load: () => Promise<unknown> = () => import("ai")): Promise<AiSdk> {
  loaded ??= load().then(
    (sdk) => sdk as AiSdk,
    (cause: unknown) => {
      loaded = undefined;
      throw new BolchaalError("The package ai is not installed, or does not load. Run: npm install ai", {
        code: "missing-dependency",
        component: "brain",
        provider: "ai-sdk",
        cause,
      });
    },
  );
  return loaded;
}
