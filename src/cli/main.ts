#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { systemClock } from "../system-clock.js";
import { runCli } from "./cli.js";
import type { CliContext } from "./context.js";
import { personAt } from "./person.js";
import { createView, type View, wantsColour } from "./view.js";

const { env: environment, stdin, stdout, stderr } = process;

const context: CliContext = {
  environment,
  view: viewOn(stdout),
  errors: viewOn(stderr),
  clock: systemClock,
  wallClock: Date.now,
  ask: (url, request) => fetch(url, request),
  person: stdout.isTTY && stdin.isTTY ? personAt(stdin, stdout) : undefined,
  onInterrupt(listener) {
    process.on("SIGINT", listener).on("SIGTERM", listener);
    return () => void process.off("SIGINT", listener).off("SIGTERM", listener);
  },
  directory: process.cwd(),
  version: versionOf(new URL("../package.json", import.meta.url)),
};

function viewOn(stream: NodeJS.WriteStream): View {
  const isTerminal = stream.isTTY === true;
  const write = (text: string) => void stream.write(text);
  return createView({ write, isTerminal, colour: wantsColour(environment, isTerminal) });
}

function versionOf(manifest: URL): string {
  return (JSON.parse(readFileSync(manifest, "utf8")) as { readonly version: string }).version;
}

/** What still holds the process, such as an answer of Twilio's that nobody waits for any more, may do so for this, in ms. */
const LINGER_MS = 2_000;

process.exitCode = await runCli(process.argv.slice(2), context);
setTimeout(() => process.exit(), LINGER_MS).unref();
