import { silentLogger } from "../session/index.js";
import type { LogFields, Logger } from "../spec/index.js";
import { messageOf } from "./message-of.js";
import type { View } from "./view.js";

/** Warnings and errors, for who watches the terminal: what happened, and the error behind it if there is one. */
export function viewLogger(view: View): Logger {
  const warn = ({ error }: LogFields, message: string) =>
    view.warn(error === undefined ? message : `${message}: ${messageOf(error)}`);
  return { ...silentLogger, warn, error: warn, child: () => viewLogger(view) };
}
