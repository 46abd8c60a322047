import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { BolchaalError } from "../../errors.js";
import type { CallAgent } from "../../server/index.js";
import type { CallInfo } from "../../spec/index.js";
import { configuredAgent } from "../configured-agent.js";
import type { CliContext } from "../context.js";
import { messageOf } from "../message-of.js";
import { viewLogger } from "../view-logger.js";
import type { CallRequest } from "./request.js";

/** Makes the agent for the call, and lets go of what agents share. */
export interface RequestedAgent {
  readonly agent: (call: CallInfo) => CallAgent | Promise<CallAgent>;
  readonly madeOf: readonly string[];
  close(): Promise<void>;
}

/**
 * The agent that was asked for: a file's, or the one that the environment asks for; with the first words and the language
 * that were typed.
 * @throws BolchaalError `invalid-option` for a file that cannot be loaded, or holds no agent.
 */
export async function agentFor(request: CallRequest, context: CliContext): Promise<RequestedAgent> {
  const { agent, madeOf, close } = await plainAgent(request, context);
  const { say, language } = request;
  return {
    madeOf,
    close,
    agent: async (call) => ({
      ...(await agent(call)),
      ...(say === undefined ? {} : { greeting: say }),
      ...(language === undefined ? {} : { language }),
    }),
  };
}

async function plainAgent(request: CallRequest, context: CliContext): Promise<RequestedAgent> {
  const { environment, network, view, directory } = context;
  if (request.agentFile !== undefined) {
    const file = resolve(directory, request.agentFile);
    return { agent: await agentIn(file), madeOf: [`The agent of ${request.agentFile}`], close: async () => {} };
  }
  const { instructions } = request;
  const { agent, madeOf, close } = configuredAgent({
    environment,
    logger: viewLogger(view),
    ...(instructions === undefined ? {} : { instructions }),
    ...(network === undefined ? {} : { network }),
  });
  return { agent: () => agent, madeOf, close };
}

async function agentIn(file: string): Promise<RequestedAgent["agent"]> {
  let module: { readonly agent?: unknown };
  try {
    module = await import(pathToFileURL(file).href);
  } catch (cause) {
    throw wrong(`The file ${file} cannot be loaded: ${messageOf(cause)}. Give a JavaScript module.`, cause);
  }
  const { agent } = module;
  if (typeof agent === "function") return agent as RequestedAgent["agent"];
  if (typeof agent === "object" && agent !== null && "brain" in agent) return () => agent as CallAgent;
  throw wrong(
    `The file ${file} exports no agent. Export \`agent\`: what a session needs, or a function that makes it.`,
  );
}

function wrong(message: string, cause?: unknown): BolchaalError {
  return new BolchaalError(message, { code: "invalid-option", component: "cli", cause });
}
