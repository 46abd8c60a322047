import { beforeAll, describe, expect, it } from "vitest";
import { callWith, FAULTS, MOMENTS } from "./call.js";
import { loadPackages, SUBJECTS } from "./subjects.js";
import { faultsOf } from "./verdict.js";

beforeAll(loadPackages);

/** `npx tsx test/bench/faults.bench.ts` prints the same matrix. */
describe.each(SUBJECTS.map((subject) => [subject.name, subject] as const))(
  "a call while %s fails",
  (_name, subject) => {
    it.each(FAULTS)("by: %s", async (fault) => {
      for (const moment of MOMENTS) {
        // A model that hears and speaks has only a voice behind it.
        if (subject.kind !== "speech-to-speech") {
          const chained = await callWith(subject, fault, moment);
          const said = `${moment}, with another behind it; heard: ${chained.heard}`;
          expect(faultsOf(chained, false), said).toEqual([]);
        }
        const lone = await callWith(subject, fault, moment, true);
        expect(faultsOf(lone, true), `${moment}, alone; heard: ${lone.heard}`).toEqual([]);
      }
    });
  },
);
