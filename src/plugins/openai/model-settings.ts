/** How hard a model thinks before it answers. Which of them a model knows is OpenAI's to say. */
export type OpenAiReasoningEffort = "none" | "minimal" | "low" | "medium" | "high" | "xhigh";

/** What goes with every request, resolved. */
export interface ModelSettings {
  readonly model: string;
  readonly maxOutputTokens: number | undefined;
  readonly temperature: number | undefined;
  readonly reasoningEffort: OpenAiReasoningEffort | undefined;
  readonly carryReasoning: boolean;
  readonly extra: Readonly<Record<string, unknown>>;
}
