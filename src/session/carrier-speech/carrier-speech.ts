import type { CallInfo } from "../../spec/index.js";
import type { CallChannel, ChannelAction, ChannelListener, LineEvent } from "../channel.js";
import type { ResolvedSpeechOptions } from "../options.js";
import { tellsOfWords } from "../reply/tells-of-words.js";
import { createHearing } from "./hearing.js";
import { Teller } from "./teller.js";

/**
 * The channel of a line on which the carrier hears and speaks: its transcripts and its ends of turns go to the conversation,
 * the brain's words to the carrier. There is no sound to soften: a reply is said, or it is not.
 */
export function createCarrierSpeech(options: ResolvedSpeechOptions, listener: ChannelListener): CallChannel {
  const { transport } = options;
  const { happened } = listener;
  let call: CallInfo | undefined;

  const teller = new Teller(options, {
    ...tellsOfWords(listener),
    dry: (generation, fromMs) => happened({ type: "reply-dry", generation, fromMs }),
    flows: (generation) => happened({ type: "reply-flows", generation }),
    playbackStart: (generation, voiceMs) => happened({ type: "playback-start", generation, voiceMs }),
    over: (generation, failed, heard) => happened({ type: "reply-over", generation, failed, ...heard }),
  });

  const hearing = createHearing(options.clock, happened);

  function take(event: LineEvent): void {
    switch (event.type) {
      case "transcript":
        return hearing.result(event.result);
      case "turn-end":
        hearing.nothingMore();
        return happened({ type: "end-turn" });
      case "playback-start":
        return teller.started(event.generation);
      case "playback-end":
        return teller.ended(event.generation, event.playedMs);
      case "interrupted":
        if (!teller.interrupted(event.generation, event)) return;
        if (event.by === "speech") hearing.speech();
        return happened({ type: "interrupted", by: event.by });
    }
  }

  function carryOut(action: ChannelAction): void {
    switch (action.type) {
      case "ask-brain":
        return call === undefined ? undefined : teller.answer(action, { call, ...action.question });
      case "speak":
        return teller.speak(action);
      case "fill-in":
        return teller.fillIn(action.generation, action.language, action.text);
      case "commit-reply":
        return teller.commit(action.generation);
      case "hold-reply":
        return teller.hold(action.generation);
      case "release-reply":
        return teller.release(action.generation);
      case "set-language":
        return transport.setLanguage(action.language);
      case "stop-reply":
        return happened({
          type: "reply-stopped",
          generation: action.generation,
          ...teller.stop(action.generation),
        });
    }
  }

  return {
    open(info) {
      call = info;
    },
    take,
    carryOut,
    lineEnded() {},
    close() {
      hearing.close();
      teller.close();
    },
  };
}
