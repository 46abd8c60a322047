import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { twilioMediaStream } from "../../src/plugins/twilio/index.js";
import { VoiceSession } from "../../src/session/index.js";
import {
  type CallerScript,
  connectSimulatedCall,
  createVirtualClock,
  heardText,
  heardWords,
  memoryLogger,
  scriptedBrain,
  scriptedSpeechToText,
  scriptedTextToSpeech,
  scriptedVoiceActivityDetector,
} from "../../src/testing/index.js";
import { wholeCall as call } from "./whole-call.js";

const TALK: CallerScript = [{ pauseMs: 300 }, { say: "one two three" }, { waitFor: "agent-silence" }, { hangUp: true }];

describe("a call", () => {
  it("asks the brain for the greeting when told so", async () => {
    const brain = scriptedBrain(({ kind }) => (kind === "greeting" ? "welcome" : "fine"));
    const { report } = await call([{ waitFor: "agent-silence" }, { hangUp: true }], { brain, greeting: "brain" });
    expect(heardText(report)).toBe("welcome");
  });

  it("measures each part of a turn exactly", async () => {
    const turnDetector = { specVersion: "v1", name: "fixed", silenceMs: () => 500 } as const;
    const { of } = await call(TALK, { turnDetector, turns: { speculativeStart: false } });
    expect(of("metrics")).toMatchObject([{ turnId: 1, endpointMs: 500, brainMs: 100, voiceMs: 80, totalMs: 680 }]);
    const ahead = await call(TALK, { turnDetector });
    expect(ahead.of("metrics")).toMatchObject([{ turnId: 1, endpointMs: 500, brainMs: 0, voiceMs: 0, totalMs: 500 }]);
  });

  it("numbers its events without gaps, and ends with call-end", async () => {
    const { events } = await call(TALK);
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
    expect(events[0]?.type).toBe("call-start");
    expect(events.at(-1)).toMatchObject({ type: "call-end", reason: "caller-hangup" });
  });

  it("goes on when a listener throws", async () => {
    const clock = createVirtualClock();
    const logger = memoryLogger();
    const promise = connectSimulatedCall({
      clock,
      script: TALK,
      accept(socket) {
        const session = new VoiceSession({
          transport: twilioMediaStream(socket, { clock }),
          speechToText: scriptedSpeechToText({ clock }),
          brain: () => "all is well",
          textToSpeech: scriptedTextToSpeech({ clock }),
          voiceActivityDetector: scriptedVoiceActivityDetector(),
          clock,
          logger,
        });
        session.on("turn-end", () => {
          throw new Error("a bad listener");
        });
        session.start();
      },
    });
    expect(heardText(await clock.runUntilSettled(promise))).toBe("all is well");
    expect(logger.lines.filter(({ level }) => level === "error")).toHaveLength(1);
  });

  it("keeps what the caller says while speech-to-text is still opening", async () => {
    const clockless = scriptedSpeechToText();
    const { of } = await call(TALK, {
      speechToText: {
        ...clockless,
        async doListen(options) {
          for (let turn = 0; turn < 50; turn += 1) await new Promise((resolve) => setImmediate(resolve));
          return clockless.doListen(options);
        },
      },
    });
    expect(of("transcript")).toMatchObject([{ text: "one two three" }]);
  });
});

describe("an interruption", () => {
  it("aborts the brain and the voice that are still at work, and nothing of them is heard any more", async () => {
    const aborted: string[] = [];
    const note = (name: string, signal: AbortSignal) => signal.addEventListener("abort", () => aborted.push(name));
    const clock = createVirtualClock();
    const slowBrain = scriptedBrain(
      ({ turnId }) => (turnId === 1 ? ["first piece here. ", { waitMs: 4000 }, "second piece here. "] : "fine"),
      { clock },
    );
    const slowVoice = scriptedTextToSpeech({ clock, betweenChunksMs: 600 });
    const session = (socket: Parameters<typeof twilioMediaStream>[0]) =>
      new VoiceSession({
        transport: twilioMediaStream(socket, { clock }),
        speechToText: scriptedSpeechToText({ clock }),
        brain: {
          ...slowBrain,
          doReply(turn, options) {
            if (turn.turnId === 1) note("brain", options.signal);
            return slowBrain.doReply(turn, options);
          },
        },
        textToSpeech: {
          ...slowVoice,
          doSpeak(request) {
            if (request.text.includes("piece")) note("voice", request.signal);
            return slowVoice.doSpeak(request);
          },
        },
        voiceActivityDetector: scriptedVoiceActivityDetector(),
        interruption: { policy: "immediate" },
        lines: { fillers: [] },
        clock,
      });
    const script: CallerScript = [
      { pauseMs: 300 },
      { say: "one two three" },
      { interruptAfterMs: 300, say: "no stop" },
      { waitFor: "agent-silence" },
      { pauseMs: 6000 },
      { hangUp: true },
    ];
    const promise = connectSimulatedCall({ clock, script, accept: (socket) => session(socket).start() });
    expect(heardText(await clock.runUntilSettled(promise))).toMatch(/^first (piece )?fine$/);
    expect(aborted).toEqual(["brain", "voice"]);
  });
});

describe("when a part fails", () => {
  const apology = "Sorry, could you say that once more?";

  it.each([
    ["throws", () => scriptedBrain([[{ error: new Error("no model") }]])],
    ["stalls", () => scriptedBrain([[{ stall: true }]])],
    ["says nothing", () => scriptedBrain([[]])],
  ] as const)("a brain that %s: the caller hears an apology within the bound, and can go on", async (_, brain) => {
    const script: CallerScript = [
      { pauseMs: 300 },
      { say: "one two three" },
      { waitFor: "agent-silence" },
      { hangUp: true },
    ];
    const { report, of } = await call(script, {
      brain: brain(),
      limits: { firstSoundMs: 3000 },
      lines: { fillers: [] },
    });
    expect(heardText(report)).toBe(apology);
    expect(of("reply").map(({ kind, outcome }) => [kind, outcome])).toEqual([
      ["answer", "failed"],
      ["line", "played"],
    ]);
    expect(of("call-end")).toMatchObject([{ reason: "caller-hangup" }]);
  });

  it("a voice that says one piece and fails at the next: the first is heard, the error told, the call goes on", async () => {
    const textToSpeech = scriptedTextToSpeech({
      fault: (_, count) => (count === 2 ? { error: new Error("no voice") } : undefined),
    });
    const { report, of } = await call(TALK, { textToSpeech, brain: () => "first piece. second piece. third piece." });
    expect(heardText(report)).toBe("first piece. third piece.");
    expect(of("error")).toMatchObject([{ component: "text-to-speech", code: "provider-failed" }]);
  });

  it("a voice that never speaks ends the call instead of leaving it silent", async () => {
    const textToSpeech = scriptedTextToSpeech({ fault: () => ({ stall: true }) });
    const { of, report } = await call([{ pauseMs: 300 }, { say: "one two three" }, { waitForEnd: true }], {
      textToSpeech,
      limits: { firstSoundMs: 2000 },
    });
    expect(of("call-end")).toMatchObject([{ reason: "error" }]);
    expect(report.end.reason).toBe("agent-hangup");
  });

  it("speech-to-text that breaks ends the call with a sentence", async () => {
    const speechToText = scriptedSpeechToText({ utterances: [{ error: new Error("gone") }] });
    const { report, of } = await call([{ pauseMs: 300 }, { say: "one two" }, { waitForEnd: true }], { speechToText });
    expect(heardText(report)).toMatch(/technical problem/);
    expect(of("error")).toMatchObject([{ component: "speech-to-text" }]);
    expect(of("call-end")).toMatchObject([{ reason: "error" }]);
  });
});

describe("a plug-in that throws at the caller's sound", () => {
  it("ends its own call with a sentence", async () => {
    const good = scriptedVoiceActivityDetector();
    let frames = 0;
    const voiceActivityDetector = {
      ...good,
      doDetect: () => ({
        probability: 0,
        reset() {},
        process() {
          frames += 1;
          if (frames > 20) throw new Error("broken detector");
          return false;
        },
      }),
    };
    const { report, of } = await call([{ waitForEnd: true }], { voiceActivityDetector });
    expect(heardText(report)).toMatch(/technical problem/);
    expect(of("error")).toHaveLength(1);
    expect(of("call-end")).toMatchObject([{ reason: "error" }]);
    expect(frames).toBe(21);
  });
});

describe("options", () => {
  it("are checked, each fault named", () => {
    const wrong = { transport: {}, brain: 3, language: "fr", silence: { prompt: 1 }, colour: "red" };
    const make = () => new VoiceSession(wrong as unknown as ConstructorParameters<typeof VoiceSession>[0]);
    for (const fault of ["colour", "speechToText", "textToSpeech", "brain", "language", "silence", "transport"])
      expect(make).toThrow(
        expect.objectContaining({ code: "invalid-option", message: expect.stringContaining(fault) }),
      );
  });
});

describe("over random timings, with a carrier that withholds, doubles and reorders marks", () => {
  const fate = fc.constantFrom("echo" as const, "withhold" as const, "duplicate" as const, "swap" as const, {
    delayMs: 300,
  });

  it("no audio of a cleared reply follows its clear, and what is told as heard is what was heard, up to a word", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 150, max: 2500 }),
        fc.integer({ min: 0, max: 120 }),
        fc.array(fate, { minLength: 1, maxLength: 6 }),
        async (interruptAfterMs, latencyMs, fates) => {
          const script: CallerScript = [
            { pauseMs: 200 },
            { say: "one two" },
            { interruptAfterMs, say: "three four five" },
            { waitFor: "agent-silence" },
            { hangUp: true },
          ];
          const faults = { mark: ({ index }: { readonly index: number }) => fates[index % fates.length] ?? "echo" };
          const { report, of, clock } = await call(script, {}, { latencyMs, faults });
          const cleared = of("barge-in");
          expect(cleared.length).toBeLessThanOrEqual(1);
          // A reply here is one request to the voice, whose number its words carry.
          const replies = of("reply").filter(({ outcome }) => outcome !== "dropped");
          const words = heardWords(report).filter(({ heardMs, durationMs }) => heardMs > durationMs / 2);
          // Nothing of a reply is heard once the next one has begun.
          expect(words.map(({ utterance }) => utterance)).toEqual(
            words.map(({ utterance }) => utterance).sort((a, b) => a - b),
          );
          const requests = [...new Set(words.map(({ utterance }) => utterance))];
          replies.forEach(({ heardText: told }, index) => {
            // A word that was cut when the agent stood still is said again.
            const heard = words
              .filter(({ utterance }) => utterance === requests[index])
              .map(({ text }) => text)
              .filter((text, at, all) => text !== all[at - 1]);
            const difference = Math.abs(heard.length - told.split(" ").filter((word) => word !== "").length);
            expect(difference, `heard "${heard.join(" ")}", told "${told}"`).toBeLessThanOrEqual(1);
          });
          for (const { turnId, generation } of cleared) {
            const stoppedSeq = cleared.find((event) => event.generation === generation)?.seq ?? 0;
            expect(
              of("tts-chunk").filter((event) => event.generation === generation && event.seq > stoppedSeq),
              `turn ${turnId}`,
            ).toEqual([]);
          }
          expect(clock.pendingTimers).toBe(0);
        },
      ),
      { numRuns: 60 },
    );
  });
});
