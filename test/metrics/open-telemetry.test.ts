import * as api from "@opentelemetry/api";
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  type ReadableSpan,
  SimpleSpanProcessor,
} from "@opentelemetry/sdk-trace-base";
import { describe, expect, it } from "vitest";
import { type OpenTelemetryApi, type OpenTelemetryTracer, openTelemetry } from "../../src/metrics/index.js";
import { wholeCall } from "../session/whole-call.js";
import { CALL, call, fakeSession, type Note } from "./events.js";

/** The time of day at which the calls of these tests start. */
const WALL_MS = Date.UTC(2026, 10, 23, 9, 0, 0);

function tracing() {
  const exporter = new InMemorySpanExporter();
  const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
  return { exporter, tracer: provider.getTracer("test") };
}

/** The spans of these events, in the order they were ended. */
function spansOf(notes: readonly Note[], stop = false): readonly ReadableSpan[] {
  const { exporter, tracer } = tracing();
  const { session, tell, listeners } = fakeSession();
  const undo = openTelemetry(session, { tracer, wallTime: () => WALL_MS });
  tell(...notes);
  if (stop) undo();
  expect(listeners.size).toBe(0);
  undo();
  return exporter.getFinishedSpans();
}

/** In ms since the call started. */
const msOf = ([seconds, nanoseconds]: readonly [number, number]) => seconds * 1000 + nanoseconds / 1e6 - WALL_MS;

/** Each span as a line: indented under its parent, with its times since the start of the call. */
function treeOf(spans: readonly ReadableSpan[], parent?: string): string[] {
  return spans
    .filter((span) => span.parentSpanContext?.spanId === parent)
    .sort((first, second) => msOf(first.startTime) - msOf(second.startTime))
    .flatMap((span) => [
      `${span.name} ${msOf(span.startTime)}–${msOf(span.endTime)}${span.status.code === 2 ? " failed" : ""}`,
      ...treeOf(spans, span.spanContext().spanId).map((line) => `  ${line}`),
    ]);
}

function find(spans: readonly ReadableSpan[], name: string): ReadableSpan {
  const span = spans.find((one) => one.name === name);
  if (span === undefined) throw new Error(`no span ${name} among ${spans.map((one) => one.name)}`);
  return span;
}

describe("the spans of a call", () => {
  const spans = spansOf(CALL);

  it("stand under each other, at the time of day", () => {
    expect(treeOf(spans)).toEqual([
      "phone call 0–40000",
      "  text-to-speech 0–200",
      "  playback 200–3200",
      "  turn 3990–11990",
      "    speech-to-text 3990–6240",
      "    chat gpt-6-luna 6390–7190",
      "    execute_tool find_room 6690–6890",
      "    text-to-speech 7090–7290",
      "    playback 7290–11990",
      "  turn 11690–40000",
      "    speech-to-text 11690–13490",
      "    chat 13490–13590 failed",
      "    text-to-speech 13890–14090",
      "    playback 14090–40000",
    ]);
    expect(new Set(spans.map((span) => span.spanContext().traceId)).size).toBe(1);
  });

  it("describe the brain by the conventions for generative AI", () => {
    const brain = find(spans, "chat gpt-6-luna");
    expect(brain.kind).toBe(api.SpanKind.CLIENT);
    expect(brain.attributes).toEqual({
      "gen_ai.operation.name": "chat",
      "gen_ai.provider.name": "openai",
      "gen_ai.system": "openai",
      "gen_ai.request.model": "gpt-6-luna",
      "gen_ai.request.stream": true,
      "gen_ai.conversation.id": "CA1",
      "gen_ai.response.time_to_first_chunk": 0.6,
      "gen_ai.usage.input_tokens": 2_100,
      "gen_ai.usage.output_tokens": 50,
      "gen_ai.usage.cache_read.input_tokens": 1_600,
    });
    expect(find(spans, "execute_tool find_room").attributes).toEqual({
      "gen_ai.operation.name": "execute_tool",
      "gen_ai.tool.name": "find_room",
      "gen_ai.tool.call.id": "t1",
      "bolchaal.tool.answered": true,
    });
  });

  it("describe the call and its turns", () => {
    expect(find(spans, "phone call")).toMatchObject({
      kind: api.SpanKind.SERVER,
      attributes: {
        "gen_ai.conversation.id": "CA1",
        "bolchaal.call.direction": "inbound",
        "bolchaal.language": "hi",
        "bolchaal.call.end_reason": "caller-hangup",
        "bolchaal.call.turns": 2,
      },
      status: { code: api.SpanStatusCode.UNSET },
    });
    expect(find(spans, "turn").attributes).toEqual({
      "bolchaal.turn.id": 1,
      "bolchaal.language": "hi-en",
      "bolchaal.reply.outcome": "interrupted",
      "bolchaal.turn.endpoint_ms": 400,
      "bolchaal.turn.transcription_ms": 250,
      "bolchaal.turn.first_piece_ms": 700,
      "bolchaal.turn.total_ms": 1_300,
    });
    expect(find(spans, "speech-to-text").attributes).toEqual({
      "bolchaal.provider": "openai",
      "bolchaal.model": "gpt-live-transcribe",
      "bolchaal.understood": true,
    });
  });

  it("record a failure where it happened, by its code", () => {
    const failed = find(spans, "chat");
    expect(failed.attributes).toMatchObject({ "error.type": "provider-failed", "gen_ai.provider.name": "openai" });
    expect(failed.events.map(({ name, attributes, time }) => [name, attributes, msOf(time)])).toEqual([
      ["exception", { "exception.type": "provider-failed", "exception.message": "brain failed: openai" }, 13_590],
    ]);
  });

  it("hold no phone number and no word that was said", () => {
    const all = JSON.stringify(
      spans.map(({ name, attributes, events, status }) => ({ name, attributes, events, status })),
    );
    for (const word of ["9812345678", "8041234567", "Namaste", "Asha", "kamra", "room 17", "ruko", "Ek"]) {
      expect(all).not.toContain(word);
    }
  });
});

describe("a call that goes another way", () => {
  const start: Note = [0, { type: "call-start", call: { ...call, direction: "outbound" }, language: "en" }];
  const turn = (atMs: number, turnId: number, text: string): Note[] => [
    [atMs - 1_000, { type: "speech-start", turnId, utteranceId: `${turnId}` }],
    [atMs, { type: "turn-end", turnId, text, language: "en", waitedMs: 300 }],
    [atMs, { type: "reply-start", turnId, generation: atMs, kind: "answer" }],
  ];
  const reply = (atMs: number, turnId: number, generation: number, outcome: "played" | "failed" | "dropped"): Note => [
    atMs,
    { type: "reply", turnId, generation, kind: "answer", text: "", heardText: "", language: "en", outcome },
  ];

  it("marks a turn whose answer failed, and a call that an error ended", () => {
    const spans = spansOf([
      start,
      ...turn(2_000, 1, "hello"),
      [
        2_500,
        { type: "error", code: "provider-timeout", component: "brain", provider: "openai", message: "", error: null },
      ],
      reply(2_500, 1, 2_000, "failed"),
      [2_600, { type: "error", code: "transport-failed", component: "transport", message: "", error: null }],
      [3_000, { type: "call-end", reason: "error", durationMs: 3_000 }],
    ]);
    expect(treeOf(spans)).toEqual([
      "phone call 0–3000 failed",
      "  turn 1000–2500 failed",
      "    speech-to-text 1000–2000",
      "    chat 2000–2500 failed",
    ]);
    const whole = find(spans, "phone call");
    expect([whole.kind, whole.attributes["error.type"]]).toEqual([api.SpanKind.CLIENT, "error"]);
    expect(whole.events[0]?.attributes).toEqual({
      "exception.type": "transport-failed",
      "exception.message": "transport failed",
    });
  });

  it("counts an answer begun ahead with its turn, and one that was dropped too", () => {
    const usage = (atMs: number, inputTokens: number): Note => [
      atMs,
      { type: "usage", turnId: 1, component: "brain", provider: "x", model: "m", inputTokens, outputTokens: 1 },
    ];
    const spans = spansOf([
      start,
      usage(1_900, 10),
      ...turn(2_000, 1, "book"),
      reply(2_100, 1, 2_000, "dropped"),
      ...turn(4_000, 1, "book it"),
      usage(4_400, 12),
      reply(5_000, 1, 4_000, "played"),
      [6_000, { type: "call-end", reason: "farewell", durationMs: 6_000 }],
    ]);
    expect(treeOf(spans)).toEqual([
      "phone call 0–6000",
      "  turn 1000–5000",
      "    speech-to-text 1000–4000",
      "    chat m 2000–2000",
      "    chat m 4000–4400",
    ]);
    expect(spans.map(({ attributes }) => attributes["gen_ai.usage.input_tokens"])).toEqual(
      expect.arrayContaining([10, 12]),
    );
  });

  it("tells a turn as soon as the next is over, not at the end of the call", () => {
    const { exporter, tracer } = tracing();
    const { session, tell } = fakeSession();
    openTelemetry(session, { tracer, wallTime: () => WALL_MS });
    tell(start, ...turn(2_000, 1, "one"), reply(3_000, 1, 2_000, "played"), ...turn(5_000, 2, "two"));
    expect(exporter.getFinishedSpans().map(({ name }) => name)).toEqual(["speech-to-text", "turn"]);
  });

  it("ends every span when it is told to stop", () => {
    expect(
      treeOf(
        spansOf(
          [start, ...turn(2_000, 1, "one"), [2_200, { type: "playback-start", turnId: 1, generation: 2_000 }]],
          true,
        ),
      ),
    ).toEqual([
      "phone call 0–2200",
      "  turn 1000–2200",
      "    speech-to-text 1000–2000",
      "    text-to-speech 2000–2200",
      "    playback 2200–2200",
    ]);
  });

  it("that never starts is no span, and neither is speech that never became a turn", () => {
    expect(spansOf([[5, { type: "call-end", reason: "transport-lost", durationMs: 0 }]])).toEqual([]);
    expect(treeOf(spansOf([start, [10, { type: "speech-start", turnId: 1, utteranceId: "1" }]], true))).toEqual([
      "phone call 0–10",
    ]);
  });
});

describe("openTelemetry", () => {
  it("stands under the span that is active, and speaks the package's own types", () => {
    const { exporter, tracer } = tracing();
    const offered: OpenTelemetryApi = api;
    const own: OpenTelemetryTracer = tracer;
    const parent = tracer.startSpan("the app's");
    const { session, tell } = fakeSession();
    const active = () => api.trace.setSpan(api.ROOT_CONTEXT, parent);
    openTelemetry(session, { tracer: own, api: { ...offered, context: { active } } });
    tell(...CALL);
    const whole = find(exporter.getFinishedSpans(), "phone call");
    expect(whole.parentSpanContext?.spanId).toBe(parent.spanContext().spanId);
  });

  it("asks the global provider where no tracer is given", () => {
    const exporter = new InMemorySpanExporter();
    api.trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }));
    const { session, tell } = fakeSession();
    openTelemetry(session);
    tell(...CALL);
    api.trace.disable();
    expect(find(exporter.getFinishedSpans(), "phone call").instrumentationScope.name).toBe("bolchaal");
  });

  it("traces a real call", async () => {
    const { events } = await wholeCall([
      { pauseMs: 300 },
      { say: "hello there" },
      { waitFor: "agent-silence" },
      { hangUp: true },
    ]);
    const { exporter, tracer } = tracing();
    const { session, tell } = fakeSession();
    openTelemetry(session, { tracer });
    for (const { callId: _callId, seq: _seq, atMs, ...event } of events) tell([atMs, event]);
    const names = treeOf(exporter.getFinishedSpans()).map((line) => line.split(" ").filter(Boolean)[0]);
    expect(names).toEqual(["phone", "turn", "speech-to-text", "chat", "text-to-speech", "playback"]);
  });
});
