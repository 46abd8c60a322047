/**
 * What a caller waits for, beyond the endpointing: from their last sound, plus the time in which it was decided that they
 * have ended, to the first sound of the answer at the simulated carrier's ear. Over the real WebSocket; the server is a
 * process of its own. The providers are stand-ins that take a fixed time: 350 ms to a final transcript, 375 ms to a first
 * token, 100 ms to a first sound, 825 ms together. What is above that is the platform's.
 *
 * voice over: the turn is over with the voice, and nothing runs ahead. speculation: the library as it is; brain and voice
 * begin while it waits whether the caller goes on.
 */
import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { type CallerScript, createTwilioSimulator } from "../../src/testing/index.js";
import { machineLine, percentiles, printTable } from "./report.js";
import type { Endpointing } from "./response-gap/server.js";

const AUTH_TOKEN = "a token for the benchmark";
const SCRIPT: CallerScript = [{ pauseMs: 500 }, { say: "book a room" }, { waitFor: "agent-silence" }, { hangUp: true }];
const CALLS = 40;
/** So many calls at once: this is what a call takes, not what a crowd does. */
const AT_ONCE = 4;

/** Of each call: what the caller waited beyond the endpointing, and in all. */
async function gaps(speculates: boolean): Promise<{ readonly beyond: number[]; readonly whole: number[] }> {
  const server = fork(join(import.meta.dirname, "response-gap/server.ts"), [AUTH_TOKEN, String(speculates)], {
    execArgv: ["--import", "tsx"],
  });
  const [port] = (await once(server, "message")) as [number];
  const twilio = createTwilioSimulator({
    webhookUrl: "https://voice.example.com/twilio/voice",
    authToken: AUTH_TOKEN,
    connectTo: `http://127.0.0.1:${port}`,
  });
  const heardMs = new Map<string, number>();
  const caller = async () => {
    for (let call = 0; call < CALLS / AT_ONCE; call += 1) {
      const { callSid, steps, agentSpeech } = await twilio.dial({ script: SCRIPT, record: false });
      heardMs.set(callSid, (agentSpeech[0]?.startMs ?? Number.NaN) - (steps[1]?.endMs ?? Number.NaN));
    }
  };
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, caller));
    server.send("done");
    const [waits] = (await once(server, "message")) as [Endpointing];
    const beyond = [...heardMs].map(([callSid, wholeMs]) => wholeMs - (waits[callSid] ?? Number.NaN));
    return { beyond, whole: [...heardMs.values()] };
  } finally {
    server.kill();
  }
}

const ms = (value: number) => `${value.toFixed(0)} ms`;
console.log(machineLine());
const rows = [];
for (const [name, speculates, goalMs] of [
  ["voice over", false, 835],
  ["speculation", true, 730],
] as const) {
  const { beyond, whole } = await gaps(speculates);
  const { p50, p95, p99 } = percentiles(beyond);
  const verdict = p50 <= goalMs ? "PASS" : "FAIL";
  rows.push([name, String(CALLS), ms(p50), ms(p95), ms(p99), `≤ ${goalMs} ms`, verdict, ms(percentiles(whole).p50)]);
}
printTable(
  "From the caller's last sound plus endpointing to the answer's first",
  ["endpointing", "n", "p50", "p95", "p99", "goal p50", "", "with endpointing, p50"],
  rows,
);
