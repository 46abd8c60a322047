import twilio from "twilio";
import { createVirtualClock, type VirtualClock } from "../../../../src/testing/index.js";
import {
  createTwilioAccount,
  type TwilioAccount,
  type TwilioAccountOptions,
} from "../../../../src/testing/twilio-simulator/rest/index.js";
import { AUTH_TOKEN, BASE, type Form, inProcessApp, type Route } from "../in-process-app.js";

export const FROM = "+918041234567";
export const TO = "+919812345678";
export const STARTED_AT = new Date("2026-11-23T10:00:00.000Z");

/** An account in virtual time, with an app whose callbacks are answered with nothing. */
export function account(
  options: Partial<TwilioAccountOptions> & { readonly routes?: Readonly<Record<string, Route>> } = {},
) {
  const { routes, ...rest } = options;
  const clock = createVirtualClock();
  const { app, visits } = inProcessApp({
    "/voice": "<Say>hello</Say>",
    "/status": "",
    "/amd": "",
    "/recording": "",
    ...routes,
  });
  const made = createTwilioAccount({ authToken: AUTH_TOKEN, clock, app, startedAt: STARTED_AT, ...rest });
  const client = made.client(twilio);
  const create = (more: Partial<Parameters<typeof client.calls.create>[0]> = {}) =>
    client.calls.create({ to: TO, from: FROM, url: `${BASE}/voice`, ...more });
  /** What came to a path, in order. */
  const forms = (path: string): Form[] => visits.filter((visit) => visit.path === path).map(({ form }) => form);
  return { account: made, client, clock, app, visits, create, forms, end: () => finish(made, clock) };
}

/** Lets everything come to its end. @returns the report */
export async function finish(made: TwilioAccount, clock: VirtualClock) {
  await clock.runUntilSettled(made.settled(), { maxMs: 100_000_000 });
  return made.report();
}

/** All that a call can tell. */
export const EVERY_EVENT = {
  statusCallback: `${BASE}/status`,
  statusCallbackEvent: ["initiated", "ringing", "answered", "completed"],
};
