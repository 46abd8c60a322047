import { describe, expect, it } from "vitest";
import { encodeMulaw, MULAW_8K, silence } from "../../../src/audio/index.js";
import {
  type ConnectedCallOptions,
  connectSimulatedCall,
  createVirtualClock,
  heardText,
  heardWords,
  recordingOf,
  type SimulatedSocket,
  scriptedTextToSpeech,
} from "../../../src/testing/index.js";
import { codedSpeech } from "../../../src/testing/scripted/coded-speech.js";

/** An app's end of the stream, as bare as can be. */
interface App {
  readonly got: { readonly atMs: number; readonly message: Record<string, unknown> }[];
  readonly closes: number[];
  say(text: string): void;
  mark(name: string): void;
  clear(): void;
  raw(data: string | Uint8Array): void;
  socket: SimulatedSocket;
  streamSid: string;
}

const mulawOf = (text: string, wordMs = 200) =>
  Buffer.concat(codedSpeech(text, 0, wordMs).map(({ samples }) => encodeMulaw(samples)));

async function call(
  options: Partial<ConnectedCallOptions>,
  behave: (app: App, at: (atMs: number, act: () => void) => void) => void,
) {
  const clock = createVirtualClock(12_345);
  const app = {} as App;
  const promise = connectSimulatedCall({
    clock,
    ...options,
    accept(socket) {
      const send = (message: object) => socket.send(JSON.stringify({ streamSid: app.streamSid, ...message }));
      Object.assign(app, {
        got: [],
        closes: [],
        socket,
        say: (text: string) => send({ event: "media", media: { payload: mulawOf(text).toString("base64") } }),
        mark: (name: string) => send({ event: "mark", mark: { name } }),
        clear: () => send({ event: "clear" }),
        raw: (data: string | Uint8Array) => socket.send(data),
      });
      socket.on("message", (data, isBinary) => {
        expect(isBinary).toBe(false);
        const message = JSON.parse(data.toString()) as Record<string, unknown>;
        app.got.push({ atMs: clock.now() - 12_345, message });
        if (message.event !== "start") return;
        app.streamSid = message.streamSid as string;
        behave(app, (atMs, act) => clock.setTimer(act, atMs));
      });
      socket.on("close", (code) => app.closes.push(code));
    },
  });
  const report = await clock.runUntilSettled(promise);
  return { report, app, clock };
}

const of = (app: App, event: string) => app.got.filter(({ message }) => message.event === event);

describe("a simulated call", () => {
  it("begins as Twilio begins it, and sends a frame every 20 ms", async () => {
    const { report, app } = await call(
      { script: [{ pauseMs: 100 }, { hangUp: true }], customParameters: { token: "t" }, callSid: "CAx" },
      () => {},
    );
    const { streamSid, accountSid } = report;
    expect(streamSid).toMatch(/^MZ[0-9a-f]{32}$/);
    const media = (sequence: number, chunk: number) => ({
      atMs: chunk * 20,
      message: {
        event: "media",
        sequenceNumber: String(sequence),
        streamSid,
        media: {
          track: "inbound",
          chunk: String(chunk),
          timestamp: String((chunk - 1) * 20),
          payload: Buffer.alloc(160, 0xff).toString("base64"),
        },
      },
    });
    expect(app.got).toEqual([
      { atMs: 0, message: { event: "connected", protocol: "Call", version: "1.0.0" } },
      {
        atMs: 0,
        message: {
          event: "start",
          sequenceNumber: "1",
          streamSid,
          start: {
            accountSid,
            streamSid,
            callSid: "CAx",
            tracks: ["inbound"],
            mediaFormat: { encoding: "audio/x-mulaw", sampleRate: 8000, channels: 1 },
            customParameters: { token: "t" },
          },
        },
      },
      ...[1, 2, 3, 4, 5].map((chunk) => media(chunk + 1, chunk)),
      {
        atMs: 100,
        message: { event: "stop", sequenceNumber: "7", streamSid, stop: { accountSid, callSid: "CAx" } },
      },
    ]);
    expect(app.closes).toEqual([1000]);
    expect(report.end).toEqual({ reason: "caller-hangup", atMs: 100 });
    expect(report.durationMs).toBe(100);
  });

  it("reports what the caller heard, sample for sample, and leaves nothing behind", async () => {
    const { report, app, clock } = await call({ script: [{ waitFor: "agent-silence" }] }, (app, at) =>
      at(30, () => app.say("one two")),
    );
    const expected = Buffer.concat([silence(MULAW_8K, 30), mulawOf("one two"), silence(MULAW_8K, 610)]);
    expect(Buffer.from(report.heard).equals(expected)).toBe(true);
    expect(heardText(report)).toBe("one two");
    expect(report.agentSpeech).toEqual([{ startMs: 30, endMs: 430 }]);
    expect(report.steps).toEqual([{ step: { waitFor: "agent-silence" }, startMs: 0, endMs: 1040, timedOut: false }]);
    expect(clock.pendingTimers).toBe(0);
    expect(app.closes).toEqual([1000]);
  });

  it("echoes marks when they are played, at once when nothing waits, and all on clear", async () => {
    const { report, app } = await call({ script: [{ pauseMs: 1_000 }] }, (app, at) => {
      app.mark("empty");
      app.say("one");
      app.mark("one");
      app.say("two three");
      app.mark("three");
      at(310, () => app.clear());
      at(400, () => app.mark("after"));
    });
    expect(of(app, "mark").map(({ atMs, message }) => [atMs, (message.mark as { name: string }).name])).toEqual([
      [0, "empty"],
      [200, "one"],
      [310, "three"],
      [400, "after"],
    ]);
    expect(report.echoes.map(({ name, cleared }) => [name, cleared])).toEqual([
      ["empty", false],
      ["one", false],
      ["three", true],
      ["after", false],
    ]);
    expect(report.messages.filter(({ event }) => event === "clear")).toEqual([
      { event: "clear", droppedMs: 290, atMs: 310 },
    ]);
    expect(heardWords(report).map(({ text, startMs }) => [text, startMs])).toEqual([
      ["one", 0],
      ["two", 200],
    ]);
    expect(heardText(report)).toBe("one two");
  });

  it("ignores what Twilio ignores, and shows it in the debugger once", async () => {
    const { report } = await call({ script: [{ pauseMs: 100 }] }, (app) => {
      app.raw("hello");
      app.raw(JSON.stringify({ event: "clear", streamSid: "CA1" }));
      app.raw(new Uint8Array(4));
      app.say("heard");
    });
    expect(report.violations.map(({ code }) => code)).toEqual([31951, 31951, 31950]);
    expect(report.debuggerEvents).toEqual([
      {
        code: 31951,
        level: "warning",
        message: "Stream - Protocol - Invalid message: not a JSON object",
        atMs: 0,
      },
      { code: 31950, level: "warning", message: "Stream - Protocol - Malformed message: a binary frame", atMs: 0 },
    ]);
    expect(report.messages).toHaveLength(1);
  });

  it("warns once when more than ten minutes wait", async () => {
    const { report } = await call({ script: [{ pauseMs: 100 }], record: false }, (app) => {
      const payload = Buffer.alloc(8 * 400_000, 0xff).toString("base64");
      for (let time = 0; time < 3; time += 1)
        app.raw(JSON.stringify({ event: "media", streamSid: app.streamSid, media: { payload } }));
    });
    expect(report.debuggerEvents.map(({ code, level }) => [code, level])).toEqual([[31931, "warning"]]);
  });

  it("speaks with words the recogniser can read, and interrupts to the frame", async () => {
    const script = [
      { say: "hello ji" },
      { interruptAfterMs: 300, say: "ruko" },
      { waitFor: "agent-speech" },
      { press: "1#" },
      { hangUp: true },
    ] as const;
    const { report, app } = await call({ script }, (app, at) => {
      at(500, () => app.say("a long answer with many words"));
      at(1_000, () => app.clear());
      at(2_000, () => app.say("what"));
    });
    expect(report.steps.map(({ startMs, endMs, speechStartMs }) => [startMs, endMs, speechStartMs])).toEqual([
      [0, 400, 0],
      [400, 1000, 800],
      [1000, 1000, undefined],
      [1000, 1400, undefined],
      [1400, 1400, undefined],
    ]);
    expect(of(app, "dtmf").map(({ atMs, message }) => [atMs, message.dtmf])).toEqual([
      [1000, { track: "inbound_track", digit: "1" }],
      [1200, { track: "inbound_track", digit: "#" }],
    ]);
    expect(heardWords({ heard: report.said }).map(({ text, startMs }) => [text, startMs])).toEqual([
      ["hello", 0],
      ["ji", 200],
      ["ruko", 800],
    ]);
    expect(heardText(report)).toBe("a long");
  });

  it("plays WAV files and noise, and mixes comfort noise between words", async () => {
    const wav = recordingOf({ said: mulawOf("from a file"), heard: new Uint8Array(0) });
    const script = [
      { sayWav: wav },
      { noise: "pink", ms: 200, levelDbfs: -20 },
      { noise: "brown", ms: 200, levelDbfs: -20 },
      { noise: "white", ms: 200, levelDbfs: -20 },
    ] as const;
    const { report } = await call({ script, comfortNoiseDbfs: -60 }, () => {});
    expect(heardText({ heard: report.said })).toBe("from a file");
    expect(report.durationMs).toBe(1_200);
  });

  it.each([
    ["the app closes", (app: App) => app.socket.close(1000), "agent-hangup", 1000, [31921]],
    ["the app closes without a code", (app: App) => app.socket.close(), "agent-hangup", 1005, [31921]],
    ["the app's socket breaks", (app: App) => app.socket.terminate(), "connection-lost", 1006, [31903]],
  ])("ends when %s", async (_, act, reason, closeCode, codes) => {
    const { report, app, clock } = await call({}, (app, at) => at(50, () => act(app)));
    expect(report.end).toEqual({ reason, closeCode, atMs: 50 });
    expect(report.debuggerEvents.map(({ code }) => code)).toEqual(codes);
    expect(app.closes).toEqual([closeCode]);
    expect(of(app, "stop")).toEqual([]);
    expect(clock.pendingTimers).toBe(0);
  });

  it("ends at the carrier's time limit", async () => {
    const { report, app } = await call({ timeLimitMs: 300 }, () => {});
    expect(report.end).toEqual({ reason: "time-limit", atMs: 300 });
    expect(of(app, "stop")).toHaveLength(1);
  });

  it("fails when a step is not done in time, unless the script goes on", async () => {
    const step = { waitFor: "agent-speech", timeoutMs: 200 } as const;
    const failure = await call({ script: [{ pauseMs: 20 }, step] }, () => {}).catch((error: unknown) => error);
    expect(String(failure)).toContain('step 2, {"waitFor":"agent-speech","timeoutMs":200}, was not done within 200 ms');
    expect((failure as { cause: { durationMs: number } }).cause.durationMs).toBe(220);
    const { report } = await call({ script: [{ ...step, onTimeout: "continue" }, { pauseMs: 20 }] }, () => {});
    expect(report.steps.map(({ timedOut }) => timedOut)).toEqual([true, false]);
  });

  it.each([
    [{ shout: "x" }, "Step 1 of the caller's script is none the caller knows"],
    [{ say: " " }, "says nothing"],
    [{ press: "12x" }, "presses what is no key"],
    [{ pauseMs: -1 }, "has a wrong pauseMs"],
    [{ say: "x", voice: "aunt" }, 'asks for the voice "aunt"'],
  ])("refuses the step %j before the call", async (step, message) => {
    await expect(call({ script: [step as never] }, () => {})).rejects.toThrow(message);
  });

  it("speaks with the voice a step names", async () => {
    const voices = { slow: scriptedTextToSpeech({ wordMs: 500 }) };
    const { report } = await call({ voices, script: [{ say: "one" }, { say: "two", voice: "slow" }] }, () => {});
    expect(report.durationMs).toBe(700);
  });
});

describe("a carrier that misbehaves", () => {
  const marks = (app: App) =>
    of(app, "mark").map(({ atMs, message }) => `${(message.mark as { name: string }).name}@${atMs}`);

  it.each([
    ["withholds", "withhold", ["b@400", "c@600"]],
    ["duplicates", "duplicate", ["a@200", "a@200", "b@400", "c@600"]],
    ["swaps", "swap", ["b@400", "a@400", "c@600"]],
    ["delays", { delayMs: 250 }, ["b@400", "a@450", "c@600"]],
  ] as const)("%s a mark", async (_, fate, expected) => {
    const faults = { mark: ({ index }: { index: number }) => (index === 0 ? fate : ("echo" as const)) };
    const { app } = await call({ faults, script: [{ pauseMs: 700 }] }, (app) => {
      for (const name of ["a", "b", "c"]) {
        app.say(name);
        app.mark(name);
      }
    });
    expect(marks(app)).toEqual(expected);
  });

  it.each([
    ["drops", "drop", ["1", "2", "4", "5"]],
    ["duplicates", "duplicate", ["1", "2", "3", "3", "4", "5"]],
    ["swaps", "swap", ["1", "2", "4", "3", "5"]],
  ] as const)("%s a frame", async (_, fate, expected) => {
    const faults = { media: ({ index }: { index: number }) => (index === 2 ? fate : ("send" as const)) };
    const { app } = await call({ faults, script: [{ pauseMs: 100 }] }, () => {});
    expect(of(app, "media").map(({ message }) => (message.media as { chunk: string }).chunk)).toEqual(expected);
  });

  it.each([
    ["sends stop twice", "duplicate", [100, 100]],
    ["sends no stop", "withhold", []],
    ["sends stop late", { delayMs: 70 }, [170]],
  ] as const)("%s", async (_, stop, expected) => {
    const { app, report } = await call({ faults: { stop }, script: [{ pauseMs: 100 }] }, () => {});
    expect(of(app, "stop").map(({ atMs }) => atMs)).toEqual(expected);
    expect([app.closes, report.durationMs]).toEqual([[1000], 100]);
  });

  it("takes nothing any more once the call is over", async () => {
    const { report } = await call({ faults: { stop: { delayMs: 70 } }, script: [{ pauseMs: 100 }] }, (app, at) => {
      app.say("one");
      at(120, () => app.say("late"));
      at(130, () => app.raw("wrong"));
    });
    expect([report.messages.length, report.violations, heardText(report)]).toEqual([1, [], ""]);
    expect(report.heard).toHaveLength(800);
  });

  it("breaks the connection", async () => {
    const { app, report } = await call({ faults: { killAtMs: 130 } }, () => {});
    expect(report.end).toEqual({ reason: "killed", atMs: 130 });
    expect([app.closes, of(app, "stop")]).toEqual([[1006], []]);
  });

  it("delivers in bursts, late, and with gaps", async () => {
    const times = async (pacing: ConnectedCallOptions["pacing"]) => {
      const { app } = await call({ pacing: pacing ?? {}, script: [{ pauseMs: 200 }] }, () => {});
      return of(app, "media").map(({ atMs }) => atMs);
    };
    expect(await times({ burstMs: 100 })).toEqual([100, 100, 100, 100, 100, 200, 200, 200, 200, 200]);
    expect(await times({ gaps: [{ atMs: 40, ms: 100 }] })).toEqual([20, 40, 160, 180, 200]);
    const late = await times({ jitterMs: 30 });
    expect(late).toEqual(late.toSorted((a, b) => a - b));
    expect(late).toEqual(await times({ jitterMs: 30 }));
    for (const [index, atMs] of late.entries()) {
      expect(atMs).toBeGreaterThanOrEqual(index * 20 + 20);
      expect(atMs).toBeLessThan(index * 20 + 20 + 60);
    }
  });

  it("takes its time on the network", async () => {
    const { report, app } = await call({ latencyMs: 40, script: [{ pauseMs: 500 }] }, (app) => {
      app.say("one");
      app.mark("one");
    });
    expect(of(app, "start")[0]?.atMs).toBe(40);
    expect(report.agentSpeech).toEqual([{ startMs: 80, endMs: 280 }]);
    expect(marks(app)).toEqual(["one@320"]);
  });
});
