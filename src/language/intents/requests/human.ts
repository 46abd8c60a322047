import { patterns } from "../pattern.js";
import type { Request } from "./request.js";

const STAFF =
  "human/humans/human+being/person/people/agent/manager/supervisor/representative/rep/executive/operator/senior/boss/owner/adviser/advisor/officer/staff/customer+care/customer+service/customer+support/support/salesperson/specialist";
const STAFF_HINDI =
  "insaan/aadmi/bande/vyakti/manager/agent/executive/officer/adhikari/senior/supervisor/customer+care/person/malik/boss/human/operator/representative/owner/staff/expert";
const MACHINE = "robot/machine/bot/computer/ai/recording/chatbot/कंप्यूटर/बॉट";
const DET = "a/an/the/your/some/any/another/one/that";
const REAL = "real/live/actual/human/proper/senior/customer/sales/company/higher/different";

/** The caller wants to talk to a person. */
export const HUMAN: Request = {
  says: patterns(
    `talk/speak/talking/speaking/chat/discuss to/with ${DET}? ${REAL}? ${REAL}? ${STAFF}`,
    "talk/speak to/with someone/somebody !about+my/in+my",
    `connect/transfer/put/pass/forward/redirect ... to/through/with ... ${STAFF}/someone/somebody`,
    `get/give/want/need/call/bring/find me? ${DET} ${REAL}? ${STAFF}`,
    `can/could i have/get ${DET} ${REAL}? ${STAFF}`,
    `^ okay/please/no/just? ${DET}? ${REAL}? ${STAFF} please? $`,
    `is there ${DET} ${REAL}? ${STAFF} i can/here`,
    `put ${DET} ${REAL}? ${STAFF} on`,
    "any/anyone/anybody/someone/somebody human/real",
    "no bot/bots/robot/robots please",
    "want to? escalate",
    "escalate this/my/it",
    "human please",
    "real/live/actual person/human/agent $",
    `not want to talk/speak/chat to/with a/an/the/this? ${MACHINE}`,
    `not talk/speak/talking to/with a/the? ${MACHINE}`,
    `${STAFF_HINDI} wale/sahab/ji? se hi? meri/hamari/mera/mujhe? baat karao/karaiye/karwao/karwaiye/karwa/kara/karni/karna/karenge/ho+sakti`,
    `${STAFF_HINDI} se hi? meri? baat $`,
    `${STAFF_HINDI} se baat kar/ho sakta/sakti`,
    `${STAFF_HINDI} se milao/milaiye/milwao/jodo/jodiye`,
    "koi insaan/aadmi/human/person hai",
    "se ... baat karao/karaiye/karwao/karwaiye/karwa+do/karwa+dijiye/kara+do/kara+dijiye",
    "call/phone transfer karo/kar/kijiye/kariye",
    `want/need human/live/real ${STAFF}/support/help`,
    "insaan/human/agent/executive/representative chahiye",
    "kisi aur/dusre? se meri? baat karao/karaiye/karwao/karwaiye/karwa/kara",
    `${STAFF_HINDI} ko call/phone do/dijiye`,
    `${STAFF_HINDI} ko line/bulao/bulaiye/bula`,
    `${STAFF_HINDI} se/ko call? connect/transfer`,
    `transfer/connect kar/karo/kijiye/kariye do/dijiye? ${STAFF_HINDI}`,
    `${MACHINE} se ... baat nahi`,
    `${MACHINE} se nahi`,
  ),
  unless: patterns(
    `do+not/not want/need/wish to? talk/speak/have? to/with? ${DET}? ${REAL}? ${STAFF}`,
    `do+not/not connect/transfer`,
    `${STAFF} for/who/number/job/account/name`,
    `${STAFF_HINDI} se baat nahi`,
    `${STAFF_HINDI} se baat karna+nahi/karni+nahi/karke/ki/hui/ho+gayi`,
    `${STAFF_HINDI} ko mat`,
  ),
};
