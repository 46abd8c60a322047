import type { BolchaalError } from "../errors.js";
import type { CallInfo } from "../spec/index.js";
import type { CallChannel, ChannelAction, ChannelListener } from "./channel.js";
import { asBolchaalError } from "./errors.js";
import { Ear } from "./hearing/ear.js";
import type { ResolvedOptions } from "./options.js";
import { Speaker } from "./reply/speaker.js";

/** The channel of an audio line: voice activity and speech-to-text hear, the brain thinks, text-to-speech speaks. */
export function createCascade(options: ResolvedOptions, listener: ChannelListener): CallChannel {
  const { voiceActivityDetector } = options;
  let call: CallInfo | undefined;
  /** A plug-in threw at the caller's sound: it gets no more. */
  let deaf = false;

  const speaker = new Speaker(options, {
    text: (generation) => listener.happened({ type: "reply-text", generation }),
    language: (generation, language) => listener.happened({ type: "reply-language", generation, language }),
    interruption: (generation, policy) => listener.happened({ type: "reply-interruption", generation, policy }),
    memory: (generation, value) => listener.happened({ type: "reply-memory", generation, value }),
    toolCall: (generation, { toolCallId, name, input, filler }) =>
      listener.happened({
        type: "tool-call",
        generation,
        toolCallId,
        name,
        input,
        ...(filler === undefined ? {} : { filler }),
      }),
    dry: (generation, fromMs) => listener.happened({ type: "reply-dry", generation, fromMs }),
    flows: (generation) => listener.happened({ type: "reply-flows", generation }),
    toolResult: (generation, { toolCallId, name }, output) =>
      listener.happened({ type: "tool-result", generation, toolCallId, name, output }),
    switchesLanguage: (generation, language) =>
      listener.happened({ type: "reply-switches-language", generation, language }),
    usage: (generation, usage) => listener.happened({ type: "usage", generation, usage }),
    warning: ({ message }) => listener.happened({ type: "warning", message }),
    endsCall: (generation) => listener.happened({ type: "reply-ends-call", generation }),
    playbackStart: (generation, voiceMs) => listener.happened({ type: "playback-start", generation, voiceMs }),
    over: (generation, failed, heard) => listener.happened({ type: "reply-over", generation, failed, ...heard }),
    audio: (generation, audio) => listener.spoke(generation, audio),
    error: (error) => listener.failed(error),
  });

  const ear = new Ear(options, speaker, {
    speechStart: () => listener.happened({ type: "speech-start" }),
    speech: (voicedMs) => listener.happened({ type: "speech", voicedMs }),
    speechEnd: (endedAtMs, speechMs) => listener.happened({ type: "speech-end", endedAtMs, speechMs }),
    result: (result) => listener.happened({ type: "transcript", result }),
    usage: (usage) => listener.happened({ type: "usage", usage }),
    warning: ({ message }) => listener.happened({ type: "warning", message }),
    failed(error) {
      listener.failed(error);
      listener.happened({ type: "hearing-failed" });
    },
  });

  function carryOut(action: ChannelAction): void {
    switch (action.type) {
      case "utterance-start":
        return ear.utteranceStart(action.utteranceId);
      case "utterance-end":
        return ear.utteranceEnd(action.utteranceId);
      case "ask-brain":
        if (call === undefined) return;
        return speaker.answer(action.generation, action.language, { call, ...action.question }, action.speculative);
      case "speak":
        return speaker.speak(action.generation, action.language, action.text);
      case "fill-in":
        return speaker.fillIn(action.generation, action.language, action.text);
      case "commit-reply":
        return speaker.commit(action.generation);
      case "set-volume":
        return speaker.setVolume(action.generation, action.volume, action.from);
      case "set-language":
        return ear.setLanguage(action.language);
      case "hold-reply":
        return speaker.hold(action.generation);
      case "release-reply":
        return speaker.release(action.generation);
      case "stop-reply": {
        const heard = speaker.stop(action.generation);
        return listener.happened({ type: "reply-stopped", generation: action.generation, ...heard });
      }
    }
  }

  return {
    open(info) {
      call = info;
      ear.open(info);
    },
    callerAudio(audio) {
      if (deaf) return;
      try {
        ear.audio(audio);
      } catch (thrown) {
        deaf = true;
        listener.failed(hearingFailure(thrown, voiceActivityDetector.name));
        listener.happened({ type: "hearing-failed" });
      }
    },
    acknowledge: (mark) => speaker.acknowledge(mark),
    carryOut,
    lineEnded: () => ear.lineEnded(),
    close() {
      speaker.close();
      ear.close();
    },
  };
}

function hearingFailure(thrown: unknown, provider: string): BolchaalError {
  const what = "Voice activity detection or speech-to-text failed on the caller's sound";
  return asBolchaalError(thrown, { code: "provider-failed", component: "session", provider, what });
}
