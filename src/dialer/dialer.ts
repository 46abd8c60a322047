import { BolchaalError } from "../errors.js";
import { atMost } from "../plugins/twilio/at-most.js";
import { createDesk } from "./desk.js";
import type { Dialer, DialerOptions, OutboundCallOptions } from "./dialer-types.js";
import { resolveCallOptions, resolveDialerOptions } from "./options.js";
import { createOutboundCall, type DialedCall, type DialerLink } from "./outbound-call.js";
import type { OutboundCall } from "./outbound-call-types.js";
import { createPacer } from "./pacer.js";
import { createRegister } from "./register.js";

/** `close` lets calls go on for so long, in ms, unless told otherwise. */
export const DEFAULT_DIALER_GRACE_MS = 30_000;

/**
 * Makes a dialer. The phone server must know it, for Twilio tells the server how the calls are doing.
 *
 * @throws BolchaalError `invalid-option`
 * @example
 * const dialer = createDialer({ client: twilioRestClient(), publicUrl, from: "+15005550006" });
 * const call = dialer.call({ to: "+919812345678", variables: { name: "Asha" } });
 * for await (const event of call) console.log(event.type);
 */
export function createDialer(options: DialerOptions): Dialer {
  const resolved = resolveDialerOptions(options);
  const { clock, callsPerSecond } = resolved;
  const register = createRegister();
  const pacer = createPacer(clock, callsPerSecond);
  const calls = new Set<OutboundCall>();
  let closing = false;

  const link: DialerLink = {
    options: resolved,
    pacer,
    identified: register.identify,
    isOther: (dialed, callSid) => (register.bySid(callSid) ?? dialed) !== dialed,
    isOnlyOne: (dialed) =>
      ![...register.live].some(
        (other) => other !== dialed && isUnidentified(other) && areBetweenTheSame(other, dialed),
      ),
    over(dialed) {
      register.retire(dialed);
      calls.delete(dialed.call);
    },
  };

  function call(options: OutboundCallOptions): OutboundCall {
    const order = resolveCallOptions(options, resolved);
    const known = register.byIdempotencyKey(order.idempotencyKey);
    if (known !== undefined) return sameOrder(known, order);
    if (closing) {
      throw new BolchaalError("The dialer is closed. Make another for more calls.", {
        code: "session-ended",
        component: "dialer",
      });
    }
    const dialed = createOutboundCall(order, link);
    register.add(dialed);
    calls.add(dialed.call);
    return dialed.call;
  }

  return {
    call,
    calls,
    get waiting() {
      return [...register.live].filter(({ progress }) => progress.status === "waiting").length;
    },
    find: (callSid) => register.bySid(callSid)?.call,
    desk: createDesk(register, resolved),
    async close({ graceMs = DEFAULT_DIALER_GRACE_MS } = {}) {
      closing = true;
      const live = [...calls];
      for (const each of live) if (each.status === "waiting") void each.cancel();
      const over = Promise.all(live.map(({ ended }) => ended));
      if ((await atMost(clock, graceMs, over)) !== undefined) return;
      for (const each of live) void each.cancel();
      await over;
    },
  };
}

/** A call that is being asked for, or sought. */
function isUnidentified({ progress }: DialedCall): boolean {
  return progress.status === "creating" && progress.callSid === undefined;
}

function areBetweenTheSame(one: DialedCall, other: DialedCall): boolean {
  return one.call.to === other.call.to && one.call.from === other.call.from;
}

function sameOrder({ call }: DialedCall, order: { readonly to: string; readonly from: string }): OutboundCall {
  if (call.to === order.to && call.from === order.from) return call;
  throw new BolchaalError(
    "The idempotency key belongs to a call between other numbers. Give each call a key of its own.",
    { code: "invalid-request", component: "dialer" },
  );
}
