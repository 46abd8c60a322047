import type { VoiceActivityDetector } from "../spec/index.js";
import { rmsDbfs } from "./levels.js";

/** First cut: level over a tracked floor, with hysteresis. */
export function voiceActivityDetector(): VoiceActivityDetector {
  return {
    specVersion: "v1",
    name: "built-in",
    rate: 8000,
    frameSamples: 160,
    doDetect() {
      let floor = -60;
      let on = 0;
      let off = 0;
      let speaking = false;
      const stream = {
        probability: 0,
        process(frame: Int16Array) {
          const level = Math.max(-80, rmsDbfs(frame));
          floor += level < floor ? 0.3 * (level - floor) : 0.005;
          stream.probability = level > floor + 12 && level > -50 ? 1 : 0;
          on = stream.probability > 0 ? on + 1 : 0;
          off = stream.probability > 0 ? 0 : off + 1;
          if (on >= 3) speaking = true;
          if (off >= 10) speaking = false;
          return speaking;
        },
        reset() {
          floor = -60;
          on = 0;
          off = 0;
          speaking = false;
        },
      };
      return stream;
    },
  };
}
