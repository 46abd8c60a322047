/** An entry in the debugger of Twilio's console. */
export interface DebuggerEvent {
  /** Twilio's number of the error or warning. */
  readonly code: number;
  readonly level: "error" | "warning";
  readonly message: string;
  /** In ms since the call began; 0 for what came before it. */
  readonly atMs: number;
}

const ENTRIES: Readonly<Record<number, { readonly level: DebuggerEvent["level"]; readonly message: string }>> = {
  11200: { level: "error", message: "HTTP retrieval failure" },
  11205: { level: "error", message: "HTTP connection failure" },
  12100: { level: "error", message: "Document parse failure" },
  12300: { level: "error", message: "Invalid Content-Type" },
  13224: { level: "error", message: "Dial: invalid phone number" },
  31901: { level: "error", message: "Stream - WebSocket - Connection timeout" },
  31902: { level: "error", message: "Stream - WebSocket - Connection refused" },
  31903: { level: "error", message: "Stream - WebSocket - Connection broken pipe" },
  31920: { level: "error", message: "Stream - WebSocket - Handshake error" },
  31921: { level: "error", message: "Stream - WebSocket - Close error" },
  31931: { level: "warning", message: "Stream - Media discarded: more than 10 minutes are waiting" },
  31950: { level: "warning", message: "Stream - Protocol - Malformed message" },
  31951: { level: "warning", message: "Stream - Protocol - Invalid message" },
  64101: { level: "error", message: "ConversationRelay: invalid configuration" },
  64102: { level: "error", message: "ConversationRelay: unable to connect to the WebSocket" },
  64105: { level: "error", message: "ConversationRelay: the WebSocket ended" },
  64107: { level: "warning", message: "ConversationRelay: invalid message" },
};

/** What is written to the debugger in one call. */
export interface DebuggerLog {
  readonly events: readonly DebuggerEvent[];
  /** Written once for each code. */
  report(code: number, atMs: number, detail?: string): void;
}

/** Writes events to a debugger, each code once, as Twilio does in one stream. */
export function createDebugger(): DebuggerLog {
  const events: DebuggerEvent[] = [];
  return {
    events,
    report(code, atMs, detail) {
      if (events.some((event) => event.code === code)) return;
      const { level, message } = ENTRIES[code] ?? { level: "error", message: "Error" };
      events.push({ code, level, message: detail === undefined ? message : `${message}: ${detail}`, atMs });
    },
  };
}
