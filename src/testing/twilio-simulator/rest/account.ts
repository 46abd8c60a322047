import type { IncomingMessage, ServerResponse } from "node:http";
import { systemClock } from "../../../system-clock.js";
import { memoryLink } from "../carrier/memory-link.js";
import { networkLink } from "../carrier/network-link.js";
import { createLegRunner } from "../carrier/run-leg.js";
import { SIMULATED_ACCOUNT_SID } from "../identity.js";
import { simulationFailed } from "../options.js";
import type { SimulatedCallReport } from "../report.js";
import { DEFAULT_CALLED_NUMBER } from "../twilio-simulator.js";
import { given } from "../twiml/attributes.js";
import type { AccountCall } from "./account-call.js";
import { createApi } from "./api.js";
import { createCallQueue } from "./call-queue.js";
import { createCallbacks } from "./callback-delivery.js";
import type { AccountContext } from "./context.js";
import { createHttpClient, type TwilioHttpClient } from "./http-client.js";
import { answerFetch, httpListener, type ListeningTwilioApi, listenForApi } from "./http-ways.js";
import { type IncomingCallOptions, takeCall } from "./incoming-call.js";
import { DEFAULT_CALLS_PER_SECOND, DEFAULT_ROUTING_MS, type TwilioAccountOptions } from "./options.js";
import { createOwnNumber } from "./own-number.js";
import type { AccountDebuggerEvent, TwilioAccountReport } from "./report.js";

/** A simulated account at Twilio: its REST API, and the calls it makes and takes. */
export interface TwilioAccount {
  readonly accountSid: string;
  /**
   * Makes a client of the package `twilio` that asks this account, in this process.
   * @param make `twilio` itself.
   * @param credentials Of an API key. @default the account's SID and token
   */
  client<Client>(
    make: (user: string, secret: string, options: never) => Client,
    credentials?: { readonly user: string; readonly secret: string },
  ): Client;
  /** For the client's option `httpClient`. */
  readonly httpClient: TwilioHttpClient;
  /** Answers what is asked by `fetch`, wherever it is addressed to: the path counts. */
  fetch(input: Request | string | URL, init?: RequestInit): Promise<Response>;
  /** For Node's `createServer`. */
  readonly listener: (request: IncomingMessage, response: ServerResponse) => void;
  /** Has the API listen on a free port of this machine. */
  listen(): Promise<ListeningTwilioApi>;
  /**
   * Somebody calls one of the account's numbers. The API reaches this call as any other.
   * @throws BolchaalError `simulation-failed` as `TwilioSimulator.dial` does.
   */
  receive(options?: IncomingCallOptions): Promise<SimulatedCallReport>;
  /**
   * All calls are over, all recordings done, all callbacks delivered.
   * @throws what the first call failed with, or what an app in this process threw at a callback.
   */
  settled(): Promise<void>;
  /** How things are now. */
  report(): TwilioAccountReport;
}

/**
 * Makes a simulated account. It behaves as Twilio's API is documented to, and is used through Twilio's own client.
 *
 * @example
 * const clock = createVirtualClock();
 * const account = createTwilioAccount({ authToken, clock, app: server, callees: () => ({ outcome: "busy" }) });
 * const client = account.client(twilio);
 * await client.calls.create({ to: "+919812345678", from: "+918041234567", url: "https://agent.example/twilio/voice" });
 * await clock.runUntilSettled(account.settled());
 * account.report().calls[0]?.status; // "busy"
 */
export function createTwilioAccount(options: TwilioAccountOptions): TwilioAccount {
  const { accountSid = SIMULATED_ACCOUNT_SID, authToken, clock = systemClock } = options;
  const context = createContext(options);
  const api = createApi(context, {
    credentials: new Map([[accountSid, authToken], ...Object.entries(options.apiKeys ?? {})]),
    faults: options.faults ?? (() => undefined),
    errorBodies: options.errorBodies ?? "plain",
  });
  const httpClient = createHttpClient(api, clock);
  return {
    accountSid,
    client: (make, { user, secret } = { user: accountSid, secret: authToken }) =>
      make(user, secret, { accountSid, httpClient } as never),
    httpClient,
    fetch: (input, init) => answerFetch(api, new Request(input, init)),
    listener: httpListener(api),
    listen: () => listenForApi(api),
    async receive(call = {}) {
      const report = await takeCall(context, call).over;
      if (report === undefined) throw simulationFailed("The call was over before its instructions were asked for.");
      return report;
    },
    settled: () => settled(context),
    report: () => ({
      calls: context.calls.map((call) => call.report()),
      requests: [...api.log],
      callbacks: [...context.callbacks.log],
      debuggerEvents: [...context.debuggerEvents],
      numberUpdates: context.numbers.reduce((sum, { updates }) => sum + updates, 0),
    }),
  };
}

function createContext(
  options: TwilioAccountOptions,
): AccountContext & { readonly debuggerEvents: readonly AccountDebuggerEvent[] } {
  const { authToken, clock = systemClock, app, seed = 1, webhooks, signatures } = options;
  const [startMs, startedAt] = [clock.now(), options.startedAt ?? new Date()];
  const now = () => clock.now() - startMs;
  const connectTo = options.connectTo === undefined ? undefined : parsedUrl(options.connectTo);
  const debuggerEvents: AccountDebuggerEvent[] = [];
  const report = (event: Omit<AccountDebuggerEvent, "atMs">) => debuggerEvents.push({ ...event, atMs: now() });
  const numbers = (options.numbers ?? [DEFAULT_CALLED_NUMBER]).map(createOwnNumber);
  const callers = new Set([...numbers.map(({ phoneNumber }) => phoneNumber), ...(options.verifiedCallers ?? [])]);
  return {
    accountSid: options.accountSid ?? SIMULATED_ACCOUNT_SID,
    clock,
    now,
    dateAt: (atMs) => new Date(startedAt.getTime() + atMs),
    runLeg:
      options.leg ??
      createLegRunner({ ...options.legs, authToken, clock, ...given({ app, connectTo, webhooks, signatures }) }),
    callbacks: createCallbacks({
      link: app === undefined ? networkLink(connectTo) : memoryLink(app),
      ...{ authToken, clock, now, seed, report },
      chaos: options.callbacks ?? {},
      signature: signatures?.webhook,
    }),
    queue: createCallQueue(clock, callsPerSecondOf(options)),
    routingMs: options.routingMs ?? DEFAULT_ROUTING_MS,
    staleMs: options.staleMs ?? 0,
    forgetsAfterMs: options.forgetsAfterMs ?? Number.POSITIVE_INFINITY,
    callee: options.callees ?? (() => ({})),
    mayCallFrom: (number) => callers.has(number),
    numbers,
    calls: [],
    report,
    debuggerEvents,
  };
}

async function settled({ calls, callbacks }: AccountContext): Promise<void> {
  for (let seen = -1; seen !== calls.length; ) {
    seen = calls.length;
    await Promise.allSettled(calls.map(({ over }) => over));
    await Promise.all(calls.flatMap(({ recordings }) => recordings.map(({ done }) => done)));
    await callbacks.settled();
  }
  await Promise.all(calls.map(({ over }: AccountCall) => over));
}

function callsPerSecondOf({ callsPerSecond = DEFAULT_CALLS_PER_SECOND }: TwilioAccountOptions): number {
  if (callsPerSecond > 0) return callsPerSecond;
  throw simulationFailed(`An account that makes ${callsPerSecond} calls a second never makes one. Give more than 0.`);
}

function parsedUrl(connectTo: string): URL {
  if (URL.canParse(connectTo)) return new URL(connectTo);
  throw simulationFailed(
    `The option connectTo is no URL: ${JSON.stringify(connectTo)}. Give a whole one, with http://.`,
  );
}
