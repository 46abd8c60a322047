import type { AnsweredBy, OutboundEnd, OutboundEndReason, OutboundEvent } from "../../dialer/index.js";
import { messageOf } from "../message-of.js";
import type { View } from "../view.js";

const ANSWERED: Readonly<Record<AnsweredBy, string>> = {
  human: "A person answered.",
  machine: "A machine answered.",
  unknown: "Answered; who it is cannot be told.",
};

const ENDS: Readonly<Record<OutboundEndReason, string>> = {
  completed: "The call is over.",
  machine: "A machine answered.",
  busy: "Busy.",
  "no-answer": "Nobody answered.",
  failed: "The carrier could not put it through. Look at the number.",
  canceled: "The call was taken back.",
  refused: "Not called.",
  "not-created": "Twilio did not take the call.",
  uncertain: "What became of the call is not known. It was not dialled again.",
};

/** Shows one step of a call. */
export function showProgress(view: View, event: OutboundEvent): void {
  switch (event.type) {
    case "waiting":
      return event.ahead > 0 ? view.note(`Waiting behind ${event.ahead} …`) : undefined;
    case "creating":
      return view.note("Asking Twilio …");
    case "queued":
      return view.note("Queued at Twilio …");
    case "ringing":
      return view.note("Ringing …");
    case "in-progress":
      return view.note("Picked up.");
    case "answered":
      return view.note(ANSWERED[event.by]);
    case "ended":
      return event.end.reason === "completed" ? view.good(endText(event.end)) : view.warn(endText(event.end));
  }
}

/** How a call ended, and why if that is known. */
export function endText({ reason, messageLeft, sipResponseCode, error }: OutboundEnd): string {
  const parts = [
    ENDS[reason],
    reason === "machine" && messageLeft ? "The message was left." : undefined,
    reason === "failed" && sipResponseCode !== undefined ? `(SIP ${sipResponseCode})` : undefined,
    error === undefined ? undefined : messageOf(error),
  ];
  return parts.filter((part) => part !== undefined).join(" ");
}
