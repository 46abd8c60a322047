import { createPhoneServer } from "../server/index.js";
import { showCall } from "./call-view.js";
import { configuredAgent } from "./configured-agent.js";
import type { CliContext } from "./context.js";
import { readServerSettings, type SettingFault } from "./settings.js";
import { statusTokens } from "./status-token.js";
import { unlessTaken } from "./taken-port.js";
import type { View } from "./view.js";
import { viewLogger } from "./view-logger.js";

/** Of {@link runServe}. */
export interface ServeOptions {
  readonly port?: string | undefined;
  readonly host?: string | undefined;
}

/**
 * Answers a real Twilio number with the agent that the environment asks for, until it is told to stop; then calls may
 * finish, and at a second telling are ended.
 * @returns the exit code
 */
export async function runServe(context: CliContext, { port, host }: ServeOptions = {}): Promise<number> {
  const { environment, view } = context;
  const settings = readServerSettings(environment, port);
  if (!settings.ready) {
    showFaults(view, "Not ready to take calls. This is missing:", settings.faults);
    view.line("To try the agent without a phone number: bolchaal demo");
    view.line();
    return 1;
  }
  const { authToken, publicUrl } = settings;
  const [statusToken = ""] = statusTokens(environment);
  const configured = configuredAgent({ environment, logger: viewLogger(view) });
  const server = createPhoneServer({
    agent: () => configured.agent,
    authToken,
    publicUrl,
    statusToken,
    onSession: (session, { callId }) =>
      void showCall(session, view.paint, (line) => view.line(`${callId.slice(-6)} ${line}`)),
  });
  try {
    const where = { port: settings.port, ...(host === undefined ? {} : { host }) };
    const listening = await unlessTaken(settings.port, server.listen(where));
    view.line();
    view.good(`Listening on port ${listening}.`);
    view.line(
      `\nIn Twilio's console, at your number, under "A call comes in": Webhook, HTTP POST,\n\n  ${server.webhookUrl}\n`,
    );
    for (const line of configured.madeOf) view.line(line);
    view.line("\nCtrl+C stops; calls may finish first.\n");
    await stopped(
      context,
      () => server.sessions.size,
      () => server.close(),
      () => server.close({ graceMs: 0 }),
    );
  } finally {
    await configured.close();
  }
  return 0;
}

/** Settles when the server was told to stop, and has. Told twice, it does not wait for calls to finish. */
async function stopped(
  { onInterrupt, view }: CliContext,
  calls: () => number,
  close: () => Promise<void>,
  closeNow: () => Promise<void>,
): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    let told = 0;
    const undo = onInterrupt(() => {
      told += 1;
      if (told > 2) return;
      const going = calls();
      if (told === 1)
        view.line(`Stopping: no new calls${going === 0 ? "" : `; ${going} may finish (Ctrl+C again ends them)`}.`);
      const closing = told === 1 ? close() : closeNow();
      closing.then(resolve, reject).finally(undo);
    });
  });
}

/** All that is wrong with the settings, and what to do about each. */
export function showFaults(view: View, title: string, faults: readonly SettingFault[]): void {
  view.line();
  view.line(view.paint("red", title));
  view.line();
  for (const { name, todo } of faults) {
    view.bad(`${name}: ${todo}`);
    view.line();
  }
}
