import { patterns, type SpokenLine, spokenLine } from "./pattern.js";

/**
 * What an automatic voice says. `menu`: choose a key ("press one for Hindi"); `screening`: it asks for the name and the
 * reason before it rings; `hold`: somebody will come to the line;
 * `unreachable`: no answer, no coverage; `invalid-number`: the number does not exist or is out of service.
 */
export type AnnouncementKind =
  | "voicemail"
  | "unreachable"
  | "busy"
  | "switched-off"
  | "invalid-number"
  | "hold"
  | "menu"
  | "screening";

/** An automatic voice on the line instead of a person. */
export interface Announcement {
  readonly kind: AnnouncementKind;
}

const PARTY = "number/subscriber/customer/person/party/user/mobile/phone/line";
const DIALLED = "calling/dialled/dialling/called/trying/reached";
const KEY = "1/2/3/4/5/6/7/8/9/0/one/two/three/four/five/six/seven/eight/nine/zero/hash/star/pound";
const KEY_HINDI = `${KEY}/ek/do/teen/char/chaar/paanch/panch/chhe/chhah/saat/aath/nau/shunya/तीन/चार/पांच/छह/सात/आठ/नौ/शून्य`;
const DEVICE = "mobile/phone/number/handset";

const VOICEMAIL = patterns(
  "after/at the tone/beep",
  "please/kindly leave a/your/me/us/the message/voicemail/voice+message/name",
  "leave a/your/me+a/us+a message after/at/and/with/$",
  "leave your name/number",
  "record your message/name",
  "reached the voicemail/voice+mail/mailbox/voice+mailbox/answering+machine",
  "voice mailbox",
  "mailbox is full/not",
  "forwarded/transferred/diverted/redirected to an/the/a? automatic/automated/voice/voicemail/mailbox",
  "automatic/automated voice message",
  "can+not/unable+to/not+able+to take/answer/attend/come+to your/the call/phone ... leave/message/back",
  "you have reached ... can+not/unable/not+available/not+able/leave",
  "beep/tone ke baad ... message/sandesh/record/bolein/boliye/chhodein",
  "apna/apni/kripya/ek message/sandesh chhodein/record",
  "sandesh/message/record chhodein",
  "voicemail par/mein bhej/bheja/forward/transfer/chhodein",
);

const SCREENING = patterns(
  "record/state/say/tell your name and ... reason/why/purpose",
  "screening service/this/calls/your",
  "call is being screened",
);

/** A carrier's way to name who was called. */
const CALLED_PARTY = patterns(
  `the/this/your ... ${PARTY} you are/have/has/had/were/just? ${DIALLED}`,
  `${PARTY} you ${DIALLED}`,
  `${PARTY} that/which? you are/have ${DIALLED}`,
  "the subscriber",
  "jis/jisko/jin number/vyakti/upbhokta/graahak/customer/mobile/subscriber",
  "jis/jin ... se/ko/par ... sampark/call/baat/dial",
  "aap/aapne jis/jin ... call/sampark/baat/dial",
  "dial kiya gaya/hua",
  "aap dwara ... dial/call",
  "aapke dwara ... dial/call",
  "jo number aapne/aap dial",
  "aapne jo number",
  "upbhokta ... abhi/is/filhal/uttar/pahunch/vyast/uplabdh",
);

const SWITCHED_OFF = patterns(
  "switched/switch off",
  `unka/unke/unki ... ${DEVICE} ... band`,
  "filhal/abhi/is+samay band hai",
  "band hai",
);
const BUSY = patterns(
  "busy",
  "vyast",
  "speaking/talking to someone",
  "another/other call",
  "on the other line",
  "kisi aur se baat",
  "kisi dusre ... se baat",
  "dusri call/line",
);
const UNREACHABLE = patterns(
  "not reachable/answering/responding/available/accessible",
  "unreachable/unavailable",
  "out+of/outside/not+in/beyond ... coverage/network/range",
  "can not be reached/connected/completed",
  "does not answer/respond",
  "no answer/reply/response",
  "pahunch ... bahar",
  "kshetra/area/coverage/network ... bahar",
  "sampark ... nahi",
  "uttar/jawab nahi",
  "uplabdh nahi",
  "unable to take/receive",
  "incoming calls/call/service/facility/suvidha",
  "call nahi utha/uthaa/le",
);
const INVALID = patterns(
  "does/do not exist",
  "invalid/incorrect/disconnected/wrong",
  "not valid/in+service/in+use/allotted/assigned/correct",
  "out of service",
  "check the number",
  "no longer in",
  "maujood nahi",
  "amanya",
  "astitva mein nahi",
  "upyog mein nahi",
  "seva mein nahi",
  "seva se bahar",
  "galat hai",
  "number jaanch",
);
/** These need no party: nobody else says them. */
const INVALID_ALONE = patterns(
  "this telephone/mobile/phone? number does not exist",
  "check the number you/and",
  "number maujood nahi ... kripya",
  "number jaanch le/len/lein/लें/kar",
  "your call can not be completed as",
  "yeh number ... upyog/seva/astitva mein nahi",
  "number has been changed",
  "number ki jaanch karein/kar",
);
const ALL_LINES = patterns(
  "network/networks is/are busy ... please/try/dial",
  "all? lines/circuits/trunks on/in/to this/the route ... busy",
  "all lines/circuits ... are/in busy",
  "is route ki/par sabhi? lines/line ... vyast/busy",
  "sabhi lines/line ... vyast/busy",
);
const HOLD = patterns(
  "please/kindly/to hold/stay/remain/wait on? the? line",
  "next available executive/agent/representative/operator",
  "call may/will/is be/being recorded",
  "thank you for holding/your+patience",
  "aap ... katar/queue mein",
  "you are ... in the/a queue",
  "please wait while your/we",
  "please/kindly stay/remain/be on the line",
  "your call is important/very+important/being+transferred/being+connected/being+forwarded/being+diverted/in+queue/on+hold/in+a+queue",
  "your call has been put/placed on hold",
  "put/placed your call on hold",
  "all ... executives/agents/representatives/operators/officers/advisors/associates are ... busy",
  "while we connect/transfer your/you",
  "line par bane rahe/rahiye",
  "kripya ... prateeksha/hold/intezaar",
  "aapka/aapki/aap call hamare/humare liye",
  "aapka/aapki/aap call hold/transfer/connect",
  "call transfer kiya/ki ja raha/rahi",
  "hamare sabhi ... vyast",
);
const MENU = patterns(
  `press ${KEY} for/to/if`,
  `for/to ... ... press/dial ${KEY}`,
  `ke liye ${KEY_HINDI} dabayein/dabao/press`,
  `${KEY_HINDI} dabayein`,
);
const ASKS_WHICH_KEY = patterns("should/do/can/shall/may i/we press", "did press", "kya main", "i press/pressed");

/**
 * The announcement of a carrier, a switchboard or a voicemail, in English or Hindi: "The number you are calling is switched
 * off", "जिस नंबर पर आप कॉल कर रहे हैं वह अभी व्यस्त है", "please leave a message after the tone". A person's "my phone was switched
 * off" is none.
 */
export function announcementOf(text: string): Announcement | undefined {
  const kind = kindOf(spokenLine(text));
  return kind === undefined ? undefined : { kind };
}

/** {@link announcementOf}, of words already in one spelling. */
export function kindOf(line: SpokenLine): AnnouncementKind | undefined {
  if (SCREENING.test(line)) return "screening";
  if (VOICEMAIL.test(line)) return "voicemail";
  const state = CALLED_PARTY.test(line) ? stateOf(line) : undefined;
  if (state !== undefined) return state;
  if (HOLD.test(line)) return "hold";
  if (ALL_LINES.test(line)) return "busy";
  if (INVALID_ALONE.test(line)) return "invalid-number";
  return MENU.test(line) && !ASKS_WHICH_KEY.test(line) ? "menu" : undefined;
}

function stateOf(line: SpokenLine): AnnouncementKind | undefined {
  if (BUSY.test(line)) return "busy";
  if (INVALID.test(line)) return "invalid-number";
  if (UNREACHABLE.test(line)) return "unreachable";
  return SWITCHED_OFF.test(line) ? "switched-off" : undefined;
}
