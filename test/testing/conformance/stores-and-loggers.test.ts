import { describe, expect, it } from "vitest";
import type { CallEntry, CallStore, Logger } from "../../../src/spec/index.js";
import {
  callStoreConformance,
  type LoggerHarness,
  loggerConformance,
  memoryLogger,
} from "../../../src/testing/index.js";
import { failuresOf, QUICK } from "./failures.js";

/** A store in memory, good but for what is changed. */
function store(change: Partial<CallStore> = {}): CallStore {
  const calls = new Map<string, Map<number, CallEntry>>();
  return {
    specVersion: "v1",
    name: "memory",
    async doAppend(callId, entries, { signal }) {
      signal.throwIfAborted();
      const call = calls.get(callId) ?? new Map<number, CallEntry>();
      calls.set(callId, call);
      for (const entry of entries) if (!call.has(entry.seq)) call.set(entry.seq, structuredClone(entry));
    },
    async doRead(callId, { signal }) {
      signal.throwIfAborted();
      const entries = [...(calls.get(callId)?.values() ?? [])];
      return structuredClone(entries).sort((a, b) => a.seq - b.seq);
    },
    async close() {},
    ...change,
  };
}

describe("the call store suite", () => {
  const run = (create: () => CallStore) => failuresOf(callStoreConformance({ create, ...QUICK }));

  it("passes a store in memory", async () => {
    expect(await run(store)).toEqual([]);
  });

  it.each<[string, () => CallStore, string[]]>([
    [
      "that appends without looking",
      () => {
        const kept: (CallEntry & { callId: string })[] = [];
        return store({
          doAppend: async (callId, entries, { signal }) => {
            signal.throwIfAborted();
            kept.push(...structuredClone(entries).map((entry) => ({ ...entry, callId })));
          },
          doRead: async (id, { signal }) => {
            signal.throwIfAborted();
            return kept.flatMap(({ callId, ...entry }) => (callId === id ? [entry as CallEntry] : []));
          },
        });
      },
      [
        "changes nothing when an entry is appended again",
        "orders entries by seq, however they come",
        "takes appends at once",
      ],
    ],
    [
      "that sorts seq as text",
      () => {
        const good = store();
        return store({
          doAppend: good.doAppend,
          doRead: async (...given) =>
            [...(await good.doRead(...given))].sort((a, b) => String(a.seq).localeCompare(String(b.seq))),
        });
      },
      ["orders entries by seq, however they come", "takes appends at once"],
    ],
    [
      "that does not heed the signal",
      () => {
        const good = store();
        const { signal } = new AbortController();
        return store({
          doAppend: (callId, entries) => good.doAppend(callId, entries, { signal }),
          doRead: (callId) => good.doRead(callId, { signal }),
        });
      },
      ["rejects with the signal's reason when aborted before, and keeps nothing"],
    ],
    [
      "that throws its own error when aborted",
      () => {
        const good = store();
        return store({
          doAppend: async (...given) => {
            if (given[2].signal.aborted) throw new Error("cancelled");
            return good.doAppend(...given);
          },
          doRead: good.doRead,
        });
      },
      ["rejects with the signal's reason when aborted before, and keeps nothing"],
    ],
    [
      "that takes call ids without case",
      () => {
        const good = store();
        return store({
          doAppend: (callId, ...rest) => good.doAppend(callId.toLowerCase(), ...rest),
          doRead: (callId, ...rest) => good.doRead(callId.toLowerCase(), ...rest),
        });
      },
      ["keeps calls apart"],
    ],
    [
      "that closes once",
      () => {
        let open = true;
        return store({
          close: async () => {
            if (!open) throw new Error("closed");
            open = false;
          },
        });
      },
      ["closes twice"],
    ],
  ])("catches a store %s", async (_, create, expected) => {
    expect(await failuresOf(callStoreConformance({ create, ...QUICK }))).toEqual(expected);
  });
});

describe("the logger suite", () => {
  const harness = (change: (logger: Logger) => Partial<Logger>) => (): LoggerHarness => {
    const memory = memoryLogger();
    const { debug, info, warn, error, child } = memory;
    const logger = { debug, info, warn, error, child };
    return { logger: { ...logger, ...change(logger) }, lines: () => memory.lines };
  };
  const run = (create: () => LoggerHarness) => failuresOf(loggerConformance({ create }));

  it("passes the logger in memory", async () => {
    expect(await run(harness(() => ({})))).toEqual([]);
  });

  it.each<[string, (logger: Logger) => Partial<Logger>, string[]]>([
    ["writes no debug lines", () => ({ debug: () => {} }), ["writes each level's lines, in order"]],
    ["takes warnings for errors", ({ error }) => ({ warn: error }), ["writes each level's lines, in order"]],
    [
      "forgets a child's fields",
      (logger) => ({ child: () => logger }),
      ["adds a child's fields to its lines, and to no others"],
    ],
    [
      "makes JSON of its fields",
      ({ warn }) => ({ warn: (fields, message) => warn(JSON.parse(JSON.stringify(fields)), message) }),
      ["never throws, whatever the fields hold"],
    ],
  ])("catches one that %s", async (_, change, expected) => {
    expect(await run(harness(change))).toEqual(expected);
  });
});
