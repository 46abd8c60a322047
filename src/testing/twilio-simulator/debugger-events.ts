/** An entry in the debugger of Twilio's console. */
export interface DebuggerEvent {
  /** Twilio's number of the error or warning. */
  readonly code: number;
  readonly level: "error" | "warning";
  readonly message: string;
  /** In ms since the stream began; 0 for what came before it. */
  readonly atMs: number;
}

const ENTRIES: Readonly<Record<number, { readonly level: DebuggerEvent["level"]; readonly message: string }>> = {
  11200: { level: "error", message: "HTTP retrieval failure" },
  12100: { level: "error", message: "Document parse failure" },
  12300: { level: "error", message: "Invalid Content-Type" },
  31901: { level: "error", message: "Stream - WebSocket - Connection timeout" },
  31902: { level: "error", message: "Stream - WebSocket - Connection refused" },
  31903: { level: "error", message: "Stream - WebSocket - Connection broken pipe" },
  31920: { level: "error", message: "Stream - WebSocket - Handshake error" },
  31921: { level: "error", message: "Stream - WebSocket - Close error" },
  31931: { level: "warning", message: "Stream - Media discarded: more than 10 minutes are waiting" },
  31950: { level: "warning", message: "Stream - Protocol - Malformed message" },
  31951: { level: "warning", message: "Stream - Protocol - Invalid message" },
};

/** Writes events to a debugger, each code once, as Twilio does in one stream. */
export function createDebugger() {
  const events: DebuggerEvent[] = [];
  return {
    events: events as readonly DebuggerEvent[],
    report(code: number, atMs: number, detail?: string): void {
      if (events.some((event) => event.code === code)) return;
      const { level, message } = ENTRIES[code] ?? { level: "error", message: "Error" };
      events.push({ code, level, message: detail === undefined ? message : `${message}: ${detail}`, atMs });
    },
  };
}
