import { describe, expect, it } from "vitest";
import { heardText } from "../../../../src/testing/index.js";
import { gatherCallWith } from "./gather-app.js";

describe("a call in gather mode", () => {
  it("is greeted, answered once a turn, and ended behind the goodbye", async () => {
    const { report, of, clock } = await gatherCallWith({
      script: [
        { waitFor: "agent-silence" },
        { say: "two rooms please" },
        { waitFor: "agent-silence" },
        { say: "okay bye" },
        { waitForEnd: true },
      ],
    });
    console.error(JSON.stringify(report.spoken), JSON.stringify(report.verbs.map((v) => [v.verb.verb, v.atMs, v.endMs])), JSON.stringify(report.webhooks.map((w) => [w.url, w.atMs, w.fields.SpeechResult])), report.end, of("reply"), clock.pendingTimers);
    expect(heardText(report)).toBe("");
  });
});
