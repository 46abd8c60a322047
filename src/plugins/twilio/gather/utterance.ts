import type { Language } from "../../../spec/index.js";
import type { PlayVerb, SayVerb } from "../twiml.js";
import type { SpokenPiece } from "./estimate-heard.js";

/** A piece of a reply, on its way to Twilio. */
export interface Utterance {
  readonly text: string;
  readonly language: Language;
  readonly generation: number;
  readonly interruptible: boolean;
  /** Since when its sound is made, or it is known that there is none and Twilio's voice says it; undefined: not yet. */
  readonly readyAtMs: number | undefined;
  /** How it is to be said, as things are now. */
  spoken(): SpokenPiece & { readonly verb: SayVerb | PlayVerb };
  /** It will not be said, or as it is. */
  drop(): void;
}
