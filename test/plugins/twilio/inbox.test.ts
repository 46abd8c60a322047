import { expect, it } from "vitest";
import { createInbox } from "../../../src/plugins/twilio/inbox.js";
import type { TransportEvent } from "../../../src/spec/index.js";

const start: TransportEvent = { type: "start", call: { callId: "CA1", direction: "inbound", parameters: {} } };
const end: TransportEvent = { type: "end", reason: "caller-hangup" };
const mark: TransportEvent = { type: "mark", name: "m" };

it.each<[string, TransportEvent[], TransportEvent[]]>([
  ["a start comes first, whatever came before it", [mark, start, end], [start, mark, end]],
  ["a second start is none", [start, start, mark], [start, mark]],
  ["nothing comes behind the end", [start, end, mark, end, start], [start, end]],
  ["a call that never started has its end only", [mark, end, start, mark], [end]],
])("%s", (_name, pushed, expected) => {
  for (const listenFrom of [0, 1, pushed.length]) {
    const heard: TransportEvent[] = [];
    const inbox = createInbox(1000, () => {});
    pushed.forEach((event, index) => {
      if (index === listenFrom) inbox.connect((each) => heard.push(each));
      inbox.push(event);
    });
    if (listenFrom === pushed.length) inbox.connect((each) => heard.push(each));
    expect(heard).toEqual(expected);
  }
});
