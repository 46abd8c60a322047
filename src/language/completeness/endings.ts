/** Hindi sentences end with their verb: forms that end one, in both scripts. */
const HINDI_VERBS: ReadonlySet<string> = new Set(
  (
    "hai hain hoon hun hu ho tha thi chahiye chahie chaiye karo kijiye kariye dijiye dijie do bataiye batao bataen boliye bolo suniye suno lijiye lo " +
    "raha rahi rahe gaya gayi gaye aaya aayi aaye liya li diya di kiya kiye hua hui hue lagta lagti lagega milega milegi karna hoga hogi jaana jana lena dena " +
    "mila mili mile bheja bheji khareeda chala chali chale ruka ruki laga lagi lage dekha suna likha samjha sakta sakti sakte karta karti karte rehta rehti rehte padega padegi nahi nahin na ji kya please " +
    "है हैं हूँ हूं हो था थी थे चाहिए करो कीजिए करिए दीजिए दो बताइए बताओ बोलिए बोलो सुनिए सुनो लीजिए लो रहा रही रहे गया गई गए आया आई आए लिया ली दिया दी किया " +
    "हुआ हुई हुए लगता लगती लगेगा मिलेगा मिलेगी करना होगा होगी जाना लेना देना मिला मिली मिले भेजा भेजी ख़रीदा खरीदा चला चली चले रुका रुकी लगा लगी लगे देखा सुना लिखा समझा सकता सकती सकते करता करती करते रहता रहती रहते पड़ेगा पड़ेगी नहीं ना जी क्या प्लीज़"
  ).split(" "),
);

/** Future and polite forms by their endings: "karenge", "aaunga", "bhejiye", "करेंगे", "भेजिए". */
const HINDI_VERB_FORM =
  /(?:unga|ungi|oonga|oongi|enge|engi|ega|egi|iye|iyega|ऊँगा|ऊंगा|ूँगा|ूंगा|ूँगी|ूंगी|ेंगे|ेंगी|ेगा|ेगी|एगा|एगी|एंगे|एँगे|िए|इए|िएगा|इएगा)$/u;

/** They look like polite forms, and lead on. */
const NO_VERBS: ReadonlySet<string> = new Set("liye isliye लिए इसलिए".split(" "));

export function endsHindiSentence(word: string): boolean {
  if (NO_VERBS.has(word)) return false;
  return HINDI_VERBS.has(word) || HINDI_VERB_FORM.test(word);
}

/** Words with which English sentences are rounded off. */
const ENGLISH_ENDS: ReadonlySet<string> = new Set(
  (
    "please thanks thank you now today tomorrow okay ok right sir madam it thats all else either though anymore already yet again later soon here there " +
    "done fine me us them him speaking"
  ).split(" "),
);

export function endsEnglishSentence(word: string): boolean {
  return ENGLISH_ENDS.has(word);
}

const ASKING_WORDS: ReadonlySet<string> = new Set("what when where who whom which why how".split(" "));
const ASKING_VERBS: ReadonlySet<string> = new Set(
  "is are am was were do does did can could will would shall should may have has".split(" "),
);
const SUBJECTS: ReadonlySet<string> = new Set("i we you it that this they he she there".split(" "));
const LEAD_IN: ReadonlySet<string> = new Set("okay ok so and but hello hi yes no please sorry hmm".split(" "));

/** A question that is long enough to be whole: "how much is it", "do you have it in red", "… can we talk in the evening". */
export function isEnglishQuestion(words: readonly string[]): boolean {
  const first = words.findIndex((word) => !LEAD_IN.has(word));
  const opening = words[first] ?? "";
  if (ASKING_WORDS.has(opening)) return words.length - first >= 4;
  if (ASKING_VERBS.has(opening) && words.length - first >= (opening === "is" || opening === "are" ? 3 : 4)) return true;
  const turned = words.findLastIndex(
    (word, at) => ASKING_VERBS.has(word) && SUBJECTS.has(words[at + 1] ?? "") && !SUBJECTS.has(words[at - 1] ?? ""),
  );
  return turned >= 0 && words.length - turned >= 5;
}

const HELPERS: ReadonlySet<string> = new Set("do does did will would can could".split(" "));

/** "what does it cost", "how long will it take": here the verb that leads on elsewhere is the end. */
export function asksByVerb(words: readonly string[]): boolean {
  const first = words.findIndex((word) => !LEAD_IN.has(word));
  if (!ASKING_WORDS.has(words[first] ?? "")) return false;
  const helper = words.findIndex((word, at) => at > first && HELPERS.has(word));
  return helper >= 0 && words.length - helper >= 3;
}

const REQUESTS: ReadonlySet<string> = new Set(
  "book send call tell show give cancel change check confirm transfer connect repeat explain put make let speak wait hold".split(
    " ",
  ),
);
const SAID: ReadonlySet<string> = new Set("yes yeah no nope sure okay ok".split(" "));

/** A request ("send me the details") or an answer with its reason ("yes I am interested"), long enough to be whole. */
export function isEnglishRequest(words: readonly string[]): boolean {
  const first = words.findIndex((word) => !LEAD_IN.has(word));
  if (REQUESTS.has(words[first] ?? "") && words.length - first >= 3) return true;
  return SAID.has(words[0] ?? "") && words.length >= 4;
}

const AMOUNTS: ReadonlySet<string> = new Set(
  "hundred thousand lakh lakhs crore crores million rupees percent days weeks months years people hours minutes".split(
    " ",
  ),
);

/** An amount alone, as an answer: "about three thousand", "two lakh rupees". */
export function tellsAmount(words: readonly string[]): boolean {
  return words.length >= 2 && words.length <= 3 && AMOUNTS.has(words.at(-1) ?? "");
}

/** Where the clause begins that the words end with, if it is not the first. */
const CONJUNCTIONS: ReadonlySet<string> = new Set("and but so because then if when or since please".split(" "));

/** A second clause that is long enough to be whole: most turns end with it. */
export function endsSecondClause(words: readonly string[]): boolean {
  const at = words.findLastIndex((word) => CONJUNCTIONS.has(word));
  const whole = words.length - at - 1 >= 3;
  return whole && (at >= 2 || words[at] === "please");
}

/** "my name is Ravi Kumar": both names were said. */
export function tellsName(words: readonly string[]): boolean {
  const at = words.lastIndexOf("name");
  return at >= 0 && words.length - at >= 4;
}

/** Whole answers of a word or two. */
export const SHORT_ANSWERS: ReadonlySet<string> = new Set(
  (
    "yes no yeah yep nope okay ok sure right fine correct hello hi bye thanks thank you please absolutely definitely great good sir madam thats all not really exactly done " +
    "haan han ji nahi nahin theek thik hai accha acha achha bilkul sahi zaroor namaste shukriya dhanyavaad bolo boliye haanji " +
    "हाँ हां जी नहीं ठीक है अच्छा बिल्कुल सही ज़रूर जरूर नमस्ते शुक्रिया धन्यवाद बोलो बोलिए"
  ).split(" "),
);
