import type { VoiceEvent } from "../../spec/index.js";
import type { Scenario } from "./scenario.js";

type EventOf<Type extends VoiceEvent["type"]> = Extract<VoiceEvent, { readonly type: Type }>;

/**
 * What is wrong with a call, in words; none: it went as the scenario wants. Of every call is asked that each turn was
 * answered once, and that it was logged whole: from `call-start` to `call-end`, once each, nothing missing between.
 * @param events All events of the call's session, in order.
 */
export function scenarioFaults({ expect }: Scenario, events: readonly VoiceEvent[]): string[] {
  const of = <Type extends VoiceEvent["type"]>(type: Type) =>
    events.filter((event): event is EventOf<Type> => event.type === type);
  const answers = of("reply").filter(({ kind, heardText }) => kind === "answer" && heardText !== "");
  const turns = of("turn-end").filter(({ text }) => text !== "");
  return [
    ...logFaults(events),
    ...twiceAnswered(answers),
    ...answerFaults(
      expect.answers,
      answers.map(({ heardText }) => heardText),
    ),
    ...differs("the answers' languages", expect.spokenIn, () => answers.map(({ language }) => language)),
    ...differs("the turns' languages", expect.turnsIn, () => turns.map(({ language }) => language)),
    ...differs("interruptions", expect.bargeIns, () => of("barge-in").length),
    ...differs("backchannels", expect.backchannels, () => of("backchannel").length),
    ...differs("keys", expect.dtmf, () =>
      of("dtmf")
        .map(({ digit }) => digit)
        .join(""),
    ),
    ...differs("silence prompts", expect.silencePrompts, () => {
      const prompts = of("reply").filter(({ kind }) => kind === "silence-prompt");
      return prompts.length;
    }),
    ...differs("the end", expect.endReason, () => of("call-end")[0]?.reason),
  ];
}

/** One start, one end, and between them every event. */
function logFaults(events: readonly VoiceEvent[]): string[] {
  const starts = events.filter(({ type }) => type === "call-start").length;
  const ends = events.filter(({ type }) => type === "call-end").length;
  return [
    ...(starts === 1 && events[0]?.type === "call-start" ? [] : [`${starts} call-start events; one, first, is wanted`]),
    ...(ends === 1 && events.at(-1)?.type === "call-end" ? [] : [`${ends} call-end events; one, last, is wanted`]),
    ...(events.every(({ seq }, index) => seq === index + 1) ? [] : ["an event is missing, doubled or out of order"]),
  ];
}

/** A turn may be answered by one reply, and by its rest if a false alarm cut it. */
function twiceAnswered(answers: readonly EventOf<"reply">[]): string[] {
  return answers
    .filter(({ turnId, text }, index) =>
      answers.slice(0, index).some((before) => before.turnId === turnId && !before.text.endsWith(text)),
    )
    .map(({ turnId, heardText }) => `turn ${turnId} was answered again: "${heardText}"`);
}

function answerFaults(wanted: readonly string[] | undefined, heard: readonly string[]): string[] {
  if (wanted === undefined) return [];
  const fits =
    wanted.length === heard.length && wanted.every((each, index) => new RegExp(each, "iu").test(heard[index] ?? ""));
  return fits ? [] : [`heard ${JSON.stringify(heard)}, not ${JSON.stringify(wanted)}`];
}

function differs<Value>(what: string, wanted: Value | undefined, found: () => unknown): string[] {
  if (wanted === undefined) return [];
  const [want, have] = [JSON.stringify(wanted), JSON.stringify(found())];
  return want === have ? [] : [`${what}: ${have}, not ${want}`];
}
