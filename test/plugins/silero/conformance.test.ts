import { afterAll, beforeAll, describe, it } from "vitest";
import { loadSileroModel, type SileroModel, sileroVoiceActivityDetector } from "../../../src/plugins/silero/index.js";
import { voiceActivityDetectorConformance } from "../../../src/testing/index.js";
import { scriptedModel } from "./scripted-model.js";
import { fixture } from "./sounds.js";

let real: SileroModel;
beforeAll(async () => {
  real = await loadSileroModel();
});
afterAll(() => real.close());

const speech = fixture("speech/tuning/11-en-us-f3.wav");
const models: readonly (readonly [string, () => SileroModel])[] = [
  ["Silero's model", () => real],
  ["a model that never answers", scriptedModel],
  ["a model that hears nothing", () => scriptedModel(() => 0)],
];

for (const ask of ["undecided", "always"] as const) {
  describe.each(models)(`with %s, asked when ${ask}`, (_, modelOf) => {
    const create = () => sileroVoiceActivityDetector({ model: modelOf(), ask });
    const cases = voiceActivityDetectorConformance({ create, speech });
    for (const { name, run } of cases) it(name, run);
  });
}
