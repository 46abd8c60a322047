import { describe, expect, it } from "vitest";
import type { MachineDetection, MachinePolicy } from "../../src/dialer/index.js";
import { VoiceSession } from "../../src/session/index.js";
import type { CallInfo, SpeechTransport } from "../../src/spec/index.js";
import { scriptedBrain } from "../../src/testing/index.js";
import { speakingCarrier } from "../session/carrier-speech/speaking-carrier.js";
import { dialing, TO, toldOf } from "./fake-account.js";

const VOICEMAIL = "Hello, you have reached the voicemail of Asha, please leave a message after the tone";
const SWITCHED_OFF = "The number you are calling is currently switched off";
const CALL: CallInfo = { callId: "CA1", direction: "outbound", parameters: {} };

/** A call that is picked up, with an agent on a line on which the carrier hears and speaks. Hanging up at Twilio ends the line. */
async function talking(machine: MachinePolicy, machineDetection: MachineDetection = "carrier") {
  const account = dialing();
  const { dialer, clock, tell, webhook, updated } = account;
  const carrier = speakingCarrier(clock);
  const transport: SpeechTransport = {
    ...carrier.transport,
    connect: (listener) =>
      carrier.transport.connect((event) => listener(event.type === "start" ? { ...event, call: CALL } : event)),
  };
  updated((_sid, { status }) => {
    carrier.end("caller-hangup");
    return Promise.resolve({ status: status ?? "completed" }) as never;
  });
  const call = dialer.call({
    to: TO,
    machine,
    machineDetection,
    agent: () => ({ brain: scriptedBrain(({ text }) => [`You said ${text}.`], { clock }), greeting: "Namaste!" }),
  });
  const told = toldOf(call);
  await clock.advance(0);
  tell("CA1", "ringing", 1);
  tell("CA1", "in-progress", 2);
  webhook("url", "CA1", {});
  const agent = await dialer.desk.agentFor(CALL, () => expect.unreachable());
  const session = new VoiceSession({ ...agent, transport, clock });
  dialer.desk.onSession(session, CALL);
  session.start();
  await clock.advance(0);
  const spoken = () => carrier.said.map(({ text }) => text).filter((text) => text !== "");
  const over = async () => {
    await session.closed;
    tell("CA1", "completed", 3, { CallDuration: "20" });
    await clock.advance(2000);
    return call.ended;
  };
  return {
    ...account,
    call,
    told,
    session,
    carrier,
    spoken,
    over,
    detect: (by: string) => webhook("asyncAmdStatusCallback", "CA1", { AnsweredBy: by }),
  };
}

describe("a conversation with a person", () => {
  it("is the call's, and tells how it ended", async () => {
    const { call, told, session, carrier, clock, detect, over } = await talking({ do: "hang-up" });
    expect(call.session).toBe(session);
    carrier.callerSays("who is it");
    detect("human");
    await clock.advance(3000);
    carrier.callerSays("okay, bye");
    await clock.advance(10_000);
    expect(await over()).toEqual({
      reason: "completed",
      callSid: "CA1",
      answeredBy: "human",
      callEndReason: "farewell",
      durationMs: 20_000,
      messageLeft: false,
    });
    expect(told).toEqual(["creating", "queued", "ringing", "in-progress", "answered by human", "ended completed"]);
  });

  it("shows that it is one, where the carrier does not listen", async () => {
    const { told, carrier, clock } = await talking({ do: "hang-up" }, "words");
    carrier.callerSays("haan ji boliye");
    await clock.advance(0);
    expect(told.at(-1)).toBe("answered by human");
  });

  it("shows nothing where nobody listens", async () => {
    const { told, carrier, clock } = await talking({ do: "hang-up" }, "none");
    carrier.callerSays("haan ji boliye");
    await clock.advance(0);
    expect(told.at(-1)).toBe("answered by unknown");
  });
});

describe("a machine that is hung up on", () => {
  it.each([
    ["in English", VOICEMAIL, "voicemail", "voicemail"],
    ["in Hindi", "कृपया बीप के बाद अपना संदेश छोड़ें", "voicemail", "voicemail"],
    ["by an announcement", SWITCHED_OFF, "announcement", "switched-off"],
    ["by one in Hindi", "जिस नंबर पर आप कॉल कर रहे हैं वह अभी व्यस्त है", "announcement", "busy"],
  ])("is known by its words: %s", async (_, words, callEndReason, announcement) => {
    const { carrier, clock, changes, over, told } = await talking({ do: "hang-up" });
    carrier.callerSays(words);
    await clock.advance(100);
    expect(changes.map(({ change }) => change)).toEqual([{ status: "completed" }]);
    expect(await over()).toMatchObject({ reason: "machine", answeredBy: "machine", callEndReason, announcement });
    expect(told.slice(-2)).toEqual(["answered by machine", "ended machine"]);
  });

  it("is known by the carrier", async () => {
    const { clock, changes, over, detect } = await talking({ do: "hang-up" });
    detect("machine_start");
    await clock.advance(0);
    expect(changes).toHaveLength(1);
    expect(await over()).toMatchObject({ reason: "machine", callEndReason: "agent-end" });
  });
});

describe("a machine with which a message is left", () => {
  const machine = { do: "leave-message", message: { en: "Please call us back.", hi: "कृपया हमें फ़ोन कीजिए।" } } as const;

  it("hears it behind the beep that the carrier heard, whole, and then the call ends", async () => {
    const { carrier, clock, detect, spoken, over } = await talking(machine);
    await clock.advance(3000);
    carrier.callerSays(VOICEMAIL);
    await clock.advance(2000);
    detect("machine_end_beep");
    await clock.advance(30_000);
    expect(spoken().at(-1)).toBe("Please call us back.");
    expect(await over()).toMatchObject({ reason: "machine", messageLeft: true, callEndReason: "agent-end" });
  });

  it("hears it in its language", async () => {
    const { carrier, clock, spoken, over } = await talking(machine, "words");
    carrier.callerSays("नमस्ते, मैं अभी फ़ोन नहीं उठा सकती, कृपया बीप के बाद अपना संदेश छोड़ें");
    await clock.advance(30_000);
    expect(spoken().at(-1)).toBe("कृपया हमें फ़ोन कीजिए।");
    expect((await over()).messageLeft).toBe(true);
  });

  it("does not hear what the agent would say to its greeting", async () => {
    const { carrier, clock, spoken, over, session } = await talking(machine, "words");
    const heard: string[] = [];
    session.on("reply", ({ heardText }) => heard.push(heardText));
    await clock.advance(1000);
    carrier.callerSays(VOICEMAIL);
    await clock.advance(30_000);
    await over();
    expect(spoken().at(-1)).toBe("Please call us back.");
    // An answer in the making is cut with its first sound.
    expect(heard.filter((text) => text !== "")).toEqual(["Namaste!", "Please call us back."]);
  });

  it("hears none if the line breaks before its end", async () => {
    const { carrier, clock, detect, over } = await talking(machine);
    await clock.advance(3000);
    detect("machine_end_beep");
    await clock.advance(300);
    carrier.end("caller-hangup");
    await clock.advance(100);
    expect(await over()).toMatchObject({ reason: "machine", messageLeft: false });
  });

  it("hears none if nobody will ever listen to it", async () => {
    const { carrier, clock, spoken, over } = await talking(machine);
    carrier.callerSays(SWITCHED_OFF);
    await clock.advance(100);
    expect(await over()).toMatchObject({ reason: "machine", messageLeft: false, announcement: "switched-off" });
    expect(spoken()).not.toContain("Please call us back.");
  });
});

describe("a machine that is talked to", () => {
  it("is answered, and ends nothing", async () => {
    const { carrier, clock, detect, spoken, session, changes } = await talking({ do: "carry-on" });
    detect("machine_start");
    await clock.advance(2000);
    carrier.callerSays(VOICEMAIL);
    await clock.advance(2000);
    expect(spoken().join(" ")).toMatch(/You said Hello, you have reached the voicemail .* after the tone\.$/);
    expect([changes.length, session.conversation.ending]).toEqual([0, undefined]);
  });
});

describe("a conversation that ends in cancelling", () => {
  it("says nothing more", async () => {
    const { call, clock, over, changes } = await talking({ do: "hang-up" });
    await clock.advance(200);
    void call.cancel();
    await clock.advance(0);
    expect(changes.map(({ change }) => change.status)).toEqual(["completed"]);
    expect(await over()).toMatchObject({ reason: "canceled", callEndReason: "agent-end" });
  });
});
