import { demoLeadFlow, flowBrain, flowPhrases, localSpeechToText, localTextToSpeech } from "../plugins/local/index.js";
import type { AgentOptions } from "../session/index.js";

/** An agent for every call, and what ends the threads it shares among them. */
export interface EmbeddedAgent {
  readonly agent: AgentOptions;
  close(): Promise<void>;
}

/** Asha of Suraj Solar on the embedded providers: no key, no server. */
export function embeddedAgent(): EmbeddedAgent {
  const speechToText = localSpeechToText({ phrases: flowPhrases(demoLeadFlow) });
  const textToSpeech = localTextToSpeech();
  return {
    agent: { speechToText, textToSpeech, brain: flowBrain(demoLeadFlow), greeting: "brain" },
    async close() {
      await Promise.all([speechToText.close(), textToSpeech.close()]);
    },
  };
}
