import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize, sep } from "node:path";
import { describe, expect, it } from "vitest";

/** The floors of the house, the ground first. A file imports from its own folder and from floors below. */
const FLOORS: readonly (readonly string[])[] = [
  ["spec", "errors", "async", "system-clock", "audio", "language", "net"],
  ["session", "brain"],
  ["plugins", "calls", "metrics", "recording", "speech-to-speech"],
  ["dialer"],
  ["server", "testing"],
  ["cli"],
];

const root = join(import.meta.dirname, "../../src");
const files = readdirSync(root, { recursive: true, encoding: "utf8" })
  .filter((file) => /\.(ts|js)$/.test(file))
  .sort();

/** `errors.ts` and `index.ts` stand at the top of `src`; every other file belongs to its folder, a plug-in to its own. */
function roomOf(file: string): string {
  const [folder = "", name = ""] = file.split(sep);
  if (!file.includes(sep)) return folder.replace(/\.ts$/, "");
  return folder === "plugins" ? `plugins/${name}` : folder;
}

function floorOf(room: string): number {
  return FLOORS.findIndex((rooms) => rooms.includes(room.split("/")[0] ?? ""));
}

interface Import {
  readonly path: string;
  readonly typeOnly: boolean;
}

function importsOf(file: string): Import[] {
  const text = readFileSync(join(root, file), "utf8");
  const pattern = /^\s*(?:import|export)\s+(type\s+)?(?:[^;"']*?from\s+)?["']([^"']+)["']/gmu;
  return [...text.matchAll(pattern)].map((match) => ({ typeOnly: match[1] !== undefined, path: match[2] ?? "" }));
}

function target(file: string, path: string): string {
  const plain = normalize(join(dirname(file), path)).replace(/\.js$/, "");
  return files.find((other) => other === `${plain}.ts` || other === `${plain}.js`) ?? plain;
}

describe("imports", () => {
  it("are there to be checked", () => {
    expect(files.length).toBeGreaterThan(30);
    expect(files.flatMap(importsOf).length).toBeGreaterThan(100);
  });

  it.each(files.filter((file) => file !== "index.ts"))("of %s go down only", (file) => {
    const room = roomOf(file);
    expect(floorOf(room), `${file} stands in no known folder`).toBeGreaterThanOrEqual(0);
    for (const { path } of importsOf(file)) {
      if (!path.startsWith(".")) continue;
      const other = roomOf(target(file, path));
      if (other === room) continue;
      const groundToGround = floorOf(room) === 0 && floorOf(other) === 0;
      expect(groundToGround || floorOf(other) < floorOf(room), `${file} imports ${path}`).toBe(true);
    }
  });

  it("make no circle", () => {
    const done = new Set<string>();
    const visit = (file: string, path: readonly string[]): void => {
      const at = path.indexOf(file);
      expect(at, [...path.slice(Math.max(0, at)), file].join(" → ")).toBe(-1);
      if (done.has(file)) return;
      for (const { path: imported, typeOnly } of importsOf(file)) {
        if (imported.startsWith(".") && !typeOnly) visit(target(file, imported), [...path, file]);
      }
      done.add(file);
    };
    for (const file of files) visit(file, []);
  });

  it.each(files.filter((file) => /^(spec|audio|language|session)\b/.test(file)))("of %s name no vendor", (file) => {
    const packages = importsOf(file).filter(({ path }) => !path.startsWith(".") && !path.startsWith("node:"));
    for (const { path } of packages) expect(["eventemitter3", "zod"]).toContain(path);
  });

  it.each(files.filter((file) => file.startsWith("spec")))("of %s are types", (file) => {
    for (const { typeOnly, path } of importsOf(file)) expect(typeOnly, path).toBe(true);
  });
});
