import { createRequire } from "node:module";

/** Packages whose native part may be missing although they are there. */
const NATIVE: Readonly<Record<string, () => Promise<unknown>>> = {
  "onnxruntime-node": () => import("onnxruntime-node"),
};

/**
 * Sees whether a package is there; a native one is loaded, the others are only looked up.
 * @throws an error with the code `ERR_MODULE_NOT_FOUND` when it is not there; what it throws when it does not load.
 */
export async function loadPackage(name: string): Promise<unknown> {
  const load = NATIVE[name];
  if (load !== undefined) return load();
  try {
    return createRequire(import.meta.url).resolve(name);
  } catch (error) {
    // A package for `import` alone is found all the same, and says so.
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ERR_PACKAGE_PATH_NOT_EXPORTED") return undefined;
    throw code === "MODULE_NOT_FOUND"
      ? Object.assign(new Error(`${name} is missing`), { code: "ERR_MODULE_NOT_FOUND" })
      : error;
  }
}
