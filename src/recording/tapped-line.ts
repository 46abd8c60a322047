import type { AudioTransport } from "../spec/index.js";

/** Hears what goes to a line. */
export interface LineTap {
  /** Sound went to the line, which plays it behind what it has. */
  sent(audio: Uint8Array): void;
  /** The line plays nothing of what it had. */
  cleared(): void;
}

/** A line whose sound can be heard on its way. */
export interface TappedLine extends AudioTransport {
  /** @returns a function that undoes it. */
  tap(tap: LineTap): () => void;
}

/** The line as it is, and besides `tap`. A session is to be given this one. */
export function tappedLine<Line extends AudioTransport>(line: Line): Line & TappedLine {
  const taps = new Set<LineTap>();
  const tapped: Partial<TappedLine> = {
    sendAudio(audio) {
      const taken = line.sendAudio(audio);
      if (taken) for (const tap of taps) tap.sent(audio);
      return taken;
    },
    clear() {
      line.clear();
      for (const tap of taps) tap.cleared();
    },
    tap(tap) {
      taps.add(tap);
      return () => taps.delete(tap);
    },
  };
  return new Proxy(line, {
    get(target, key) {
      if (Object.hasOwn(tapped, key)) return tapped[key as keyof TappedLine];
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === "function" ? value.bind(target) : value;
    },
  }) as Line & TappedLine;
}
