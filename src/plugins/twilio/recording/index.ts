export {
  type CarrierRecording,
  type CarrierRecordingOptions,
  startCarrierRecording,
  type TwilioRecordingChange,
  type TwilioRecordingClient,
  type TwilioRecordingCreation,
  type TwilioRecordings,
} from "./carrier-recording.js";
export { type RecordingStatus, readRecordingStatus } from "./recording-status.js";
