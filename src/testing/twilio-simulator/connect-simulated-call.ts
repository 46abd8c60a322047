import type { Clock } from "../../spec/index.js";
import { scriptedTextToSpeech } from "../scripted/text-to-speech.js";
import { createPhone } from "./carrier/phone.js";
import { createDebugger } from "./debugger-events.js";
import { callIdentity } from "./identity.js";
import { createMemorySocket, type SimulatedSocket } from "./memory-socket.js";
import { resolveCall, type SimulatedCallOptions, scriptFailed } from "./options.js";
import { prepareScript } from "./prepare-script.js";
import type { SimulatedCallReport } from "./report.js";
import { createSimulatedStream } from "./simulated-stream.js";

/** Of {@link connectSimulatedCall}. */
export interface ConnectedCallOptions extends SimulatedCallOptions {
  /** Takes the app's end of the stream's WebSocket, which is open. */
  readonly accept: (socket: SimulatedSocket) => void;
  /** The clock of call and caller; mostly a virtual one, the app's own. */
  readonly clock: Clock;
  /** What the TwiML's `<Parameter>`s would give. @default none */
  readonly customParameters?: Readonly<Record<string, string>>;
  /** From either end of the socket to the other, in ms. @default 0: in a microtask */
  readonly latencyMs?: number;
  /** @default one made up */
  readonly callSid?: string;
}

/**
 * A simulated Twilio call without HTTP and sockets: the app is handed its end of a stream's WebSocket, and everything
 * runs on `clock`. On a virtual clock a call takes milliseconds and goes the same way each time; move it with
 * `runUntilSettled`.
 *
 * @throws BolchaalError `simulation-failed` if a step of the caller's script was not done in time.
 *
 * @example
 * const clock = createVirtualClock();
 * const call = connectSimulatedCall({ accept, clock, script: [{ say: "hello" }, { waitFor: "agent-silence" }] });
 * const report = await clock.runUntilSettled(call);
 */
export async function connectSimulatedCall(options: ConnectedCallOptions): Promise<SimulatedCallReport> {
  const { accept, clock, latencyMs = 0 } = options;
  const call = resolveCall(options);
  const identity = callIdentity(options.callSid);
  const voices = { ...options, voice: options.voice ?? scriptedTextToSpeech({ clock }) };
  const phone = createPhone(await prepareScript(call.script, voices, call.seed), call, clock);
  const twilioDebugger = createDebugger();
  const { customParameters = {} } = options;
  const stream = createSimulatedStream({ identity, phone, call, customParameters, clock, twilioDebugger });
  const later = (act: () => void) => void (latencyMs > 0 ? clock.setTimer(act, latencyMs) : queueMicrotask(act));
  const { socket, wire } = createMemorySocket(stream, later);
  accept(socket);
  stream.open(wire);
  const outcome = await stream.ended;
  phone.end("end-of-document");
  const { reason, atMs } = phone.over ?? { reason: "end-of-document", atMs: outcome.end.atMs };
  const report: SimulatedCallReport = {
    ...identity,
    ...phone.report(),
    ...outcome,
    over: { reason, atMs },
    durationMs: outcome.end.atMs,
    debuggerEvents: twilioDebugger.events,
    ...{ before: [], next: [], verbs: [], webhooks: [], dialLegs: [] },
  };
  if (outcome.end.failure !== undefined) throw scriptFailed(outcome.end.failure, report);
  return report;
}
