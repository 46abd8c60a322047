/** An HTTP answer, the body in the messages that it is made of. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly messages: readonly Uint8Array[];
}

/** What OpenAI says of an error. */
export interface OpenAiErrorBody {
  readonly message: string;
  /** @default "invalid_request_error" */
  readonly type?: string;
  readonly param?: string;
  readonly code?: string;
}

/** An error, as OpenAI answers it. */
export function errorAnswer(status: number, body: OpenAiErrorBody): HttpAnswer {
  const { message, type = "invalid_request_error", param = null, code = null } = body;
  return {
    status,
    headers: { "content-type": "application/json" },
    messages: [Buffer.from(JSON.stringify({ error: { message, type, param, code } }))],
  };
}

/** A stream of server-sent events. */
export function eventStream(events: readonly string[]): HttpAnswer {
  return {
    status: 200,
    headers: { "content-type": "text/event-stream; charset=utf-8" },
    messages: events.map((event) => Buffer.from(event)),
  };
}

/** A refusal of a request, as the checks throw it. */
export class Refused extends Error {
  override readonly name = "Refused";
  readonly answer: HttpAnswer;

  constructor(status: number, body: OpenAiErrorBody) {
    super(body.message);
    this.answer = errorAnswer(status, body);
  }
}
