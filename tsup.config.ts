import { defineConfig } from "tsup";

/** One entry a sub-path of package.json `exports`. */
const subPaths = {
  index: "src/index.ts",
  twilio: "src/plugins/twilio/index.ts",
  local: "src/plugins/local/index.ts",
  silero: "src/plugins/silero/index.ts",
  openai: "src/plugins/openai/index.ts",
  "ai-sdk": "src/plugins/ai-sdk/index.ts",
  deepgram: "src/plugins/deepgram/index.ts",
  elevenlabs: "src/plugins/elevenlabs/index.ts",
  sarvam: "src/plugins/sarvam/index.ts",
  metrics: "src/metrics/index.ts",
  calls: "src/calls/index.ts",
  recording: "src/recording/index.ts",
  dialer: "src/dialer/index.ts",
  server: "src/server/index.ts",
  testing: "src/testing/index.ts",
};

/** All outputs land flat in `dist/`, so a worker is found beside whatever chunk starts it. */
export default defineConfig({
  entry: {
    ...subPaths,
    cli: "src/cli/main.ts",
    "recogniser-worker": "src/plugins/local/recogniser-worker.js",
    "voice-worker": "src/plugins/local/voice-worker.js",
  },
  dts: { entry: subPaths },
  format: "esm",
  target: "node20",
  platform: "node",
  clean: true,
  sourcemap: true,
  splitting: true,
});
