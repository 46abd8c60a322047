import { BolchaalError } from "../errors.js";

/** The hours of a day in which calls may be made, in the zone of who is called. */
export interface CallingWindow {
  /** `"10:00"`, by the 24-hour clock. The first minute in which calls may be made. */
  readonly opensAt: string;
  /** `"19:00"`, by the 24-hour clock, later than `opensAt`; `"24:00"` for midnight. The first minute in which they may not. */
  readonly closesAt: string;
  /** The IANA name of the zone: `"Asia/Kolkata"`. */
  readonly timeZone: string;
  /** On which days, Sunday being 0. @default every day */
  readonly days?: readonly number[];
}

/** When promotional calls are made in India, unless told otherwise. */
export const INDIAN_CALLING_WINDOW: CallingWindow = Object.freeze({
  opensAt: "10:00",
  closesAt: "19:00",
  timeZone: "Asia/Kolkata",
});

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/**
 * Whether calls may be made at `atMs`, in ms since 1970.
 * @throws BolchaalError `invalid-option` for a window that is none.
 */
export function isWithinCallingWindow(window: CallingWindow, atMs: number): boolean {
  const { opens, closes, days } = readWindow(window);
  const { day, minute } = wallTime(window.timeZone, atMs);
  return days.includes(new Date(day).getUTCDay()) && minute >= opens && minute < closes;
}

/**
 * The first moment from `atMs` on at which calls may be made, in ms since 1970: `atMs` itself if they may.
 * @throws BolchaalError `invalid-option` for a window that is none.
 */
export function nextOpeningAt(window: CallingWindow, atMs: number): number {
  if (isWithinCallingWindow(window, atMs)) return atMs;
  const { opens } = readWindow(window);
  const { day } = wallTime(window.timeZone, atMs);
  // Eight days hold every day of the week; a day more for one whose opening hour a clock change swallows whole.
  for (let ahead = 0; ahead <= 9; ahead += 1) {
    const opening = openingOn(window, day + ahead * DAY_MS + opens * MINUTE_MS, atMs);
    if (opening !== undefined) return opening;
  }
  throw invalid("it never opens");
}

/** The window's opening at a local time, if the window opens that day at all, and behind `afterMs`. */
function openingOn(window: CallingWindow, localMs: number, afterMs: number): number | undefined {
  const { timeZone } = window;
  // What the zone is off by, before and behind any change of clocks that day.
  const offsets = [localMs - DAY_MS, localMs + DAY_MS].map((aboutMs) => localOf(timeZone, aboutMs) - aboutMs);
  const [early = localMs, late = localMs] = offsets.map((offset) => localMs - offset).sort((a, b) => a - b);
  const isOpen = (atMs: number) => atMs >= afterMs && isWithinCallingWindow(window, atMs);
  if (isOpen(early)) return early;
  if (!isOpen(late)) return undefined;
  // Clocks go forward over the opening: it opens with the first minute that there is.
  let [shut, open] = [early, late];
  while (open - shut > MINUTE_MS) {
    const middle = shut + Math.floor((open - shut) / 2 / MINUTE_MS) * MINUTE_MS;
    if (isOpen(middle)) open = middle;
    else shut = middle;
  }
  return open;
}

/** A moment as a zone's clocks show it: the day, as midnight UTC of the same date, and the minute in it. */
function wallTime(timeZone: string, atMs: number): { readonly day: number; readonly minute: number } {
  const localMs = localOf(timeZone, atMs);
  const day = Math.floor(localMs / DAY_MS) * DAY_MS;
  return { day, minute: Math.floor((localMs - day) / MINUTE_MS) };
}

/** What a zone's clocks show, as if it were UTC. */
function localOf(timeZone: string, atMs: number): number {
  const parts = Object.fromEntries(
    formatOf(timeZone)
      .formatToParts(atMs)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second) + (((atMs % 1000) + 1000) % 1000);
}

/** Slow to make, so made once a zone. */
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const fields = { year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric" } as const;
  try {
    const made = new Intl.DateTimeFormat("en-US", { timeZone, hourCycle: "h23", second: "numeric", ...fields });
    formats.set(timeZone, made);
    return made;
  } catch {
    throw invalid(`"${timeZone}" is no time zone`);
  }
}

const EVERY_DAY: readonly number[] = [0, 1, 2, 3, 4, 5, 6];

interface ReadWindow {
  /** In minutes of the day. */
  readonly opens: number;
  readonly closes: number;
  readonly days: readonly number[];
}

/** @throws BolchaalError `invalid-option` */
export function readWindow({ opensAt, closesAt, timeZone, days = EVERY_DAY }: CallingWindow): ReadWindow {
  const [opens, closes] = [minuteOf(opensAt), minuteOf(closesAt)];
  if (opens >= closes) throw invalid(`it opens at ${opensAt} and closes at ${closesAt}`);
  const isDays = Array.isArray(days) && days.length > 0 && days.every((day) => EVERY_DAY.includes(day));
  if (!isDays) throw invalid("its days are no days of the week, of which Sunday is 0");
  formatOf(timeZone);
  return { opens, closes, days };
}

function minuteOf(time: string): number {
  const [, hours, minutes] = /^(\d{1,2}):(\d{2})$/u.exec(time) ?? [];
  const minute = Number(hours) * 60 + Number(minutes);
  if (minute <= 1440 && Number(minutes) < 60) return minute;
  throw invalid(`"${time}" is no time`);
}

function invalid(what: string): BolchaalError {
  return new BolchaalError(
    `The calling window is wrong: ${what}. Give one like { opensAt: "10:00", closesAt: "19:00", timeZone: "Asia/Kolkata" }.`,
    { code: "invalid-option", component: "dialer" },
  );
}
