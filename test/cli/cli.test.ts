import { describe, expect, it } from "vitest";
import { runCli, WRONG_USAGE } from "../../src/cli/cli.js";
import { columns } from "../../src/cli/command.js";
import { COMMANDS } from "../../src/cli/commands.js";
import { terminal } from "./terminal.js";

describe("bolchaal", () => {
  it("alone, with nobody at a terminal, shows its help and exits with 2", async () => {
    const at = terminal();
    expect(await runCli([], at)).toBe(WRONG_USAGE);
    for (const { name, summary } of COMMANDS)
      expect(at.text()).toMatch(new RegExp(`  bolchaal ${name}.* ${summary}\n`, "u"));
    expect(at.text()).toContain("  PUBLIC_URL ");
  });

  it.each([[["--help"]], [["-h"]], [["help"]]])("%j shows it, and that is what was wanted", async (args) => {
    const at = terminal();
    expect(await runCli(args, at)).toBe(0);
    expect(at.text()).toContain("Usage\n");
  });

  it.each(["--version", "-v"])("%s", async (word) => {
    const at = terminal();
    expect(await runCli([word], at)).toBe(0);
    expect(at.text()).toBe("1.2.3\n");
  });

  it.each(COMMANDS.map(({ name }) => name))("%s --help shows every option it has", async (name) => {
    const at = terminal();
    expect(await runCli([name, "--help"], at)).toBe(0);
    const again = terminal();
    await runCli(["help", name], again);
    expect(again.text()).toBe(at.text());
    expect(at.text().startsWith(`bolchaal ${name}`)).toBe(true);
    for (const option of COMMANDS.find((command) => command.name === name)?.options ?? []) {
      expect(at.text()).toContain(`  --${option.name}`);
    }
  });

  it.each([
    [["cal"], 'There is no command "cal".', "`bolchaal --help` says"],
    [["doctor", "--jsn"], "Unknown option '--jsn'.", "`bolchaal doctor --help` says"],
    [["serve", "now"], "now: too many words.", "`bolchaal serve --help` says"],
  ])("%j is not understood, and says where to look", async (args, message, hint) => {
    const at = terminal();
    expect(await runCli(args, at)).toBe(WRONG_USAGE);
    expect(at.errorText()).toContain(message);
    expect(at.errorText()).toContain(hint);
    expect(at.text()).toBe("");
  });

  it("tells of what fails, on the error stream, and exits with 1", async () => {
    const environment = {
      TWILIO_AUTH_TOKEN: "t",
      PUBLIC_URL: "https://a.example",
      OPENAI_API_KEY: "k",
      BOLCHAAL_INSTRUCTIONS: "@/no/such/file",
    };
    const at = terminal({ environment });
    expect(await runCli(["serve"], at)).toBe(1);
    expect(at.errorText()).toContain("/no/such/file");
  });

  it("tunnel says how, for the port that is used", async () => {
    const at = terminal({ environment: { PORT: "4000" } });
    expect(await runCli(["tunnel"], at)).toBe(0);
    expect(at.text()).toContain("    cloudflared tunnel --url http://localhost:4000\n");
    expect(at.text()).toContain("    ngrok http 4000\n");
    const other = terminal();
    await runCli(["tunnel", "--port", "5000"], other);
    expect(other.text()).toContain("http://localhost:5000");
  });

  it("writes its columns under each other", () => {
    expect(
      columns([
        ["a", "one\ntwo"],
        ["longer", "three"],
      ]),
    ).toBe("  a       one\n          two\n  longer  three\n");
  });
});

describe("the menu", () => {
  it("asks what to do, does it, and asks again", async () => {
    const at = terminal({ typed: ["5", "3", "q"] });
    expect(await runCli([], at)).toBe(1);
    expect(at.questions).toHaveLength(3);
    expect(at.text()).toContain("Namaste! What shall we do?");
    expect(at.text()).toContain("ngrok http 3000");
    expect(at.errorText()).toContain("TWILIO_AUTH_TOKEN is not set");
    expect(at.text().trimEnd().endsWith("Alvida!")).toBe(true);
  });

  it.each([["q"], ["alvida"], ["0"], []])("leaves at %j", async (...typed) => {
    const at = terminal({ typed });
    expect(await runCli([], at)).toBe(0);
    expect(at.questions).toHaveLength(1);
  });

  it("says what can be typed when something else was", async () => {
    const at = terminal({ typed: ["9", "", "q"] });
    expect(await runCli([], at)).toBe(0);
    expect(at.text()).toContain('! "9" is not among them.');
  });

  it("goes on after what failed", async () => {
    const at = terminal({ typed: ["4", "q"] });
    expect(await runCli([], at)).toBe(1);
    expect(at.text()).toContain("Not ready to take calls");
  });
});
