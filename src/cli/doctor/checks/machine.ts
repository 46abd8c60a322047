import type { Ask } from "../../context.js";
import { type Check, type Finding, fail, ok, skipped, warn } from "../check.js";

/** A page that anybody may ask; of the answer only its `Date` is wanted. */
export const CLOCK_URL = "https://api.twilio.com/";

/** Clocks further apart than this are worth a word, in ms. `Date` counts whole seconds, and the answer takes a while. */
export const CLOCK_SKEW_MS = 5_000;

/** Further apart, TLS and signed tokens begin to fail, in ms. */
export const BAD_CLOCK_SKEW_MS = 120_000;

/** Of {@link machineChecks}. */
export interface MachineOptions {
  readonly ask: Ask;
  readonly wallClock: () => number;
  /** Imports an optional package; rejects when it is not there. */
  readonly load: (name: string) => Promise<unknown>;
  /** Whether the embedded ears and voice are used at all. */
  readonly embedded: boolean;
}

/** Packages the embedded providers need, and one that makes hearing better. */
const EXTRAS = [
  { name: "soundswallower", does: "the embedded speech-to-text", when: "embedded" },
  { name: "@echogarden/espeak-ng-emscripten", does: "the embedded voice", when: "embedded" },
  { name: "twilio", does: "calls that you place", when: "wanted" },
  { name: "onnxruntime-node", does: "Silero's voice activity detector", when: "wanted" },
] as const;

/** Looks at this machine's clock, and at the packages that come with native or large parts. */
export function machineChecks({ ask, wallClock, load, embedded }: MachineOptions): Check[] {
  return [
    {
      name: "clock",
      async look(signal) {
        const sentAtMs = wallClock();
        const answer = await ask(CLOCK_URL, { signal }).catch(() => undefined);
        if (answer === undefined) return skipped("nobody could be asked for the time");
        await answer.body?.cancel();
        return clockFinding(answer.headers.get("date"), sentAtMs, wallClock());
      },
    },
    ...EXTRAS.map(({ name, does, when }) => ({
      name,
      look: async (): Promise<Finding> => {
        try {
          await load(name);
          return ok(`there, for ${does}`);
        } catch (error) {
          const isMissing = (error as NodeJS.ErrnoException).code === "ERR_MODULE_NOT_FOUND";
          const how = `npm install ${name}`;
          if (!isMissing) return warn(`it does not load: ${(error as Error).message}`, `Install it anew: ${how}`);
          if (embedded && when === "embedded") return fail(`missing: it is ${does}`, how);
          return skipped(`not installed; it is for ${does}`);
        }
      },
    })),
  ];
}

/** How far the machine's clock is from another's, whose answer was asked for and came at these times. */
export function clockFinding(date: string | null, sentAtMs: number, cameAtMs: number): Finding {
  const theirs = Date.parse(date ?? "");
  if (Number.isNaN(theirs)) return skipped("the other side told no time");
  // The header was written some time between, and cut to the second.
  const skewMs = sentAtMs > theirs + 1_000 ? sentAtMs - theirs - 1_000 : Math.min(0, cameAtMs - theirs);
  const seconds = Math.abs(Math.round(skewMs / 1_000));
  if (Math.abs(skewMs) < CLOCK_SKEW_MS) return ok("right");
  const what = `${seconds} s ${skewMs > 0 ? "ahead" : "behind"}`;
  const todo = "Have the machine set its clock by itself (NTP).";
  return Math.abs(skewMs) < BAD_CLOCK_SKEW_MS ? warn(what, todo) : fail(what, todo);
}
