/** Words behind which more is to come in English: nobody ends a turn with them. */
export const ENGLISH_HANGING: ReadonlySet<string> = new Set(
  (
    "and but or so because if when while although unless until than which whose where the a an my our his her their its your " +
    "to of for from with without by in on at into about between under over as like is are was were been be very really quite some any every each another " +
    "other not just only i we they he she im ill ive were id maybe perhaps namely want need wants needs said told asked think guess believe same whole next every double single"
  ).split(" "),
);

/** Verbs whose object is still to come, and adverbs that lead on. */
export const ENGLISH_LEADING: ReadonlySet<string> = new Set(
  (
    "prefer prefers make makes made making take takes took taking give gives gave giving bring brings brought get gets getting got accept accepts mean " +
    "meant promise promised include includes including cost costs use uses using find found keep keeps put puts became become becomes seem seems " +
    "looking spend spent contains having being trying hoping planning going sell sells offer offers offered require requires allow allows avoid hear " +
    "moved book order buy choose select change cancel update especially particularly mainly mostly exactly about around nearly almost roughly"
  ).split(" "),
);

/** Verbs that stand alone in answers ("yes I do") and hang in longer sentences ("what time do"). */
export const ENGLISH_AUXILIARIES: ReadonlySet<string> = new Set(
  "do does did will would can could should may might must have has had am".split(" "),
);

/** Words behind which more is to come in Hindi, in both scripts. */
export const HINDI_HANGING: ReadonlySet<string> = new Set(
  (
    "sabse bada badi bade chhota chhoti naya nayi naye purana purani poora poori agla agli dusra dusri doosra doosri kar karke bola boli kaha yahi wahi wahin same next " +
    "सबसे बड़ा बड़ी बड़े छोटा छोटी नया नई नए पुराना पुरानी पूरा पूरी अगला अगली दूसरा दूसरी कर करके बोला बोली कहा यही वही " +
    "aur lekin magar kyunki kyonki kyuki toh matlab ki ya agar jab jabki jo jaise taaki isliye phir fir woh wo yeh ye main ne ka ke " +
    " liye wala wali ek bahut thoda thodi kuch mera meri mere aapka aapki aapke apna apni apne hamara hamari hamare unka unki uska uski iska iski " +
    "sirf shayad waise yaani agle pichle saath baare mujhe hume humein aapko usko unko ki hamein " +
    "और लेकिन मगर क्योंकि तो मतलब कि या अगर जब जबकि जो जैसे ताकि इसलिए फिर वो वह ये यह मैं ने का के की लिए वाला वाली एक बहुत थोड़ा " +
    "थोड़ी कुछ मेरा मेरी मेरे आपका आपकी आपके अपना अपनी अपने हमारा हमारी हमारे उनका उनकी उसका उसकी इसका इसकी सिर्फ शायद वैसे यानी अगले पिछले साथ बारे मुझे " +
    "हमें आपको उसको उनको"
  ).split(" "),
);

/** They hang in a sentence ("main dilli mein"), and close an answer ("dilli mein"). */
export const POSTPOSITIONS: ReadonlySet<string> = new Set("mein me se ko tak par में से को तक पर".split(" "));

/** Behind these "that" and "me" lead on: "he said that", "can you tell me". */
export const LEADING_ON: ReadonlySet<string> = new Set(
  "said says say told think thought believe know heard feel is was so sure mean means tell let give show ask".split(
    " ",
  ),
);

/** Sounds and words of one who searches for words, in any language. */
export const FILLERS: ReadonlySet<string> = new Set(
  "um uh umm uhh er erm hmm hm matlab actually basically yaani wo woh मतलब वो यानी अम्म उम्म हम्म".split(" "),
);
