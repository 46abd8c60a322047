import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import tsup from "../../tsup.config.js";

const root = join(import.meta.dirname, "../..");
const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
  readonly exports: Readonly<Record<string, string | { readonly types: string; readonly default: string }>>;
  readonly bin: Readonly<Record<string, string>>;
};
const entries = (tsup as unknown as { entry: Record<string, string> }).entry;
const subPaths = Object.entries(manifest.exports).filter(([path]) => path !== "./package.json");

describe("the package", () => {
  it.each(subPaths)("%s is an entry of the build, and built", (path, target) => {
    const name = path === "." ? "index" : path.slice(2);
    expect(target).toEqual({ types: `./dist/${name}.d.ts`, default: `./dist/${name}.js` });
    expect(Object.keys(entries)).toContain(name);
    expect(existsSync(join(root, "dist", `${name}.js`)), `dist/${name}.js: run npm run build first`).toBe(true);
    expect(existsSync(join(root, "dist", `${name}.d.ts`))).toBe(true);
  });

  it("builds nothing it does not need", () => {
    const wanted = [
      ...subPaths.map(([path]) => (path === "." ? "index" : path.slice(2))),
      "cli",
      "recogniser-worker",
      "voice-worker",
    ];
    expect(Object.keys(entries).sort()).toEqual(wanted.sort());
  });

  it("has a command line that node can run", () => {
    expect(manifest.bin).toEqual({ bolchaal: "./dist/cli.js" });
    expect(readFileSync(join(root, "dist/cli.js"), "utf8").startsWith("#!/usr/bin/env node\n")).toBe(true);
  });

  it.each(subPaths)("%s exports these names", async (path) => {
    const name = path === "." ? "index" : path.slice(2);
    const values = Object.keys(await import(join(root, "dist", `${name}.js`))).sort();
    const types = declaredNames(readFileSync(join(root, "dist", `${name}.d.ts`), "utf8"));
    await expect(
      `${JSON.stringify({ values, types: types.filter((type) => !values.includes(type)) }, null, 2)}\n`,
    ).toMatchFileSnapshot(`public-api/${name}.json`);
  });
});

/** The names in the `export { … }` lists of a bundled declaration file. */
function declaredNames(declarations: string): string[] {
  const lists = [...declarations.matchAll(/export (?:type )?\{([^}]*)\}/gu)].map((match) => match[1] ?? "");
  const names = lists.flatMap((list) => list.split(",")).map((item) => item.trim().replace(/^type /, ""));
  return [...new Set(names.map((item) => item.split(" as ").at(-1) ?? "").filter((item) => item !== ""))].sort();
}
