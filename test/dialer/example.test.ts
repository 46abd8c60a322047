import twilio from "twilio";
import { describe, expect, it } from "vitest";
import { createReminders, verdict } from "../../examples/outbound/index.js";
import { createVirtualClock, heardText } from "../../src/testing/index.js";
import { type Callee, createTwilioAccount } from "../../src/testing/twilio-simulator/rest/index.js";

const AUTH_TOKEN = "12345678901234567890123456789012";
const FROM = "+918041234567";
const [ASHA, RAVI, MEENA] = ["+919800000001", "+919800000002", "+919800000003"];

const CALLEES: Readonly<Record<string, Callee>> = {
  [ASHA]: {
    script: [
      { waitFor: "agent-silence" },
      { say: "haan bhej do", language: "hi" },
      { waitFor: "agent-silence" },
      { say: "bye" },
      { waitForEnd: true, timeoutMs: 30_000 },
    ],
  },
  [RAVI]: {
    outcome: "machine",
    announcement: "you have reached the voicemail of ravi please leave a message after the tone",
  },
};

describe("examples/outbound", () => {
  it("reminds each customer once: talks to one, leaves another a message, leaves a third in peace", async () => {
    const clock = createVirtualClock();
    const account = createTwilioAccount({
      authToken: AUTH_TOKEN,
      clock,
      app: { fetch: (request) => phone.fetch(request), openSocket: () => 404 },
      numbers: [FROM],
      callees: (number) => CALLEES[number] ?? { outcome: "busy" },
    });
    const { phone, remind, dialer } = createReminders({
      client: account.client(twilio),
      authToken: AUTH_TOKEN,
      publicUrl: "https://voice.example.com",
      from: FROM,
      doNotCall: new Set([MEENA]),
      clock,
    });
    const order = "cake";
    const customers = [
      { number: ASHA, name: "Asha", order },
      { number: ASHA, name: "Asha", order },
      { number: RAVI, name: "Ravi", order },
      { number: MEENA, name: "Meena", order },
      { number: "+919800000004", name: "Dev", order },
    ];
    const calls = customers.map(remind);
    expect(calls[0]).toBe(calls[1]);
    const ends = await clock.runUntilSettled(Promise.all(calls.map(({ ended }) => ended)));
    expect(ends.map(({ reason }) => reason)).toEqual(["completed", "completed", "machine", "refused", "busy"]);
    expect(ends.map(verdict)).toEqual(["done", "done", "done", "never", "again"]);
    await clock.runUntilSettled(account.settled());
    const heard = account.report().calls.map(({ leg }) => (leg === undefined ? "" : heardText(leg)));
    expect(heard[0]).toMatch(/^नमस्ते .*तैयार है.* आज शाम तक पहुँच जाएगा/);
    expect(heard[1]).toMatch(/Ravi, सागर स्वीट्स से बोल रहे हैं। आपका ऑर्डर तैयार है। कृपया हमें फ़ोन कीजिए।$/);
    await clock.runUntilSettled(dialer.close());
  });
});
