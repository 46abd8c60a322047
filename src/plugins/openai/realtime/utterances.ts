/** Which item of OpenAI's conversation is which utterance of the session's: both go by the order of commits. */
export interface UtteranceItems {
  /** The end of an utterance is told to OpenAI. */
  commit(utteranceId: string): void;
  /** OpenAI has made an item of the oldest commit that has none. */
  committed(itemId: string): void;
  /** OpenAI found nothing in the oldest commit that has no item. @returns whose it was. */
  refused(): string | undefined;
  /** The utterance of an item. One that OpenAI tells of before the commit is the next one's. */
  utteranceOf(itemId: string): string | undefined;
  /** The utterance has its words: it is forgotten. */
  done(utteranceId: string): void;
  /** Utterances that wait for their words, in order. */
  readonly waiting: readonly string[];
}

export function createUtteranceItems(): UtteranceItems {
  let waiting: string[] = [];
  /** Committed utterances without an item. */
  let bare: string[] = [];
  const items = new Map<string, string>();
  return {
    commit(utteranceId) {
      waiting.push(utteranceId);
      bare.push(utteranceId);
    },
    committed(itemId) {
      const utteranceId = bare.shift();
      if (utteranceId !== undefined) items.set(itemId, utteranceId);
    },
    refused() {
      const utteranceId = bare.shift();
      waiting = waiting.filter((each) => each !== utteranceId);
      return utteranceId;
    },
    utteranceOf: (itemId) => items.get(itemId),
    done(utteranceId) {
      waiting = waiting.filter((each) => each !== utteranceId);
      bare = bare.filter((each) => each !== utteranceId);
      for (const [itemId, each] of items) if (each === utteranceId) items.delete(itemId);
    },
    get waiting() {
      return waiting;
    },
  };
}
