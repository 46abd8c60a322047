import { once } from "node:events";
import { styleText } from "node:util";
import { createPhoneServer } from "../server/index.js";
import { silentLogger } from "../session/index.js";
import type { LogFields, Logger } from "../spec/index.js";
import { showCall } from "./call-view.js";
import { configuredAgent } from "./configured-agent.js";

/** Where to listen if nobody says. */
const DEFAULT_PORT = 3000;

export interface ServeOptions {
  readonly print: (line: string) => void;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly port?: string | undefined;
  readonly host?: string | undefined;
}

/** What `serve` needs, or what of it is missing. */
export type ServeSettings =
  | { readonly ready: true; readonly authToken: readonly string[]; readonly publicUrl: string; readonly port: number }
  | { readonly ready: false; readonly missing: readonly string[] };

/** Reads the settings; every fault is told at once, with what to do. */
export function readSettings({ environment, port }: Pick<ServeOptions, "environment" | "port">): ServeSettings {
  const authToken = (environment.TWILIO_AUTH_TOKEN ?? "").split(",").filter((token) => token.trim() !== "");
  const publicUrl = environment.BOLCHAAL_PUBLIC_URL ?? "";
  const portText = port ?? environment.PORT ?? String(DEFAULT_PORT);
  const missing: string[] = [];
  if (authToken.length === 0) {
    missing.push(
      "TWILIO_AUTH_TOKEN: the auth token of your account, on the first page of Twilio's console. Without it no request can be trusted.",
    );
  }
  if (!/^https:\/\/[^\s/?#]+/.test(publicUrl)) {
    missing.push(
      `BOLCHAAL_PUBLIC_URL: the https:// address at which Twilio reaches this machine${publicUrl === "" ? "" : ` (it is "${publicUrl}")`}. A tunnel to port ${portText} gives you one, such as \`cloudflared tunnel --url http://localhost:${portText}\` or \`ngrok http ${portText}\`.`,
    );
  }
  if (!/^\d{1,5}$/.test(portText) || Number(portText) > 65_535)
    missing.push(`PORT: a number up to 65535 (it is "${portText}").`);
  if (missing.length > 0) return { ready: false, missing };
  return { ready: true, authToken: authToken.map((token) => token.trim()), publicUrl, port: Number(portText) };
}

/**
 * Answers a real Twilio number with the agent that the environment asks for, until it is told to stop.
 * @returns the exit code
 */
export async function runServe({ print, environment, port, host }: ServeOptions): Promise<number> {
  const settings = readSettings({ environment, port });
  if (!settings.ready) {
    print(styleText("red", "\n  Not ready to take calls. This is missing:\n"));
    for (const line of settings.missing) print(`  ✗ ${line}\n`);
    print("  To try the agent without a phone number: npm run demo\n");
    return 1;
  }
  const configured = configuredAgent({ environment, logger: warningsTo(print) });
  const { authToken, publicUrl } = settings;
  const server = createPhoneServer({
    agent: () => configured.agent,
    authToken,
    publicUrl,
    onSession: (session, call) => void showCall(session, (line) => print(`  ${call.callId.slice(-6)} ${line}`)),
  });
  const listening = await server.listen({ port: settings.port, ...(host === undefined ? {} : { host }) });
  print(styleText("green", `\n  ✓ Listening on port ${listening}.`));
  print(
    `\n  In Twilio's console, at your number, under "A call comes in": Webhook, HTTP POST,\n\n    ${server.webhookUrl}\n`,
  );
  for (const line of configured.madeOf) print(`  ${line}`);
  print("\n  Ctrl+C stops; calls may finish first.\n");
  await Promise.race([once(process, "SIGINT"), once(process, "SIGTERM")]);
  print("  Stopping: no new calls.");
  await server.close();
  await configured.close();
  return 0;
}

/** Warnings and errors, for who watches the terminal. */
function warningsTo(print: (line: string) => void): Logger {
  const warn = (_fields: LogFields, message: string) => print(styleText("yellow", `  ! ${message}`));
  return { ...silentLogger, warn, error: warn, child: () => warningsTo(print) };
}
