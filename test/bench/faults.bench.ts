/**
 * Each provider × what can go wrong with it × when: a call of a greeting and three turns, one with a tool, on the virtual
 * clock, with a stand-in behind the provider, and with the provider alone. In each cell the longest silence that the
 * caller waited through, and how the call went: `on` it went on to the caller's goodbye, `end` it ended politely.
 *
 * What must hold: never more than 3 s of silence, something heard within 2 s of a failure that could be told, a history
 * that is what was heard, no rejection that nobody handled. `test/faults/matrix.test.ts` asserts it.
 */
import { callWith, FAULTS, MOMENTS } from "../faults/call.js";
import { loadPackages, SUBJECTS } from "../faults/subjects.js";
import { faultsOf } from "../faults/verdict.js";
import { machineLine, printTable } from "./report.js";

let unhandled = 0;
process.on("unhandledRejection", () => {
  unhandled += 1;
});

await loadPackages();
console.log(machineLine());
let cells = 0;
let wrong = 0;
for (const subject of SUBJECTS) {
  for (const alone of subject.kind === "speech-to-speech" ? [true] : [false, true]) {
    const rows: string[][] = [];
    for (const fault of FAULTS) {
      const row = [fault as string];
      for (const moment of MOMENTS) {
        const outcome = await callWith(subject, fault, moment, alone);
        const faults = faultsOf(outcome, alone);
        cells += 1;
        wrong += faults.length > 0 ? 1 : 0;
        const silence = `${(outcome.silenceMs / 1000).toFixed(1)} s`;
        const went = outcome.ended === "caller-hangup" ? "on" : "end";
        row.push(faults.length === 0 ? `${silence}, ${went}` : `✗ ${faults.join("; ")}`);
      }
      rows.push(row);
    }
    printTable(`${subject.name}${alone ? ", alone" : ", a stand-in behind it"}`, ["", ...MOMENTS], rows);
  }
}
await new Promise((resolve) => setTimeout(resolve, 100));
console.log(`\n${cells} cells, ${wrong} wrong, ${unhandled} unhandled rejections`);
process.exitCode = wrong + unhandled > 0 ? 1 : 0;
