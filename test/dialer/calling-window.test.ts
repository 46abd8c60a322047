import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type CallingWindow,
  INDIAN_CALLING_WINDOW,
  isWithinCallingWindow,
  nextOpeningAt,
} from "../../src/dialer/index.js";

const at = (iso: string) => Date.parse(iso);
const nextAfter = (window: CallingWindow, iso: string) => new Date(nextOpeningAt(window, at(iso))).toISOString();

describe("the calling window in India", () => {
  it.each([
    ["2026-11-23T09:59:59.999+05:30", false],
    ["2026-11-23T10:00:00+05:30", true],
    ["2026-11-23T18:59:59.999+05:30", true],
    ["2026-11-23T19:00:00+05:30", false],
    ["2026-11-23T00:00:00+05:30", false],
    ["2026-11-22T12:00:00Z", true],
    ["2026-11-22T20:00:00Z", false],
  ])("at %s: %s", (iso, isOpen) => {
    expect(isWithinCallingWindow(INDIAN_CALLING_WINDOW, at(iso))).toBe(isOpen);
  });

  it.each([
    ["2026-11-23T03:00:00+05:30", "2026-11-23T04:30:00.000Z"],
    ["2026-11-23T12:34:56+05:30", "2026-11-23T07:04:56.000Z"],
    ["2026-11-23T19:00:00+05:30", "2026-11-24T04:30:00.000Z"],
    ["2026-12-31T23:59:00+05:30", "2027-01-01T04:30:00.000Z"],
  ])("opens next behind %s at %s", (iso, opening) => {
    expect(nextAfter(INDIAN_CALLING_WINDOW, iso)).toBe(opening);
  });
});

describe("a calling window", () => {
  const weekdays = { opensAt: "9:00", closesAt: "17:00", timeZone: "America/New_York", days: [1, 2, 3, 4, 5] };

  it("keeps to its days", () => {
    expect(isWithinCallingWindow(weekdays, at("2026-11-21T12:00:00-05:00"))).toBe(false);
    expect(nextAfter(weekdays, "2026-11-20T18:00:00-05:00")).toBe("2026-11-23T14:00:00.000Z");
    expect(nextAfter({ ...weekdays, days: [5] }, "2026-11-20T18:00:00-05:00")).toBe("2026-11-27T14:00:00.000Z");
  });

  it("follows the clocks when they change", () => {
    expect(nextAfter(weekdays, "2026-03-06T18:00:00-05:00")).toBe("2026-03-09T13:00:00.000Z");
    // 8 March 2026: at 2:00 it is 3:00.
    const early = { opensAt: "02:30", closesAt: "05:00", timeZone: "America/New_York" };
    expect(nextAfter(early, "2026-03-08T00:30:00-05:00")).toBe("2026-03-08T07:00:00.000Z");
    const swallowed = { ...early, opensAt: "02:10", closesAt: "02:50" };
    expect(nextAfter(swallowed, "2026-03-08T00:30:00-05:00")).toBe("2026-03-09T06:10:00.000Z");
    // 1 November 2026: at 2:00 it is 1:00 again.
    const twice = { ...early, opensAt: "01:30", closesAt: "01:45" };
    expect(nextAfter(twice, "2026-11-01T01:00:00-04:00")).toBe("2026-11-01T05:30:00.000Z");
    expect(nextAfter(twice, "2026-11-01T01:50:00-04:00")).toBe("2026-11-01T06:30:00.000Z");
  });

  it("may last till midnight", () => {
    const late = { opensAt: "00:00", closesAt: "24:00", timeZone: "UTC" };
    expect(isWithinCallingWindow(late, at("2026-11-23T23:59:59.999Z"))).toBe(true);
  });

  it.each<[string, Partial<CallingWindow>]>([
    ["10 is no time", { opensAt: "10" }],
    ["24:01 is none", { closesAt: "24:01" }],
    ["nor is 9:60", { opensAt: "9:60" }],
    ["it closes before it opens", { opensAt: "19:00", closesAt: "10:00" }],
    ["there is no such zone", { timeZone: "Asia/Nowhere" }],
    ["there is no eighth day", { days: [7] }],
    ["there must be a day", { days: [] }],
  ])("is refused: %s", (_, part) => {
    expect(() => isWithinCallingWindow({ ...INDIAN_CALLING_WINDOW, ...part }, 0)).toThrow(/calling window is wrong/);
  });

  it("opens at no moment before the one that is told, and is open then", () => {
    const minuteOfDay = fc.integer({ min: 0, max: 1440 });
    const time = (minute: number) =>
      `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
    const windows = fc
      .record({
        hours: fc.uniqueArray(minuteOfDay, { minLength: 2, maxLength: 2 }),
        timeZone: fc.constantFrom("Asia/Kolkata", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC"),
        days: fc.uniqueArray(fc.integer({ min: 0, max: 6 }), { minLength: 1 }),
      })
      .map(({ hours, timeZone, days }) => {
        const [opens = 0, closes = 1] = hours.sort((a, b) => a - b);
        return { opensAt: time(opens), closesAt: time(closes), timeZone, days };
      });
    const moments = fc.integer({ min: at("2026-01-01T00:00:00Z"), max: at("2027-12-31T00:00:00Z") });
    fc.assert(
      fc.property(
        windows,
        moments,
        fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
        (window, now, part) => {
          const opening = nextOpeningAt(window, now);
          expect(opening).toBeGreaterThanOrEqual(now);
          expect(isWithinCallingWindow(window, opening)).toBe(true);
          if (opening === now) return;
          expect(isWithinCallingWindow(window, opening - 1)).toBe(false);
          expect(isWithinCallingWindow(window, now + Math.floor((opening - now) * part))).toBe(false);
        },
      ),
      { numRuns: 2000 },
    );
  });
});
