import { callCommand } from "./call/call-command.js";
import { twilioLines } from "./call/open-line.js";
import { runCalls } from "./calls.js";
import type { Command, CommandOption } from "./command.js";
import { runDemo } from "./demo.js";
import { runDoctor } from "./doctor/doctor.js";
import { runServe } from "./serve.js";
import { runTunnelHelp } from "./tunnel.js";

const PORT: CommandOption = { name: "port", value: "N", help: "where the server listens; else PORT, else 3000" };
const JSON_OUTPUT: CommandOption = { name: "json", help: "for machines: one line of JSON" };

/** All that `bolchaal` can be told to do. */
export const COMMANDS: readonly Command[] = [
  callCommand(twilioLines()),
  {
    name: "serve",
    summary: "answers a real Twilio number",
    options: [PORT, { name: "host", value: "ADDR", help: "the address to listen at; else all of this machine's" }],
    run: (context, given) => runServe(context, { port: given.text("port"), host: given.text("host") }),
  },
  {
    name: "doctor",
    summary: "looks whether all is there: settings, account, number, way in, each provider",
    about: "Nothing is changed anywhere. The exit code is 1 if anything fails.",
    options: [JSON_OUTPUT],
    run: (context, given) => runDoctor(context, { json: given.flag("json") }),
  },
  {
    name: "calls",
    summary: "shows the calls that a running server has",
    options: [{ name: "url", value: "URL", help: "the server's address; else this machine" }, PORT, JSON_OUTPUT],
    run: (context, given) =>
      runCalls(context, { url: given.text("url"), port: given.text("port"), json: given.flag("json") }),
  },
  {
    name: "demo",
    summary: "a simulated caller rings an embedded agent: no key, no server",
    options: [{ name: "recordings", value: "DIR", help: "where the recording goes; else recordings" }],
    run: ({ view }, given) => runDemo({ view, recordings: given.text("recordings") ?? "recordings" }),
  },
  {
    name: "tunnel",
    summary: "how Twilio reaches this machine",
    options: [PORT],
    run: (context, given) => runTunnelHelp(context, given.text("port")),
  },
];
