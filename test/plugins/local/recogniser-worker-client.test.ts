import { copyFile, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { BolchaalError } from "../../../src/errors.js";
import { RecogniserWorkerClient } from "../../../src/plugins/local/recogniser-worker-client.js";

const SETTINGS = { jsgf: "", words: [], decoder: {}, filler: {} };
const never = new AbortController().signal;
const sound = (value: number) => Float32Array.of(value);
let folder = "";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "bolchaal-worker-"));
});
afterAll(() => rm(folder, { recursive: true }));

/** A worker that does `act` with each order. */
async function clientOf(name: string, act: string): Promise<RecogniserWorkerClient> {
  const file = join(folder, `${name}.mjs`);
  const heard = '({ type: "heard", id, tokens: String(samples[0]), score: 0, fillerScore: 0 })';
  await writeFile(
    file,
    `import { parentPort } from "node:worker_threads";
     parentPort.postMessage({ type: "ready" });
     parentPort.on("message", ({ id, samples }) => { const heard = () => parentPort.postMessage${heard}; ${act} });`,
  );
  return new RecogniserWorkerClient(SETTINGS, pathToFileURL(file));
}

describe("the recogniser's worker", () => {
  it("answers in the order of the questions", async () => {
    const client = await clientOf("echo", "heard();");
    const answers = await Promise.all([1, 2, 3].map((value) => client.recognise(sound(value), never)));
    expect(answers.map(({ tokens }) => tokens)).toEqual(["1", "2", "3"]);
    expect(client.load).toBe(0);
    await client.close();
  });

  it("drops an aborted question and goes on with the next", async () => {
    const client = await clientOf("slow", "setTimeout(heard, 20);");
    const abort = new AbortController();
    const first = client.recognise(sound(1), never);
    const second = client.recognise(sound(2), abort.signal);
    const third = client.recognise(sound(3), never);
    const reason = new Error("hung up");
    abort.abort(reason);
    await expect(second).rejects.toBe(reason);
    expect([(await first).tokens, (await third).tokens]).toEqual(["1", "3"]);
    await expect(client.recognise(sound(4), abort.signal)).rejects.toBe(reason);
    await client.close();
  });

  it("fails a sound that kills it twice, and no other", async () => {
    const client = await clientOf("fragile", "if (samples[0] === 13) process.exit(7); heard();");
    const deadly = client.recognise(sound(13), never).catch((error: unknown) => error);
    const harmless = client.recognise(sound(1), never);
    const thrown = await deadly;
    expect(BolchaalError.isInstance(thrown) && [thrown.code, thrown.retryable]).toEqual(["provider-failed", true]);
    expect((await harmless).tokens).toBe("1");
    await client.close();
  });

  it("is replaced when it dies, and the new one gets the same sound", async () => {
    const flag = JSON.stringify(join(folder, "died-once"));
    const dieOnce = `if (!existsSync(${flag})) { writeFileSync(${flag}, ""); process.exit(7); } heard();`;
    const client = await clientOf(
      "dies-once",
      `import("node:fs").then(({ existsSync, writeFileSync }) => { ${dieOnce} });`,
    );
    expect((await client.recognise(sound(5), never)).tokens).toBe("5");
    await client.close();
  });

  it("says how to get the package when it is missing", async () => {
    // Away from any node_modules the worker itself finds no package.
    const source = new URL("../../../src/plugins/local/recogniser-worker.js", import.meta.url);
    const lonely = join(folder, "recogniser-worker.mjs");
    await copyFile(fileURLToPath(source), lonely);
    const client = new RecogniserWorkerClient(SETTINGS, pathToFileURL(lonely));
    const thrown = await client.recognise(sound(1), never).catch((error: unknown) => error);
    expect(BolchaalError.isInstance(thrown) && thrown.code).toBe("missing-dependency");
    expect((thrown as Error).message).toBe(
      "[bolchaal] [local] The embedded recogniser is not installed. Run `npm install soundswallower` (MIT), or use another speech-to-text.",
    );
    await client.close();
  });
});
