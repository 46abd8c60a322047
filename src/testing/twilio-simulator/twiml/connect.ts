import type { XmlElement } from "../xml.js";
import { attributesOf, given, parametersOf, refused, socketUrl, textOf } from "./attributes.js";
import { LANGUAGE } from "./prompt.js";
import type { ConnectStreamVerb, ConversationRelayVerb } from "./verbs.js";

/** `<Connect>`, which holds one conversation. */
export function connectOf(element: XmlElement): ConnectStreamVerb | ConversationRelayVerb {
  const attributes = attributesOf(element, ["action", "method"]);
  const after = given({ action: attributes.text("action"), method: attributes.method() });
  const [noun, ...others] = element.children;
  if (others.length === 0 && noun?.name === "Stream") return { ...streamOf(noun), ...after };
  if (others.length === 0 && noun?.name === "ConversationRelay") return { ...relayOf(noun), ...after };
  throw refused("<Connect> does not hold exactly one <Stream> or <ConversationRelay>", 12200);
}

function streamOf(stream: XmlElement): ConnectStreamVerb {
  const known = ["url", "name", "track", "statusCallback", "statusCallbackMethod"];
  const attributes = attributesOf(stream, known);
  const track = attributes.text("track") ?? "inbound_track";
  if (track !== "inbound_track")
    throw refused(`The track of a <Connect><Stream> is ${track}, not inbound_track`, 31941);
  const statusCallback = attributes.text("statusCallback");
  if (statusCallback !== undefined && !URL.canParse(statusCallback))
    throw refused(`The statusCallback ${statusCallback} of a <Stream> is not absolute`, 12200);
  return {
    verb: "Connect",
    // The query is not part of what Twilio connects to.
    url: socketUrl("stream", attributes.text("url")).replace(/[?#].*$/s, ""),
    parameters: parametersOf(stream),
    ...given({
      name: attributes.text("name"),
      statusCallback,
      statusCallbackMethod: attributes.method("statusCallbackMethod"),
    }),
  };
}

const RELAY_ATTRIBUTES = [
  "url",
  "welcomeGreeting",
  "welcomeGreetingInterruptible",
  "language",
  "ttsLanguage",
  "transcriptionLanguage",
  "ttsProvider",
  "voice",
  "transcriptionProvider",
  "speechModel",
  "interruptible",
  "interruptSensitivity",
  "dtmfDetection",
  "reportInputDuringAgentSpeech",
  "preemptible",
  "hints",
  "debug",
  "elevenlabsTextNormalization",
  "intelligenceService",
  "events",
  "partialPrompts",
  "profanityFilter",
  // Twilio's own client writes these without capitals.
  ...["ignoreBackchannel", "ignorebackchannel", "speechTimeout", "speechtimeout", "eotThreshold", "eotthreshold"],
  ...["deepgramSmartFormat", "deepgramsmartformat", "backgroundnoisereduction"],
];

function relayOf(relay: XmlElement): ConversationRelayVerb {
  const attributes = attributesOf(relay, RELAY_ATTRIBUTES);
  const ttsProvider = attributes.oneOf("ttsProvider", PROVIDERS.tts) ?? "ElevenLabs";
  const transcriptionProvider = attributes.oneOf("transcriptionProvider", PROVIDERS.transcription) ?? "Deepgram";
  const language = attributes.matching("language", LANGUAGE) ?? "en-US";
  const ttsLanguage = attributes.matching("ttsLanguage", LANGUAGE);
  const transcriptionLanguage = attributes.matching("transcriptionLanguage", LANGUAGE);
  const speechModel = attributes.text("speechModel");
  const mismatch =
    transcriptionMismatch(transcriptionProvider, speechModel, transcriptionLanguage ?? language) ??
    ttsMismatch(ttsProvider, ttsLanguage ?? language);
  const speechTimeout =
    attributes.matching("speechTimeout", SPEECH_TIMEOUT) ?? attributes.matching("speechtimeout", SPEECH_TIMEOUT);
  return {
    verb: "ConversationRelay",
    url: socketUrl("relay", attributes.text("url")),
    parameters: parametersOf(relay, "Language"),
    languages: languagesOf(relay.children.filter(({ name }) => name === "Language")),
    welcomeGreetingInterruptible: attributes.interruptible("welcomeGreetingInterruptible") ?? "any",
    interruptible: attributes.interruptible("interruptible") ?? "any",
    interruptSensitivity: attributes.oneOf("interruptSensitivity", ["low", "medium", "high"]) ?? "high",
    reportInputDuringAgentSpeech: attributes.interruptible("reportInputDuringAgentSpeech") ?? "none",
    preemptible: attributes.flag("preemptible") ?? false,
    dtmfDetection: attributes.flag("dtmfDetection") ?? false,
    partialPrompts: attributes.flag("partialPrompts") ?? false,
    language,
    speechTimeoutMs: speechTimeout === undefined || speechTimeout === "auto" ? "auto" : Number(speechTimeout),
    tells: `${attributes.text("debug") ?? ""} ${attributes.text("events") ?? ""}`.split(/\s+/).filter(Boolean),
    ...given({
      welcomeGreeting: attributes.text("welcomeGreeting"),
      ttsLanguage,
      transcriptionLanguage,
      mismatch,
      voice: attributes.text("voice"),
    }),
  };
}

const PROVIDERS = { tts: ["ElevenLabs", "Google", "Amazon"], transcription: ["Deepgram", "Google"] } as const;

/** Each provider has models of its own, and only some of them hear several languages at once. */
function transcriptionMismatch(provider: string, model: string | undefined, language: string): string | undefined {
  const isDeepgrams = model?.startsWith("nova-") ?? provider === "Deepgram";
  if (isDeepgrams !== (provider === "Deepgram")) return `${provider} has no speechModel ${model}`;
  return language === "multi" && !isDeepgrams ? `${provider} cannot transcribe multi` : undefined;
}

function ttsMismatch(provider: string, language: string): string | undefined {
  return language === "multi" && provider !== "ElevenLabs" ? `${provider} cannot speak multi` : undefined;
}

/** From 600 to 5000 ms. */
const SPEECH_TIMEOUT = /^(?:auto|[6-9]\d\d|[1-4]\d{3}|5000)$/;

function languagesOf(elements: readonly XmlElement[]): Record<string, { voice?: string }> {
  const known = ["code", "ttsProvider", "voice", "transcriptionProvider", "speechModel"];
  const languages: Record<string, { voice?: string }> = {};
  for (const element of elements) {
    textOf(element);
    const attributes = attributesOf(element, known);
    attributes.oneOf("ttsProvider", PROVIDERS.tts);
    attributes.oneOf("transcriptionProvider", PROVIDERS.transcription);
    const code = attributes.matching("code", LANGUAGE);
    if (code === undefined) throw refused("A <Language> lacks its code", 12200);
    languages[code] = given({ voice: attributes.text("voice") });
  }
  return languages;
}
