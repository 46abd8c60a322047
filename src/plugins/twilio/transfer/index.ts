export { ACCEPT_KEY, readDialed } from "./forms.js";
export { type HoldSound, holdCall, holdVerbs, resumeCall } from "./hold.js";
export {
  INITIAL_TRANSFER,
  stepTransfer,
  type TransferAcceptance,
  type TransferEnd,
  type TransferInput,
  type TransferState,
} from "./transfer-state.js";
export {
  ACCEPT_LINES,
  ACCEPT_WITHIN_MS,
  type Briefing,
  briefingVerbs,
  DEFAULT_TRANSFER_RING_MS,
  type DialPlan,
  dialVerbs,
} from "./transfer-verbs.js";
export {
  ACCEPTANCE_PATIENCE_MS,
  BRIEFING_TIMEOUT_MS,
  createTransfers,
  REMEMBERED_TRANSFERS,
  type Transfer,
  type TransferResult,
  type Transfers,
  type TransfersOptions,
  type WarmTransferOptions,
} from "./transfers.js";
