import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { flowMemoryOf, localTextToSpeech } from "../plugins/local/index.js";
import { createPhoneServer } from "../server/index.js";
import type { VoiceSession } from "../session/index.js";
import { createTwilioSimulator, recordingOf } from "../testing/index.js";
import { type CallFigures, showCall, summaryOf } from "./call-view.js";
import { DEMO_LINES, DEMO_SCRIPT } from "./demo-script.js";
import { embeddedAgent } from "./embedded-agent.js";
import type { View } from "./view.js";

export interface DemoOptions {
  readonly view: View;
  /** Where the recording goes. */
  readonly recordings: string;
}

/** Only this process knows it: the simulated Twilio signs with it. */
const AUTH_TOKEN = "the simulated account's token";
/** Where the simulated Twilio believes the server to be; it connects to this machine instead. */
const PUBLIC_URL = "https://demo.example.com";

/**
 * One real call on this machine: a phone server, and a simulated Twilio that rings it over HTTP and WebSocket, with a
 * caller who speaks aloud and is recognised, answered and spoken to.
 * @returns the exit code: 0 if every turn was understood, and answered once
 */
export async function runDemo({ view, recordings }: DemoOptions): Promise<number> {
  const startedAtMs = performance.now();
  view.title("A call on embedded providers: Asha of Suraj Solar, and a caller in two languages");
  const embedded = embeddedAgent();
  const callerVoice = localTextToSpeech({ voices: { en: "en-us", hi: "hi" }, rate: 140 });
  let shown: Promise<CallFigures> | undefined;
  let session: VoiceSession | undefined;
  const server = createPhoneServer({
    agent: () => embedded.agent,
    publicUrl: PUBLIC_URL,
    authToken: AUTH_TOKEN,
    onSession(started) {
      session = started;
      shown = showCall(started, view.paint, (line) => view.line(line));
    },
  });
  try {
    const port = await server.listen({ host: "127.0.0.1" });
    const connectTo = `http://127.0.0.1:${port}`;
    const twilio = createTwilioSimulator({ webhookUrl: server.webhookUrl, authToken: AUTH_TOKEN, connectTo });
    const report = await twilio.dial({
      from: "+919812345678",
      to: "+918045678900",
      voice: callerVoice,
      comfortNoiseDbfs: -60,
      script: DEMO_SCRIPT,
    });
    const figures = await shown;
    if (figures === undefined || session === undefined) {
      view.bad("The call was not answered.");
      return 1;
    }
    await mkdir(recordings, { recursive: true });
    const file = join(recordings, `${figures.callId}.wav`);
    await writeFile(file, recordingOf(report));
    view.title("Summary");
    view.table([
      ...summaryOf(figures),
      ["lead", leadOf(session)],
      ["recording", `${file} (left: caller, right: agent as heard)`],
      ["all in all", `${((performance.now() - startedAtMs) / 1000).toFixed(0)} s`],
    ]);
    view.line();
    return verdict(figures, session, view);
  } finally {
    await server.close({ graceMs: 0 });
    await Promise.all([embedded.close(), callerVoice.close()]);
  }
}

/** What the flow has learnt of the caller. */
function leadOf(session: VoiceSession): string {
  const slots = flowMemoryOf(session.conversation.memory)?.slots ?? {};
  return Object.entries(slots)
    .map(([name, value]) => `${name}: ${typeof value === "string" ? value : value.en}`)
    .join(", ");
}

/** Whether the call went as its script has it. */
function verdict(figures: CallFigures, session: VoiceSession, view: View): number {
  const heard = session.conversation.history.filter(({ role }) => role === "caller").map(({ text }) => text);
  const wrong = DEMO_LINES.filter((line, index) => heard[index] !== line.understoodAs);
  const answered = figures.turns === DEMO_LINES.length && figures.answers === figures.turns - 1;
  if (wrong.length === 0 && answered && figures.interruptions === 1 && figures.endReason === "farewell") {
    view.good(`${figures.turns} turns, each understood and answered once; one interruption; ended by "bye".`);
    view.line();
    view.line("Next: `bolchaal doctor` looks whether all is there for a real number; `bolchaal serve` answers it.");
    view.line("README.md has an agent of your own in 20 lines.");
    view.line();
    return 0;
  }
  view.bad("The call did not go as its script has it.");
  for (const { understoodAs } of wrong) view.line(`  not understood: ${understoodAs}`);
  return 1;
}
