/**
 * Recording a call by ourselves: the caller on the left, on the right the agent as the caller heard it.
 *
 * @packageDocumentation
 */
export {
  type CallRecording,
  DEFAULT_MAX_PENDING_BYTES,
  type RecordCallOptions,
  type RecordedSession,
  type RecordingSummary,
  recordCall,
} from "./record-call.js";
export { type LineTap, type TappedLine, tappedLine } from "./tapped-line.js";
export { RECORDING_FORMATS, type RecordingEncoding, SETTLED_AFTER_MS } from "./timeline.js";
export { HEADER_EVERY_MS, type RecordingFile } from "./wav-writer.js";
