import { afterEach, beforeEach, expect, vi } from "vitest";

/** A test that prints or leaves a rejection fails: libraries speak through their logger and their events. */
const methods = ["log", "info", "warn", "error", "debug"] as const;

beforeEach(() => {
  for (const method of methods) vi.spyOn(console, method);
});

afterEach(() => {
  const printed = methods.flatMap((method) =>
    vi.mocked(console[method]).mock.calls.map((call) => `${method}: ${call}`),
  );
  vi.restoreAllMocks();
  expect(printed, "a test printed").toEqual([]);
});
