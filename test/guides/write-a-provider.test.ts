import { readFile } from "node:fs/promises";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { ProviderNetwork, SpeechChunk } from "bolchaal";
import { createVirtualClock, scriptedTextToSpeech, textToSpeechConformance } from "bolchaal/testing";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { acmeTextToSpeech } from "./acme-text-to-speech.js";

/** What the service does with a request, for a test: answers it, or worse. */
type Behaviour = (response: ServerResponse, text: string) => Promise<void> | void;

let behave: Behaviour = speakAloud;
const lines = { open: 0 };
const server = createServer(async (request, response) => {
  lines.open += 1;
  response.on("close", () => {
    lines.open -= 1;
  });
  if (request.headers.authorization !== "Bearer key") return void response.writeHead(401).end("Who are you?");
  let body = "";
  for await (const part of request) body += part;
  await behave(response, (JSON.parse(body) as { text: string }).text);
});

async function speakAloud(response: ServerResponse, text: string): Promise<void> {
  response.writeHead(200, { "content-type": "audio/basic" });
  const format = { type: "audio/pcmu", rate: 8000 } as const;
  const { signal } = new AbortController();
  for await (const { audio } of scriptedTextToSpeech().doSpeak({ text, language: "hi", format, signal })) {
    response.write(audio);
    // A real voice takes its time: the abort of a call comes in the middle.
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  response.end();
}

const headers = (response: ServerResponse, type = "audio/basic") => response.writeHead(200, { "content-type": type });

let baseUrl = "";
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  behave = speakAloud;
  await vi.waitFor(() => expect(lines.open).toBe(0), 1_000);
});
afterAll(() => {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(resolve));
});

const voice = (more: object = {}) => acmeTextToSpeech({ apiKey: "key", baseUrl, ...more });

async function speak(plugin = voice(), signal = new AbortController().signal, text = "one two three") {
  const chunks: SpeechChunk[] = [];
  const format = { type: "audio/pcmu", rate: 8000 } as const;
  for await (const chunk of plugin.doSpeak({ text, language: "en", format, signal })) chunks.push(chunk);
  return chunks;
}

describe("a provider written by the guide", () => {
  for (const { name, run } of textToSpeechConformance({
    create: () => acmeTextToSpeech({ apiKey: "key", baseUrl }),
  })) {
    it(name, run);
  }

  it.each<[string, Behaviour, object, object]>([
    ["a wrong key", speakAloud, { apiKey: "wrong" }, { code: "not-authorised", retryable: false }],
    ["429", (response) => void response.writeHead(429).end(), {}, { code: "overloaded", retryable: true }],
    ["500", (response) => void response.writeHead(500).end(), {}, { code: "provider-failed", retryable: true }],
    ["404", (response) => void response.writeHead(404).end(), {}, { code: "invalid-request", retryable: false }],
    ["a broken line", (response) => void response.destroy(), {}, { code: "provider-failed", retryable: true }],
    ["no answer", () => {}, { timeoutMs: 60 }, { code: "provider-timeout", retryable: true }],
    ["a stall", (response) => void headers(response).write("aa"), { timeoutMs: 60 }, { code: "provider-timeout" }],
    [
      "a cut",
      (response) => void headers(response).write("aa", () => response.destroy()),
      {},
      { code: "provider-failed", retryable: true },
    ],
    ["an empty answer", (response) => void headers(response).end(), {}, { code: "provider-failed" }],
    ["a web page", (response) => void headers(response, "text/html").write("<p>"), {}, { code: "provider-failed" }],
  ])("says what is wrong at %s", async (_, behaviour, more, expected) => {
    behave = behaviour;
    await expect(speak(voice(more))).rejects.toMatchObject({ ...expected, provider: "acme" });
  });

  it("is not impatient with a reader that takes its time", async () => {
    const clock = createVirtualClock();
    let asked: AbortSignal | undefined;
    const network: ProviderNetwork = {
      clock,
      fetch: async (_, request) => {
        asked = request.signal;
        return new Response(new Uint8Array(160), { headers: { "content-type": "audio/basic" } });
      },
      connect: () => {
        throw new Error("not used");
      },
    };
    let chunks = 0;
    const { signal } = new AbortController();
    const format = { type: "audio/pcmu", rate: 8000 } as const;
    for await (const _ of voice({ network }).doSpeak({ text: "one", language: "en", format, signal })) {
      chunks += 1;
      await clock.advance(60_000);
      expect(asked?.aborted).toBe(false);
    }
    expect([chunks, clock.pendingTimers]).toEqual([1, 0]);
  });
});

it("stands in the guide, word for word", async () => {
  const plain = (text: string) => text.replace(/\s+/g, " ").trim();
  const read = (path: string) => readFile(new URL(path, import.meta.url), "utf8");
  const guide = await read("../../docs/guides/write-a-provider.md");
  const [provider, suite, faults] = [...guide.matchAll(/```ts\n(.*?)```/gs)].map(([, code = ""]) => plain(code));
  expect(provider).toBe(plain(await read("acme-text-to-speech.ts")));
  const test = plain(await read("write-a-provider.test.ts"));
  expect(test).toContain(suite);
  expect(test).toContain(faults);
});
