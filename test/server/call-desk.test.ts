import { createCallTokens, twilioMediaStream } from "bolchaal/twilio";
import { describe, expect, it } from "vitest";
import { AGENT_TIMEOUT_MS, createCallDesk, LAST_WORDS_MS, REMEMBERED_CALLS } from "../../src/server/call-desk.js";
import { type PhoneServerOptions, resolveOptions } from "../../src/server/options.js";
import type { VoiceSession } from "../../src/session/index.js";
import { createVirtualClock } from "../../src/testing/virtual-clock.js";
import { FakeSocket, wire } from "../plugins/twilio/fake-socket.js";
import { authToken, publicUrl, quietAgent } from "./phone.js";

function desk(options: Partial<PhoneServerOptions> = {}) {
  const clock = createVirtualClock();
  const begun: VoiceSession[] = [];
  const resolved = resolveOptions({
    agent: () => quietAgent(),
    publicUrl,
    authToken,
    clock,
    onSession: (session) => begun.push(session),
    ...options,
  });
  const tokens = createCallTokens({ secret: authToken });
  const calls = createCallDesk(resolved);
  const ring = (callSid = "CA1") => {
    const socket = new FakeSocket();
    const done = calls.take(twilioMediaStream(socket, { clock }), tokens.use);
    const start = wire.start({ token: tokens.issue(callSid) });
    socket.arrive({ ...start, start: { ...start.start, callSid } });
    return { socket, done };
  };
  return { clock, calls, ring, begun };
}

describe("the desk's calls", () => {
  it("do not wait for ever for an agent", async () => {
    const { clock, calls, ring, begun } = desk({ agent: () => new Promise(() => {}) });
    const { socket, done } = ring();
    await clock.advance(AGENT_TIMEOUT_MS - 1);
    expect(socket.closes).toEqual([]);
    await clock.advance(1);
    await done;
    expect([socket.closes.length, begun, calls.hasRoom, clock.pendingTimers]).toEqual([1, [], true, 0]);
    expect(await calls.wentWell("CA1")).toBe(false);
  });

  it("keep what the caller says while the agent is made", async () => {
    let ready: () => void = () => {};
    const made = new Promise<void>((resolve) => {
      ready = resolve;
    });
    const heard: number[] = [];
    const { clock, ring } = desk({
      agent: async () => {
        await made;
        return quietAgent();
      },
      onSession: (session) => session.on("audio-in", ({ audio }) => heard.push(audio.length)),
    });
    const { socket } = ring();
    socket.arrive(wire.media(2));
    socket.arrive(wire.media(3));
    await clock.advance(1000);
    expect(heard).toEqual([]);
    ready();
    await clock.advance(0);
    expect(heard).toEqual([4, 4]);
    socket.arrive(wire.stop(4));
  });

  it("leave nothing behind", async () => {
    const { clock, calls, ring, begun } = desk();
    const { socket, done } = ring();
    await clock.advance(0);
    expect([calls.sessions.size, begun.length]).toEqual([1, 1]);
    socket.arrive(wire.stop(2));
    await done;
    expect([calls.sessions.size, clock.pendingTimers, socket.listeners]).toEqual([0, 0, 0]);
    expect(await calls.wentWell("CA1")).toBe(true);
  });

  it("are remembered, the newest of them", async () => {
    const { clock, calls, ring } = desk();
    for (let index = 0; index <= REMEMBERED_CALLS; index += 1) {
      const { socket, done } = ring(`CA${index}`);
      await clock.advance(0);
      socket.arrive(wire.stop(2));
      await done;
    }
    expect(await calls.wentWell("CA0")).toBe(false);
    expect(await calls.wentWell("CA1")).toBe(true);
    expect(await calls.wentWell(`CA${REMEMBERED_CALLS}`)).toBe(true);
  });

  it("may finish when the server closes, and are ended when their grace is over", async () => {
    const { clock, calls, ring, begun } = desk();
    const first = ring("CA1");
    const second = ring("CA2");
    await clock.advance(0);
    let closed = false;
    const closing = calls.close(10_000).then(() => {
      closed = true;
    });
    expect(calls.hasRoom).toBe(false);
    first.socket.arrive(wire.stop(2));
    await clock.advance(9_999);
    expect([closed, second.socket.closes.length]).toEqual([false, 0]);
    await clock.advance(1);
    await closing;
    expect(second.socket.closes.length).toBe(1);
    expect(await Promise.all(begun.map((session) => session.closed))).toMatchObject([
      { reason: "caller-hangup" },
      { reason: "agent-end" },
    ]);
    expect(clock.pendingTimers).toBe(0);
  });

  it("do not begin once the server closes", async () => {
    let ready: () => void = () => {};
    const made = new Promise<void>((resolve) => {
      ready = resolve;
    });
    const { clock, calls, ring, begun } = desk({ agent: () => made.then(() => quietAgent()) });
    const { socket, done } = ring();
    await clock.advance(0);
    await calls.close(0);
    ready();
    await done;
    expect([begun, socket.closes.length, clock.pendingTimers]).toEqual([[], 1, 0]);
  });

  it("that are just ending are waited for, when Twilio asks what comes next", async () => {
    const { clock, calls, ring, begun } = desk();
    const { socket } = ring();
    await clock.advance(0);
    socket.answersClose = false;
    begun[0]?.end();
    let answer: boolean | undefined;
    const asked = calls.wentWell("CA1").then((well) => {
      answer = well;
    });
    await clock.advance(100);
    expect([socket.closes.length, answer]).toEqual([1, undefined]);
    socket.closed(1000);
    await asked;
    expect(answer).toBe(true);
  });

  it("are cut when their last words take too long", async () => {
    const long = new Uint8Array(8_000 * 60);
    const { clock, calls, ring, begun } = desk({
      agent: () => {
        const agent = quietAgent({ greeting: "A long story." });
        return {
          ...agent,
          textToSpeech: {
            ...agent.textToSpeech,
            async *doSpeak() {
              yield { audio: long };
            },
          },
        };
      },
    });
    const { socket, done } = ring();
    await clock.advance(1_000);
    const closing = calls.close(0);
    await clock.advance(LAST_WORDS_MS - 1);
    expect(socket.closes).toEqual([]);
    await clock.advance(1);
    await closing;
    await done;
    expect(socket.closes.length).toBe(1);
    expect(begun.length).toBe(1);
    expect(clock.pendingTimers).toBe(0);
  });
});
