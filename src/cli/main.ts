#!/usr/bin/env node
import { parseArgs } from "node:util";
import { BolchaalError } from "../errors.js";
import { runDemo } from "./demo.js";
import { runServe } from "./serve.js";

const HELP = `bolchaal: phone agents that speak Hindi, English and the mix of both

Usage
  bolchaal demo  [--recordings DIR]         a simulated caller rings an embedded agent: no key, no server
  bolchaal serve [--port N] [--host ADDR]   answers a real Twilio number
  bolchaal help                             this text

Environment of serve
  TWILIO_AUTH_TOKEN     the account's auth token, from Twilio's console (old and new, with a comma, while rotating)
  BOLCHAAL_PUBLIC_URL   the https:// address at which Twilio reaches this machine
  PORT                  where to listen; 3000 if not set
  OPENAI_API_KEY        OpenAI hears, thinks and speaks; without it the embedded providers do
  OPENAI_BASE_URL       another server that speaks OpenAI's language
  BOLCHAAL_MODEL        the model that thinks, such as gpt-6-luna
  BOLCHAAL_VOICE        the voice that speaks, such as marin
  BOLCHAAL_INSTRUCTIONS who the agent is and what it is to achieve: the text, or @ and a file
`;

const print = (line: string) => void process.stdout.write(`${line}\n`);
const complain = (line: string) => void process.stderr.write(`${line}\n`);

/** @returns the exit code */
async function main(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      help: { type: "boolean", short: "h" },
      recordings: { type: "string" },
      port: { type: "string" },
      host: { type: "string" },
    },
  });
  const [command = "help", ...rest] = positionals;
  if (rest.length > 0) throw new TypeError(`${rest.join(" ")}: too many words`);
  if (values.help === true || command === "help") {
    print(HELP);
    return 0;
  }
  if (command === "demo") return runDemo({ print, recordings: values.recordings ?? "recordings" });
  if (command === "serve") return runServe({ print, environment: process.env, port: values.port, host: values.host });
  throw new TypeError(`there is no command "${command}"`);
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    const wrongWords = error instanceof TypeError && !BolchaalError.isInstance(error);
    complain(error instanceof Error ? error.message : String(error));
    if (wrongWords) complain(`\n${HELP}`);
    process.exitCode = wrongWords ? 2 : 1;
  },
);
