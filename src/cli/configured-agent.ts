import { readFileSync } from "node:fs";
import { endCallTool, switchLanguageTool } from "../brain/index.js";
import { BolchaalError } from "../errors.js";
import type { ProviderNetwork } from "../net/network.js";
import { localTextToSpeech } from "../plugins/local/index.js";
import {
  DEFAULT_OPENAI_MODEL,
  openAiBrain,
  openAiRealtimeTranscription,
  openAiRealtimeVoice,
  openAiSpeech,
  openAiTranscription,
} from "../plugins/openai/index.js";
import { type AgentOptions, fallback } from "../session/index.js";
import type { Logger, SpeechToText } from "../spec/index.js";
import { embeddedAgent } from "./embedded-agent.js";

/** An agent for every call, who it is made of, and what ends the threads it shares among calls. */
export interface ConfiguredAgent {
  readonly agent: AgentOptions;
  /** Who hears, thinks and speaks, for people. */
  readonly madeOf: readonly string[];
  close(): Promise<void>;
}

/** Of {@link configuredAgent}. */
export interface ConfiguredAgentOptions {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly logger?: Logger;
  /** @default the machine's own network */
  readonly network?: ProviderNetwork;
}

/** Who the agent is, if nobody says. */
export const DEFAULT_INSTRUCTIONS =
  "You are Asha, the friendly receptionist of Suraj Solar, which puts solar panels on homes in India. Find out what the caller wants, in which city, and what their electricity bill is a month in rupees. Offer a free visit by an engineer, ask for a day, and say goodbye once all is settled. If you do not know something, say that a colleague will call back.";

/**
 * The agent that the environment asks for: OpenAI's where there is a key, with the embedded voice behind its voice; else
 * the embedded one.
 * @throws BolchaalError `invalid-option` when the file of instructions cannot be read.
 */
export function configuredAgent({ environment, logger, network }: ConfiguredAgentOptions): ConfiguredAgent {
  const read = (name: string) => environment[name]?.trim() || undefined;
  const apiKey = read("OPENAI_API_KEY");
  if (apiKey === undefined) {
    const embedded = embeddedAgent();
    return {
      ...embedded,
      madeOf: [
        "Hears, thinks and speaks: the embedded providers, as OPENAI_API_KEY is not set. They know a fixed set of phrases.",
      ],
    };
  }

  const baseUrl = read("OPENAI_BASE_URL");
  const [model, voice] = [read("BOLCHAAL_MODEL"), read("BOLCHAAL_VOICE")];
  const openAi = {
    apiKey,
    ...(baseUrl !== undefined && { baseUrl }),
    ...(network !== undefined && { network }),
    ...(logger !== undefined && { logger }),
  };
  const brain = openAiBrain({
    ...openAi,
    ...(model !== undefined && { model }),
    ...(network !== undefined && { clock: network.clock }),
    instructions: instructionsFrom(read("BOLCHAAL_INSTRUCTIONS")),
    tools: [endCallTool(), switchLanguageTool()],
  });
  const itself = baseUrl === undefined;
  const own = voice === undefined ? {} : { voice };
  const hearsLive = itself ? [openAiRealtimeTranscription(openAi)] : [];
  const recognisers: readonly SpeechToText[] = [...hearsLive, openAiTranscription(openAi)];
  const realtimeVoice = itself ? openAiRealtimeVoice({ ...openAi, ...own }) : undefined;
  const embeddedVoice = localTextToSpeech();
  const voices = [openAiSpeech({ ...openAi, ...own }), ...(realtimeVoice === undefined ? [] : [realtimeVoice])];
  const clock = network === undefined ? {} : { clock: network.clock };
  return {
    agent: {
      speechToText: fallback(recognisers, clock),
      brain,
      textToSpeech: fallback([...voices, embeddedVoice], clock),
      greeting: "brain",
    },
    madeOf: [
      `Hears:  OpenAI, ${recognisers.map(({ modelId }) => modelId).join(", then ")}`,
      `Thinks: OpenAI, ${model ?? DEFAULT_OPENAI_MODEL}${baseUrl === undefined ? "" : `, at ${baseUrl}`}`,
      `Speaks: OpenAI, ${voices.map(({ modelId }) => modelId).join(", then ")}, then the embedded voice`,
    ],
    async close() {
      realtimeVoice?.close();
      await embeddedVoice.close();
    },
  };
}

/** The text itself, or with `@` the file it stands in. */
function instructionsFrom(given: string | undefined): string {
  if (given === undefined) return DEFAULT_INSTRUCTIONS;
  if (!given.startsWith("@")) return given;
  const file = given.slice(1);
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    const message = `BOLCHAAL_INSTRUCTIONS names the file ${file}, which cannot be read. Give a file, or the text itself.`;
    throw new BolchaalError(message, { code: "invalid-option", component: "cli", cause });
  }
}
