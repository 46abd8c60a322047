import { matching, seconds, webAddress, wholeNumber } from "./check.js";
import { element, escaped, invalid } from "./element.js";

/** It rings so long at most, in ms. */
export const LONGEST_RING_MS = 600_000;

/** How a dialled call, or a conference, is recorded. */
export type DialRecording =
  | "do-not-record"
  | "record-from-answer"
  | "record-from-ringing"
  | "record-from-answer-dual"
  | "record-from-ringing-dual";

/** Calls somebody else, and connects the two. When that is over, `action` is asked, or the next verb is done. */
export interface DialVerb {
  readonly verb: "dial";
  /** Whom to call: a number, several at once of which the first to answer is taken, or a conference to join. */
  readonly number?: string | DialedNumber | readonly DialedNumber[];
  readonly conference?: DialedConference;
  /** The number that is shown. @default the caller's */
  readonly callerId?: string;
  /** Asked with `DialCallStatus` when it is over. @default none: the next verb is done */
  readonly action?: string;
  /** The caller hears it ring, and their call is answered only when the other one is. @default false */
  readonly answerOnBridge?: boolean;
  /** It rings so long, in whole seconds, in ms. @default 30000 */
  readonly timeoutMs?: number;
  /** The two may talk so long, in whole seconds, in ms. @default 14400000 */
  readonly timeLimitMs?: number;
  /** @default "do-not-record" */
  readonly record?: DialRecording;
  /** Told of the recording. */
  readonly recordingStatusCallback?: string;
  /** The caller's star key ends the dialled call. @default false */
  readonly hangupOnStar?: boolean;
  /** Several numbers are called one after another. @default false */
  readonly sequential?: boolean;
}

/** A `<Number>` of a `<Dial>`. */
export interface DialedNumber {
  readonly number: string;
  /** TwiML for who answers, before the two are connected. */
  readonly url?: string;
  /** Keys to press when it is answered, and `w` for half a second. */
  readonly sendDigits?: string;
  readonly statusCallback?: string;
  /** @default ["completed"] */
  readonly statusCallbackEvents?: readonly ("initiated" | "ringing" | "answered" | "completed")[];
}

/** A `<Conference>` of a `<Dial>`: all who join the same name hear each other. */
export interface DialedConference {
  readonly name: string;
  /** It begins when this one joins. @default true */
  readonly startConferenceOnEnter?: boolean;
  /** It ends when this one leaves. @default false */
  readonly endConferenceOnExit?: boolean;
  readonly muted?: boolean;
  /** @default "true" */
  readonly beep?: "true" | "false" | "onEnter" | "onExit";
  /** What is heard until it begins; blank: nothing. @default Twilio's music */
  readonly waitUrl?: string;
  readonly maxParticipants?: number;
  readonly participantLabel?: string;
  readonly record?: "do-not-record" | "record-from-start";
  readonly recordingStatusCallback?: string;
  readonly statusCallback?: string;
  readonly statusCallbackEvents?: readonly (
    | "start"
    | "end"
    | "join"
    | "leave"
    | "mute"
    | "hold"
    | "modify"
    | "speaker"
    | "announcement"
  )[];
}

/** @throws BolchaalError `invalid-option` */
export function dialElement(verb: DialVerb): string {
  const { number, conference, action } = verb;
  if ((number === undefined) === (conference === undefined)) {
    throw invalid("A dial needs to know whom to call. Give either a number or a conference.");
  }
  const attributes = {
    action: webAddress("The action of a dial", action),
    method: action === undefined ? undefined : "POST",
    answerOnBridge: verb.answerOnBridge,
    timeout: seconds("The timeout of a dial", verb.timeoutMs, LONGEST_RING_MS),
    timeLimit: seconds("The time limit of a dial", verb.timeLimitMs),
    callerId: verb.callerId,
    record: verb.record,
    recordingStatusCallback: webAddress("The address for a recording", verb.recordingStatusCallback),
    hangupOnStar: verb.hangupOnStar,
    sequential: verb.sequential,
  };
  return element(
    "Dial",
    attributes,
    conference === undefined ? numbersOf(number ?? []) : conferenceElement(conference),
  );
}

function numbersOf(number: NonNullable<DialVerb["number"]>): string {
  if (typeof number === "string") return escaped(checkedNumber(number));
  const numbers = [number].flat();
  if (numbers.length === 0 || numbers.length > 10) {
    throw invalid(`A dial has ${numbers.length} numbers. Give 1 to 10.`);
  }
  return numbers.map(numberElement).join("");
}

function numberElement(dialed: DialedNumber): string {
  const attributes = {
    url: webAddress("The address for who answers", dialed.url),
    method: dialed.url === undefined ? undefined : "POST",
    sendDigits: matching("What is to be pressed", dialed.sendDigits, /^[\d*#wW]+$/u, "digits, *, # and w"),
    statusCallback: webAddress("The status address of a number", dialed.statusCallback),
    statusCallbackEvent: dialed.statusCallbackEvents?.join(" "),
  };
  return element("Number", attributes, escaped(checkedNumber(dialed.number)));
}

/** E.164, or a national number with its separators. It is a person's: not in the error. */
function checkedNumber(number: string): string {
  if (!/^\+?[\d\s().-]{3,24}$/u.test(number)) throw invalid("A dial's number is no number. Give one such as +91….");
  return number;
}

function conferenceElement(conference: DialedConference): string {
  const { name, statusCallbackEvents, statusCallback, recordingStatusCallback, waitUrl, ...others } = conference;
  if (name.trim() === "") throw invalid("The conference has no name. Give one: who joins it by this name is together.");
  const attributes = {
    ...others,
    maxParticipants: wholeNumber("The number of participants", others.maxParticipants, 2),
    waitUrl: waitUrl === "" ? "" : webAddress("The wait address of a conference", waitUrl),
    recordingStatusCallback: webAddress("The address for a recording", recordingStatusCallback),
    statusCallback: webAddress("The status address of a conference", statusCallback),
    statusCallbackEvent: statusCallbackEvents?.join(" "),
  };
  return element("Conference", attributes, escaped(name));
}
