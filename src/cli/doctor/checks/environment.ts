import {
  type Environment,
  isPhoneNumber,
  isPublicUrl,
  NO_AUTH_TOKEN,
  publicUrlTodo,
  read,
  readAuthTokens,
  readPort,
  readPublicUrl,
} from "../../settings.js";
import { type Check, type Finding, fail, ok, skipped, warn } from "../check.js";

/** The oldest Node that the package runs on. */
const OLDEST_NODE = [20, 19] as const;

/** Keys of providers that the command line knows; each is wanted by nobody who does not use it. */
const PROVIDER_KEYS = ["DEEPGRAM_API_KEY", "SARVAM_API_KEY", "ELEVENLABS_API_KEY"] as const;

/** Looks at the machine and its variables; nothing is asked of anybody. */
export function environmentChecks(environment: Environment, nodeVersion: string): Check[] {
  const checks: readonly (readonly [name: string, look: () => Finding])[] = [
    ["Node", () => nodeFinding(nodeVersion)],
    ["TWILIO_ACCOUNT_SID", () => accountSid(read(environment, "TWILIO_ACCOUNT_SID"))],
    ["TWILIO_AUTH_TOKEN", () => authToken(environment)],
    ["TWILIO_API_KEY", () => apiKey(environment)],
    ["TWILIO_PHONE_NUMBER", () => phoneNumber(read(environment, "TWILIO_PHONE_NUMBER"))],
    [readPublicUrl(environment).name, () => publicUrl(environment)],
    ["PORT", () => port(environment)],
    ["OPENAI_API_KEY", () => openAiKey(environment)],
    ...PROVIDER_KEYS.map((name) => [name, () => providerKey(environment, name)] as const),
  ];
  return checks.map(([name, look]) => ({ name, look }));
}

export function nodeFinding(version: string): Finding {
  const [major = 0, minor = 0] = version.replace(/^v/u, "").split(".").map(Number);
  const [oldestMajor, oldestMinor] = OLDEST_NODE;
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return ok(version);
  return fail(`${version} is too old`, `Install Node ${OLDEST_NODE.join(".")} or newer, from nodejs.org.`);
}

function accountSid(value: string | undefined): Finding {
  if (value === undefined)
    return fail("not set", "It is the text that begins with AC, on the first page of Twilio's console.");
  if (/^AC[0-9a-f]{32}$/u.test(value)) return ok(`${value.slice(0, 6)}…`);
  if (value.startsWith("SK"))
    return fail("it is an API key", "Give the account's SID (AC…); the key belongs in TWILIO_API_KEY.");
  return fail(
    "it has the wrong shape",
    "It is AC and 32 characters of 0-9 and a-f. Copy it anew from Twilio's console.",
  );
}

function authToken(environment: Environment): Finding {
  const tokens = readAuthTokens(environment);
  if (tokens.length === 0) return fail("not set", `It is ${NO_AUTH_TOKEN}`);
  if (!tokens.every((token) => /^[0-9a-f]{32}$/u.test(token))) {
    return warn("it does not look like one", `32 characters of 0-9 and a-f are usual. ${UNQUOTED}`);
  }
  return ok(tokens.length === 1 ? "set" : `${tokens.length} set: one is being rotated`);
}

function apiKey(environment: Environment): Finding {
  const [key, secret] = [read(environment, "TWILIO_API_KEY"), read(environment, "TWILIO_API_SECRET")];
  if (key === undefined && secret === undefined) return skipped("not set: the auth token does");
  if (key === undefined || secret === undefined) {
    const missing = key === undefined ? "TWILIO_API_KEY" : "TWILIO_API_SECRET";
    return fail(`${missing} is missing`, "Give both the key and its secret, or neither.");
  }
  if (/^SK[0-9a-f]{32}$/u.test(key)) return ok(`${key.slice(0, 6)}…`);
  return fail(
    "it has the wrong shape",
    "It is SK and 32 characters of 0-9 and a-f. Make one in Twilio's console, under API keys.",
  );
}

function phoneNumber(value: string | undefined): Finding {
  if (value === undefined) return warn("not set", "Set it to your Twilio number (+…): calls are made from it.");
  if (isPhoneNumber(value)) return ok(value);
  return fail(`"${value}" is no phone number`, "Write it with + and the country, without blanks: +918041234567.");
}

function publicUrl(environment: Environment): Finding {
  const { value } = readPublicUrl(environment);
  if (!isPublicUrl(value)) {
    return fail(
      value === undefined ? "not set" : "it is wrong",
      `Set it to ${publicUrlTodo(value, readPort(environment).text)}`,
    );
  }
  if (/\/twilio(?:\/|$)/u.test(new URL(value).pathname)) {
    return warn("it ends in /twilio", "Give the address alone; the path /twilio is added to it.");
  }
  return ok(value);
}

function port(environment: Environment): Finding {
  const { text, port: number } = readPort(environment);
  return number === undefined ? fail(`"${text}" is no port`, "Give a number up to 65535.") : ok(text);
}

function openAiKey(environment: Environment): Finding {
  const key = read(environment, "OPENAI_API_KEY");
  if (key === undefined) {
    return warn(
      "not set",
      "Set it, and OpenAI hears, thinks and speaks; until then the embedded providers do, with a few phrases.",
    );
  }
  return keyFinding(key);
}

function providerKey(environment: Environment, name: string): Finding {
  const key = read(environment, name);
  return key === undefined ? skipped("not set") : keyFinding(key);
}

const UNQUOTED = "Take away quotation marks and blanks.";

/** A key's shape is its maker's affair; quotation marks and blanks are in none. */
function keyFinding(key: string): Finding {
  return /["'\s]/u.test(key) ? fail("it has quotation marks or blanks in it", UNQUOTED) : ok("set");
}
