import { quietAgent } from "../../../server/phone.js";

/** An agent that hears nothing and says "Yes." */
export const agent = quietAgent();
