import { z } from "zod";

/** What ElevenLabs sends over `stream-input`. Unknown fields pass; what is used must be right. */
const alignmentSchema = z.object({
  chars: z.array(z.string()),
  charStartTimesMs: z.array(z.number()),
  // The single-context socket has been seen to say `charsDurationsMs`, the others `charDurationsMs`.
  charDurationsMs: z.array(z.number()).optional(),
  charsDurationsMs: z.array(z.number()).optional(),
});

const messageSchema = z.object({
  audio: z.string().nullish(),
  isFinal: z.boolean().nullish(),
  alignment: alignmentSchema.nullish(),
  error: z.string().nullish(),
  message: z.string().nullish(),
  code: z.number().nullish(),
});

/** The characters of a chunk's text. Times count from the start of the chunk's audio. */
export interface Alignment {
  readonly chars: readonly string[];
  readonly startsMs: readonly number[];
  readonly durationsMs: readonly number[];
}

/** A message, read. */
export type ElevenLabsMessage =
  | { readonly type: "speech"; readonly audio: Uint8Array; readonly alignment?: Alignment; readonly last: boolean }
  | { readonly type: "error"; readonly error: string; readonly message: string; readonly code: number };

/** Reads a message; nothing if it is none of ElevenLabs'. */
export function readElevenLabsMessage(text: string): ElevenLabsMessage | undefined {
  const { success, data } = messageSchema.safeParse(parsed(text));
  if (!success) return undefined;
  const { audio, isFinal, alignment, error, message, code } = data;
  if (typeof error === "string") return { type: "error", error, message: message ?? error, code: code ?? 1008 };
  if (typeof audio !== "string" && isFinal !== true) return undefined;
  return {
    type: "speech",
    audio: Buffer.from(audio ?? "", "base64"),
    last: isFinal === true,
    ...(alignment && {
      alignment: {
        chars: alignment.chars,
        startsMs: alignment.charStartTimesMs,
        durationsMs: alignment.charDurationsMs ?? alignment.charsDurationsMs ?? [],
      },
    }),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
