import { describe, expect, it } from "vitest";
import type { OutboundCall, OutboundEnd, OutboundEvent } from "../../src/dialer/index.js";
import type {
  ApiFault,
  ApiFaultContext,
  Callee,
  TwilioAccountOptions,
} from "../../src/testing/twilio-simulator/rest/index.js";
import { calling } from "./simulated-account.js";

const MACHINE = "you have reached the voicemail of asha please leave a message after the tone";

/** What becomes of a call, by the last digit of its number; and how it must end. */
interface Kind {
  readonly callee: Callee;
  /** What is done from this side. */
  readonly act?: (call: OutboundCall) => void;
  readonly end: Partial<OutboundEnd>;
  /** Whether Twilio makes a call of it. @default by chance */
  readonly dialled?: boolean;
}

const saysBye: Callee = {
  script: [{ say: "hello" }, { waitFor: "agent-silence" }, { say: "bye" }, { waitForEnd: true, timeoutMs: 20_000 }],
};
/** At the first stage that is told of: the news of one may come late, or never. */
const cancelAt =
  (...stages: readonly OutboundEvent["type"][]) =>
  (call: OutboundCall) =>
    void call.on("*", ({ type }) => stages.includes(type) && void call.cancel());

const KINDS: readonly Kind[] = [
  { callee: saysBye, end: { reason: "completed", answeredBy: "human", callEndReason: "farewell" }, dialled: true },
  { callee: { outcome: "busy" }, end: { reason: "busy", sipResponseCode: 486 }, dialled: true },
  { callee: { outcome: "no-answer" }, end: { reason: "no-answer" }, dialled: true },
  { callee: { outcome: "failed" }, end: { reason: "failed" }, dialled: true },
  {
    callee: { outcome: "machine", announcement: MACHINE },
    end: { reason: "machine", answeredBy: "machine" },
    dialled: true,
  },
  {
    callee: { script: [{ say: "hello" }, { waitFor: "agent-silence" }, { pauseMs: 500 }, { hangUp: true }] },
    end: { reason: "completed", answeredBy: "human", callEndReason: "caller-hangup" },
    dialled: true,
  },
  { callee: { outcome: "refused", code: 21217 }, end: { reason: "not-created" }, dialled: false },
  { callee: saysBye, act: cancelAt("ringing", "in-progress"), end: { reason: "canceled" }, dialled: true },
  { callee: saysBye, act: cancelAt("in-progress"), end: { reason: "canceled" }, dialled: true },
  { callee: saysBye, act: cancelAt("creating"), end: { reason: "canceled" } },
];

const numberOf = (index: number) => `+9198000${String(index).padStart(5, "0")}`;
const kindOf = (number: string) => KINDS[Number(number.at(-1))] as Kind;

function call(count: number, options: Partial<TwilioAccountOptions>) {
  const { clock, account, dialer, settled } = calling({ callees: (number) => kindOf(number).callee, ...options });
  const calls = Array.from({ length: count }, (_, index) => dialer.call({ to: numberOf(index) }));
  for (const each of calls) kindOf(each.to).act?.(each);
  return { clock, account, dialer, calls, settled };
}

/** What goes wrong with a request for a call. */
const TROUBLE: readonly (ApiFault | undefined)[] = [
  undefined,
  { type: "lost", what: "answer", how: "reset" },
  undefined,
  { type: "status", status: 429 },
  { type: "lost", what: "request", how: "timeout" },
  { type: "status", status: 500, carriedOut: true },
  undefined,
  { type: "lost", what: "answer", how: "timeout" },
  { type: "unreachable" },
  { type: "status", status: 503 },
  { type: "slow", answerMs: 20_000 },
  undefined,
  { type: "lost", what: "request", how: "reset" },
];
/** The first two requests for each call. */
function troubled() {
  const asked = new Map<string, number>();
  return ({ operation, form }: ApiFaultContext) => {
    if (operation !== "calls.create") return undefined;
    const to = form.get("To") ?? "";
    const times = asked.get(to) ?? 0;
    asked.set(to, times + 1);
    return times < 2 ? TROUBLE[(Number(to.slice(-5)) + 5 * times) % TROUBLE.length] : undefined;
  };
}

describe("a hundred calls", () => {
  it.each<[string, Partial<TwilioAccountOptions>]>([
    ["when all goes well", {}],
    [
      "when all that can goes wrong: requests, answers and callbacks",
      {
        faults: troubled(),
        staleMs: 3_000,
        callbacks: { twice: 0.5, delayMs: 800, secondDelayMs: 1_500, overtaken: 0.3 },
        webhooks: { twice: 0.3, secondDelayMs: 500 },
      },
    ],
    ["when not one callback arrives", { callbacks: { lost: 1 } }],
  ])(
    "are each dialled once, and end as they should, %s",
    async (_, options) => {
      const { clock, account, dialer, calls, settled } = call(100, options);
      const ended = await settled(calls);
      const report = account.report();

      const made = new Map(report.calls.map(({ to, callSid }) => [to, callSid]));
      expect(report.calls).toHaveLength(made.size);
      for (const [index, end] of ended.entries()) {
        const { to } = calls[index] as OutboundCall;
        const { end: wanted, dialled = made.has(to) } = kindOf(to);
        const told = options.callbacks?.lost === 1 ? { reason: wanted.reason } : wanted;
        expect(end, `call ${index}`).toMatchObject(told);
        expect([made.has(to), made.get(to)], `call ${index}`).toEqual([dialled, end.callSid]);
      }
      // None waits at Twilio: the pace is kept here.
      const created = report.requests.filter(({ operation }) => operation === "calls.create").map(({ atMs }) => atMs);
      const gaps = created.slice(1).map((atMs, index) => atMs - (created[index] ?? 0));
      expect(Math.min(...gaps)).toBeGreaterThanOrEqual(1000);
      expect(report.requests.flatMap(({ ignored }) => ignored)).toEqual([]);
      expect([dialer.calls.size, dialer.waiting]).toEqual([0, 0]);
      await clock.advance(600_000);
      expect(clock.pendingTimers).toBe(0);
    },
    120_000,
  );
});
