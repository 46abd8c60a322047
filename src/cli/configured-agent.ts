import { readFileSync } from "node:fs";
import { endCallTool, switchLanguageTool } from "../brain/index.js";
import { BolchaalError } from "../errors.js";
import type { ProviderNetwork } from "../net/network.js";
import { deepgramSpeechToText } from "../plugins/deepgram/index.js";
import { elevenLabsTextToSpeech } from "../plugins/elevenlabs/index.js";
import { localTextToSpeech } from "../plugins/local/index.js";
import {
  DEFAULT_OPENAI_MODEL,
  openAiBrain,
  openAiRealtimeTranscription,
  openAiRealtimeVoice,
  openAiSpeech,
  openAiTranscription,
} from "../plugins/openai/index.js";
import { sarvamSpeechToText, sarvamTextToSpeech } from "../plugins/sarvam/index.js";
import { type AgentOptions, fallback } from "../session/index.js";
import type { Brain, Logger, SpeechToText, TextToSpeech } from "../spec/index.js";
import { embeddedAgent } from "./embedded-agent.js";
import { type Environment, read } from "./settings.js";

/** Each provider that an agent is made of, the first choice first. */
export interface AgentParts {
  readonly ears: readonly SpeechToText[];
  readonly brains: readonly Brain[];
  readonly voices: readonly TextToSpeech[];
}

/** An agent for every call, who it is made of, and what ends the threads it shares among calls. */
export interface ConfiguredAgent {
  readonly agent: AgentOptions;
  /** Who hears, thinks and speaks, for people. */
  readonly madeOf: readonly string[];
  readonly parts: AgentParts;
  close(): Promise<void>;
}

/** Of {@link configuredAgent}. */
export interface ConfiguredAgentOptions {
  readonly environment: Environment;
  /** Who the agent is: the text, or `@` and a file. @default the environment's BOLCHAAL_INSTRUCTIONS */
  readonly instructions?: string;
  readonly logger?: Logger;
  /** @default the machine's own network */
  readonly network?: ProviderNetwork;
}

/** Who the agent is, if nobody says. */
export const DEFAULT_INSTRUCTIONS =
  "You are Asha, the friendly receptionist of Suraj Solar, which puts solar panels on homes in India. Find out what the caller wants, in which city, and what their electricity bill is a month in rupees. Offer a free visit by an engineer, ask for a day, and say goodbye once all is settled. If you do not know something, say that a colleague will call back.";

/**
 * The agent that the environment asks for. Where there is a key of OpenAI's, OpenAI thinks; Sarvam, Deepgram and
 * ElevenLabs hear and speak where there are keys of theirs, with OpenAI behind them, and the embedded voice last. Without
 * a key of OpenAI's it is the embedded agent.
 * @throws BolchaalError `invalid-option` when the file of instructions cannot be read, or a key lacks what goes with it.
 */
export function configuredAgent(options: ConfiguredAgentOptions): ConfiguredAgent {
  const apiKey = read(options.environment, "OPENAI_API_KEY");
  return apiKey === undefined ? agentWithoutKey() : agentOf(apiKey, options);
}

function agentWithoutKey(): ConfiguredAgent {
  const { agent, close } = embeddedAgent();
  const { speechToText, brain, textToSpeech } = agent;
  return {
    agent,
    parts: { ears: [speechToText], brains: typeof brain === "function" ? [] : [brain], voices: [textToSpeech] },
    madeOf: [
      "Hears, thinks and speaks: the embedded providers, as OPENAI_API_KEY is not set. They know a fixed set of phrases.",
    ],
    close,
  };
}

function agentOf(
  apiKey: string,
  { environment, network, logger, instructions }: ConfiguredAgentOptions,
): ConfiguredAgent {
  const baseUrl = read(environment, "OPENAI_BASE_URL");
  const [model, voice] = [read(environment, "BOLCHAAL_MODEL"), read(environment, "BOLCHAAL_VOICE")];
  const isOpenAiItself = baseUrl === undefined;
  const openAi = {
    apiKey,
    ...(baseUrl !== undefined && { baseUrl }),
    ...(network !== undefined && { network }),
    ...(logger !== undefined && { logger }),
  };
  const told = instructionsFrom(instructions ?? read(environment, "BOLCHAAL_INSTRUCTIONS"));
  const brain = openAiBrain({
    ...openAi,
    ...(model !== undefined && { model }),
    ...(network !== undefined && { clock: network.clock }),
    instructions: ({ call }) => filledIn(told, call.parameters),
    tools: [endCallTool(), switchLanguageTool()],
  });
  const ears: readonly SpeechToText[] = [
    ...otherEars(environment, network),
    ...(isOpenAiItself ? [openAiRealtimeTranscription(openAi)] : []),
    openAiTranscription(openAi),
  ];
  const own = voice === undefined ? {} : { voice };
  const realtimeVoice = isOpenAiItself ? openAiRealtimeVoice({ ...openAi, ...own }) : undefined;
  const embeddedVoice = localTextToSpeech();
  const voices: readonly TextToSpeech[] = [
    ...otherVoices(environment, network),
    openAiSpeech({ ...openAi, ...own }),
    ...(realtimeVoice === undefined ? [] : [realtimeVoice]),
  ];
  const clock = network === undefined ? {} : { clock: network.clock };
  return {
    agent: {
      speechToText: fallback(ears, clock),
      brain,
      textToSpeech: fallback([...voices, embeddedVoice], clock),
      greeting: "brain",
    },
    parts: { ears, brains: [brain], voices: [...voices, embeddedVoice] },
    madeOf: [
      `Hears:  ${inOrder(ears)}`,
      `Thinks: OpenAI, ${model ?? DEFAULT_OPENAI_MODEL}${isOpenAiItself ? "" : `, at ${baseUrl}`}`,
      `Speaks: ${inOrder(voices)}, then the embedded voice`,
    ],
    async close() {
      realtimeVoice?.close();
      await embeddedVoice.close();
    },
  };
}

type Network = ProviderNetwork | undefined;

/** Whoever sets a key wants it used: these come before OpenAI's. */
function otherEars(environment: Environment, network: Network): SpeechToText[] {
  const [sarvam, deepgram] = [read(environment, "SARVAM_API_KEY"), read(environment, "DEEPGRAM_API_KEY")];
  const over = network === undefined ? {} : { network };
  return [
    ...(sarvam === undefined ? [] : [sarvamSpeechToText({ apiKey: sarvam, ...over })]),
    ...(deepgram === undefined ? [] : [deepgramSpeechToText({ apiKey: deepgram, ...over })]),
  ];
}

function otherVoices(environment: Environment, network: Network): TextToSpeech[] {
  const [elevenLabs, sarvam] = [read(environment, "ELEVENLABS_API_KEY"), read(environment, "SARVAM_API_KEY")];
  const over = network === undefined ? {} : { network };
  const voices: TextToSpeech[] = [];
  if (elevenLabs !== undefined) {
    const voice = read(environment, "ELEVENLABS_VOICE");
    if (voice === undefined) throw wrong("ELEVENLABS_API_KEY is set, and ELEVENLABS_VOICE is not. Give a voice's id.");
    voices.push(elevenLabsTextToSpeech({ apiKey: elevenLabs, voice, ...over }));
  }
  if (sarvam !== undefined) voices.push(sarvamTextToSpeech({ apiKey: sarvam, ...over }));
  return voices;
}

const TITLES: Readonly<Record<string, string>> = {
  openai: "OpenAI",
  deepgram: "Deepgram",
  sarvam: "Sarvam",
  elevenlabs: "ElevenLabs",
};

/** "OpenAI, gpt-live-transcribe, then gpt-transcribe": a maker is named once. */
function inOrder(providers: readonly { readonly name: string; readonly modelId?: string }[]): string {
  const words = providers.map(({ name, modelId }, at) => {
    const title = providers[at - 1]?.name === name ? undefined : (TITLES[name] ?? name);
    return [title, modelId].filter((word) => word !== undefined).join(", ");
  });
  return words.join(", then ");
}

/** What stands in double braces is the call's parameter of that name; one that the call does not have is left out. */
export function filledIn(text: string, parameters: Readonly<Record<string, string>>): string {
  return text.replace(/\{\{\s*([\w.-]+)\s*\}\}/gu, (_whole, name: string) =>
    Object.hasOwn(parameters, name) ? (parameters[name] ?? "") : "",
  );
}

/** The text itself, or with `@` the file it stands in. */
function instructionsFrom(given: string | undefined): string {
  if (given === undefined) return DEFAULT_INSTRUCTIONS;
  if (!given.startsWith("@")) return given;
  const file = given.slice(1);
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    throw wrong(
      `The instructions are to be in the file ${file}, which cannot be read. Give a file, or the text itself.`,
      cause,
    );
  }
}

function wrong(message: string, cause?: unknown): BolchaalError {
  return new BolchaalError(message, { code: "invalid-option", component: "cli", cause });
}
