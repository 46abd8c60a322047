import { createGatherCall, createSpeechHost, type GatherCall, type GatherCallOptions, twiml } from "bolchaal/twilio";
import { VoiceSession } from "../../../../src/session/index.js";
import type { CarrierSpeechAgentOptions } from "../../../../src/session/options.js";
import type { TextToSpeech, VoiceEvent } from "../../../../src/spec/index.js";
import {
  type CallerScript,
  createTwilioSimulator,
  createVirtualClock,
  type DialOptions,
  scriptedBrain,
  type VirtualClock,
} from "../../../../src/testing/index.js";

const BASE = "https://voice.example.com/twilio";

/** Of {@link gatherCallWith}. */
export interface GatherScene {
  readonly agent?: (clock: VirtualClock) => Partial<CarrierSpeechAgentOptions>;
  readonly gather?: Partial<GatherCallOptions>;
  readonly textToSpeech?: (clock: VirtualClock) => TextToSpeech;
  readonly script: CallerScript;
  readonly dial?: Partial<DialOptions>;
  readonly webhooks?: Parameters<typeof createTwilioSimulator>[0]["webhooks"];
}

/** The simulator's voices say a word in 200 ms; this is about as fast for English words. */
const UNIT_MS = { en: 40, hi: 40, "hi-en": 40 };

/** A whole call between a scripted caller and a session, through the simulated Twilio, on a virtual clock. */
export async function gatherCallWith({ agent, gather, textToSpeech, script, dial, webhooks }: GatherScene) {
  const clock = createVirtualClock(1_000);
  const host = createSpeechHost({ clock });
  const calls = new Map<string, GatherCall>();
  const events: VoiceEvent[] = [];
  let sessions = 0;

  function callOf(callSid: string): GatherCall {
    const known = calls.get(callSid);
    if (known !== undefined) return known;
    const voice = textToSpeech === undefined ? "say" : { textToSpeech: textToSpeech(clock), host };
    const call = createGatherCall({ baseUrl: BASE, clock, voice, unitMs: UNIT_MS, ...gather });
    calls.set(callSid, call);
    const brain = scriptedBrain((turn) => `You said ${turn.text}. Anything else?`, { clock });
    const session = new VoiceSession({
      brain,
      clock,
      greeting: { text: "Welcome." },
      ...agent?.(clock),
      transport: call,
    });
    session.on("*", (event) => events.push(event));
    session.start();
    sessions += 1;
    return call;
  }

  const app = {
    async fetch(request: Request): Promise<Response> {
      const [route = "", callSid = "", turn = ""] = new URL(request.url).pathname.split("/").slice(2);
      if (route === "speech") {
        const speech = host.get(callSid);
        if (speech === undefined) return new Response("", { status: 404 });
        return new Response(Buffer.from(speech.body), { headers: { "content-type": speech.contentType } });
      }
      const fields = new URLSearchParams(await request.text());
      const form = Object.fromEntries(fields);
      const call = callOf(fields.get("CallSid") ?? "");
      const verbs =
        route === "voice"
          ? await call.voice(form)
          : route === "gather"
            ? await call.action(Number(turn), form)
            : await call.partial(Number(turn), form);
      return new Response(twiml(verbs), { headers: { "content-type": "text/xml" } });
    },
    openSocket: () => 404,
  };

  const twilio = createTwilioSimulator({
    webhookUrl: `${BASE}/voice`,
    authToken: "token",
    app,
    clock,
    ...(webhooks === undefined ? {} : { webhooks }),
  });
  const report = await clock.runUntilSettled(twilio.dial({ script, ...dial }));
  const callEnded = () => events.some(({ type }) => type === "call-end");
  // No status callback is set up: it is for the status callback to tell that the caller has hung up.
  for (const call of calls.values()) call.ended({ CallStatus: "completed" });
  await clock.runUntil(callEnded);
  const of = <Type extends VoiceEvent["type"]>(type: Type) =>
    events.filter((event): event is Extract<VoiceEvent, { type: Type }> => event.type === type);
  return { report, events, of, clock, sessions, calls, host };
}
