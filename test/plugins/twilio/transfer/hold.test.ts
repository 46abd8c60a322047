import { describe, expect, it } from "vitest";
import type { TwilioRestClient } from "../../../../src/plugins/twilio/rest/index.js";
import { holdCall, holdVerbs, resumeCall } from "../../../../src/plugins/twilio/transfer/index.js";
import { twiml } from "../../../../src/plugins/twilio/twiml.js";

const LINE = { text: "Please hold the line.", language: "en" } as const;

describe("hold", () => {
  it("plays music without an end, behind a line if there is one", () => {
    expect(holdVerbs({ musicUrl: "https://x.example/hold.mp3", line: LINE })).toEqual([
      { verb: "say", ...LINE },
      { verb: "play", url: "https://x.example/hold.mp3", loop: 0 },
    ]);
  });

  it("says a line every 20 s for five minutes, which a request can take", () => {
    const verbs = holdVerbs({ line: LINE });
    expect(verbs.slice(0, 2)).toEqual([
      { verb: "say", ...LINE },
      { verb: "pause", lengthMs: 20_000 },
    ]);
    expect(verbs).toHaveLength(30);
    expect(twiml(verbs).length).toBeLessThan(4_000);
  });

  it("takes a call from its line, and on to what comes next", async () => {
    const sent: unknown[] = [];
    const calls = (callSid: string) => ({
      update: async (change: { twiml?: string }) => {
        sent.push([callSid, change.twiml]);
        return { sid: callSid, status: "in-progress" };
      },
    });
    const client = { calls } as unknown as TwilioRestClient;
    expect(await holdCall(client, "CA1", { musicUrl: "https://x.example/hold.mp3" })).toBe("done");
    expect(await resumeCall(client, "CA1", [{ verb: "redirect", url: "https://x.example/voice" }])).toBe("done");
    expect(sent).toEqual([
      ["CA1", expect.stringContaining('<Play loop="0">https://x.example/hold.mp3</Play>')],
      ["CA1", expect.stringContaining('<Redirect method="POST">https://x.example/voice</Redirect>')],
    ]);
  });
});
