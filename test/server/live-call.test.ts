import { createPhoneServer } from "bolchaal/server";
import { describe, expect, it } from "vitest";
import { liveCallsOf } from "../../src/server/live-call.js";
import { VoiceSession } from "../../src/session/index.js";
import type { TransportEvent } from "../../src/spec/index.js";
import { createVirtualClock } from "../../src/testing/virtual-clock.js";
import { authToken, publicUrl, quietAgent } from "./phone.js";

describe("GET /calls", () => {
  const asked = (statusToken: string | undefined, authorization?: string) =>
    createPhoneServer({
      agent: () => quietAgent(),
      publicUrl,
      authToken,
      ...(statusToken === undefined ? {} : { statusToken }),
    }).fetch(
      new Request(`${publicUrl}/twilio/calls`, authorization === undefined ? {} : { headers: { authorization } }),
    );

  it("is there for who brings the token, and for nobody else", async () => {
    expect((await asked(undefined, "Bearer secret")).status).toBe(404);
    expect((await asked("secret")).status).toBe(401);
    expect((await asked("secret", "Bearer wrong")).status).toBe(401);
    const answer = await asked("secret", "Bearer secret");
    expect([answer.status, await answer.json()]).toEqual([200, { calls: [] }]);
    expect(() => createPhoneServer({ agent: () => quietAgent(), publicUrl, authToken, statusToken: "" })).toThrow(
      "statusToken",
    );
  });

  it("lists what goes on, and of numbers the last two digits", async () => {
    const clock = createVirtualClock();
    let tell: (event: TransportEvent) => void = () => {};
    const session = new VoiceSession({
      ...quietAgent({ language: "hi" }),
      clock,
      transport: {
        specVersion: "v1",
        kind: "audio",
        name: "none",
        format: { type: "audio/pcmu", rate: 8000 },
        connect(listener) {
          tell = listener;
        },
        sendAudio: () => true,
        sendMark() {},
        clear() {},
        async hangUp() {},
      },
    });
    session.start();
    expect(liveCallsOf([session], clock)).toEqual([]);
    const call = { callId: "CA1", direction: "outbound", from: "+918041234567", to: "+919812345678", parameters: {} };
    tell({ type: "start", call: { ...call, direction: "outbound" } });
    await clock.advance(1_500);
    expect(liveCallsOf([session], clock)).toEqual([
      {
        callId: "CA1",
        direction: "outbound",
        from: "+••••••••••67",
        to: "+••••••••••78",
        state: "listening",
        language: "hi",
        forMs: 1_500,
      },
    ]);
    tell({ type: "end", reason: "caller-hangup" });
  });
});
