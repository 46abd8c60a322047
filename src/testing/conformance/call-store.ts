import { isDeepStrictEqual } from "node:util";
import type { CallEntry, CallStore } from "../../spec/index.js";
import {
  type ConformanceCase,
  type ConformanceOptions,
  caseOn,
  must,
  mustDescribeItself,
  rejectsAborted,
  type Trial,
  within,
} from "./contract.js";

const entry = (seq: number, more: Record<string, unknown> = {}): CallEntry => ({
  seq,
  type: "transcript",
  atMs: seq * 100.5,
  text: `line ${seq}`,
  ...more,
});

const entries = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, at) => entry(from + at));

/** All that JSON can hold. */
const RICH = entry(1, {
  text: 'मुझे कमरा चाहिए 🙏 "quoted" \\ \n\u0000',
  nested: { list: [1, 2.5, -3e-7, null, true, []], empty: {} },
});

/** What the contract of {@link CallStore} asks. `create` must give a store without the suite's calls in it. */
export function callStoreConformance(options: ConformanceOptions<CallStore>): ConformanceCase[] {
  const check = caseOn<CallStore>({
    ...options,
    destroy: async (store) => {
      // A store that cannot close is found by the case about closing.
      await store.close().catch(() => {});
      await options.destroy?.(store);
    },
  });
  return [
    check("says what it is", ({ plugin }) => mustDescribeItself(plugin)),

    check("knows nothing of a call that was never kept", async (trial) => {
      await mustHold(trial, "unknown", [], "An unknown call has no entries");
    }),

    check("gives back what was appended, in order", async (trial) => {
      await append(trial, "call", entries(1, 3));
      await append(trial, "call", entries(4, 4));
      await mustHold(trial, "call", entries(1, 4), "Entries come back as they were, in the order of seq");
    }),

    check("keeps everything that JSON can hold", async (trial) => {
      await append(trial, "call", [RICH]);
      await mustHold(trial, "call", [RICH], "An entry comes back field for field");
    }),

    check("changes nothing when an entry is appended again", async (trial) => {
      await append(trial, "call", entries(1, 3));
      await append(trial, "call", [entry(2, { text: "changed" }), ...entries(3, 5), entry(5, { text: "changed" })]);
      await append(trial, "call", entries(1, 5));
      await mustHold(trial, "call", entries(1, 5), "An entry is known by (callId, seq): the first one stays");
    }),

    check("orders entries by seq, however they come", async (trial) => {
      await append(trial, "call", entries(8, 12));
      await append(trial, "call", entries(1, 7).reverse());
      await mustHold(trial, "call", entries(1, 12), "Entries come back in the order of seq, as numbers");
    }),

    check("keeps calls apart", async (trial) => {
      const calls = ["CA1", "CA10", "ca1", "नमस्ते/../%2e"];
      for (const call of calls) await append(trial, call, [entry(1, { call })]);
      for (const call of calls) await mustHold(trial, call, [entry(1, { call })], "A call has its own entries only");
    }),

    check("takes appends at once", async (trial) => {
      const batches = Array.from({ length: 20 }, (_, at) => entries(at * 5 + 1, at * 5 + 10));
      await Promise.all(batches.map((batch) => append(trial, "call", batch)));
      await mustHold(trial, "call", entries(1, 105), "Overlapping appends at once keep each entry once");
    }),

    check("takes an empty append", async (trial) => {
      await append(trial, "call", []);
      await mustHold(trial, "call", [], "An empty append adds nothing");
    }),

    check("hands out copies", async (trial) => {
      const given: Record<string, unknown> & CallEntry = structuredClone(RICH);
      await append(trial, "call", [given]);
      given.text = "changed";
      const [got] = await read(trial, "call");
      if (got !== undefined && !Object.isFrozen(got)) Object.assign(got, { text: "changed" });
      await mustHold(trial, "call", [RICH], "What is changed outside does not change what is kept");
    }),

    check("rejects with the signal's reason when aborted before, and keeps nothing", async (trial) => {
      const { plugin, abortWithinMs } = trial;
      await rejectsAborted((signal) => plugin.doAppend("call", entries(1, 1), { signal }), abortWithinMs);
      await rejectsAborted((signal) => plugin.doRead("call", { signal }), abortWithinMs);
      await mustHold(trial, "call", [], "An append that was aborted before keeps nothing");
    }),

    check("closes twice", async ({ plugin, timeoutMs }) => {
      await within(plugin.close(), timeoutMs, "A store closes in time");
      await within(plugin.close(), timeoutMs, "A store closes a second time");
    }),
  ];
}

function append({ plugin, timeoutMs }: Trial<CallStore>, callId: string, batch: readonly CallEntry[]): Promise<void> {
  const { signal } = new AbortController();
  return within(plugin.doAppend(callId, batch, { signal }), timeoutMs, "An append settles in time");
}

function read({ plugin, timeoutMs }: Trial<CallStore>, callId: string): Promise<readonly CallEntry[]> {
  const { signal } = new AbortController();
  return within(plugin.doRead(callId, { signal }), timeoutMs, "A read settles in time");
}

async function mustHold(trial: Trial<CallStore>, callId: string, expected: readonly CallEntry[], demand: string) {
  const got = await read(trial, callId);
  must(isDeepStrictEqual([...got], [...expected]), demand, got.slice(0, 20));
}
