import {
  createGatherCall,
  type GatherCall,
  type GatherCallOptions,
} from "../../../../src/plugins/twilio/gather/index.js";
import type { TwimlVerb } from "../../../../src/plugins/twilio/twiml.js";
import type { SpeechTransportEvent } from "../../../../src/spec/index.js";
import { createVirtualClock } from "../../../../src/testing/index.js";

export const BASE = "https://voice.example.com/twilio";
export const FORM = { CallSid: "CA1", From: "+919812345678", To: "+918041234567", Direction: "inbound" };

type Form = Readonly<Record<string, string>>;

/** A Twilio that asks a call's webhooks one after another, on a virtual clock, as the test has it. */
export function gatheringTwilio(options: Partial<GatherCallOptions> = {}) {
  const clock = createVirtualClock();
  const call = createGatherCall({ baseUrl: BASE, clock, ...options });
  const events: (SpeechTransportEvent & { readonly atMs: number })[] = [];
  const documents: (readonly TwimlVerb[])[] = [];
  /** What Twilio is carrying out; undefined while it waits for an answer. */
  let document: readonly TwimlVerb[] | undefined;
  let turn = 0;

  function ask(answer: Promise<readonly TwimlVerb[]>): void {
    document = undefined;
    void answer.then((verbs) => {
      document = verbs;
      documents.push(verbs);
      turn = turnOf(verbs) ?? turn;
    });
  }

  return {
    clock,
    call,
    events,
    documents,
    connect: () => call.connect((event) => events.push({ ...event, atMs: clock.now() })),
    /** The call comes in. */
    begin: (form: Form = {}) => ask(call.voice({ ...FORM, ...form })),
    /** Twilio is through with its document. */
    back: (form: Form = {}) => ask(call.action(turn, { ...FORM, ...form })),
    partial: (form: Form) => call.partial(turn, { ...FORM, ...form }),
    /** Its answer, as soon as it is there. */
    async answer(): Promise<readonly TwimlVerb[]> {
      await clock.runUntil(() => document !== undefined, { maxMs: 15_000 });
      return document ?? [];
    },
    get document() {
      return document;
    },
    get turn() {
      return turn;
    },
    of: <Type extends SpeechTransportEvent["type"]>(type: Type) =>
      events.filter((event): event is Extract<(typeof events)[number], { type: Type }> => event.type === type),
  };
}

/** Its document's own: where it comes back to. */
export function turnOf(verbs: readonly TwimlVerb[]): number | undefined {
  const redirect = verbs.find((verb) => verb.verb === "redirect");
  return redirect?.verb === "redirect" ? Number(redirect.url.split("/").at(-1)) : undefined;
}

/** What a document says, and how: `+` for what Twilio listens to meanwhile. */
export function linesOf(verbs: readonly TwimlVerb[]): string[] {
  return verbs.flatMap((verb) => {
    if (verb.verb === "say") return [verb.text];
    if (verb.verb === "play") return [verb.url ?? ""];
    if (verb.verb === "hangup") return ["(hangup)"];
    if (verb.verb !== "gather") return [];
    const prompt = linesOf(verb.prompt ?? []).map((line) => `+ ${line}`);
    return [...prompt, `(listen ${verb.timeoutMs})`];
  });
}

export type GatheringTwilio = ReturnType<typeof gatheringTwilio>;
export type { GatherCall };
