import { z } from "zod";
import { DEFAULT_BASE_PATH } from "../../../server/index.js";
import type { Ask } from "../../context.js";
import {
  type Environment,
  isPhoneNumber,
  isPublicUrl,
  read,
  readAccountSettings,
  readPublicUrl,
  type TwilioAccount,
} from "../../settings.js";
import { type Check, type Finding, fail, ok, skipped, warn } from "../check.js";

/** Of {@link twilioChecks}. */
export interface TwilioChecksOptions {
  readonly environment: Environment;
  readonly ask: Ask;
}

const ACCOUNT = z.object({ status: z.string(), type: z.string().optional() });
const NUMBERS = z.object({
  incoming_phone_numbers: z.array(
    z.object({
      phone_number: z.string(),
      voice_url: z.string().nullish(),
      voice_method: z.string().nullish(),
      voice_application_sid: z.string().nullish(),
      trunk_sid: z.string().nullish(),
      capabilities: z.object({ voice: z.boolean().optional() }).optional(),
    }),
  ),
});
const TROUBLE = z.object({ code: z.number().optional(), message: z.string().optional() });

type OwnNumber = z.infer<typeof NUMBERS>["incoming_phone_numbers"][number];

/** Asks Twilio about the account and the number. Nothing is changed there: what is to be changed is told. */
export function twilioChecks({ environment, ask }: TwilioChecksOptions): Check[] {
  const settings = readAccountSettings(environment);
  const [number, { value: publicUrl }] = [read(environment, "TWILIO_PHONE_NUMBER"), readPublicUrl(environment)];
  if (!settings.ready) {
    const look = () => skipped("needs the account's SID and a token or key");
    return ["Twilio account", "Twilio number"].map((name) => ({ name, look }));
  }
  const { accountSid, user, secret } = settings.account;
  const get = (path: string, signal: AbortSignal) =>
    ask(`${apiBase(settings.account)}/2010-04-01/Accounts/${encodeURIComponent(accountSid)}${path}`, {
      headers: { Authorization: `Basic ${Buffer.from(`${user}:${secret}`).toString("base64")}` },
      signal,
    });
  return [
    {
      name: "Twilio account",
      async look(signal) {
        const answer = await get(".json", signal);
        return answer.ok ? accountFinding(ACCOUNT.parse(await answer.json())) : refused(answer);
      },
    },
    {
      name: "Twilio number",
      async look(signal) {
        if (number === undefined || !isPhoneNumber(number)) return skipped("TWILIO_PHONE_NUMBER says none");
        const answer = await get(`/IncomingPhoneNumbers.json?${new URLSearchParams({ PhoneNumber: number })}`, signal);
        if (!answer.ok) return refused(answer);
        const [own] = NUMBERS.parse(await answer.json()).incoming_phone_numbers;
        return numberFinding(own, number, publicUrl);
      },
    },
  ];
}

/** Where Twilio's API is. */
function apiBase({ region, edge }: TwilioAccount): string {
  const place = edge !== undefined && region === undefined ? "us1" : region;
  return `https://${["api", edge, place, "twilio", "com"].filter((part) => part !== undefined).join(".")}`;
}

async function refused(answer: Response): Promise<Finding> {
  const { code, message } = TROUBLE.safeParse(await answer.json().catch(() => undefined)).data ?? {};
  if (answer.status === 401 || code === 20003) {
    return fail(
      "Twilio refuses the SID and token",
      "Copy both anew from the first page of Twilio's console; mind test credentials and subaccounts.",
    );
  }
  if (answer.status === 404)
    return fail("Twilio does not know the account", "Copy the SID anew from Twilio's console.");
  const told = [`HTTP ${answer.status}`, code, message].filter((part) => part !== undefined).join(", ");
  return fail(`Twilio answers with ${told}`, "Look at status.twilio.com, and try again.");
}

export function accountFinding({ status, type }: z.infer<typeof ACCOUNT>): Finding {
  if (status !== "active")
    return fail(`it is ${status}`, "Look at the account in Twilio's console: it makes and takes no calls.");
  if (type !== "Trial") return ok("active");
  return warn(
    "active, on trial",
    "It calls only numbers that you have verified, and says a line of its own first. Upgrade it for real calls.",
  );
}

/** What Twilio says of the number, against what it needs here. */
export function numberFinding(own: OwnNumber | undefined, number: string, publicUrl: string | undefined): Finding {
  if (own === undefined)
    return fail(`${number} is not this account's`, "Buy it, or set TWILIO_PHONE_NUMBER to one that is.");
  if (own.capabilities?.voice === false) return fail(`${number} takes no voice calls`, "Take a number that has Voice.");
  if (!isPublicUrl(publicUrl)) return ok(`${number} is there; its webhook is compared once the public address is set`);
  const wanted = `${publicUrl}${DEFAULT_BASE_PATH}/voice`;
  const todo = `For incoming calls, enter at the number, under "A call comes in": Webhook, HTTP POST, ${wanted}. Calls that you place do not need it.`;
  if (own.trunk_sid) return warn("its calls go to a SIP trunk, not here", todo);
  if (own.voice_application_sid) return warn("its calls go to a TwiML app, not here", todo);
  if (!own.voice_url) return warn("it has no webhook: nobody answers its calls", todo);
  if (own.voice_url.replace(/#.*$/u, "") !== wanted)
    return warn(`its calls go to ${hostOf(own.voice_url)}, not here`, todo);
  if (own.voice_method !== "POST") return warn(`its webhook asks with ${own.voice_method}`, todo);
  return ok(`${number}, and its calls come here`);
}

/** Of another's address only the host is shown: the rest may hold secrets. */
function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : "another address";
}
