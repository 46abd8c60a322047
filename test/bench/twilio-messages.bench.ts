import { performance } from "node:perf_hooks";
import { mediaMessage, readTwilioMessage } from "../../src/plugins/twilio/index.js";
import { machineLine, percentiles, printTable } from "./report.js";

/** What the message layer costs a call: 50 messages a second come in, about 10 go out. */
const frame = JSON.stringify({
  event: "media",
  sequenceNumber: "1234",
  streamSid: "MZ18ad3ab5a668481ce02b83e7395059f0",
  media: { track: "inbound", chunk: "1233", timestamp: "24660", payload: Buffer.alloc(160, 0x7e).toString("base64") },
});
const audio = new Uint8Array(800).fill(0x7e);

const BATCH = 1_000;
let kept = 0;

/** Microseconds for one, each sample the mean of a batch. */
function measure(act: () => number): number[] {
  const samples: number[] = [];
  for (let batch = 0; batch < 220; batch += 1) {
    const startedMs = performance.now();
    for (let turn = 0; turn < BATCH; turn += 1) kept += act();
    if (batch >= 20) samples.push(((performance.now() - startedMs) * 1_000) / BATCH);
  }
  return samples;
}

const cases: readonly [string, () => number][] = [
  ["read a frame of 20 ms", () => readTwilioMessage(frame).event.length],
  ["of that, JSON.parse", () => (JSON.parse(frame) as { readonly event: string }).event.length],
  ["of that, base64", () => Buffer.from(frame.slice(-220, -3), "base64").length],
  ["write 100 ms", () => mediaMessage("MZ18ad3ab5a668481ce02b83e7395059f0", audio).length],
];

console.log(machineLine());
printTable(
  "Twilio messages, µs each",
  ["", "p50", "p95", "p99"],
  cases.map(([name, act]) => {
    const { p50, p95, p99 } = percentiles(measure(act));
    return [name, ...[p50, p95, p99].map((value) => value.toFixed(2))];
  }),
);
if (kept === 0) throw new Error("nothing was measured");
