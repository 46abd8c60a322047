import { wordsOf } from "../words.js";
import { devanagariKey } from "./word-forms.js";

type Spoken = "hi" | "en";

/** Latin words in every spelling listed: a looser key would take "hoon" (am) for "hum" (we). */
const set = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/).map(devanagariKey));

const HINDI_NAMES = set("hindi hindhi hindee hindii हिंदी हिन्दी");
const ENGLISH_NAMES = set("english inglish angrezi angreji angrezee इंग्लिश इंगलिश इंग्लीश अंग्रेजी अंग्रेज़ी अँग्रेज़ी");
/** Verbs of speaking as one asks with them: base forms, imperatives, polite and future forms. Past and -ing forms tell, they do not ask. */
const SPEAK = set(
  `speak talk say tell explain repeat continue reply respond answer converse chat switch change communicate
   bolo boliye bolie boliyega bol bolna bolen bolein bole bolega bolenge baat bat baatein baten batein batao bataiye batayiye bataie bataiyega bata batana samjhao samjhaiye samjha kaho kahiye kahie
   बोलो बोलिए बोलिये बोलिएगा बोल बोलना बोलें बोले बात बातें बताओ बताइए बताइये बता बताना समझाओ समझाइए समझा कहो कहिए`,
);
const PREFER = set("prefer comfortable continue only sirf keval सिर्फ केवल");
const UNDERSTAND = set(
  `understand know speak
   aati aata ati ata aate samajh samaj samjh samajhta samajhti samjhta samjhti bolta bolti bolte bolni bolna janta jaanta janti jaanti bol
   आती आता समझ समझता समझती बोलता बोलती बोलते बोलनी बोलना जानता जानती बोल`,
);
const ABLE = set("follow talk comfortable get good fluent read");
/** English says "not" before what it denies, Hindi after it. */
const NOT_BEFORE = set("not no dont doesnt cant cannot couldnt wont never without stop");
const NOT_AFTER = set("nahi nahin nai nhi mat नहीं नही मत not isnt");
const WEAK = set("weak bad poor kamzor kamjor kharab thodi कमज़ोर कमजोर ख़राब खराब थोड़ी");
const IN = set("in mein me main mai में मे");
const POLITE = set(
  "please plz pls kindly ji haan han yes no nahi okay ok sir madam only sirf hi to toh bas zara sorry hello actually is fine theek hai chalega chalegi na प्लीज़ जी हाँ हां सिर्फ ही तो ज़रा ठीक है चलेगा चलेगी ना",
);
const YOU = set("you u aap ap tum aapko apko tumko आप आपको तुम");
const US = set("we lets hum ham हम");
const OTHERS = set(
  "papa mummy maa bhai behen dost friend brother sister he she they his her their them who everyone people son daughter wife husband mother father teacher wo woh voh unko usko usne unhone beta beti patni pati वो वह उनको उसको उसने बेटा बेटी",
);
/** After the name of a language these make it a thing one has or wants. */
const THINGS = set(
  `class classes course courses film films movie movies song songs book books news newspaper paper channel medium school teacher teachers version menu subtitles typing exam test speaking coaching tuition literature translation
   gaana gaane kitab film picture akhbar department subject marks
   क्लास फिल्म फ़िल्म गाना गाने किताब अख़बार अखबार न्यूज़ कोर्स मीडियम टीचर`,
);
const PAST = set("ki thi tha the hui hua gayi gaya kiya likha की थी था थे हुई हुआ गई किया लिखा");
/** A verb or a "not" further away from the language's name is about something else. */
const NEAR_WORDS = 4;

function languageNamed(key: string): Spoken | undefined {
  return HINDI_NAMES.has(key) ? "hi" : ENGLISH_NAMES.has(key) ? "en" : undefined;
}

const other = (language: Spoken): Spoken => (language === "hi" ? "en" : "hi");

/**
 * The language a caller asks to be spoken to in, if they ask: "Hindi mein baat karo", "speak in English please", "I don't understand
 * Hindi" (English), "mujhe english nahi aati" (Hindi). Talk about a language is none: "do you have English classes", "I know Hindi and English".
 */
export function requestedLanguage(text: string): "hi" | "en" | undefined {
  const keys = wordsOf(text).map(devanagariKey);
  const named = keys.flatMap((key, at) => {
    const language = languageNamed(key);
    return language === undefined ? [] : [{ at, language }];
  });
  if (named.length === 0) return undefined;
  const wanted = new Set(
    named.flatMap(({ at, language }, index) => {
      const clause = clauseAround(keys, at, named[index - 1]?.at, named[index + 1]?.at);
      return requestIn(clause, language) ?? [];
    }),
  );
  const [only, ...more] = wanted;
  return more.length === 0 ? only : undefined;
}

interface Clause {
  readonly before: readonly string[];
  readonly after: readonly string[];
  /** Another language is named in the same breath. */
  readonly shared: boolean;
}

/** What is said about one naming of a language: up to the next naming, words between two belong to the one they follow or, after "not", precede. */
function clauseAround(
  keys: readonly string[],
  at: number,
  previous: number | undefined,
  next: number | undefined,
): Clause {
  const between = keys.slice((previous ?? -1) + 1, at);
  return {
    before: previous === undefined ? between : between.slice(-NEAR_WORDS),
    after: keys.slice(at + 1, next ?? keys.length),
    shared: previous !== undefined || next !== undefined,
  };
}

function requestIn({ before, after, shared }: Clause, language: Spoken): Spoken | undefined {
  const around = [...before, ...after];
  const has = (kind: ReadonlySet<string>, words: readonly string[] = around) => words.some((word) => kind.has(word));
  if (THINGS.has(after[0] ?? "") || has(OTHERS)) return undefined;
  // "Can't you speak Hindi" asks for what "I can't speak Hindi" refuses.
  const toListener = has(YOU) || has(US);
  const negated = has(NOT_BEFORE, before.slice(-NEAR_WORDS)) || has(NOT_AFTER, after.slice(0, NEAR_WORDS));
  if (negated && !toListener && (shared || has(UNDERSTAND) || has(ABLE) || has(SPEAK))) return other(language);
  if (has(WEAK) && !has(SPEAK) && !shared) return other(language);
  if (has(PAST, after) && !has(IN, before)) return undefined;
  const spoken = has(SPEAK, before.slice(-NEAR_WORDS)) || has(SPEAK, after.slice(0, NEAR_WORDS));
  if (spoken || has(PREFER) || (has(YOU) && has(UNDERSTAND))) return language;
  // The name alone, or with nothing but courtesies around it.
  return !shared && around.every((word) => POLITE.has(word) || IN.has(word)) && !negated ? language : undefined;
}
