import type { Clock } from "../../spec/index.js";
import type { FaultFrom, ProviderFault } from "./faults.js";
import type { Wire } from "./ways.js";

/** What leaves the provider, in order, with the fault in it. */
export function createOutlet(wire: Wire, clock: Clock, fault: ProviderFault | undefined) {
  const undos = new Set<() => void>();
  let count = 0;
  let lastAtMs = 0;
  let hasStruck = false;

  /** The fault takes effect with the next message. */
  function isDue({ from = 0 }: { readonly from?: FaultFrom }): boolean {
    return typeof from === "number" ? count >= from : hasStruck || from();
  }

  /** Whether something else happens in place of the next message. */
  function strikes(): boolean {
    if (fault === undefined || fault.type === "refuse" || fault.type === "status" || fault.type === "slow")
      return false;
    if (!isDue(fault)) return false;
    const again = hasStruck;
    hasStruck = true;
    const once = fault.type === "garbage" || fault.type === "binary";
    if (once && again) return false;
    if (fault.type === "garbage") wire.send("<html>garbage</html>");
    if (fault.type === "binary") wire.send(new Uint8Array([0, 1, 2, 3]));
    if (fault.type === "cut") wire.terminate();
    if (fault.type === "close") wire.close(fault.code, fault.reason);
    return true;
  }

  function inTurn(act: () => void): void {
    if (fault?.type !== "slow" || !isDue(fault)) return act();
    lastAtMs = Math.max(clock.now(), lastAtMs) + fault.everyMs;
    const undo = clock.setTimer(() => {
      undos.delete(undo);
      act();
    }, lastAtMs - clock.now());
    undos.add(undo);
  }

  return {
    /** A fault after no messages at all does not wait for a first one. */
    begin() {
      if (fault !== undefined && "from" in fault && fault.from === 0 && fault.type !== "stall") {
        strikes();
        count += 1;
      }
    },
    send(message: object) {
      const struck = strikes();
      if (!struck) inTurn(() => wire.send(JSON.stringify(message)));
      count += 1;
    },
    close(code: number, reason: string) {
      if (fault?.type === "stall") return;
      inTurn(() => wire.close(code, reason));
    },
    stop() {
      for (const undo of undos) undo();
    },
  };
}
