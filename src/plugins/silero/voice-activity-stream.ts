import type { VoiceActivityStream } from "../../spec/index.js";
import { ALWAYS_START, stepAlways } from "./always.js";
import type { Evidence, Judgement } from "./judgement.js";
import { createListener, type Listener, type ListenerEvents } from "./listener.js";
import type { StreamSettings } from "./options.js";
import type { SileroModel } from "./silero-model.js";
import { stepUndecided, UNDECIDED_START } from "./undecided.js";

/** What a stream tells of itself. */
export interface StreamEvents extends ListenerEvents {
  frame(): void;
  vetoed(): void;
}

/** One call: the built-in detector, and the model from when it is there. */
export function createStream(
  builtIn: VoiceActivityStream,
  modelNow: () => SileroModel | undefined,
  settings: StreamSettings,
  events: StreamEvents,
): VoiceActivityStream {
  let judge = createJudge(settings, events);
  let judged: Judgement = UNDECIDED_START;
  let listener: Listener | undefined;

  return {
    process(frame) {
      const speaking = builtIn.process(frame);
      const model = modelNow();
      if (model !== undefined) listener ??= createListener(model.createStream(), settings.patienceSamples, events);
      listener?.hear(frame);
      judged = judge({
        speaking,
        probability: builtIn.probability,
        verdict: listener?.verdict,
        reachable: model !== undefined && listener?.reachable === true,
      });
      events.frame();
      if (model !== undefined) listener?.ask(judged.question);
      return judged.speaking;
    },
    get probability() {
      return judged.probability;
    },
    reset() {
      builtIn.reset();
      listener?.close();
      listener = undefined;
      judge = createJudge(settings, events);
      judged = UNDECIDED_START;
    },
  };
}

/** What judges one frame after another. */
function createJudge(
  { ask, waitFrames, hangoverFrames }: StreamSettings,
  events: StreamEvents,
): (evidence: Evidence) => Judgement {
  if (ask === "always") {
    let state = ALWAYS_START;
    return (evidence) => {
      state = stepAlways(state, evidence, hangoverFrames);
      return state;
    };
  }
  let state = UNDECIDED_START;
  return (evidence) => {
    const before = state.phase;
    state = stepUndecided(state, evidence, waitFrames);
    if (state.phase === "vetoed" && before !== "vetoed") events.vetoed();
    return state;
  };
}
