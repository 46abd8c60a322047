/**
 * What the session adds to a turn, over the real WebSocket: a server with scripted plug-ins in one process, simulated
 * calls from another, all on this machine. In each call the caller speaks, hears the answer begin, speaks into it (which
 * stops it), hears that answer out, and hangs up.
 *
 * decided → brain: from the event `turn-end` to the brain's function being entered. text → voice: from the brain's first
 * words to the voice being asked. audio → socket: from the voice's first chunk to its first frame handed to the socket.
 * barge-in → clear: from the decision to `clear` being handed to the socket.
 */
import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { type CallerScript, createTwilioSimulator } from "../../src/testing/index.js";
import type { OverheadSamples } from "./overhead/server.js";
import { machineLine, percentiles, printTable } from "./report.js";

const AUTH_TOKEN = "a token for the benchmark";
const SCRIPT: CallerScript = [
  { pauseMs: 500 },
  { say: "book a room" },
  { interruptAfterMs: 700, say: "no wait" },
  { waitFor: "agent-silence" },
  { hangUp: true },
];

async function run(calls: number, rounds: number): Promise<OverheadSamples & { readonly seconds: number }> {
  const server = fork(join(import.meta.dirname, "overhead/server.ts"), [AUTH_TOKEN], {
    execArgv: ["--import", "tsx"],
  });
  const [port] = (await once(server, "message")) as [number];
  const startedAt = Date.now();
  const twilio = createTwilioSimulator({
    webhookUrl: "https://voice.example.com/twilio/voice",
    authToken: AUTH_TOKEN,
    connectTo: `http://127.0.0.1:${port}`,
  });
  // The calls begin over two seconds, so that their turns do not all end in the same instant.
  const dialled = Array.from({ length: calls }, async (_, call) => {
    await new Promise((resolve) => setTimeout(resolve, (call * 2000) / calls));
    for (let round = 0; round < rounds; round += 1) await twilio.dial({ script: SCRIPT, record: false });
  });
  await Promise.all(dialled).catch((error: unknown) => {
    server.kill();
    throw error;
  });
  const seconds = (Date.now() - startedAt) / 1000;
  server.send("done");
  const [samples] = (await once(server, "message")) as [OverheadSamples];
  return { ...samples, seconds };
}

const ms = (value: number) => `${value.toFixed(2)} ms`;
console.log(machineLine());
for (const [calls, rounds] of [
  [1, 5],
  [100, 2],
] as const) {
  const samples = await run(calls, rounds);
  const row = (name: string, times: readonly number[], goal: readonly [number, number]) => {
    const { p50, p95, p99 } = percentiles(times);
    const holds = p50 <= goal[0] && p99 <= goal[1];
    return [
      name,
      String(times.length),
      ms(p50),
      ms(p95),
      ms(p99),
      `≤ ${goal[0]} / ${goal[1]} ms`,
      holds ? "PASS" : "FAIL",
    ];
  };
  const load = ((samples.cpuMs / 1000 / samples.seconds) * 100).toFixed(0);
  printTable(
    `${calls} call${calls === 1 ? "" : "s"} at once: ${samples.answers} answers in ${samples.seconds.toFixed(0)} s, the server at ${load} % of one core`,
    ["stage", "n", "p50", "p95", "p99", "goal p50 / p99", ""],
    [
      row("decided → brain", samples.decidedToBrain, [5, 20]),
      row("text → voice", samples.textToVoice, [5, 20]),
      row("audio → socket", samples.audioToSocket, [5, 20]),
      row("barge-in → clear", samples.bargeInToClear, [1, 5]),
    ],
  );
}
