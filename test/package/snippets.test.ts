import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "../..");
const PAGES = [
  "README.md",
  "docs/guides/command-line.md",
  "docs/guides/conversation-relay.md",
  "docs/guides/during-a-call.md",
  "docs/guides/gather-mode.md",
  "docs/guides/interruptions.md",
  "docs/guides/language.md",
  "docs/guides/metrics.md",
  "docs/guides/models-and-tools.md",
  "docs/guides/outbound-calls.md",
  "docs/guides/speech-to-speech.md",
  "docs/guides/turn-taking.md",
  "docs/guides/when-providers-fail.md",
  "docs/plugins/ai-sdk.md",
  "docs/plugins/deepgram.md",
  "docs/plugins/elevenlabs.md",
  "docs/plugins/local.md",
  "docs/plugins/openai.md",
  "docs/plugins/sarvam.md",
  "docs/plugins/silero.md",
  "docs/plugins/twilio.md",
];

/** Each ```ts block of a page, as a module of its own. */
function snippetsOf(page: string): { readonly name: string; readonly text: string }[] {
  const blocks = readFileSync(join(root, page), "utf8").matchAll(/^```ts\n([\s\S]*?)^```$/gmu);
  return [...blocks].map((block, index) => ({
    name: join(root, "test/package", `${page.replaceAll("/", "-")}-${index + 1}.ts`),
    text: `${block[1] ?? ""}\nexport {};\n`,
  }));
}

/** What the snippets take from the reader's own project. */
const OWN_AGENT: readonly [name: string, text: string] = [
  join(root, "test/package/agent.ts"),
  `import type { AgentOptions, CallInfo } from "bolchaal";\nexport declare function agent(call: CallInfo): AgentOptions;\n`,
];

describe("the snippets of the docs", () => {
  it("compile", () => {
    const snippets = new Map([OWN_AGENT, ...PAGES.flatMap(snippetsOf).map(({ name, text }) => [name, text] as const)]);
    expect(snippets.size).toBeGreaterThan(5);
    const configFile = join(root, "tsconfig.json");
    const { options } = ts.parseJsonConfigFileContent(
      ts.readConfigFile(configFile, ts.sys.readFile).config,
      ts.sys,
      dirname(configFile),
    );
    const host = ts.createCompilerHost(options);
    const { fileExists, readFile, getSourceFile } = host;
    host.fileExists = (name) => snippets.has(name) || fileExists(name);
    host.readFile = (name) => snippets.get(name) ?? readFile(name);
    host.getSourceFile = (name, version, ...rest) => {
      const text = snippets.get(name);
      return text === undefined ? getSourceFile(name, version, ...rest) : ts.createSourceFile(name, text, version);
    };
    const program = ts.createProgram([...snippets.keys()], options, host);
    const faults = [...snippets.keys()].flatMap((name) =>
      ts.getPreEmitDiagnostics(program, program.getSourceFile(name)),
    );
    expect(
      faults.map((fault) => `${fault.file?.fileName}: ${ts.flattenDiagnosticMessageText(fault.messageText, " ")}`),
    ).toEqual([]);
  }, 60_000);
});
