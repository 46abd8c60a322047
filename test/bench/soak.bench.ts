/**
 * 1,000 calls one after another, each a whole session over Twilio's wire on the virtual clock, about 15 s of talk: how
 * long that takes, whether the heap grows, and whether a timer is left.
 */
import { twilioMediaStream } from "../../src/plugins/twilio/index.js";
import { VoiceSession } from "../../src/session/index.js";
import {
  connectSimulatedCall,
  createVirtualClock,
  scriptedBrain,
  scriptedSpeechToText,
  scriptedTextToSpeech,
  scriptedVoiceActivityDetector,
} from "../../src/testing/index.js";
import { machineLine, percentiles, printTable } from "./report.js";

const CALLS = 1000;
const collect = (globalThis as { gc?: () => void }).gc;
const clock = createVirtualClock();
const heapMb: number[] = [];
const callMs: number[] = [];
let ended = 0;
let talkMs = 0;

for (let call = 0; call < CALLS; call += 1) {
  const from = performance.now();
  const promise = connectSimulatedCall({
    clock,
    record: false,
    script: [
      { pauseMs: 300 },
      { say: "book a room" },
      { interruptAfterMs: 700, say: "no wait" },
      { waitFor: "agent-silence" },
      { say: "bye" },
      { waitForEnd: true },
    ],
    accept(socket) {
      const session = new VoiceSession({
        transport: twilioMediaStream(socket, { clock }),
        speechToText: scriptedSpeechToText({ clock, delayMs: 50 }),
        brain: scriptedBrain(() => [{ waitMs: 100 }, "your room is booked for tomorrow and we look forward to it"], {
          clock,
        }),
        textToSpeech: scriptedTextToSpeech({ clock, firstByteMs: 80 }),
        voiceActivityDetector: scriptedVoiceActivityDetector(),
        clock,
      });
      session.on("call-end", ({ reason, durationMs }) => {
        if (reason === "farewell") ended += 1;
        talkMs += durationMs;
      });
      session.start();
    },
  });
  await clock.runUntilSettled(promise);
  await clock.advance(5000);
  callMs.push(performance.now() - from);
  if ((call + 1) % 100 === 0) {
    collect?.();
    heapMb.push(process.memoryUsage().heapUsed / 1_048_576);
  }
}

/** Least squares, in MB a hundred calls, without the first two hundred: those still compile and fill caches. */
function slope(values: readonly number[]): number {
  const points = values.slice(2);
  const middle = (points.length - 1) / 2;
  const mean = points.reduce((sum, value) => sum + value, 0) / points.length;
  const over = points.reduce((sum, value, at) => sum + (at - middle) * (value - mean), 0);
  return over / points.reduce((sum, _, at) => sum + (at - middle) ** 2, 0);
}

const seconds = callMs.reduce((sum, value) => sum + value, 0) / 1000;
const { p50, p95, p99 } = percentiles(callMs);
const verdict = (holds: boolean) => (holds ? "PASS" : "FAIL");
const growth = slope(heapMb);
console.log(machineLine());
if (collect === undefined) console.log("Run with NODE_OPTIONS=--expose-gc: without it the heap's slope shows garbage.");
printTable(
  `${CALLS} calls of ${(talkMs / CALLS / 1000).toFixed(1)} s each`,
  ["figure", "value", "bar"],
  [
    ["ended by the farewell", `${ended}`, verdict(ended === CALLS)],
    ["wall time", `${seconds.toFixed(1)} s`, verdict(seconds < 60)],
    ["a call, p50 / p95 / p99", `${p50.toFixed(1)} / ${p95.toFixed(1)} / ${p99.toFixed(1)} ms`, ""],
    ["heap after each 100 calls", heapMb.map((mb) => mb.toFixed(1)).join(" "), ""],
    ["heap's slope", `${growth.toFixed(3)} MB a hundred calls`, verdict(growth < 0.1)],
    ["timers left", `${clock.pendingTimers}`, verdict(clock.pendingTimers === 0)],
  ],
);
