import type { CallEntry, CallStore } from "../spec/index.js";

/** Keeps calls in this process: for tests and first steps. What is read are copies. */
export function memoryCallStore(): CallStore {
  const calls = new Map<string, Map<number, CallEntry>>();
  return {
    specVersion: "v1",
    name: "memory",
    async doAppend(callId, entries, { signal }) {
      signal.throwIfAborted();
      const kept = calls.get(callId) ?? new Map<number, CallEntry>();
      calls.set(callId, kept);
      for (const entry of entries) if (!kept.has(entry.seq)) kept.set(entry.seq, structuredClone(entry));
    },
    async doRead(callId, { signal }) {
      signal.throwIfAborted();
      const kept = [...(calls.get(callId)?.values() ?? [])];
      return structuredClone(kept.sort((first, second) => first.seq - second.seq));
    },
    async close() {
      calls.clear();
    },
  };
}
