/**
 * Calls customers about their orders, one a second: a person is talked to, a voicemail gets a message.
 *
 *   TWILIO_ACCOUNT_SID=… TWILIO_AUTH_TOKEN=… TWILIO_PHONE_NUMBER=+91… PUBLIC_URL=https://voice.example.com \
 *     npx tsx examples/outbound/index.ts +919812345678 …
 *
 * Twilio recognises and speaks (gather mode), so nothing else is needed.
 */
import type { Clock } from "bolchaal";
import { createDialer, type OutboundCall, type OutboundEnd } from "bolchaal/dialer";
import { createPhoneServer } from "bolchaal/server";
import { type TwilioRestClientSource, twilioRestClient } from "bolchaal/twilio";

/** Somebody to call. */
export interface Customer {
  readonly number: string;
  readonly name: string;
  readonly order: string;
}

export function createReminders(settings: {
  readonly client: TwilioRestClientSource;
  readonly authToken: string;
  readonly publicUrl: string;
  readonly from: string;
  /** Numbers that asked not to be called. */
  readonly doNotCall: Set<string>;
  readonly clock?: Clock;
}) {
  const { client, authToken, publicUrl, from, doNotCall, ...time } = settings;
  const dialer = createDialer({ client, publicUrl, from, doNotCall: (number) => doNotCall.has(number), ...time });
  const phone = createPhoneServer({
    authToken,
    publicUrl,
    dialer,
    mode: "gather",
    ...time,
    agent: ({ parameters: { name, order } }) => ({
      language: "hi-en",
      greeting: `नमस्ते ${name}, सागर स्वीट्स से आशा बोल रही हूँ। आपका ${order} तैयार है। क्या हम आज भेज दें?`,
      brain: ({ text }) =>
        /haan|yes|theek|हाँ|हां/iu.test(text) ? "धन्यवाद! आज शाम तक पहुँच जाएगा।" : "ठीक है, जब आप चाहें हमें फ़ोन कीजिए।",
    }),
  });

  /** Calls a customer; told twice of the same order, it calls once. */
  function remind({ number, name, order }: Customer): OutboundCall {
    const call = dialer.call({
      to: number,
      idempotencyKey: `${number} ${order}`,
      variables: { name, order },
      ringTimeoutMs: 25_000,
      timeLimitMs: 180_000,
      machine: {
        do: "leave-message",
        message: {
          en: `Hello ${name}, this is Sagar Sweets. Your ${order} is ready. Please call us back.`,
          hi: `नमस्ते ${name}, सागर स्वीट्स से बोल रहे हैं। आपका ऑर्डर तैयार है। कृपया हमें फ़ोन कीजिए।`,
        },
      },
    });
    call.on("ended", ({ end }) => {
      if (end.callEndReason === "do-not-call") doNotCall.add(number);
    });
    return call;
  }

  return { phone, dialer, remind };
}

/** What is to be done about a customer. */
export function verdict({ reason, messageLeft, refusal }: OutboundEnd): "done" | "again" | "never" | "look" {
  if (reason === "completed" || messageLeft) return "done";
  if (reason === "busy" || reason === "no-answer" || reason === "machine") return "again";
  if (reason === "refused") return refusal?.why === "do-not-call" ? "never" : "again";
  return "look";
}

const { TWILIO_AUTH_TOKEN, TWILIO_PHONE_NUMBER, PUBLIC_URL } = process.env;
if (TWILIO_AUTH_TOKEN !== undefined && TWILIO_PHONE_NUMBER !== undefined && PUBLIC_URL !== undefined) {
  const { phone, dialer, remind } = createReminders({
    client: twilioRestClient(),
    authToken: TWILIO_AUTH_TOKEN,
    publicUrl: PUBLIC_URL,
    from: TWILIO_PHONE_NUMBER,
    doNotCall: new Set(),
  });
  await phone.listen({ port: 3000 });
  const calls = process.argv.slice(2).map((number) => remind({ number, name: "जी", order: "मिठाई का डिब्बा" }));
  for (const [index, call] of calls.entries()) {
    call.on("*", ({ type }) => console.log(`call ${index + 1}:`, type));
    void call.ended.then((end) => console.log(`call ${index + 1}:`, end.reason, "→", verdict(end)));
  }
  await Promise.all(calls.map(({ ended }) => ended));
  await dialer.close();
  await phone.close();
}
