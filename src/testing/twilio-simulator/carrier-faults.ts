/** Ways in which a carrier, or the network before it, can misbehave. All default to a good one. */
export interface CarrierFaults {
  /** What becomes of each mark that is due to be echoed; `index` is 0 for the first. */
  readonly mark?: (mark: { readonly name: string; readonly index: number }) => MarkFate;
  /** What becomes of each frame of the caller's sound; `index` is 0 for the first. */
  readonly media?: (frame: { readonly index: number }) => MediaFate;
  /** What becomes of the `stop` message. @default "send" */
  readonly stop?: StopFate;
  /** The carrier's end of the TCP connection dies, without a close, so long after the stream began. @default never */
  readonly killAtMs?: number;
}

/** `swap`: echoed behind the next one. */
export type MarkFate = "echo" | "withhold" | "duplicate" | "swap" | { readonly delayMs: number };

/** `swap`: sent behind the next one. */
export type MediaFate = "send" | "drop" | "duplicate" | "swap";

/** After a `withhold` the socket is closed all the same. */
export type StopFate = "send" | "withhold" | "duplicate" | { readonly delayMs: number };

/** How the caller's sound arrives. */
export interface CarrierPacing {
  /** Each frame comes up to so much late; the order is kept. @default 0 */
  readonly jitterMs?: number;
  /** Frames come in clumps, one clump each so many ms. @default each frame by itself */
  readonly burstMs?: number;
  /** The network loses what the caller says in these stretches. */
  readonly gaps?: readonly { readonly atMs: number; readonly ms: number }[];
}

/** When a frame arrives whose last sample is spoken at `endMs`; undefined if the network loses it. */
export function arrivalMs(pacing: CarrierPacing, endMs: number, random: () => number): number | undefined {
  const { jitterMs = 0, burstMs = 0, gaps = [] } = pacing;
  if (gaps.some(({ atMs, ms }) => endMs > atMs && endMs <= atMs + ms)) return undefined;
  const clumpMs = burstMs > 0 ? Math.ceil(endMs / burstMs) * burstMs : endMs;
  return jitterMs > 0 ? clumpMs + random() * jitterMs : clumpMs;
}

/**
 * Sends items on, each as its fate says. `swap` holds an item back until the next one has gone; `end` lets go of one
 * that is still held.
 */
export function createFates<Item>(send: (item: Item) => void) {
  let held: Item[] = [];
  const release = () => {
    const items = held;
    held = [];
    for (const item of items) send(item);
  };
  return {
    pass(item: Item, fate: MediaFate | "echo" | "withhold"): void {
      if (fate === "drop" || fate === "withhold") return;
      if (fate === "swap") {
        held.push(item);
        return;
      }
      send(item);
      if (fate === "duplicate") send(item);
      release();
    },
    end: release,
  };
}
