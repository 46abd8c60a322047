/** Variables by name, as `process.env` has them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Where to listen if nobody says. */
export const DEFAULT_PORT = 3000;

/** Where the public address may stand, the first one that is set. */
export const PUBLIC_URL_NAMES = ["BOLCHAAL_PUBLIC_URL", "PUBLIC_URL"] as const;

/** A variable without blanks around it; undefined if it is not set or blank. */
export function read(environment: Environment, name: string): string | undefined {
  return environment[name]?.trim() || undefined;
}

/** The public address, and which variable says so. */
export function readPublicUrl(environment: Environment): { readonly name: string; readonly value: string | undefined } {
  const name = PUBLIC_URL_NAMES.find((each) => read(environment, each) !== undefined) ?? "PUBLIC_URL";
  return { name, value: read(environment, name)?.replace(/\/+$/u, "") };
}

/** Whether Twilio can reach the address: `https`, a host, perhaps a path, nothing else. */
export function isPublicUrl(value: string | undefined): value is string {
  if (value === undefined || !URL.canParse(value)) return false;
  const { protocol, search, hash, username } = new URL(value);
  return protocol === "https:" && search + hash + username === "";
}

/** The account's auth tokens: one, or the old and the new one with a comma between them. */
export function readAuthTokens(environment: Environment): string[] {
  const tokens = (environment.TWILIO_AUTH_TOKEN ?? "").split(",").map((token) => token.trim());
  return tokens.filter((token) => token !== "");
}

/** The port as it was asked for, the option before the variable. */
export function readPort(environment: Environment, option?: string): { readonly text: string; readonly port?: number } {
  const text = option ?? read(environment, "PORT") ?? String(DEFAULT_PORT);
  const isPort = /^\d{1,5}$/u.test(text) && Number(text) <= 65_535;
  return isPort ? { text, port: Number(text) } : { text };
}

/** Whether it is a phone number in E.164: `+`, the country, the number, at most 15 digits. */
export function isPhoneNumber(value: string): boolean {
  return /^\+[1-9]\d{6,14}$/u.test(value);
}

/** A number as people type it, with blanks, hyphens and brackets, in E.164 if it can be that. */
export function phoneNumberFrom(typed: string): string | undefined {
  const bare = typed.replace(/[\s().-]/gu, "").replace(/^00/u, "+");
  return isPhoneNumber(bare) ? bare : undefined;
}

/** What to do about a number that {@link phoneNumberFrom} does not take. */
export function numberHelp(typed: string): string {
  const digits = typed.replace(/\D/gu, "").replace(/^0/u, "");
  const mobile = /^[6-9]\d{9}$/u.test(digits) ? ` Is it +91${digits}?` : "";
  return `"${typed}" is no number with its country: + and up to 15 digits.${mobile}`;
}

/** What is wrong with a setting, and what to do. */
export interface SettingFault {
  readonly name: string;
  readonly todo: string;
}

/** What a phone server needs, or all that is missing for one. */
export type ServerSettings =
  | { readonly ready: true; readonly authToken: readonly string[]; readonly publicUrl: string; readonly port: number }
  | { readonly ready: false; readonly faults: readonly SettingFault[] };

/** Reads what a phone server needs; every fault is told at once. */
export function readServerSettings(environment: Environment, portOption?: string): ServerSettings {
  const authToken = readAuthTokens(environment);
  const { name, value: publicUrl } = readPublicUrl(environment);
  const { text, port } = readPort(environment, portOption);
  const faults: SettingFault[] = [];
  if (authToken.length === 0) faults.push({ name: "TWILIO_AUTH_TOKEN", todo: NO_AUTH_TOKEN });
  if (!isPublicUrl(publicUrl)) faults.push({ name, todo: publicUrlTodo(publicUrl, text) });
  if (port === undefined) faults.push({ name: "PORT", todo: `a number up to 65535 (it is "${text}").` });
  if (faults.length > 0 || !isPublicUrl(publicUrl) || port === undefined) return { ready: false, faults };
  return { ready: true, authToken, publicUrl, port };
}

/** What to do about a missing auth token. */
export const NO_AUTH_TOKEN =
  "the auth token of your account, on the first page of Twilio's console. Without it no request can be trusted.";

/** What to do about a public address that is none. */
export function publicUrlTodo(value: string | undefined, port: string): string {
  const found = value === undefined ? "" : ` (it is "${value}")`;
  return `the https:// address at which Twilio reaches this machine${found}. A tunnel to port ${port} gives you one: \`bolchaal tunnel\` says how.`;
}

/** The account that calls are placed with, or what is missing of it. */
export type AccountSettings =
  | { readonly ready: true; readonly account: TwilioAccount }
  | { readonly ready: false; readonly faults: readonly SettingFault[] };

/** An account, and who asks it for something: itself with its token, or a key with its secret. */
export interface TwilioAccount {
  readonly accountSid: string;
  readonly user: string;
  readonly secret: string;
  /** Twilio's region and edge, such as `ie1` and `dublin`; undefined for Twilio's own choice. */
  readonly region: string | undefined;
  readonly edge: string | undefined;
}

/** Reads who places calls. A key goes before the token, as it does in Twilio's client. */
export function readAccountSettings(environment: Environment): AccountSettings {
  const accountSid = read(environment, "TWILIO_ACCOUNT_SID");
  const [key, keySecret] = [read(environment, "TWILIO_API_KEY"), read(environment, "TWILIO_API_SECRET")];
  const [token] = readAuthTokens(environment);
  const place = { region: read(environment, "TWILIO_REGION"), edge: read(environment, "TWILIO_EDGE") };
  if (accountSid === undefined) {
    const todo = "the text that begins with AC, on the first page of Twilio's console.";
    return { ready: false, faults: [{ name: "TWILIO_ACCOUNT_SID", todo }] };
  }
  if (key !== undefined && keySecret !== undefined) {
    return { ready: true, account: { accountSid, user: key, secret: keySecret, ...place } };
  }
  // The server wants the token as well, and tells of it when it is not there.
  if (token === undefined) return { ready: false, faults: [] };
  return { ready: true, account: { accountSid, user: accountSid, secret: token, ...place } };
}
