import { mkdir, open } from "node:fs/promises";
import { dirname } from "node:path";
import type { RecordingFile } from "./wav-writer.js";

/** A new file on disk; its folders are made. A file that is there already is not touched: that is an error. */
export async function createNodeFile(path: string): Promise<RecordingFile> {
  await mkdir(dirname(path), { recursive: true });
  const file = await open(path, "wx");
  return {
    async write(bytes, position) {
      for (let written = 0; written < bytes.length; ) {
        const { bytesWritten } = await file.write(bytes, written, bytes.length - written, position + written);
        written += bytesWritten;
      }
    },
    close: () => file.close(),
  };
}
