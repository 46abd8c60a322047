/** One line a word: Devanagari, then the Latin spelling it is given, then other spellings people type. */
const SPELLINGS = `
आप aap ap;मैं main mai;हम hum ham;तुम tum;वह woh vo wo;यह yeh ye yah;मुझे mujhe;हमें humein hamein hume;आपको aapko apko;आपका aapka apka;आपकी aapki apki;आपके aapke apke;आपने aapne apne aapney;आपसे aapse
मेरा mera;मेरी meri;मेरे mere;हमारा hamara humara;हमारी hamari humari;हमारे hamare humare;उनका unka;उनकी unki;उनके unke;उनको unko;इसका iska;इसकी iski;इसके iske;इसको isko;उसका uska;उसकी uski;उसके uske;अपना apna;अपनी apni
है hai;हैं hain;हूँ hoon hun;हो ho;था tha;थी thi;थे the;होगा hoga;होगी hogi;होंगे honge;हुआ hua;हुई hui;हुए hue;होता hota;होती hoti;रहा raha rha;रही rahi rhi;रहे rahe rhe;गया gaya;गई gayi gai;गए gaye gae
का ka;की ki;के ke;को ko;से se;ने ne;में mein me;पर par pe;तक tak;लिए liye lie;साथ saath sath;वाला wala waala;वाली wali;वाले wale
क्या kya;क्यों kyon kyu kyun;कब kab;कहाँ kahan kaha;कैसे kaise kese;कैसा kaisa;कैसी kaisi;कौन kaun kon;कितना kitna;कितने kitne;कितनी kitni;किस kis;कौनसा kaunsa
और aur;या ya;लेकिन lekin;मगर magar;तो toh to;भी bhi;ही hi;अगर agar;क्योंकि kyonki kyunki;इसलिए isliye;मतलब matlab;फिर phir fir;अब ab;अभी abhi;तब tab;जब jab;कल kal;आज aaj aj;परसों parson;रोज़ roz;बाद baad;पहले pehle pahle
हाँ haan han ha;नहीं nahin nahi nai nhi;मत mat;ना na naa;जी ji jee;ठीक theek thik;अच्छा achchha accha acha;अच्छी achchhi acchi achi;अच्छे acche ache;सही sahi;बिल्कुल bilkul;ज़रूर zaroor zarur jarur;शायद shayad;बस bas
नमस्ते namaste;नमस्कार namaskar;धन्यवाद dhanyavaad dhanyawad dhanyavad;शुक्रिया shukriya;अलविदा alvida;माफ़ maaf;कृपया kripya kripaya
चाहिए chahiye chaiye chahie;चाहते chahte;चाहती chahti;चाहता chahta;सकता sakta;सकते sakte;सकती sakti;पता pata;मालूम maaloom malum;बात baat;काम kaam;घर ghar;पैसा paisa;पैसे paise;रुपये rupaye rupay rupye;रुपया rupaya;दिन din;समय samay;साल saal;तारीख tareekh tarikh;मिलते milte;मिलता milta;मिलती milti;महीना mahina;महीने mahine;हफ़्ता hafta;हफ़्ते hafte;घंटा ghanta;घंटे ghante;मिनट minat;बजे baje
कर kar;करो karo;करें karein;करना karna;करने karne;करते karte;करता karta;करती karti;करेंगे karenge;करूँगा karunga;करूँगी karungi;किया kiya;कीजिए kijiye kijie;दीजिए dijiye dijie;लीजिए lijiye lijie;दो do;दे de;देना dena;दिया diya;लेना lena;लिया liya;ले le
बोल bol;बोलो bolo;बोलिए boliye;बोलना bolna;बोलते bolte;बता bata;बताइए bataiye bataie;बताओ batao;बताना batana;सुनिए suniye;सुनो suno;सुन sun;देख dekh;देखिए dekhiye;देखना dekhna;आइए aaiye;आना aana;आया aaya;आए aaye;जाना jaana jana;जाता jaata;जाएगा jayega jaega;जाएगी jayegi;आएगा aayega aega;आएगी aayegi;रुको ruko;रुकिए rukiye;समझ samajh;समझा samjha;मिल mil;मिलेगा milega;मिलेगी milegi;मिला mila;लग lag;लगा laga;लगेगा lagega;लगता lagta;भेज bhej;भेजिए bhejiye
एक ek;तीन teen tin;चार chaar char;पाँच paanch panch;छह chhah chhe;सात saat;आठ aath;नौ nau;दस das;सौ sau;हज़ार hazaar hazar hajar;लाख lakh laakh;करोड़ karod;डेढ़ dedh;ढाई dhaai dhai;साढ़े saadhe sadhe;सवा sava sawa;पौने paune;शून्य shoonya
बहुत bahut bohot bahot;थोड़ा thoda;थोड़ी thodi;ज़्यादा zyada jyada;कम kam;सब sab;कुछ kuchh kuch;कोई koi;किसी kisi;बड़ा bada;छोटा chhota chota;नया naya;नई nayi nai;पुराना purana;दूसरा doosra dusra;पहला pehla pahla
यहाँ yahan;वहाँ wahan;इधर idhar;उधर udhar;ऊपर upar;नीचे neeche niche;अंदर andar;बाहर bahar;दोस्त dost;भाई bhai;बहन behan bahan;माँ maa;पिताजी pitaji;साहब sahab saab;लोग log;नाम naam;पानी paani pani;बिजली bijli;खाना khaana khana;गाड़ी gaadi gadi;शाम shaam sham;सुबह subah;दोपहर dopahar dopeher;रात raat
मकान makaan makan;दुकान dukaan dukan;सवाल savaal sawaal sawal;जवाब javaab jawab;ज़मीन zameen jameen;किराया kiraya;क़ीमत keemat kimat;सस्ता sasta;महँगा mehenga mahanga
`;

const lines = SPELLINGS.normalize("NFC")
  .trim()
  .split(/[;\n]/)
  .map((line) => line.trim().split(" "));

/** Devanagari for the common spellings of romanised words. */
export const DEVANAGARI_BY_LATIN: ReadonlyMap<string, string> = new Map(
  // A spelling that stands twice belongs to the line that has it first.
  lines.flatMap(([word = "", ...latin]) => latin.map((spelling) => [spelling, word] as const)).reverse(),
);

/** The Latin spelling given to a Devanagari word. */
export const LATIN_BY_DEVANAGARI: ReadonlyMap<string, string> = new Map(
  lines.map(([word = "", latin = ""]) => [word, latin] as const),
);

/** Spellings that are English words too: Hindi only beside a word that is surely Hindi. */
export const ENGLISH_TOO: ReadonlySet<string> = new Set(
  "main me the to do is in us par pe hi ho ha han he or so hum ham ap sun log de le ne ab bas mat kis mil tab char tin din bat ache kal naa na ya agar lag dost pani bada sab".split(
    " ",
  ),
);
