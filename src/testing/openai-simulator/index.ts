export * from "./http/index.js";
export * from "./realtime/index.js";
