import { must } from "./contract.js";

/** Words that only one caller says: no other caller may ever hear them. */
export const SECRETS = ["Zorvexa", "Quillimund", "Brastopel"] as const;

/** What one caller said must not be in what another was given. */
export function mustKeepSecrets(given: readonly { readonly secret: string; readonly parts: unknown }[]): void {
  for (const { secret, parts } of given) {
    const text = (JSON.stringify(parts) ?? "").toLowerCase();
    const leaked = SECRETS.filter((other) => other !== secret && text.includes(other.toLowerCase()));
    must(leaked.length === 0, "What one caller says stays with that caller", parts);
  }
}
