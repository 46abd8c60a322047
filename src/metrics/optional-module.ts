import { createRequire } from "node:module";
import { BolchaalError } from "../errors.js";

/**
 * Loads an optional peer dependency, at once: a listener that came later would miss the beginning of the call.
 *
 * @throws BolchaalError `missing-dependency` when it is not installed; `provider-failed` when it is there and does not load
 */
export function optionalModule(name: string): unknown {
  try {
    return createRequire(import.meta.url)(name);
  } catch (cause) {
    const isMissing = (cause as { readonly code?: unknown }).code === "MODULE_NOT_FOUND";
    throw isMissing
      ? new BolchaalError(`The package ${name} is not there. Install it: npm install ${name}.`, {
          code: "missing-dependency",
          component: "session",
          provider: name,
          cause,
        })
      : new BolchaalError(`The package ${name} does not load. Look at the cause, and install it anew.`, {
          code: "provider-failed",
          component: "session",
          provider: name,
          cause,
        });
  }
}
