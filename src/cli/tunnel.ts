import type { CliContext } from "./context.js";
import { DEFAULT_PORT, readPort } from "./settings.js";

/** How Twilio reaches a machine that has no address of its own. */
export function tunnelHelp(port: number): string {
  return `Twilio reaches this machine over the internet, by https and by WebSocket. A tunnel gives it an address.

With cloudflared (no account needed; a new address at each start):

  cloudflared tunnel --url http://localhost:${port}

With ngrok (a free account; the address stays if you reserve one):

  ngrok http ${port}

Then, in the terminal in which bolchaal runs, the https address that it shows, without a path:

  export PUBLIC_URL=https://…
  bolchaal doctor     looks whether it reaches this machine
  bolchaal serve      answers your number, and prints what to enter at it
  bolchaal call +91…  calls a number; your number's own settings stay as they are

A tunnel with a new address means: set PUBLIC_URL again, and enter the new webhook at your number. Anybody who knows the
address reaches the server; every request without Twilio's signature is refused.
`;
}

/** @returns the exit code */
export function runTunnelHelp({ view, environment }: CliContext, port?: string): number {
  view.line();
  view.line(tunnelHelp(readPort(environment, port).port ?? DEFAULT_PORT));
  return 0;
}
