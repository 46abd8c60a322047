import { describe, expect, it } from "vitest";
import type { SpeechTransport, SpeechTransportEvent } from "../../../src/spec/index.js";
import { type SpeechTransportHarness, speechTransportConformance } from "../../../src/testing/index.js";
import { gatherHarness } from "../../plugins/twilio/gather/gather-harness.js";
import { failuresOf } from "./failures.js";

const run = (create: () => SpeechTransportHarness) => failuresOf(speechTransportConformance({ create, settleMs: 5 }));

/** A line whose events are told as `change` has it. */
const telling = (change: (event: SpeechTransportEvent, tell: (event: SpeechTransportEvent) => void) => void) => () =>
  gatherHarness((transport) => ({ connect: (listener) => transport.connect((event) => change(event, listener)) }));

const changed = (change: (transport: SpeechTransport) => Partial<SpeechTransport>) => () => gatherHarness(change);

describe("the speech transport suite", () => {
  it("passes a call in gather mode", async () => {
    expect(await run(() => gatherHarness())).toEqual([]);
  });

  it.each<[string, () => SpeechTransportHarness, string[]]>([
    ["of a strange kind", changed(() => ({ kind: "audio" as "speech" })), ["says what it is"]],
    [
      "that is deaf",
      telling((event, tell) => {
        if (event.type !== "transcript" && event.type !== "dtmf") tell(event);
      }),
      [
        "keeps what came before connect()",
        "brings the caller's words, and tells behind them that the caller has finished",
        "tells what was heard when the caller interrupts, before what they said",
        "tells of keys",
        "goes on when the language changes",
      ],
    ],
    [
      "that tells of the end of a turn too soon",
      telling((event, tell) => {
        if (event.type === "transcript") tell({ type: "turn-end" });
        if (event.type !== "turn-end") tell(event);
      }),
      ["brings the caller's words, and tells behind them that the caller has finished"],
    ],
    [
      "that takes each piece for a whole reply",
      changed((transport) => ({ say: (piece) => transport.say({ ...piece, last: true }) })),
      ["does not take a reply for over while more of it may come"],
    ],
    [
      "that loses the last words",
      changed((transport) => ({ say: (piece) => piece.text !== "" && transport.say(piece) })),
      [
        "tells when a reply begins to be heard, and when it is over",
        "does not take a reply for over while more of it may come",
        "says one reply behind another",
        "says another reply behind one that was stopped",
      ],
    ],
    [
      "that stammers",
      changed((transport) => ({
        say(piece) {
          transport.say({ ...piece, last: false });
          transport.say(piece);
        },
      })),
      ["says what it is given, in order and whole", "says one reply behind another"],
    ],
    [
      "that does not stop",
      changed(() => ({ stop: () => ({ heardText: "", playedMs: 0 }) })),
      ["says and tells nothing more of a reply that was stopped"],
    ],
    [
      "that makes up what was heard",
      telling((event, tell) => tell(event.type === "interrupted" ? { ...event, heardText: "nothing of it" } : event)),
      ["tells what was heard when the caller interrupts, before what they said"],
    ],
    [
      "that takes an interruption for the end of the reply",
      telling((event, tell) => {
        if (event.type !== "interrupted") return tell(event);
        const { generation, playedMs } = event;
        tell({ type: "playback-end", generation, playedMs });
      }),
      ["tells what was heard when the caller interrupts, before what they said"],
    ],
    [
      "that ends twice, and takes a loss for a goodbye",
      telling((event, tell) => {
        if (event.type !== "end") return tell(event);
        for (const _time of [1, 2]) tell({ type: "end", reason: "caller-hangup" });
      }),
      [
        "ends once when the caller hangs up",
        "ends once when it hangs up, and hangs up twice",
        "ends once when the line is lost",
        "takes calls after the end, and says nothing",
      ],
    ],
  ])("catches a transport %s", async (_, create, expected) => {
    expect(await run(create)).toEqual(expected);
  });
});
