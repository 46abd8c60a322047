/** Every benchmark, one after another, each in a process of its own. */
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";

for (const file of readdirSync(import.meta.dirname)
  .filter((name) => name.endsWith(".bench.ts"))
  .sort()) {
  console.log(`\n━━ ${file}`);
  spawnSync(process.execPath, ["--expose-gc", "--import", "tsx", join(import.meta.dirname, file)], {
    stdio: "inherit",
  });
}
