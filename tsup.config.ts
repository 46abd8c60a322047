import { defineConfig } from "tsup";

/**
 * One entry a sub-path of package.json `exports`, plus the command line and the two worker files.
 * All land flat in `dist/`, so a worker is found beside whatever chunk starts it.
 */
export default defineConfig({
  entry: {
    index: "src/index.ts",
    twilio: "src/plugins/twilio/index.ts",
    local: "src/plugins/local/index.ts",
    calls: "src/calls/index.ts",
    server: "src/server/index.ts",
    testing: "src/testing/index.ts",
    cli: "src/cli/main.ts",
    "recogniser-worker": "src/plugins/local/recogniser-worker.js",
    "voice-worker": "src/plugins/local/voice-worker.js",
  },
  format: "esm",
  target: "node20",
  platform: "node",
  dts: { entry: ["index", "twilio", "local", "calls", "server", "testing"].reduce<Record<string, string>>((all, name) => {
    const folder = name === "twilio" || name === "local" ? `plugins/${name}/` : name === "index" ? "" : `${name}/`;
    all[name] = `src/${folder}index.ts`;
    return all;
  }, {}) },
  clean: true,
  sourcemap: true,
  splitting: true,
});
