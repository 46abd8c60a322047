/**
 * Call records: what is kept of a call, and where.
 *
 * @packageDocumentation
 */
export { memoryCallStore } from "./memory-call-store.js";
