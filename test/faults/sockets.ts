import { deepgramSpeechToText } from "../../src/plugins/deepgram/index.js";
import { elevenLabsTextToSpeech } from "../../src/plugins/elevenlabs/index.js";
import { openAiRealtime, openAiRealtimeTranscription, openAiRealtimeVoice } from "../../src/plugins/openai/index.js";
import { sarvamSpeechToText, sarvamTextToSpeech } from "../../src/plugins/sarvam/index.js";
import { createDeepgramSimulator } from "../../src/testing/deepgram-simulator/index.js";
import { createElevenLabsSimulator } from "../../src/testing/elevenlabs-simulator/index.js";
import { createOpenAiRealtimeSimulator } from "../../src/testing/openai-simulator/index.js";
import type { FaultFrom, ProviderFault } from "../../src/testing/provider-server/index.js";
import { createSarvamSimulator } from "../../src/testing/sarvam-simulator/index.js";
import { type Fault, replyTo, type Subject } from "./call.js";

/** The matrix's faults on a WebSocket; `from` is where a stream of messages is in its midst. */
function faultOf(fault: Fault, from: FaultFrom, everyMs = 1_500): ProviderFault {
  const faults: Readonly<Record<Fault, ProviderFault>> = {
    refuses: { type: "refuse" },
    "401": { type: "status", status: 401 },
    "429, Retry-After 120": { type: "status", status: 429, retryAfterS: 120 },
    "insufficient quota": { type: "status", status: 402 },
    "500": { type: "status", status: 500 },
    "header stall": { type: "stall" },
    "body stall": { type: "stall", from },
    "cut mid-stream": { type: "cut", from },
    garbage: { type: "garbage", from },
    "slow trickle": { type: "slow", everyMs, from: typeof from === "number" ? 0 : from },
    "wrong content type": { type: "binary", from },
    empty: { type: "close", from: typeof from === "number" ? 0 : from, code: 1000, reason: "" },
  };
  return faults[fault];
}

/** A voice has a connection for each piece: the fault strikes those that are made from then on. */
const inPieces = (fault: Fault, struck: () => boolean, messages: number) => ({
  fault: () => (struck() ? faultOf(fault, messages) : undefined),
});

/** What shows in the opening of a connection alone. */
const OPENING: readonly Fault[] = [
  "refuses",
  "401",
  "429, Retry-After 120",
  "insufficient quota",
  "500",
  "header stall",
];

/**
 * A recogniser has one connection for the call: it fails with its next message from then on. What shows in the opening of
 * a connection alone makes it break, and strikes those that are made after it.
 */
const inOneCall = (fault: Fault, struck: () => boolean, messages: number, everyMs?: number) => ({
  fault(connection: number): ProviderFault | undefined {
    if (struck()) return faultOf(fault, messages, everyMs);
    if (connection > 1) return undefined;
    return OPENING.includes(fault) ? { type: "cut", from: struck } : faultOf(fault, struck, everyMs);
  },
});

/** What each model says, whichever it is: Realtime reads aloud what it is given. */
const readAloud = ({ last }: { readonly last: string }) => ({ text: last });

/** Providers over WebSocket. */
export const SOCKETS: readonly Subject[] = [
  {
    name: "deepgram, speech-to-text",
    kind: "speech-to-text",
    make: (clock, fault, struck) =>
      deepgramSpeechToText({
        apiKey: "test-key",
        network: createDeepgramSimulator(inOneCall(fault, struck, 9)).network(clock),
      }),
  },
  {
    name: "sarvam, speech-to-text",
    kind: "speech-to-text",
    make: (clock, fault, struck) =>
      sarvamSpeechToText({
        apiKey: "test-key",
        network: createSarvamSimulator(inOneCall(fault, struck, 5)).network(clock),
      }),
  },
  {
    name: "sarvam, voice",
    kind: "text-to-speech",
    make: (clock, fault, struck) =>
      sarvamTextToSpeech({
        apiKey: "test-key",
        network: createSarvamSimulator(inPieces(fault, struck, 2)).network(clock),
      }),
  },
  {
    name: "elevenlabs, voice",
    kind: "text-to-speech",
    make: (clock, fault, struck) =>
      elevenLabsTextToSpeech({
        apiKey: "test-key",
        voice: { en: "ravi", hi: "asha" },
        network: createElevenLabsSimulator(inPieces(fault, struck, 2)).network(clock),
      }),
  },
  {
    name: "openai realtime, speech-to-text",
    kind: "speech-to-text",
    make: (clock, fault, struck) =>
      openAiRealtimeTranscription({
        apiKey: "test-key",
        network: createOpenAiRealtimeSimulator({ ...inOneCall(fault, struck, 6), transcriptMs: 100 }).network(clock),
      }),
  },
  {
    name: "openai realtime, voice",
    kind: "text-to-speech",
    make: (clock, fault, struck) =>
      openAiRealtimeVoice({
        apiKey: "test-key",
        network: createOpenAiRealtimeSimulator({ ...inOneCall(fault, struck, 8), reply: readAloud }).network(clock),
      }),
  },
  {
    name: "openai realtime, speech to speech",
    kind: "speech-to-speech",
    make(clock, fault, struck) {
      const reply = ({ last, aside }: { readonly last: string; readonly aside: boolean }) => {
        if (aside) return { text: last };
        const { text, tool } = replyTo(last);
        return { text, ...(tool !== undefined && { toolCalls: [{ id: "call-1", name: tool, arguments: "{}" }] }) };
      };
      // Each word is a message of text and one of sound.
      const faults = inOneCall(fault, struck, 12, 750);
      const simulator = createOpenAiRealtimeSimulator({ ...faults, reply, transcriptMs: 100 });
      return openAiRealtime({ apiKey: "test-key", network: simulator.network(clock) });
    },
  },
];
