import { randomUUID } from "node:crypto";
import { z } from "zod";
import { BolchaalError } from "../errors.js";
import { silentLogger, systemClock } from "../session/index.js";
import type { Clock, Logger } from "../spec/index.js";
import { type CallingWindow, readWindow } from "./calling-window.js";
import type { CallToBe, DialerOptions, MachineDetection, MachinePolicy, OutboundCallOptions } from "./dialer-types.js";
import { phoneNumber } from "./phone-number.js";
import { type SplitVariables, splitVariables } from "./variables.js";

/** Calls begun a second, unless told otherwise: what Twilio allows an account at first. */
export const DEFAULT_CALLS_PER_SECOND = 1;

/** A call lasts no longer than this, in ms, unless told otherwise. */
export const DEFAULT_TIME_LIMIT_MS = 1_800_000;

/** The phone rings for so long, in ms, unless told otherwise. */
export const DEFAULT_RING_TIMEOUT_MS = 45_000;

/** Hooks answer within this, in ms, unless told otherwise. */
export const DEFAULT_HOOK_TIMEOUT_MS = 5_000;

/** What is done when a machine picks up, unless told otherwise. */
export const DEFAULT_MACHINE_POLICY: MachinePolicy = Object.freeze({ do: "hang-up" });

const localized = z.union([z.string().min(1), z.object({ en: z.string().min(1), hi: z.string().min(1) })]);
const MACHINE = z.discriminatedUnion("do", [
  z.strictObject({ do: z.literal("hang-up") }),
  z.strictObject({ do: z.literal("leave-message"), message: localized }),
  z.strictObject({ do: z.literal("carry-on") }),
]);
const DETECTION = z.enum(["carrier", "words", "none"]);
const aFunction = z.custom<(...values: never[]) => unknown>((value) => typeof value === "function");
const anObject = z.custom<object>(
  (value) => (typeof value === "object" || typeof value === "function") && value !== null,
);
const WINDOW = z.strictObject({
  opensAt: z.string(),
  closesAt: z.string(),
  timeZone: z.string(),
  days: z.array(z.number()).optional(),
});

const DIALER = z.strictObject({
  client: anObject,
  publicUrl: z.url({ protocol: /^https?$/u }),
  basePath: z
    .string()
    .regex(/^(?:\/[\w.~-]+)*$/u)
    .default("/twilio"),
  from: z.string().optional(),
  callsPerSecond: z.number().positive().max(1000).default(DEFAULT_CALLS_PER_SECOND),
  machine: MACHINE.optional(),
  machineDetection: DETECTION.default("carrier"),
  callingWindow: z.union([z.literal("any-time"), aFunction, WINDOW]).optional(),
  doNotCall: aFunction.optional(),
  beforeCall: aFunction.optional(),
  hookTimeoutMs: z.number().positive().default(DEFAULT_HOOK_TIMEOUT_MS),
  onSession: aFunction.optional(),
  logger: anObject.optional(),
  clock: anObject.optional(),
  now: aFunction.optional(),
  random: aFunction.optional(),
});

const CALL = z.strictObject({
  to: z.string(),
  from: z.string().optional(),
  agent: aFunction.optional(),
  variables: z.record(z.string(), z.string()).default({}),
  idempotencyKey: z.string().min(1).max(200).optional(),
  kind: z.enum(["promotional", "transactional"]).default("transactional"),
  timeLimitMs: z.number().min(1000).max(86_400_000).default(DEFAULT_TIME_LIMIT_MS),
  ringTimeoutMs: z.number().min(5000).max(600_000).default(DEFAULT_RING_TIMEOUT_MS),
  machine: MACHINE.optional(),
  machineDetection: DETECTION.optional(),
});

/** The options with every default in its place. */
export interface ResolvedDialerOptions {
  readonly client: DialerOptions["client"];
  /** Where the phone server's webhooks are, without a slash at the end. */
  readonly webhooks: string;
  readonly from: string | undefined;
  readonly callsPerSecond: number;
  readonly machine: MachinePolicy;
  readonly machineDetection: MachineDetection;
  readonly callingWindow: DialerOptions["callingWindow"];
  readonly doNotCall: DialerOptions["doNotCall"];
  readonly beforeCall: DialerOptions["beforeCall"];
  readonly hookTimeoutMs: number;
  readonly onSession: DialerOptions["onSession"];
  readonly logger: Logger;
  readonly clock: Clock;
  readonly now: () => number;
  readonly random: () => number;
}

/** @throws BolchaalError `invalid-option`, naming each option that is wrong. */
export function resolveDialerOptions(options: DialerOptions): ResolvedDialerOptions {
  const { basePath, callsPerSecond, machineDetection, hookTimeoutMs } = checked(
    DIALER,
    options,
    "The dialer's options",
  );
  const { callingWindow } = options;
  if (isWindow(callingWindow)) readWindow(callingWindow);
  return Object.freeze({
    client: options.client,
    webhooks: `${options.publicUrl.replace(/\/+$/u, "")}${basePath}`,
    from: options.from === undefined ? undefined : phoneNumber(options.from, "from"),
    callsPerSecond,
    machine: options.machine ?? DEFAULT_MACHINE_POLICY,
    machineDetection,
    callingWindow,
    doNotCall: options.doNotCall,
    beforeCall: options.beforeCall,
    hookTimeoutMs,
    onSession: options.onSession,
    logger: options.logger ?? silentLogger,
    clock: options.clock ?? systemClock,
    now: options.now ?? Date.now,
    random: options.random ?? Math.random,
  });
}

function isWindow(window: DialerOptions["callingWindow"]): window is CallingWindow {
  return typeof window === "object";
}

/** A call's options with every default in its place. */
export interface ResolvedCallOptions extends CallToBe {
  readonly agent: OutboundCallOptions["agent"];
  readonly split: SplitVariables;
  readonly timeLimitMs: number;
  readonly ringTimeoutMs: number;
  readonly machine: MachinePolicy;
  readonly machineDetection: MachineDetection;
}

/** @throws BolchaalError `invalid-option`, naming each option that is wrong. */
export function resolveCallOptions(options: OutboundCallOptions, dialer: ResolvedDialerOptions): ResolvedCallOptions {
  const { variables, kind, timeLimitMs, ringTimeoutMs } = checked(CALL, options, "The call's options");
  const from = options.from ?? dialer.from;
  if (from === undefined) {
    throw invalid("There is no number to call from. Give the call or the dialer a from: one of the account's numbers.");
  }
  return Object.freeze({
    to: phoneNumber(options.to, "to"),
    from: phoneNumber(from, "from"),
    kind,
    variables: Object.freeze(variables),
    idempotencyKey: options.idempotencyKey ?? randomUUID(),
    agent: options.agent,
    split: splitVariables(variables),
    timeLimitMs,
    ringTimeoutMs,
    machine: options.machine ?? dialer.machine,
    machineDetection: options.machineDetection ?? dialer.machineDetection,
  });
}

function checked<T>(schema: z.ZodType<T>, options: unknown, what: string): T {
  const read = schema.safeParse(options);
  if (read.success) return read.data;
  throw invalid(`${what} are wrong. Mend these:\n${z.prettifyError(read.error)}`);
}

function invalid(message: string): BolchaalError {
  return new BolchaalError(message, { code: "invalid-option", component: "dialer" });
}
