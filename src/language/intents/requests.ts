import { patterns, type SpokenLine } from "./pattern.js";

/** An utterance says it if one of `says` is in it and none of `unless`. */
interface Request {
  readonly says: RegExp;
  readonly unless: RegExp;
}

/** Whether the words make this request. */
export function makes(request: Request, line: SpokenLine): boolean {
  return request.says.test(line) && !request.unless.test(line);
}

const CALL = "call/phone/ring/calls";
const DO =
  "lagana/lagao/milana/milao/karo/karna/kijiye/kariye/karein/kar/kiya+karo/kiya+kar/kiya+karein/kiya+kijiye/kar+do/kar+dijiye/karna+hai/karte/karoge";
const SAY =
  "boliye/bolo/bolna/bataiye/batao/batana/kahiye/kaho/bol+do/bol+dijiye/bata+do/bata+dijiye/bolenge/bataenge/repeat/samjhaiye/samjhao/sunao/sunaiye/सुनाइए/बताएंगे/बोलेंगे/bol/bata";
const CONTACTING =
  "calling/phoning/ringing/contacting/messaging/texting/harassing/bothering/disturbing/spamming/pestering";

export const DO_NOT_CALL: Request = {
  says: patterns(
    `stop/quit ${CONTACTING} !it/that/this+a/and`,
    `stop/quit ${CONTACTING} $`,
    "stop/quit making these/this/such calls",
    "stop these/the/your/all calls",
    `do+not/never/not ever? again? call/phone/ring/contact/disturb/bother me/us/here/this+number/my+number/again/anymore/any+more !before/until/till/after/sir/madam/at/on/tomorrow/today/now/in/during/so/that/from/later/right/by/a/between`,
    "do+not/never ever? call/phone/ring/contact/disturb me? on? this/my number",
    "do+not/never ever? call/contact/disturb $",
    "do+not/never ever? call here/me? again",
    "remove/delete/erase/drop my number/name/contact/details/data $",
    "remove/delete/erase/drop my number/name/contact/details please/now/also/right/immediately",
    "remove/delete/take my? number/name/contact/details/data/me off/from? your/the+list/this+list/the+database/the+system/calling",
    "remove/delete me from your/the/this",
    "take me/my+number/my+name off",
    "off your ... list",
    "do not call list/registry/register/registration",
    "unsubscribe me/my/$",
    "do+not want any/these/those/your/such/more ... calls",
    "do+not want to? receive/get any? more? calls",
    "no more calls",
    "no calls please",
    "not wish/want/like to be called/contacted/disturbed",
    "do+not want to hear from/anything",
    "told/asked/said you? not to call/contact/phone/disturb",
    "not to call me/us/again/here",
    "lose my number",
    "i will block/report you/this",
    `dobara/aage+se/kabhi/ab+se/mujhe ${CALL} nahi karna/kijiye/karein`,
    `${CALL} ... karte ho/hai ... band karo/kijiye/kar`,
    `${CALL} karne ki koi? zaroorat/jarurat/ज़रूरत nahi`,
    "baar+baar/roz+roz/roz/baar call/phone kyon",
    `mana kiya ... ${CALL}`,
    "naam ... list se hata/hatao/hataiye/nikal/nikaliye/delete/remove",
    "i am/have on? dnd",
    "number is ... dnd/do+not+disturb",
    "dnd ... laga/active/activate/activated/registered/chalu/number/par/on/लगा/चालू",
    "why ... keep/keeps/always ... calling",
    `${CALL} mat ${DO}`,
    `mat ${DO} mujhe? ${CALL} mujhe/$`,
    `mujhe ... ${CALL} mat`,
    `${CALL} na karein/kijiye/kariye/karo/kiya`,
    `${CALL} karna/karne band`,
    "calls/call band karo/kijiye/kariye/kar",
    "band karo/kijiye ... call/phone karna",
    "number ... hata/hatao/hataiye/nikal/nikaliye/delete/remove/block do/dijiye/karo/kar/kijiye/kariye/$",
    "number hata/hatao/hataiye/remove/delete",
    "hata/hatao/hataiye/delete/remove do/dijiye/kar+do/kar+dijiye/karo/kijiye mera? number",
    "pareshan/tang/disturb mat",
    "pareshan/tang/disturb karna band",
    "aap/aapka ... call/calls/phone nahi chahiye",
    "mujhe calls nahi chahiye",
    "yeh/aise/koi/aur/is+tarah+ke ... call/calls nahi chahiye",
    `${CALL} nahi aana/aani/aaye`,
    `dobara/phir ${CALL} aaya/kiya/aayi toh/to`,
    "opt me? out",
    "leave me alone",
    "do+not want you to call",
    "naam/number ... kaat/mita/मिटा do/dijiye",
  ),
  unless: patterns(
    `abhi/kal/subah/raat/shaam/dopahar/parso/aaj ko? ${CALL} mat`,
    "forget to call",
    "do not disturb ka",
    "how do/can i stop",
    "spam",
    "call recording/forwarding/waiting",
    "number ... bill/account/aadhaar/meter ... hata/hatao/remove/delete",
    "aap/aapka number ... hata/hatao/remove/delete",
    "hesitate to call",
  ),
};

/** Names of families that are heard on Indian calls all the time; "there is no Sharma here" is no "there is no signal here". */
const FAMILIES =
  "sharma/verma/gupta/singh/kumar/kumari/patel/shah/mehta/jain/agarwal/aggarwal/yadav/mishra/tiwari/pandey/dubey/joshi/reddy/rao/nair/iyer/khan/ansari/das/ghosh/roy/chopra/kapoor/malhotra/thakur/chauhan/rathore/desai/kulkarni/patil/शर्मा/वर्मा/गुप्ता/सिंह/कुमार/पटेल/जैन/यादव/मिश्रा/तिवारी/जोशी/खान";

export const WRONG_NUMBER: Request = {
  says: patterns(
    "wrong/galat number/person/jagah/aadmi/vyakti/party",
    `galat ... ${CALL} ... laga/lagaya/mila/kiya`,
    `galat jagah ... laga/lagaya/mila/${CALL}`,
    "this/it is not !my/a/the/good/your/any ... number $",
    "not the right/correct number/person",
    "does+not/do+not/did+not live/stay/work here",
    "no longer lives/stays/works here",
    "you dialled/called/have+dialled/have+called/got/have the? wrong",
    "number belongs to someone",
    "number is not his/hers/theirs",
    "no longer has/uses this",
    "number ... unka nahi",
    "is not the person you",
    "aap kisi aur ko call/phone/dhundh",
    "do not know any mr/mrs/one+called",
    `do not know any ${FAMILIES}`,
    "number kisi aur ka",
    "kisi aur/dusre ka number",
    "aapka number galat lag/laga/mila",
    "galat dial/laga/mila kiya/diya/gaya/hai/$",
    "there? is? no+one/nobody/no+body/no+person by/of/with/called/named that/this?",
    "no one by that/this name",
    "nobody/no+one called/named",
    `there is no mr/mrs/ms/shri/shrimati/one+called/person+called/${FAMILIES}`,
    `no ${FAMILIES} here/lives`,
    "nobody/no+one ... lives/stays/works here",
    "is/us/aise+kisi naam ka/ki/se ... koi ... nahi",
    "is/us naam ka/ki/se ... yahan nahi",
    "yahan koi ... nahi rehta/rehti/rehte",
    `yahan koi ${FAMILIES} nahi`,
    "yeh/woh !mera/mere/meri/hamara/aapka ... ka/unka number/phone nahi",
    "ka number nahi hai yeh",
    "yeh unka number nahi",
    "main !aapka ... nahi hoon aap ... galat",
  ),
  unless: patterns(
    "is/was/did/does/if this/it/i/you ... wrong number",
    "not a/the? wrong",
    "wrong number of",
    "gave/given/sent/wrote/written/entered/typed/noted/saved/printed me? a/the? wrong",
    "my ... wrong number",
    "galat/wrong number toh/to/bilkul? nahi",
    "galat/wrong number kya/kyon/kaise",
    "galat/wrong number chhap/chhapa/likh/likha/diya/de/daal/dala/type/update/print/save/note/aa/aaya/likhaya/छप/लिखा/दर्ज/print",
    "bill/meter/aadhaar/card/order/account mein/ka/par ... galat/wrong",
    `galat/wrong number par !${CALL}/laga`,
    "i/we !think/am/guess/believe/suppose/say ... wrong number",
  ),
};

const STAFF =
  "human/humans/human+being/person/people/agent/manager/supervisor/representative/rep/executive/operator/senior/boss/owner/adviser/advisor/officer/staff/customer+care/customer+service/customer+support/support/salesperson/specialist";
const STAFF_HINDI =
  "insaan/aadmi/bande/vyakti/manager/agent/executive/officer/adhikari/senior/supervisor/customer+care/person/malik/boss/sir/madam/human/operator/representative/owner/staff/expert";
const MACHINE = "robot/machine/bot/computer/ai/recording/chatbot/कंप्यूटर/बॉट";
const DET = "a/an/the/your/some/any/another/one/that";
const REAL = "real/live/actual/human/proper/senior/customer/sales/company/higher/different";

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
    `${STAFF} on the line/phone/call`,
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
    `${STAFF_HINDI} ko call/phone/line/bulao/bulaiye/bula/transfer/connect/dijiye/do`,
    `${STAFF_HINDI} se/ko call? connect/transfer`,
    `transfer/connect ... ${STAFF_HINDI}`,
    `${MACHINE} se ... baat nahi`,
    `${MACHINE} se nahi`,
  ),
  unless: patterns(
    `do+not/not want/need/wish to? talk/speak/have? to/with? ${DET}? ${REAL}? ${STAFF}`,
    `do+not/not connect/transfer`,
    `${STAFF} for/who`,
    `${STAFF_HINDI} se baat nahi`,
    `${STAFF_HINDI} se baat karna+nahi/karni+nahi/karke/ki/hui/ho+gayi`,
    `${STAFF_HINDI} ko mat`,
  ),
};

export const REPEAT: Request = {
  says: patterns(
    "repeat that/it/please/again/once/what/your/the+last/the+price/the+question/karo/kijiye/kariye/kar/karna/karein/$",
    "say that/it/this? again/once+more/one+more+time",
    "tell me again/once+more/that+again",
    "repeat $",
    "come again $",
    "pardon",
    "beg your pardon",
    "what did you/u just? say/said",
    "what was that",
    "what are you saying",
    "did+not/could+not/can+not ... hear/catch/get that/you/it/what+you/properly/clearly/anything/your+voice",
    "did+not/could+not/can+not ... hear/catch/understand $",
    "did+not/could+not/can+not/do+not understand you/what/that/a+word/anything/your+language",
    "once more/again please/$",
    "could/can you say it/that ... slowly/slower/clearly",
    "not able to hear/understand",
    "unable to hear/understand",
    "you cut out",
    "you are cutting/breaking",
    "slower please",
    "missed that/it/what+you",
    "slow down",
    "speak up",
    "line is not clear",
    "one more time",
    "speak/talk/say a? little/bit? more? slowly/slower/louder/up/clearly/loudly/it+slowly",
    "voice/you ... breaking",
    "voice is not clear/coming/audible",
    "not audible",
    `phir+se/dobara/ek+baar+phir/ek+baar+aur/wapas/ek+baar+phir+se/phir+ek+baar zara/please? ${SAY}`,
    `ek baar phir+se/aur/phir/dobara ... ${SAY}`,
    "ek baar phir/aur+se? se? $",
    "^ sorry/haan/ji/hello/accha/arre? aapne/aap? abhi? kya kaha/bola/bole/kah/keh/bol/कह/बोल rahe/rahi/diya? hai/ho/the? aapne/aap? ji/sir/madam? $",
    "aapne kya kaha/bola",
    "kya kaha/bola aapne",
    "sunai/suna/sun nahi !raha+hoon/rahi+hoon",
    "nahi sunai/suna",
    "aawaz ... nahi aa/aayi",
    "aawaz kat/tut/toot/fat/gayab/टूट/फट/saaf+nahi/clear+nahi/kam",
    `${SAY} phir+se/dobara/ek+baar+phir`,
    `^ phir ${SAY} $`,
    "samajh mein/me? nahi aaya/aayi/aa/paya/payi/पाया/पाई/आ",
    "samjha/samjhi nahi",
    "nahi samjha/samjhi",
    "nahi samajh aaya/aayi? $",
    `dheere/slow/slowly/zor+se/tez/saaf/aaram+se dheere/saaf? se? ${SAY}`,
  ),
  unless: patterns(
    "do+not/never/not/mat ... repeat the/your/yourself/it/an/my",
    "repeat mat/order/customer",
    "dobara/phir+se mat",
    "aawaz aa rahi",
    "repeat yourself",
  ),
};

const LATER =
  "later/tomorrow/afterwards/back/tonight/after/in+the+evening/in+the+morning/in+the+afternoon/in+an+hour/in+some+time/in+sometime/another+time/another+day/some+other/next/again/at/around/by/on+monday/on+tuesday/on+wednesday/on+thursday/on+friday/on+saturday/on+sunday/sometime/some+time/in+the+night/in+half/in+ten/in+five/day+after";
const THEN =
  "baad+mein/baad+me/baad/kal/parso/shaam/subah/raat/dopahar/dopahar/monday/tuesday/wednesday/thursday/friday/saturday/sunday/somvar/mangalvar/budhvar/guruvar/shukravar/shanivar/ravivar/सोमवार/मंगलवार/बुधवार/गुरुवार/शुक्रवार/शनिवार/रविवार/मंडे/संडे/agle+hafte/अगले+हफ्ते/thodi+der+mein/baje/बजे";
const WILL_CALL =
  "karo/karna/kijiye/kariye/karein/kar+lena/kar+lijiye/kar+dena/lagana/lagaiye/karunga/karungi/karenge/kar+sakta/karta+hoon/karti+hoon/kar+lo/kar+len/aana/कर+लीजिए";
const AT_WORK =
  "busy/driving/eating/sleeping/travelling/traveling/on+duty/travelling/at+the+hospital/at+a+wedding/having+lunch/having+dinner/at+lunch/in+a+meeting/in+meeting/in+the+meeting/at+work/in+the+office/in+office/in+the+hospital/in+hospital/in+class/in+a+class/outside/on+another+call/in+the+middle+of/with+a+customer/cooking/praying";

export const CALL_LATER: Request = {
  says: patterns(
    `call/ring/phone me/us? ${LATER}`,
    "give me a call ... later/tomorrow/back/evening",
    "call-back",
    "call you later/back/tomorrow",
    `phir kabhi ${CALL} ${WILL_CALL}`,
    "hafte/mahine/week/month baad/mein/me/later ... call/phone",
    "abhi ... kaam hai/mein/chal",
    "abhi so raha/rahi",
    "try/reach/contact/catch me ... later/tomorrow/tonight/evening/morning/afternoon/after/again",
    `abhi/aaj ko? ${CALL} mat`,
    "^ abhi nahi $",
    "phir kabhi $",
    "raste/train/bus/metro/market/bazaar/shaadi/function/safar/travel/court/bank/mandir/class mein hoon",
    "duty par/mein hoon",
    "abhi ... bahar hoon",
    "khana kha raha/rahi",
    "kaam kar raha/rahi hoon",
    `talk/speak to/with? you/me/us? some? in+the+evening/in+the+morning/in+the+afternoon/on+monday/on+tuesday/on+wednesday/on+thursday/on+friday/on+saturday/on+sunday/later/tomorrow/another+time/some+other/tonight/next/after`,
    `i am a/very/quite/so? bit/little? currently/just/right+now/actually/still? ${AT_WORK}`,
    "i am in/on ... meeting/call !tomorrow/yesterday",
    "not a good/right/convenient time",
    "bad time",
    "^ sorry/no? not now/right+now/today",
    "can not talk/speak right/now/at/today/$",
    "can not talk/speak now/right/at/today",
    "do not have ... time now/right/today/$",
    "no time now/right",
    "some other time/day $",
    `${THEN} ko? ... ${CALL} ${WILL_CALL}`,
    `${CALL} ${THEN} ko? mein? karo/karna/kijiye/kariye/kar`,
    `${CALL} ${WILL_CALL} ... ${THEN}`,
    `${THEN} ko? ... baat karte/karta/karti/karenge/karein/kariye/kijiye/karna/karunga/karungi/karo`,
    "ghante/minute/din/दिन baad ... call/phone karna/karo/kijiye/kariye/kar",
    "busy/vyast hoon/chal/चल",
    "abhi/thoda/bahut ... busy/vyast hai",
    "main busy/vyast",
    "meeting/class/office/hospital/kaam mein hoon/baitha/baithi/busy",
    "gaadi/bike/scooter/car/कार/बाइक chala raha/rahi",
    "drive/driving kar? raha/rahi/par/mein",
    "time/samay/waqt/वक्त/फुर्सत/fursat nahi hai/abhi/mere/$",
    "abhi time/samay/waqt nahi",
    "abhi ... baat nahi kar/ho/kar+paunga",
    "baat nahi kar sakta/sakti/paunga/paungi/पाऊंगा/पाऊंगी",
    "abhi nahi baad mein/me",
  ),
  unless: patterns(
    `do+not/never/not call/ring/phone me? ${LATER}`,
    "who/did/i/when/you called/call me yesterday",
    "did you call",
    "i will call again",
    "kab ... call/phone karoge/karenge",
    "who ... call",
    "i am not busy",
  ),
};
