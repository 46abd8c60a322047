import type { RecordingFile } from "../../src/recording/index.js";

/** A file in memory, that may run full or stand still. */
export function memoryFile(options: { readonly fullAfterBytes?: number } = {}) {
  let bytes = new Uint8Array(0);
  let closed = 0;
  const file: RecordingFile = {
    async write(part, position) {
      if (position + part.length > (options.fullAfterBytes ?? Number.POSITIVE_INFINITY)) {
        throw Object.assign(new Error("no space left on device"), { code: "ENOSPC" });
      }
      const grown = new Uint8Array(Math.max(bytes.length, position + part.length));
      grown.set(bytes);
      grown.set(part, position);
      bytes = grown;
    },
    async close() {
      closed += 1;
    },
  };
  return {
    file,
    create: async () => file,
    get bytes() {
      return bytes;
    },
    get closed() {
      return closed;
    },
  };
}
