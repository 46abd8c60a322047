import type { CallInfo } from "../../../spec/index.js";
import type { RelaySetup } from "./messages.js";

/** What ConversationRelay's `setup` tells. */
export interface RelayStart {
  readonly call: CallInfo;
  readonly sessionId: string;
  readonly accountSid?: string;
  /** The call token, if the TwiML passed one. */
  readonly token?: string;
}

/** A `setup`, with the library's own parameters taken out. Numbers are Twilio's own, which nobody can pass. */
export function readRelayStart(setup: RelaySetup): RelayStart {
  const { sessionId, callSid, accountSid, customParameters } = setup;
  const {
    from: fromParameter,
    to: toParameter,
    direction: directionParameter,
    token,
    ...parameters
  } = customParameters;
  const from = setup.from ?? (fromParameter || undefined);
  const to = setup.to ?? (toParameter || undefined);
  const direction = setup.direction ?? directionParameter;
  return {
    call: {
      callId: callSid,
      direction: direction?.startsWith("outbound") === true ? "outbound" : "inbound",
      ...(from === undefined ? {} : { from }),
      ...(to === undefined ? {} : { to }),
      parameters,
    },
    sessionId,
    ...(accountSid === undefined ? {} : { accountSid }),
    ...(token ? { token } : {}),
  };
}
