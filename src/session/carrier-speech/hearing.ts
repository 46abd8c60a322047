import type { Clock, TranscriptResult } from "../../spec/index.js";
import type { ChannelListener } from "../channel.js";

/** A carrier that has heard speech and says nothing more of it within this, in ms, has heard a noise. */
const RECOGNISED_WITHIN_MS = 5_000;

/** What a carrier tells of the caller's words, as the conversation knows speech: it begins, it ends, it has words or none. */
export interface CarrierHearing {
  /** The caller speaks. */
  speech(): void;
  result(result: TranscriptResult): void;
  /** The carrier has told all there is of this turn. */
  nothingMore(): void;
  close(): void;
}

export function createHearing(clock: Clock, happened: ChannelListener["happened"]): CarrierHearing {
  let speaking = false;
  let undo = () => {};

  function speech(): void {
    undo();
    undo = clock.setTimer(() => result({ type: "no-speech" }), RECOGNISED_WITHIN_MS);
    if (!speaking) happened({ type: "speech-start" });
    speaking = true;
  }

  function result(heard: TranscriptResult): void {
    speech();
    if (heard.type !== "transcript" || heard.final) {
      undo();
      speaking = false;
      happened({ type: "speech-end", endedAtMs: clock.now(), speechMs: 0 });
    }
    happened({ type: "transcript", result: heard });
  }

  return {
    speech,
    result,
    nothingMore() {
      if (speaking) result({ type: "no-speech" });
    },
    close: () => undo(),
  };
}
