import { systemNetwork } from "../../net/index.js";
import { type ConfiguredAgent, configuredAgent } from "../configured-agent.js";
import type { CliContext } from "../context.js";
import { read } from "../settings.js";
import type { View } from "../view.js";
import { type Check, type CheckReport, failureOf, runChecks } from "./check.js";
import { environmentChecks } from "./checks/environment.js";
import { machineChecks } from "./checks/machine.js";
import { providerChecks } from "./checks/providers.js";
import { type OpenDoor, publicUrlCheck } from "./checks/public-url.js";
import { twilioChecks } from "./checks/twilio-account.js";
import { loadPackage } from "./load-package.js";
import { openDoor } from "./open-door.js";

/** Of {@link runDoctor}; all but `json` is for tests. */
export interface DoctorOptions {
  /** One line of JSON instead of text for people. @default false */
  readonly json?: boolean;
  readonly nodeVersion?: string;
  readonly openDoor?: OpenDoor;
  readonly load?: (name: string) => Promise<unknown>;
  readonly nonce?: string;
}

/**
 * Looks whether everything is there for a call: settings, account, number, the way in from the internet, each provider.
 * Changes nothing anywhere.
 * @returns the exit code: 1 if anything fails
 */
export async function runDoctor(context: CliContext, options: DoctorOptions = {}): Promise<number> {
  const { view, clock } = context;
  const { json = false } = options;
  const { checks, close } = checksFor(context, options);
  const stop = new AbortController();
  const undo = context.onInterrupt(() => stop.abort(new Error("Stopped.")));
  if (!json) view.title("Checking the setup");
  try {
    const reports = await runChecks(checks, {
      clock,
      signal: stop.signal,
      onReport: (report, running) => {
        if (!json) showReport(view, report, running);
      },
    });
    if (json) view.raw(`${JSON.stringify({ ok: !reports.some(isFailure), checks: reports })}\n`);
    else showVerdict(view, reports);
    return reports.some(isFailure) || stop.signal.aborted ? 1 : 0;
  } finally {
    undo();
    await close();
  }
}

/** Every check, and what to let go of behind them. */
function checksFor(context: CliContext, options: DoctorOptions): { readonly checks: Check[]; close(): Promise<void> } {
  const { environment, ask, wallClock, clock, network = systemNetwork } = context;
  const { nodeVersion = process.version, load = loadPackage, openDoor: open = openDoor, nonce } = options;
  const { agent, trouble } = agentOrTrouble(context);
  const embedded = read(environment, "OPENAI_API_KEY") === undefined;
  return {
    checks: [
      ...environmentChecks(environment, nodeVersion),
      ...twilioChecks({ environment, ask }),
      publicUrlCheck({ environment, ask, network, openDoor: open, ...(nonce === undefined ? {} : { nonce }) }),
      ...machineChecks({ ask, wallClock, load, embedded }),
      ...(agent === undefined ? trouble : providerChecks(agent.parts, clock)),
    ],
    close: async () => agent?.close(),
  };
}

/** An agent that cannot be made is a finding, as all else is. */
function agentOrTrouble({ environment, network }: CliContext): {
  readonly agent?: ConfiguredAgent;
  readonly trouble: readonly Check[];
} {
  try {
    return { agent: configuredAgent({ environment, ...(network === undefined ? {} : { network }) }), trouble: [] };
  } catch (error) {
    return { trouble: [{ name: "agent", look: () => failureOf(error) }] };
  }
}

function isFailure({ status }: CheckReport): boolean {
  return status === "fail";
}

function showReport(view: View, { name, status, what, todo }: CheckReport, running: readonly string[]): void {
  const told = `${name}: ${what}`;
  if (status === "ok") view.good(told);
  if (status === "warn") view.warn(told);
  if (status === "fail") view.bad(told);
  if (status === "skipped") view.note(`– ${told}`);
  if (todo !== undefined) view.line(`    ${todo}`);
  view.passing(running.length === 0 ? "" : `… ${running.join(", ")}`);
}

function showVerdict(view: View, reports: readonly CheckReport[]): void {
  const count = (status: CheckReport["status"]) => reports.filter((report) => report.status === status).length;
  const [failed, warned] = [count("fail"), count("warn")];
  view.line();
  if (failed > 0) view.line(view.paint("red", `${failed} to mend${warned > 0 ? `, ${warned} to look at` : ""}.`));
  else if (warned > 0) view.line(view.paint("yellow", `All there; ${warned} to look at.`));
  else view.line(view.paint("green", "All there."));
  view.line();
}
