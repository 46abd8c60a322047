import { isDeepStrictEqual } from "node:util";
import type { LogFields, Logger } from "../../spec/index.js";
import { type ConformanceCase, type ConformanceOptions, caseOn, must } from "./contract.js";

/** A logger, and what it has written. */
export interface LoggerHarness {
  readonly logger: Logger;
  /** All lines so far, in order, from `debug` up. */
  lines(): readonly { readonly level: string; readonly message: string; readonly fields: LogFields }[];
}

const LEVELS = ["debug", "info", "warn", "error"] as const;

/** What the contract of {@link Logger} asks. */
export function loggerConformance(options: ConformanceOptions<LoggerHarness>): ConformanceCase[] {
  const check = caseOn(options);
  return [
    check("writes each level's lines, in order", ({ plugin: { logger, lines } }) => {
      for (const level of LEVELS) logger[level]({ level: level.length }, `a ${level}`);
      const expected = LEVELS.map((level) => ({ level, message: `a ${level}`, fields: { level: level.length } }));
      mustBe(lines(), expected, "Each call writes one line with its level, message and fields");
    }),

    check("adds a child's fields to its lines, and to no others", ({ plugin: { logger, lines } }) => {
      const child = logger.child({ callId: "a" });
      const grandchild = child.child({ turnId: 1 });
      grandchild.info({ text: "x" }, "grandchild");
      child.info({}, "child");
      logger.info({}, "parent");
      const expected = [
        { level: "info", message: "grandchild", fields: { callId: "a", turnId: 1, text: "x" } },
        { level: "info", message: "child", fields: { callId: "a" } },
        { level: "info", message: "parent", fields: {} },
      ];
      mustBe(lines(), expected, "A child adds its fields to its own lines only");
    }),

    check("never throws, whatever the fields hold", ({ plugin: { logger, lines } }) => {
      const circle: Record<string, unknown> = {};
      circle.self = circle;
      const before = lines().length;
      for (const value of [circle, new Error("e"), undefined, 10n, () => 1, Symbol("s"), new Map([[1, 2]])])
        logger.warn({ value }, "odd");
      must(lines().length === before + 7, "Odd fields are written as well as can be", lines().length - before);
    }),
  ];
}

function mustBe(
  found: ReturnType<LoggerHarness["lines"]>,
  expected: ReturnType<LoggerHarness["lines"]>,
  demand: string,
) {
  must(isDeepStrictEqual([...found], [...expected]), demand, found);
}
