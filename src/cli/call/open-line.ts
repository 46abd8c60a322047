import { createDialer } from "../../dialer/index.js";
import { BolchaalError } from "../../errors.js";
import { type TwilioRestClientSource, twilioRestClient } from "../../plugins/twilio/rest/index.js";
import { createPhoneServer } from "../../server/index.js";
import type { TwilioAccount } from "../settings.js";
import { viewLogger } from "../view-logger.js";
import type { OpenLine } from "./line.js";

/**
 * Opens lines over Twilio: a phone server that listens on this machine, and a dialer that tells Twilio to ask it.
 * @param clientOf Another way to Twilio's API, for tests.
 */
export function twilioLines(clientOf: (account: TwilioAccount) => TwilioRestClientSource = clientFor): OpenLine {
  return async ({ context, account, authToken, publicUrl, port, statusToken, onSession }) => {
    const { clock, wallClock, view } = context;
    const logger = viewLogger(view);
    const dialer = createDialer({ client: clientOf(account), publicUrl, clock, now: wallClock, logger, onSession });
    const server = createPhoneServer({ agent: noAgent, authToken, publicUrl, statusToken, dialer, clock, logger });
    await server.listen({ port });
    return {
      call: (order) => dialer.call(order),
      async close({ graceMs }) {
        await dialer.close({ graceMs });
        await server.close({ graceMs });
      },
    };
  };
}

/** Calls that come in while one goes out are told that nobody is there. */
function noAgent(): never {
  const message =
    "A call came in, and this server is there for the call it places. Answer calls with `bolchaal serve`.";
  throw new BolchaalError(message, { code: "invalid-request", component: "cli" });
}

/** The client of the package `twilio`. */
function clientFor({ accountSid, user, secret, region, edge }: TwilioAccount): TwilioRestClientSource {
  return twilioRestClient({
    accountSid,
    ...(user === accountSid ? { authToken: secret } : { apiKey: { sid: user, secret } }),
    ...(region === undefined ? {} : { region }),
    ...(edge === undefined ? {} : { edge }),
  });
}
