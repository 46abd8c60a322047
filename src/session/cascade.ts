import type { BolchaalError } from "../errors.js";
import type { CallInfo } from "../spec/index.js";
import type { CallChannel, ChannelAction, ChannelListener } from "./channel.js";
import { asBolchaalError } from "./errors.js";
import { Ear } from "./hearing/ear.js";
import type { ResolvedOptions } from "./options.js";
import { Speaker } from "./reply/speaker.js";
import { tellsOfWords } from "./reply/tells-of-words.js";

/** The channel of an audio line: voice activity and speech-to-text hear, the brain thinks, text-to-speech speaks. */
export function createCascade(options: ResolvedOptions, listener: ChannelListener): CallChannel {
  const { voiceActivityDetector } = options;
  let call: CallInfo | undefined;
  /** A plug-in threw at the caller's sound: it gets no more. */
  let deaf = false;

  const speaker = new Speaker(options, {
    ...tellsOfWords(listener),
    dry: (generation, fromMs) => listener.happened({ type: "reply-dry", generation, fromMs }),
    flows: (generation) => listener.happened({ type: "reply-flows", generation }),
    playbackStart: (generation, voiceMs) => listener.happened({ type: "playback-start", generation, voiceMs }),
    over: (generation, failed, heard) => listener.happened({ type: "reply-over", generation, failed, ...heard }),
    audio: (generation, audio) => listener.spoke(generation, audio),
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
    take(event) {
      if (event.type === "mark") return speaker.acknowledge(event.name);
      if (event.type !== "audio" || deaf) return;
      try {
        ear.audio(event.audio);
      } catch (thrown) {
        deaf = true;
        listener.failed(hearingFailure(thrown, voiceActivityDetector.name));
        listener.happened({ type: "hearing-failed" });
      }
    },
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
