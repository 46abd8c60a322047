import { describe, expect, it } from "vitest";
import {
  cancelCall,
  createCall,
  fetchCall,
  hangUpCall,
  listCalls,
  redirectCall,
} from "../../../../src/plugins/twilio/rest/index.js";
import { BASE } from "../in-process-app.js";
import { account, FROM, TO } from "./account-kit.js";

/** What the library asks of Twilio's API, through Twilio's client. */
describe("the library's side of the API", () => {
  const LONG = {
    routes: { "/voice": '<Pause length="600"/>', "/next": "<Say>one moment</Say>" },
    forgetsAfterMs: 60_000,
  };

  it("makes, finds, redirects and ends a call", async () => {
    const { client, clock, end } = account(LONG);
    const options = { clock };
    const outcome = await clock.runUntilSettled(
      createCall(client, { to: TO, from: FROM, url: `${BASE}/voice` }, options),
    );
    const sid = "value" in outcome ? outcome.value.sid : "";
    await clock.advance(5_000);
    expect((await fetchCall(client, sid, options))?.status).toBe("in-progress");
    const listed = await listCalls(client, { to: TO, from: FROM, limit: 5 }, options);
    expect("value" in listed && listed.value.map((call) => call.sid)).toEqual([sid]);
    expect(await redirectCall(client, sid, { url: `${BASE}/next` }, options)).toBe("done");
    expect((await end()).calls[0]?.leg?.spoken[0]?.text).toBe("one moment");
    expect(await hangUpCall(client, sid, options)).toBe("already-over");
    await clock.advance(60_000);
    expect(await hangUpCall(client, sid, options)).toBe("already-over");
    expect(await fetchCall(client, sid, options)).toBeUndefined();
  });

  it.each([
    [100, "canceled"],
    [1_000, "canceled"],
    [5_000, "completed"],
  ])("cancels a call after %i ms: it is %s", async (ms, status) => {
    const { client, clock, create, end } = account(LONG);
    const { sid } = await create();
    await clock.advance(ms);
    expect(await cancelCall(client, sid, { clock })).toBe("done");
    expect((await end()).calls[0]).toMatchObject({ status, endedAtMs: ms });
  });

  it.each([
    [{ type: "status", status: 429 }, "busy"],
    [{ type: "status", status: 503 }, "unknown"],
    [{ type: "lost", what: "answer", how: "reset" }, "unknown"],
    [{ type: "lost", what: "answer", how: "timeout" }, "unknown"],
    [{ type: "unreachable" }, "unsent"],
  ] as const)("knows what became of a request behind %j: %s", async (fault, fate) => {
    const { client, clock, end } = account({ faults: () => fault, callees: () => ({ outcome: "busy" }) });
    const asked = createCall(client, { to: TO, from: FROM, url: `${BASE}/voice` }, { clock });
    expect(await clock.runUntilSettled(asked)).toMatchObject({ fault: { fate } });
    await clock.advance(30_000);
    await end();
  });
});
