import { patterns } from "../pattern.js";
import { CALL, type Request } from "./request.js";

const LATER =
  "later/tomorrow/afterwards/back/tonight/after/in+the+evening/in+the+morning/in+the+afternoon/in+an+hour/in+some+time/in+sometime/another+time/another+day/some+other/next/again/on+monday/on+tuesday/on+wednesday/on+thursday/on+friday/on+saturday/on+sunday/sometime/some+time/in+the+night/in+half/in+ten/in+five/day+after";
const THEN =
  "baad+mein/baad+me/baad/kal/parso/shaam/subah/raat/dopahar/monday/tuesday/wednesday/thursday/friday/saturday/sunday/somvar/mangalvar/budhvar/guruvar/shukravar/shanivar/ravivar/सोमवार/मंगलवार/बुधवार/गुरुवार/शुक्रवार/शनिवार/रविवार/मंडे/संडे/agle+hafte/अगले+हफ्ते/thodi+der+mein/baje/बजे";
const WILL_CALL =
  "karo/karna/kijiye/kariye/karein/kar+lena/kar+lijiye/kar+dena/lagana/lagaiye/karunga/karungi/karenge/karta+hoon/karti+hoon/kar+lo/kar+len/aana/कर+लीजिए";
const AT_WORK =
  "busy/driving/eating/sleeping/travelling/traveling/on+duty/at+the+hospital/at+a+wedding/having+lunch/having+dinner/at+lunch/in+a+meeting/in+meeting/in+the+meeting/at+work/in+the+office/in+office/in+the+hospital/in+hospital/in+class/in+a+class/outside/on+another+call/in+the+middle+of/with+a+customer/cooking/praying";

/** The caller has no time now. */
export const CALL_LATER: Request = {
  says: patterns(
    `call/ring/phone me/us? ${LATER}`,
    `call/ring/phone me/us? at/around/by !this/that/my/the/your/name`,
    "give me a call ... later/tomorrow/back/evening",
    "call-back",
    "call you later/back/tomorrow",
    `phir kabhi ${CALL} ${WILL_CALL}`,
    `hafte/mahine/week/month baad ... ${CALL} ${WILL_CALL}`,
    "abhi thoda/bahut/kuch? kaam hai/mein",
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
    "busy/vyast hoon",
    "busy/vyast chal raha/rahi hoon",
    "hum/ham/हम ... busy/vyast hai",
    "main busy/vyast",
    "meeting/class/office/hospital/kaam mein hoon/baitha/baithi/busy",
    "gaadi/bike/scooter/car/कार/बाइक chala raha/rahi",
    "drive/driving kar? raha/rahi",
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
