import { BolchaalError } from "../../errors.js";
import type { AudioFormat, CallInfo } from "../../spec/index.js";
import { watchRejections } from "./stray-rejections.js";

/** One thing a contract asks of a plug-in. For any test runner: `for (const { name, run } of suite) it(name, run)`. */
export interface ConformanceCase {
  /** What is asked, as a sentence about the plug-in. */
  readonly name: string;
  /** @throws BolchaalError `conformance-failed` saying what the contract asks and what was found instead. */
  run(): Promise<void>;
}

/** What every suite takes. */
export interface ConformanceOptions<Plugin> {
  /** Makes the plug-in, anew for each case. */
  readonly create: () => Plugin | Promise<Plugin>;
  /** Lets go of a plug-in that `create` made. @default nothing is done */
  readonly destroy?: (plugin: Plugin) => void | Promise<void>;
  /** What is asked for must come within this, in ms. @default DEFAULT_CONFORMANCE_TIMEOUT_MS */
  readonly timeoutMs?: number;
  /** "Soon after an abort" is within this, in ms. @default DEFAULT_ABORT_WITHIN_MS */
  readonly abortWithinMs?: number;
}

/** What a suite asks for must come within this, in ms, unless told otherwise. */
export const DEFAULT_CONFORMANCE_TIMEOUT_MS = 10_000;
/** A plug-in must heed an abort within this, in ms, unless told otherwise. */
export const DEFAULT_ABORT_WITHIN_MS = 1_000;

/** What a case is given to work with. */
export interface Trial<Plugin> {
  readonly plugin: Plugin;
  readonly timeoutMs: number;
  readonly abortWithinMs: number;
}

/** A case on a plug-in of its own, destroyed behind it. */
export function caseOn<Plugin>(options: ConformanceOptions<Plugin>) {
  const { timeoutMs = DEFAULT_CONFORMANCE_TIMEOUT_MS, abortWithinMs = DEFAULT_ABORT_WITHIN_MS } = options;
  return (name: string, check: (trial: Trial<Plugin>) => void | Promise<void>): ConformanceCase => ({
    name,
    run: async () => {
      const plugin = await options.create();
      const stray = watchRejections();
      try {
        await check({ plugin, timeoutMs, abortWithinMs });
        const rejected = await stray.untilNow();
        must(
          rejected === undefined,
          "No rejection is left unhandled: one takes the whole process down",
          rejected?.reason,
        );
      } catch (error) {
        throw BolchaalError.isInstance(error) && error.code === "conformance-failed"
          ? error
          : failed(`${name}: it threw ${describe(error)} instead`, error);
      } finally {
        stray.end();
        await options.destroy?.(plugin);
      }
    },
  });
}

/** @throws BolchaalError `conformance-failed` unless `holds`. */
export function must(holds: boolean, demand: string, found?: unknown): asserts holds {
  if (!holds) throw failed(found === undefined ? demand : `${demand}. Found: ${describe(found)}`);
}

/** What `promise` gives, if it settles in time. */
export async function within<T>(promise: Promise<T>, ms: number, demand: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(failed(`${demand}. It took more than ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** How a stream went: what it gave, and what it threw. */
export interface Outcome<Item> {
  readonly items: readonly Item[];
  readonly thrown?: { readonly error: unknown };
}

/** No stream gives more. One that floods without a pause would leave no room for a timer. */
const MOST_ITEMS = 100_000;

/** Reads a stream to its end, if it ends in time. */
export async function readAll<Item>(stream: AsyncIterable<Item>, ms: number, demand: string): Promise<Outcome<Item>> {
  const items: Item[] = [];
  const reading = async (): Promise<Outcome<Item>> => {
    try {
      for await (const item of stream) if (items.push(item) === MOST_ITEMS) break;
      return { items };
    } catch (error) {
      return { items, thrown: { error } };
    }
  };
  const outcome = await within(reading(), ms, demand);
  must(outcome.items.length < MOST_ITEMS, demand, `${MOST_ITEMS} items, and no end`);
  return outcome;
}

/** All a stream gives; it must not throw. */
export async function itemsOf<Item>(stream: AsyncIterable<Item>, ms: number, demand: string): Promise<readonly Item[]> {
  const { items, thrown } = await readAll(stream, ms, demand);
  if (thrown !== undefined) throw failed(`${demand}. It threw ${describe(thrown.error)}`, thrown.error);
  return items;
}

/** An abort that can be told from any other error. */
export function abortable(): { readonly signal: AbortSignal; readonly reason: Error; abort(): void } {
  const controller = new AbortController();
  const reason = new Error("aborted by the conformance suite");
  return { signal: controller.signal, reason, abort: () => controller.abort(reason) };
}

/** A stream whose signal was aborted before: it gives nothing, and ends or throws the signal's reason. */
export async function endsAborted(open: (signal: AbortSignal) => AsyncIterable<unknown>, ms: number): Promise<void> {
  const { signal, reason, abort } = abortable();
  abort();
  const { items, thrown } = await readAll(open(signal), ms, "A stream whose signal is aborted ends soon");
  must(items.length === 0, "A stream whose signal was aborted before gives nothing", items[0]);
  mustBeReason(thrown, reason);
}

/** A stream whose signal aborts behind the first item: at most one that was on its way, then it ends or throws the reason. */
export async function endsWhenAborted<Item>(
  open: (signal: AbortSignal) => AsyncIterable<Item>,
  { timeoutMs, abortWithinMs }: Pick<Trial<unknown>, "timeoutMs" | "abortWithinMs">,
): Promise<void> {
  const { signal, reason, abort } = abortable();
  const iterator = open(signal)[Symbol.asyncIterator]();
  await within(iterator.next(), timeoutMs, "A stream gives its first item in time");
  abort();
  const rest = readAll({ [Symbol.asyncIterator]: () => iterator }, abortWithinMs, "A stream ends soon after an abort");
  const { items, thrown } = await rest;
  must(items.length <= 1, "A stream gives nothing more after an abort", `${items.length} more items`);
  mustBeReason(thrown, reason);
}

/** A promise whose signal was aborted before rejects with the signal's reason. */
export async function rejectsAborted(ask: (signal: AbortSignal) => Promise<unknown>, ms: number): Promise<void> {
  const { signal, reason, abort } = abortable();
  abort();
  const outcome = ask(signal).then(
    () => undefined,
    (error: unknown) => ({ error }),
  );
  const thrown = await within(outcome, ms, "What was aborted settles soon");
  must(thrown !== undefined, "What was aborted before rejects with signal.reason", "it did not reject");
  mustBeReason(thrown, reason);
}

/** A plug-in whose provider fails: it throws the failure in time, as an error of the library. */
export async function mustFail<Item>(stream: AsyncIterable<Item>, ms: number): Promise<readonly Item[]> {
  const { items, thrown } = await readAll(stream, ms, "A plug-in whose provider fails ends in time");
  mustBeFailure(thrown, items);
  return items;
}

/** What was thrown is an error of the library. */
export function mustBeFailure(thrown: { readonly error: unknown } | undefined, found?: unknown): void {
  must(thrown !== undefined, "A failure is thrown", found);
  must(BolchaalError.isInstance(thrown.error), "What is thrown is a BolchaalError", thrown.error);
}

function mustBeReason(thrown: { readonly error: unknown } | undefined, reason: Error): void {
  must(
    thrown === undefined || thrown.error === reason,
    "What an aborted plug-in throws is signal.reason",
    thrown?.error,
  );
}

/** The format is one of the library's. */
export function mustBeFormat({ type, rate }: AudioFormat): void {
  const rates = type === "audio/pcm" ? [8000, 16000, 24000, 48000] : [8000];
  const known = type === "audio/pcm" || type === "audio/pcmu" || type === "audio/pcma";
  must(known && rates.includes(rate), "A declared format is one that AudioFormat allows", `${type} at ${rate} Hz`);
}

/** What every plug-in says of itself. */
export function mustDescribeItself({
  specVersion,
  name,
}: {
  readonly specVersion: unknown;
  readonly name: unknown;
}): void {
  must(specVersion === "v1", 'specVersion is "v1"', specVersion);
  must(typeof name === "string" && name.trim() !== "", "name is a text that is not empty", name);
}

/** A call to ask about. */
export function sampleCall(callId: string): CallInfo {
  return Object.freeze({
    callId,
    direction: "inbound",
    from: "+919812345678",
    to: "+918041234567",
    parameters: Object.freeze({}),
  });
}

/** `value`, and all within it, cannot be changed any more: a plug-in that tries throws. */
export function frozen<T>(value: T): T {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const part of Object.values(value)) frozen(part);
  }
  return value;
}

/** Letters, marks and digits only. */
export function plain(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, " ")
    .trim();
}

/** For what a plug-in may do in its own time. */
export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** An error of a suite: what the contract asks, and what was found. */
export function failed(message: string, cause?: unknown): BolchaalError {
  return new BolchaalError(`${message}. Mend the plug-in; the contract stands in the docs of its interface.`, {
    code: "conformance-failed",
    component: "testing",
    cause,
  });
}

function describe(value: unknown): string {
  if (value instanceof Error) return `${value.name}: ${value.message}`;
  return typeof value === "string" ? value : (JSON.stringify(value) ?? String(value));
}
