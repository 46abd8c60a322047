import { VoiceSession } from "../../../src/session/index.js";
import type { CarrierSpeechAgentOptions } from "../../../src/session/options.js";
import type { SayRequest, SpeechTransport, SpeechTransportEvent, VoiceEvent } from "../../../src/spec/index.js";
import { createVirtualClock, memoryLogger, scriptedBrain, type VirtualClock } from "../../../src/testing/index.js";

/** How fast the carrier speaks. */
export const UNIT_MS = 50;

/** A carrier that hears and speaks, in memory: says what it is given at an even pace, and stops when the caller speaks. */
export function speakingCarrier(clock: VirtualClock) {
  let tell: (event: SpeechTransportEvent) => void = () => {};
  const said: SayRequest[] = [];
  const languages: string[] = [];
  /** The reply being said: its text so far, since when, and whether more is to come. */
  let reply: { generation: number; text: string; fromMs: number; whole: boolean } | undefined;
  let over = false;

  const playedMs = () => (reply === undefined ? 0 : Math.min(clock.now() - reply.fromMs, reply.text.length * UNIT_MS));
  const heardText = () => reply?.text.slice(0, Math.floor(playedMs() / UNIT_MS)) ?? "";
  const end = (reason: "caller-hangup" | "hung-up") => {
    if (over) return;
    over = true;
    tell({ type: "end", reason });
  };
  const checkEnd = () => {
    if (reply?.whole !== true || playedMs() < reply.text.length * UNIT_MS) return;
    const { generation } = reply;
    const ms = playedMs();
    reply = undefined;
    tell({ type: "playback-end", generation, playedMs: ms });
  };

  const transport: SpeechTransport = {
    specVersion: "v1",
    kind: "speech",
    name: "speaking-carrier",
    connect(listener) {
      tell = listener;
      tell({ type: "start", call: { callId: "CA1", direction: "inbound", from: "+1", to: "+2", parameters: {} } });
    },
    say(request) {
      said.push(request);
      const { generation, text, last } = request;
      if (over) return;
      if (reply?.generation !== generation) {
        reply = { generation, text: "", fromMs: clock.now(), whole: false };
        clock.setTimer(() => tell({ type: "playback-start", generation }), 0);
      }
      reply.text = [reply.text, text].filter((each) => each !== "").join(" ");
      reply.whole = last;
      if (last) clock.setTimer(checkEnd, Math.max(0, reply.fromMs + reply.text.length * UNIT_MS - clock.now()) + 1);
    },
    stop(generation) {
      if (reply?.generation !== generation) return { heardText: "", playedMs: 0 };
      const heard = { heardText: heardText(), playedMs: playedMs() };
      reply = undefined;
      return heard;
    },
    setLanguage: (language) => languages.push(language),
    hangUp: async () => end("hung-up"),
  };

  /** The caller speaks: the carrier stops, then tells what it has recognised, and that they have finished. */
  function callerSays(text: string, { confidence }: { readonly confidence?: number } = {}): void {
    if (reply !== undefined) {
      const { generation } = reply;
      const heard = { heardText: heardText(), playedMs: playedMs() };
      reply = undefined;
      tell({ type: "interrupted", by: "speech", generation, ...heard });
    }
    tell({
      type: "transcript",
      result: { type: "transcript", final: true, text, ...(confidence === undefined ? {} : { confidence }) },
    });
    tell({ type: "turn-end" });
  }

  return { transport, said, languages, callerSays, tell: (event: SpeechTransportEvent) => tell(event), end };
}

/** A call over such a carrier. */
export function carrierCall(
  agent: Partial<CarrierSpeechAgentOptions> | ((clock: VirtualClock) => Partial<CarrierSpeechAgentOptions>) = {},
) {
  const clock = createVirtualClock();
  const carrier = speakingCarrier(clock);
  const events: VoiceEvent[] = [];
  const session = new VoiceSession({
    brain: scriptedBrain(({ text }) => [{ waitMs: 100 }, `You said ${text}. `, "Shall I book it for you?"], { clock }),
    logger: memoryLogger(),
    ...(typeof agent === "function" ? agent(clock) : agent),
    transport: carrier.transport,
    clock,
  });
  session.on("*", (event) => events.push(event));
  session.start();
  const of = <Type extends VoiceEvent["type"]>(type: Type) =>
    events.filter((event) => event.type === type) as Extract<VoiceEvent, { type: Type }>[];
  return { clock, carrier, session, events, of };
}
