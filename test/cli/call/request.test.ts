import { describe, expect, it } from "vitest";
import { type Given, UsageError } from "../../../src/cli/arguments.js";
import { callCommand } from "../../../src/cli/call/call-command.js";
import { type CallRequest, readRequest } from "../../../src/cli/call/request.js";
import { runCommand } from "../../../src/cli/command.js";
import { terminal } from "../terminal.js";

const environment = { TWILIO_PHONE_NUMBER: "+918041234567" };

/** What the command makes of its words. */
async function request(...words: string[]): Promise<CallRequest> {
  let made: CallRequest | undefined;
  const command = {
    ...callCommand(async () => {
      throw new Error("no line");
    }),
    run: (_context: unknown, given: Given) => {
      made = readRequest(given, environment);
      return 0;
    },
  };
  await runCommand(command, words, terminal());
  return made as CallRequest;
}

describe("a request to call", () => {
  it("needs a number, and has defaults for the rest", async () => {
    expect(await request("+91 98123 45678")).toEqual({
      to: "+919812345678",
      from: "+918041234567",
      agentFile: undefined,
      instructions: undefined,
      say: undefined,
      language: undefined,
      variables: {},
      machine: { do: "hang-up" },
      kind: "transactional",
      port: undefined,
      confirmed: false,
    });
  });

  it("says all there is to say", async () => {
    const said = await request(
      ...["+919812345678", "--from", "+14155550100", "--instructions", "@agent.txt", "--say", "Namaste!"],
      ...["--language", "hi-en", "--var", "name=Ravi", "--var", "time=5", "--machine", "leave-message"],
      ...["--message", "Call us back.", "--promotional", "--port", "4000", "--yes"],
    );
    expect(said).toEqual({
      to: "+919812345678",
      from: "+14155550100",
      agentFile: undefined,
      instructions: "@agent.txt",
      say: "Namaste!",
      language: "hi-en",
      variables: { name: "Ravi", time: "5" },
      machine: { do: "leave-message", message: "Call us back." },
      kind: "promotional",
      port: "4000",
      confirmed: true,
    });
  });

  it.each([
    [[], "Which number?"],
    [["98123 45678"], "Is it +919812345678?"],
    [["+919812345678", "--from", "abc"], '"abc" is no number'],
    [["+919812345678", "+919812345679"], "+919812345679: too many words."],
    [["+919812345678", "--machine", "shout"], "--machine shout is none of hang-up, leave-message, carry-on."],
    [["+919812345678", "--machine", "leave-message"], "go together"],
    [["+919812345678", "--message", "hello"], "go together"],
    [["+919812345678", "--language", "fr"], "--language fr is none of"],
    [["+919812345678", "--agent", "a.js", "--instructions", "x"], "--agent brings its own instructions"],
  ])("%j is refused: %s", async (words, message) => {
    const refusal = await request(...words).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(UsageError);
    expect((refusal as Error).message).toContain(message);
  });
});
