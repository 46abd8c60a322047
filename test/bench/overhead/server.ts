/** The measured side of the overhead benchmark: a phone server with scripted plug-ins, in a process of its own. */
import { performance } from "node:perf_hooks";
import { voiceActivityDetector } from "../../../src/audio/index.js";
import { createPhoneServer } from "../../../src/server/index.js";
import type { VoiceSession } from "../../../src/session/index.js";
import type { Brain, TextToSpeech, VoiceActivityDetector } from "../../../src/spec/index.js";
import {
  scriptedBrain,
  scriptedSpeechToText,
  scriptedTextToSpeech,
  scriptedVoiceActivityDetector,
} from "../../../src/testing/index.js";

/** Times in ms, one for each time it happened. */
export interface OverheadSamples {
  readonly decidedToBrain: number[];
  readonly textToVoice: number[];
  readonly audioToSocket: number[];
  readonly bargeInToClear: number[];
  answers: number;
  cpuMs: number;
}

const samples: OverheadSamples = {
  decidedToBrain: [],
  textToVoice: [],
  audioToSocket: [],
  bargeInToClear: [],
  answers: 0,
  cpuMs: 0,
};

/** The built-in detector does its work; the scripted one, which knows the scripted voice, has the word. */
function detector(): VoiceActivityDetector {
  const scripted = scriptedVoiceActivityDetector();
  const real = voiceActivityDetector();
  return {
    ...scripted,
    doDetect() {
      const answer = scripted.doDetect();
      const work = real.doDetect();
      return {
        process(frame) {
          work.process(frame);
          return answer.process(frame);
        },
        get probability() {
          return answer.probability;
        },
        reset: () => answer.reset(),
      };
    },
  };
}

/** A brain and a voice that note when they are asked and when they answer, for one call. */
function timedPlugins(): {
  readonly brain: Brain;
  readonly textToSpeech: TextToSpeech;
  watch(session: VoiceSession): void;
} {
  const scripted = scriptedBrain(() => [
    { waitMs: 20 },
    "your room is booked for tomorrow and we look forward to seeing you here",
  ]);
  const voice = scriptedTextToSpeech({ firstByteMs: 20 });
  let decidedAt = 0;
  let textAt = 0;
  let audioAt = 0;
  return {
    brain: {
      ...scripted,
      async *doReply(turn, options) {
        samples.decidedToBrain.push(performance.now() - decidedAt);
        for await (const part of scripted.doReply(turn, options)) {
          textAt = performance.now();
          yield part;
        }
      },
    },
    textToSpeech: {
      ...voice,
      async *doSpeak(request) {
        if (textAt > 0) samples.textToVoice.push(performance.now() - textAt);
        textAt = 0;
        let first = true;
        for await (const chunk of voice.doSpeak(request)) {
          if (first) audioAt = performance.now();
          first = false;
          yield chunk;
        }
      },
    },
    watch(session) {
      let inputAt = 0;
      session.on("turn-end", () => {
        decidedAt = performance.now();
      });
      session.on("playback-start", () => samples.audioToSocket.push(performance.now() - audioAt));
      session.on("reply", ({ kind, outcome }) => {
        if (kind === "answer" && outcome !== "dropped") samples.answers += 1;
      });
      // The answer to a stop comes as an input once `clear` is on the socket; the input before it was the decision.
      session.onInput((input) => {
        const now = performance.now();
        if (input.type === "reply-stopped") samples.bargeInToClear.push(now - inputAt);
        inputAt = now;
      });
    },
  };
}

const plugins = new Map<string, ReturnType<typeof timedPlugins>>();
const speechToText = scriptedSpeechToText({ delayMs: 10 });
const server = createPhoneServer({
  publicUrl: "https://voice.example.com",
  authToken: process.argv[2] ?? "",
  maxCalls: 1000,
  agent({ callId }) {
    const timed = timedPlugins();
    plugins.set(callId, timed);
    const { brain, textToSpeech } = timed;
    // The stages are timed one after another: nothing runs ahead.
    const turns = { speculativeStart: false };
    return { brain, textToSpeech, speechToText, voiceActivityDetector: detector(), turns };
  },
  onSession(session, { callId }) {
    plugins.get(callId)?.watch(session);
    void session.closed.then(() => plugins.delete(callId));
  },
});
const port = await server.listen({ host: "127.0.0.1" });
const cpuAtStart = process.cpuUsage();
process.send?.(port);
process.once("message", () => {
  const { user, system } = process.cpuUsage(cpuAtStart);
  samples.cpuMs = (user + system) / 1000;
  process.send?.(samples, () => process.exit(0));
});
