import { BolchaalError, type Component } from "../errors.js";

/** Of {@link readApiKey}. */
export interface ApiKeyOptions {
  /** The key the app gave, if it did. */
  readonly apiKey: string | undefined;
  /** The environment variable to look into otherwise. */
  readonly variable: string;
  readonly provider: string;
  readonly component: Component;
}

/**
 * The provider's key: the one given, else the environment's.
 * @throws BolchaalError `invalid-option` when there is none.
 */
export function readApiKey({ apiKey, variable, provider, component }: ApiKeyOptions): string {
  const key = (apiKey ?? process.env[variable] ?? "").trim();
  if (key !== "") return key;
  throw new BolchaalError(`There is no API key. Set ${variable}, or give the option apiKey.`, {
    code: "invalid-option",
    component,
    provider,
  });
}
