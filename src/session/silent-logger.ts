import type { Logger } from "../spec/index.js";

/** Says nothing. The default. */
export const silentLogger: Logger = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  child: () => silentLogger,
};
