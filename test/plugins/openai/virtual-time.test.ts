import { expect, it } from "vitest";
import { MULAW_8K, silence } from "../../../src/audio/index.js";
import { openAiTranscription } from "../../../src/plugins/openai/index.js";
import { simulatedOpenAi } from "./simulated.js";

it("a form takes no virtual time", async () => {
  const { clock, reach } = simulatedOpenAi({ transcribe: () => "haan ji" });
  const call = { callId: "c1", direction: "inbound", parameters: {} } as const;
  const { signal } = new AbortController();
  // The package is loaded by then, as it is in a server.
  await import("openai");
  const stream = await openAiTranscription(reach).doListen({ call, format: MULAW_8K, language: "hi", signal });
  stream.speechStart("u1");
  stream.write(silence(MULAW_8K, 5_000));
  stream.speechEnd("u1");
  const first = stream.results[Symbol.asyncIterator]().next();
  expect((await clock.runUntilSettled(first)).value).toMatchObject({ type: "transcript", utteranceId: "u1" });
  expect(clock.now()).toBe(0);
  await stream.close();
});
