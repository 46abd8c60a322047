import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { MULAW_8K, PCM_8K, readWav, writeWav } from "../../src/audio/index.js";
import { createNodeFile } from "../../src/recording/node-file.js";
import { createWavWriter, HEADER_EVERY_MS, type RecordingFile } from "../../src/recording/wav-writer.js";
import { memoryFile } from "./memory-file.js";

function writerTo(file: RecordingFile, maxPendingBytes = 1_000_000, format = MULAW_8K) {
  const told: string[] = [];
  const writer = createWavWriter({
    open: async () => file,
    format,
    channels: 2,
    maxPendingBytes,
    onOverflow: () => told.push("overflow"),
    onFailure: () => told.push("failure"),
  });
  return { writer, told };
}

const sound = (length: number) => Uint8Array.from({ length }, (_, at) => at % 251);
const turn = () => new Promise((resolve) => setImmediate(resolve));

const folders: string[] = [];
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
});

describe("a WAV file that grows", () => {
  it.each([MULAW_8K, PCM_8K])("is at its end what writeWav writes: $type", async (format) => {
    const memory = memoryFile();
    const { writer } = writerTo(memory.file, 1_000_000, format);
    writer.write(sound(4_000));
    writer.write(sound(100_000));
    expect(await writer.end()).toBe(104_000);
    const data = new Uint8Array([...sound(4_000), ...sound(100_000)]);
    expect(memory.bytes).toEqual(writeWav({ format, channels: 2, data }));
  });

  it("has a header that is right at any time, but for the last two seconds", async () => {
    const memory = memoryFile();
    const { writer } = writerTo(memory.file);
    const second = 16_000;
    for (let at = 1; at <= 5; at += 1) {
      writer.write(sound(second));
      await turn();
      // A length of 0 is read as "to the end".
      const { data } = readWav(memory.bytes);
      expect(data.length).toBeGreaterThan(at * second - (HEADER_EVERY_MS / 1000) * second);
    }
    await writer.end();
    expect(readWav(memory.bytes).data).toHaveLength(5 * second);
  });

  it("keeps the time when the disk is too slow: what found no room is silence", async () => {
    const memory = memoryFile();
    let release = () => {};
    const slow: RecordingFile = {
      write: async (bytes, position) => {
        if (position > 0) {
          await new Promise<void>((resolve) => {
            release = resolve;
          });
        }
        return memory.file.write(bytes, position);
      },
      close: memory.file.close,
    };
    const { writer, told } = writerTo(slow, 250);
    writer.write(sound(200));
    await turn();
    writer.write(sound(200));
    writer.write(sound(200));
    writer.write(sound(100));
    expect(told).toEqual(["overflow"]);
    const ended = writer.end();
    for (let at = 0; at < 5; at += 1) {
      release();
      await turn();
    }
    expect(await ended).toBe(700);
    expect([...readWav(memory.bytes).data]).toEqual([...sound(200), ...sound(200), ...new Uint8Array(300).fill(0xff)]);
  });

  it("keeps what was written when the disk is full, and says so once", async () => {
    const memory = memoryFile({ fullAfterBytes: 70_000 });
    const { writer, told } = writerTo(memory.file);
    for (let at = 0; at < 10; at += 1) {
      writer.write(sound(10_000));
      await turn();
    }
    expect(await writer.end()).toBe(60_000);
    expect([told, memory.closed]).toEqual([["failure"], 1]);
    expect(readWav(memory.bytes).data).toHaveLength(60_000);
  });

  it("is a file on disk, in a folder that is made, and no file is written over", async () => {
    const folder = await mkdtemp(join(tmpdir(), "recording-"));
    folders.push(folder);
    const path = join(folder, "calls", "CA1.wav");
    const { writer } = writerTo(await createNodeFile(path));
    writer.write(sound(6_000));
    await writer.end();
    expect(new Uint8Array(await readFile(path))).toEqual(
      writeWav({ format: MULAW_8K, channels: 2, data: sound(6_000) }),
    );
    await expect(createNodeFile(path)).rejects.toMatchObject({ code: "EEXIST" });
    expect((await stat(path)).size).toBe(58 + 6_000);
  });
});
