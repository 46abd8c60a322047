import { describe, expect, it } from "vitest";
import { configuredAgent, DEFAULT_INSTRUCTIONS, filledIn } from "../../src/cli/configured-agent.js";
import {
  createOpenAiRealtimeSimulator,
  createOpenAiSimulator,
  heardText,
  memoryLogger,
  type OpenAiSimulator,
} from "../../src/testing/index.js";
import { loadPackages } from "../faults/subjects.js";
import { wholeCall } from "../session/whole-call.js";

describe("the agent that the environment asks for", () => {
  it("is the embedded one without a key, and says so", async () => {
    const { agent, madeOf, close } = configuredAgent({ environment: { OPENAI_API_KEY: " " } });
    expect(agent.speechToText.name).toBe("local");
    expect(madeOf.join()).toContain("OPENAI_API_KEY is not set");
    await close();
  });

  it("is OpenAI's with a key, by configuration alone: it holds a call", async () => {
    await loadPackages();
    let simulator: OpenAiSimulator | undefined;
    let close = async () => {};
    const logger = memoryLogger();
    const { report, of } = await wholeCall(
      [{ waitFor: "agent-silence" }, { say: "what does it cost" }, { waitFor: "agent-silence" }, { hangUp: true }],
      {},
      {},
      (clock) => {
        simulator = createOpenAiSimulator({
          apiKey: "a-key",
          script: ({ body }) => ({
            text: [JSON.stringify(body.input).includes("cost") ? "It is free." : "Namaste, this is Asha."],
          }),
        });
        const environment = {
          OPENAI_API_KEY: "a-key",
          BOLCHAAL_MODEL: "gpt-6-sol",
          BOLCHAAL_VOICE: "cedar",
          BOLCHAAL_INSTRUCTIONS: "You are Asha of a hotel.",
        };
        const { connect } = createOpenAiRealtimeSimulator({ apiKey: "a-key" }).network(clock);
        const network = { ...simulator.network(clock), connect };
        const configured = configuredAgent({ environment, network, logger });
        expect(configured.madeOf).toEqual([
          "Hears:  OpenAI, gpt-live-transcribe, then gpt-transcribe",
          "Thinks: OpenAI, gpt-6-sol",
          "Speaks: OpenAI, gpt-4o-mini-tts, then gpt-realtime-2.1-mini, then the embedded voice",
        ]);
        ({ close } = configured);
        return configured.agent;
      },
    );
    await close();
    expect(heardText(report)).toBe("Namaste, this is Asha. It is free.");
    expect(of("call-end")).toMatchObject([{ reason: "caller-hangup" }]);
    const bodies = simulator?.requests.map(({ body }) => body) ?? [];
    expect(bodies.find(({ instructions }) => instructions !== undefined)).toMatchObject({
      model: "gpt-6-sol",
      instructions: expect.stringContaining("You are Asha of a hotel."),
    });
    expect(bodies.find(({ voice }) => voice !== undefined)).toMatchObject({ voice: "cedar" });
    // Until 6 January 2027 the voice lives; that is told once.
    expect(logger.lines.filter(({ level }) => level === "warn").map(({ message }) => message)).toEqual([
      expect.stringContaining("2027-01-06"),
    ]);
  });

  it("wants a voice along with a key of ElevenLabs', which has none of its own", () => {
    const environment = { OPENAI_API_KEY: "k", ELEVENLABS_API_KEY: "e" };
    expect(() => configuredAgent({ environment })).toThrow(/ELEVENLABS_VOICE is not/);
  });

  it.each([
    ["Remind {{name}} of {{ visit.time }}.", "Remind Ravi of five."],
    ["{{nobody}}{{toString}}Hello {name}", "Hello {name}"],
    ["", ""],
  ])("fills in what is known of a call: %j", (text, filled) => {
    expect(filledIn(text, { name: "Ravi", "visit.time": "five" })).toBe(filled);
  });

  it("reads its instructions from a file, and says which one it cannot read", async () => {
    const environment = { OPENAI_API_KEY: "k", BOLCHAAL_INSTRUCTIONS: "@/no/such/file.txt" };
    expect(() => configuredAgent({ environment })).toThrow(/\/no\/such\/file\.txt, which cannot be read/);
    const { close } = configuredAgent({
      environment: { ...environment, BOLCHAAL_INSTRUCTIONS: `@${import.meta.filename}` },
    });
    await close();
    expect(DEFAULT_INSTRUCTIONS).toContain("Asha");
  });
});
