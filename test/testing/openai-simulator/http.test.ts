import { describe, expect, it } from "vitest";
import { createVirtualClock } from "../../../src/testing/index.js";
import { createOpenAiSimulator } from "../../../src/testing/openai-simulator/http/index.js";

const user = { role: "user", content: "Hello" };
const responses = { model: "gpt-6-luna", stream: true, input: [user] };
const chat = { model: "gpt-6-luna", stream: true, messages: [user] };
const functionTool = { type: "function", name: "book", parameters: { type: "object" }, strict: false };
const functionCall = { type: "function_call", call_id: "c1", name: "book", arguments: "{}" };
const sealed = { type: "reasoning", id: "rs_1", summary: [], encrypted_content: "sealed:rs_1" };
const toolCall = { id: "c1", type: "function", function: { name: "book", arguments: "{}" } };

async function post(path: string, body: unknown, headers: Record<string, string> = {}) {
  const simulator = createOpenAiSimulator({ models: ["gpt-6-luna", "gpt-4o-mini-tts", "tts-1"] });
  const response = await simulator.network(createVirtualClock()).fetch(`https://api.openai.com${path}`, {
    method: "POST",
    headers: { authorization: "Bearer test-key", "content-type": "application/json", ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
    signal: new AbortController().signal,
  });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

describe("the simulated OpenAI refuses", () => {
  it.each([
    ["/v1/responses", { ...responses, stream: undefined }, 400, "Invalid 'stream'"],
    ["/v1/responses", { ...responses, messages: [] }, 400, "Unknown parameter: 'messages'"],
    ["/v1/responses", { ...responses, max_tokens: 100 }, 400, "Unknown parameter: 'max_tokens'"],
    ["/v1/responses", { ...responses, model: "gpt-none" }, 404, "The model `gpt-none` does not exist"],
    ["/v1/responses", { ...responses, input: [] }, 400, "Invalid 'input'"],
    ["/v1/responses", { ...responses, tools: [{ ...functionTool, name: "two words" }] }, 400, "tools.0.name"],
    ["/v1/responses", { ...responses, input: [user, functionCall] }, 400, "No tool output found for function call c1"],
    [
      "/v1/responses",
      { ...responses, input: [user, { type: "function_call_output", call_id: "c1", output: "x" }] },
      400,
      "No tool call found",
    ],
    ["/v1/responses", { ...responses, input: [sealed, user] }, 400, "without its required following item"],
    [
      "/v1/responses",
      { ...responses, input: [user, { ...sealed, encrypted_content: "sealed:rs_2" }, user] },
      400,
      "could not be verified",
    ],
    [
      "/v1/responses",
      { ...responses, input: [user, { ...sealed, encrypted_content: undefined }, user] },
      404,
      "not persisted",
    ],
    ["/v1/chat/completions", { ...chat, input: "x" }, 400, "Unknown parameter: 'input'"],
    [
      "/v1/chat/completions",
      { ...chat, messages: [user, { role: "tool", tool_call_id: "c1", content: "x" }] },
      400,
      "must be a response to a preceding message",
    ],
    [
      "/v1/chat/completions",
      { ...chat, messages: [user, { role: "assistant", content: null, tool_calls: [toolCall] }, user] },
      400,
      "must be followed by tool messages",
    ],
    ["/v1/chat/completions", { ...chat, messages: [{ role: "assistant", content: null }] }, 400, "got null"],
    ["/v1/chat/completions", { ...chat, tools: [] }, 400, "Invalid 'tools'"],
    ["/v1/chat/completions", "{", 400, "could not parse the JSON"],
    [
      "/v1/audio/speech",
      { model: "gpt-4o-mini-tts", input: "Hi", voice: "asha", response_format: "pcm" },
      400,
      "Invalid 'voice'",
    ],
    [
      "/v1/audio/speech",
      { model: "gpt-4o-mini-tts", input: "a".repeat(4097), voice: "marin", response_format: "pcm" },
      400,
      "Invalid 'input'",
    ],
    [
      "/v1/audio/speech",
      { model: "tts-1", input: "Hi", voice: "marin", response_format: "pcm", instructions: "Warm." },
      400,
      "takes no instructions",
    ],
    ["/v1/completions", {}, 404, "Invalid URL"],
  ])("%s %j with %d: %s", async (path, body, status, message) => {
    const answer = await post(path, body);
    expect(answer.status).toBe(status);
    const { error } = JSON.parse(answer.text) as { error: Record<string, unknown> };
    expect(Object.keys(error)).toEqual(["message", "type", "param", "code"]);
    expect(error.message).toContain(message);
  });

  it("a wrong key, and none", async () => {
    expect((await post("/v1/responses", responses, { authorization: "Bearer no" })).status).toBe(401);
    expect((await post("/v1/responses", responses, { authorization: "" })).status).toBe(401);
  });

  it.each([
    ["without a file", {}, "file is required"],
    ["with language and languages", { language: "hi", "languages[]": "hi" }, "cannot both"],
    ["with keywords for a model that takes none", { model: "gpt-4o-transcribe", "keywords[]": "x" }, "not supported"],
    ["with a keyword in angles", { "keywords[]": "<b>" }, "single lines"],
    ["with a language that is none", { "languages[]": "hindi" }, "ISO-639-1"],
    ["unstreamed", { stream: "false" }, "Set stream"],
    ["with an unknown field", { colour: "red" }, "Unknown parameter: 'colour'"],
  ])("a transcription %s", async (_, fields, message) => {
    const body = new FormData();
    for (const [name, value] of Object.entries({ model: "gpt-transcribe", stream: "true", ...fields }))
      body.set(name, value);
    const network = createOpenAiSimulator().network(createVirtualClock());
    const response = await network.fetch("https://api.openai.com/v1/audio/transcriptions", {
      method: "POST",
      headers: { authorization: "Bearer test-key" },
      body,
      signal: new AbortController().signal,
    });
    expect(response.status).toBe(400);
    expect(await response.text()).toContain(message);
  });
});

describe("the simulated OpenAI streams", () => {
  it("named and numbered events over Responses, without [DONE]", async () => {
    const { text, headers } = await post("/v1/responses", responses);
    expect(headers.get("content-type")).toBe("text/event-stream; charset=utf-8");
    const events = text.trim().split("\n\n");
    const names = events.map((event) => /^event: (\S+)\n/.exec(event)?.[1]);
    const data = events.map((event) => JSON.parse(event.split("\ndata: ")[1] ?? "") as Record<string, unknown>);
    expect(data.map(({ type }) => type)).toEqual(names);
    expect(data.map((event) => event.sequence_number)).toEqual(data.map((_, index) => index));
    expect([names[0], names.at(-1)]).toEqual(["response.created", "response.completed"]);
  });

  it("usage over chat only when asked, and [DONE]", async () => {
    const plain = await post("/v1/chat/completions", chat);
    expect(plain.text).not.toContain("usage");
    expect(plain.text.endsWith("data: [DONE]\n\n")).toBe(true);
    const counted = await post("/v1/chat/completions", { ...chat, stream_options: { include_usage: true } });
    expect(counted.text).toContain('"choices":[],"usage":{"prompt_tokens":10');
  });
});
