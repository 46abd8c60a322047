import { speechTransportConformance } from "bolchaal/testing";
import { it } from "vitest";
import { gatherHarness } from "./gather-harness.js";

for (const { name, run } of speechTransportConformance({ create: () => gatherHarness(), settleMs: 5 })) it(name, run);
