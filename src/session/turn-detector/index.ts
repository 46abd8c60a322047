export { DEFAULT_TURN_SILENCE_MS, silenceTurnDetector } from "./silence-turn-detector.js";
export {
  DEFAULT_ENGLISH_SILENCE,
  DEFAULT_HINDI_SILENCE,
  type TurnDetectorOptions,
  type TurnSilence,
  turnDetector,
} from "./turn-detector.js";
