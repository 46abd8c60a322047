import type { FormFields } from "../plugins/twilio/signature.js";
import type { CallInfo } from "../spec/index.js";
import type { DialerDesk } from "./dialer-types.js";
import { fittedAgent } from "./fitted-agent.js";
import type { ResolvedDialerOptions } from "./options.js";
import type { DialedCall } from "./outbound-call.js";
import type { CallRegister } from "./register.js";
import { readStatus, textOf } from "./webhook-forms.js";

/** The dialer's side of the phone server. */
export function createDesk(register: CallRegister, { onSession, logger }: ResolvedDialerOptions): DialerDesk {
  /** By the key in the address, else by Twilio's id. */
  function callOf(form: FormFields, [key]: readonly string[]): DialedCall | undefined {
    return register.byKey(key) ?? register.bySid(textOf(form, "CallSid"));
  }

  function takeDetected(dialed: DialedCall, form: FormFields): void {
    const [callSid, answeredBy] = [textOf(form, "CallSid"), textOf(form, "AnsweredBy")];
    if (callSid !== "" && answeredBy !== "") dialed.feed({ type: "detected", callSid, answeredBy });
  }

  return {
    onVoice(form, path) {
      const [dialed, callSid] = [callOf(form, path), textOf(form, "CallSid")];
      if (dialed === undefined || callSid === "") return undefined;
      dialed.feed({ type: "picked-up", callSid });
      takeDetected(dialed, form);
      const { progress, options } = dialed;
      const isWanted = progress.callSid === callSid && progress.end === undefined && !progress.hangingUp;
      return isWanted ? { type: "connect", parameters: options.split.sent } : { type: "hang-up" };
    },
    onStatus(form, path) {
      const [dialed, news] = [callOf(form, path), readStatus(form)];
      if (dialed === undefined || news === undefined) return false;
      takeDetected(dialed, form);
      dialed.feed({ type: "status", ...news });
      return true;
    },
    onAmd(form, path) {
      const dialed = callOf(form, path);
      if (dialed === undefined) return false;
      takeDetected(dialed, form);
      return true;
    },
    callInfo(call) {
      const dialed = register.bySid(call.callId);
      if (dialed === undefined) return call;
      return { ...call, parameters: { ...call.parameters, ...dialed.options.split.kept } };
    },
    async agentFor(call: CallInfo, standard) {
      const dialed = register.bySid(call.callId);
      if (dialed === undefined) return standard(call);
      const { agent = standard, machine, timeLimitMs } = dialed.options;
      return fittedAgent(await agent(call), { machine, timeLimitMs });
    },
    onSession(session, { callId }) {
      const dialed = register.bySid(callId);
      if (dialed === undefined) return;
      dialed.attach(session);
      try {
        onSession?.(session, dialed.call);
      } catch (error) {
        logger.error({ callId, error }, "onSession failed; the call goes on");
      }
    },
  };
}
