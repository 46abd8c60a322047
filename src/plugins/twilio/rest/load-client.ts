import { BolchaalError } from "../../../errors.js";
import type { TwilioRestClient } from "./client.js";

/** The account whose API is asked. */
export interface TwilioAccountOptions {
  /** @default the environment's TWILIO_ACCOUNT_SID */
  readonly accountSid?: string;
  /** @default the environment's TWILIO_AUTH_TOKEN, unless there is an `apiKey` */
  readonly authToken?: string;
  /** An API key in place of the auth token: its SID and its secret. @default none */
  readonly apiKey?: { readonly sid: string; readonly secret: string };
  /** Twilio's region and edge, such as `ie1` and `dublin`. @default Twilio's own: the United States */
  readonly region?: string;
  readonly edge?: string;
}

/**
 * Makes a client with the package `twilio`, an optional peer: once, when it is first asked for.
 *
 * @throws BolchaalError `invalid-option` without an account's SID and a token; the promise: `missing-dependency` without the package.
 * @example
 * const dialer = createDialer({ client: twilioRestClient(), publicUrl, from: "+15005550006" });
 */
export function twilioRestClient(
  options: TwilioAccountOptions = {},
  load: () => Promise<unknown> = () => import("twilio"),
): () => Promise<TwilioRestClient> {
  const credentials = readCredentials(options);
  let made: Promise<TwilioRestClient> | undefined;
  return () => {
    made ??= makeClient(credentials, load).catch((error: unknown) => {
      made = undefined;
      throw error;
    });
    return made;
  };
}

/** As the package's function takes them. */
interface Credentials {
  readonly user: string;
  readonly secret: string;
  readonly settings: { readonly accountSid: string; readonly region?: string; readonly edge?: string };
}

function readCredentials(options: TwilioAccountOptions): Credentials {
  const { region, edge, apiKey } = options;
  const accountSid = options.accountSid ?? process.env.TWILIO_ACCOUNT_SID ?? "";
  if (!accountSid.startsWith("AC")) {
    throw invalid(
      "There is no account SID, or it is none. Give accountSid, or set TWILIO_ACCOUNT_SID: it begins with AC.",
    );
  }
  const [user, secret] = apiKey
    ? [apiKey.sid, apiKey.secret]
    : [accountSid, options.authToken ?? process.env.TWILIO_AUTH_TOKEN ?? ""];
  if (user === "" || secret === "") {
    throw invalid(
      "There is no auth token. Give authToken, or set TWILIO_AUTH_TOKEN; or give an apiKey with its secret.",
    );
  }
  const settings = { accountSid, ...(region === undefined ? {} : { region }), ...(edge === undefined ? {} : { edge }) };
  return { user, secret, settings };
}

async function makeClient({ user, secret, settings }: Credentials, load: () => Promise<unknown>) {
  const module = (await load().catch((cause: unknown) => {
    throw unloadable(cause);
  })) as { readonly default: (user: string, secret: string, settings: object) => TwilioRestClient };
  // It may retry on 429 by itself; ours to do, on our clock.
  return module.default(user, secret, { ...settings, autoRetry: false });
}

function unloadable(cause: unknown): BolchaalError {
  const party = { component: "transport", provider: "twilio", cause } as const;
  if ((cause as NodeJS.ErrnoException | undefined)?.code === "ERR_MODULE_NOT_FOUND") {
    const message = "The package twilio is not installed. Run: npm install twilio";
    return new BolchaalError(message, { code: "missing-dependency", ...party });
  }
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new BolchaalError(`The package twilio does not load: ${reason}. Install it anew.`, {
    code: "provider-failed",
    ...party,
  });
}

function invalid(message: string): BolchaalError {
  return new BolchaalError(message, { code: "invalid-option", component: "transport", provider: "twilio" });
}
