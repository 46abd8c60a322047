import { BolchaalError, type Component } from "../../errors.js";
import { type ApiKeyOptions, readApiKey } from "../../net/index.js";
import { type NetworkRequest, type ProviderNetwork, systemNetwork } from "../../net/network.js";

/** Where OpenAI listens. */
export const DEFAULT_OPENAI_BASE_URL = "https://api.openai.com/v1";

/** What is used of a client of the package `openai`: an instance of its class `OpenAI` fits as it is. */
export interface OpenAiClient {
  readonly responses: OpenAiEndpoint;
  readonly chat: { readonly completions: OpenAiEndpoint };
  readonly audio: { readonly speech: OpenAiEndpoint; readonly transcriptions: OpenAiEndpoint };
}

/** One thing that a client can ask for. */
export interface OpenAiEndpoint {
  create(body: object, options: OpenAiCallOptions): PromiseLike<unknown>;
}

/** What goes along with a request. */
export interface OpenAiCallOptions {
  readonly signal: AbortSignal;
  readonly maxRetries: number;
}

/** How OpenAI, or who speaks its language, is reached. */
export interface OpenAiConnection {
  /**
   * @default the environment's OPENAI_API_KEY for OpenAI itself; for another `baseUrl` none, for the key is OpenAI's
   */
  readonly apiKey?: string;
  /** With the version, such as `http://127.0.0.1:11434/v1`. @default DEFAULT_OPENAI_BASE_URL */
  readonly baseUrl?: string;
  /** An instance of the class `OpenAI`, in place of `apiKey`, `baseUrl` and `network.fetch`. It is asked not to retry. */
  readonly client?: OpenAiClient;
  /** @default systemNetwork */
  readonly network?: ProviderNetwork;
}

/**
 * Whether it is OpenAI itself that is called.
 * @throws BolchaalError `invalid-option` for a `baseUrl` that is none.
 */
export function isOpenAiItself({ baseUrl = DEFAULT_OPENAI_BASE_URL }: OpenAiConnection): boolean {
  if (!URL.canParse(baseUrl))
    throw new BolchaalError(`The baseUrl ${baseUrl} is no address. Give one such as ${DEFAULT_OPENAI_BASE_URL}.`, {
      code: "invalid-option",
      component: "session",
      provider: "openai",
    });
  const { hostname } = new URL(baseUrl);
  return hostname === "openai.com" || hostname.endsWith(".openai.com");
}

/**
 * The client, made once: the package is loaded beforehand, so that the first caller does not wait for it.
 * @throws BolchaalError `invalid-option` without a key; the promise: `missing-dependency` without the package.
 */
export function openAiClient(
  connection: OpenAiConnection,
  component: Component,
  load: () => Promise<unknown> = loadPackage,
): () => Promise<OpenAiClient> {
  const { client, network = systemNetwork, baseUrl = DEFAULT_OPENAI_BASE_URL } = connection;
  if (client !== undefined) return () => Promise.resolve(client);
  const apiKey = keyFor(connection, component);
  const made = makeClient({ apiKey, baseUrl, network, component, load });
  // Whoever needs it first is told.
  made.catch(() => {});
  return () => made;
}

let loaded: Promise<unknown> | undefined;

/** Once a process: from then on it takes no time at all. One that failed is tried again. */
function loadPackage(): Promise<unknown> {
  loaded ??= import("openai").catch((cause: unknown) => {
    loaded = undefined;
    throw cause;
  });
  return loaded;
}

function keyFor(connection: OpenAiConnection, component: Component): string {
  const key: ApiKeyOptions = { apiKey: connection.apiKey, variable: "OPENAI_API_KEY", provider: "openai", component };
  if (isOpenAiItself(connection)) return readApiKey(key);
  // The client asks for some key; a server on this machine looks at none.
  return connection.apiKey ?? "none";
}

interface ClientParts {
  readonly apiKey: string;
  readonly baseUrl: string;
  readonly network: ProviderNetwork;
  readonly component: Component;
  readonly load: () => Promise<unknown>;
}

async function makeClient({ apiKey, baseUrl, network, component, load }: ClientParts): Promise<OpenAiClient> {
  const { OpenAI } = (await load().catch((cause: unknown) => {
    throw unloadable(cause, component);
  })) as { OpenAI: new (options: object) => OpenAiClient };
  // The client prints what it cannot read, and obeys any Retry-After in its sleep: both are ours to handle.
  return new OpenAI({ apiKey, baseURL: baseUrl, maxRetries: 0, logLevel: "off", fetch: fetchOn(network) });
}

function unloadable(cause: unknown, component: Component): BolchaalError {
  const party = { component, provider: "openai", cause };
  if ((cause as NodeJS.ErrnoException | undefined)?.code === "ERR_MODULE_NOT_FOUND")
    return new BolchaalError("The package openai is not installed. Run: npm install openai", {
      code: "missing-dependency",
      ...party,
    });
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new BolchaalError(`The package openai does not load: ${reason}. Install it anew.`, {
    code: "provider-failed",
    ...party,
  });
}

/**
 * The client looks whether forms are known to the `Response` that stands on its `fetch` (or that it gets by fetching
 * `data:,`), by having it write an empty one. They are; the answer at once spares the first utterance that detour.
 */
class FormsAreKnown {
  text(): Promise<string> {
    return Promise.resolve("");
  }
}

function fetchOn(network: ProviderNetwork): object {
  const fetch = (address: string | URL | Request, init: RequestInit = {}) =>
    network.fetch(address instanceof Request ? address.url : String(address), {
      method: init.method?.toUpperCase() === "GET" ? "GET" : "POST",
      headers: Object.fromEntries(new Headers(init.headers)),
      signal: init.signal ?? new AbortController().signal,
      ...(init.body != null && { body: init.body as NonNullable<NetworkRequest["body"]> }),
    });
  return Object.assign(fetch, { Response: FormsAreKnown });
}
