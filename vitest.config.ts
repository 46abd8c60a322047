import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const source = (path: string) => fileURLToPath(new URL(`./src/${path}`, import.meta.url));

export default defineConfig({
  resolve: {
    alias: [
      { find: /^bolchaal$/, replacement: source("index.ts") },
      {
        find: /^bolchaal\/(twilio|local|silero|openai|ai-sdk|deepgram|elevenlabs|sarvam)$/,
        replacement: source("plugins/$1/index.ts"),
      },
      { find: /^bolchaal\/(calls|metrics|recording|dialer|server|testing)$/, replacement: source("$1/index.ts") },
    ],
  },
  test: {
    include: ["test/**/*.test.ts"],
    setupFiles: ["test/setup.ts"],
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
