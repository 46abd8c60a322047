/**
 * Words of phone calls as they are written, each with the one spelling the phrases of this folder are matched in:
 * `spelling: as people type it, as it stands in Devanagari`. What is spoken as one word and is two, is two here
 * ("haanji" is "haan ji", "don't" is "do not").
 * Devanagari is listed without nukta, and with anusvara for chandrabindu. In alphabetical order.
 */
const SPELLINGS = `
aa: आ
aadmi: admi आदमी
aage: aagey आगे
aaj: aj आज
aap: aapp aapko आप आपको
aapka: aapke aapki आपका आपके आपकी
aapne: aapnay आपने
aawaz: awaz aawaaz awaaz avaaz आवाज
aaya: aya आया
aayi: aai ayi आई आयी
ab: अब
abhi: abi अभी
accha: acha achha achcha acchha aacha अच्छा अचछा
accha ji: achaji
activate: एक्टिवेट
adhikari: अधिकारी
agent: ejent एजेंट एजेन्ट
all right: allright
alright: आलराइट
alvida: alwida अलविदा
amanya: amaanya अमान्य
are not: arent
area: एरिया
arre: arey अरे
asli: aslee असली
astitva: astitwa अस्तित्व
aur: or और
baad: bad बाद
baar: bar बार
baat: bat बात
bahar: baahar बाहर
band: bandh बंद बन्द
bane: बने
bas: bass बस
bata: bta बता
bataiye: batayiye bataie batayie bataaiye बताइए बताइये
batana: bataana बताना
batao: bataao btao बताओ
bazaar: bazar बाजार
beep: bip बीप
bhai: bhaiya bhaiyya bhaisahab भाई भैया
bhej: bhejo भेज
bheja: भेजा
bhi: भी
bilkul: bilkool बिल्कुल बिलकुल
block: ब्लॉक
bol: बोल
bola: बोला
bole: बोले
boliye: bolie boliyega बोलिए बोलिये
bolna: बोलना
bolo: बोलो
bulaiye: bulaaiye बुलाइए
bulao: bulaao बुलाओ
busy: bizy बिजी
bye: bai bby baai बाय बाई
bye bye: byebye bubye बायबाय
call: kaul कॉल काल
calls: कॉल्स
can not: cant cannot
care: केयर
chahiye: chaiye chahie chahiya chaahiye chahta chahti चाहिए चाहिये चाहता चाहती
chal: चल
chala: chla चला
chaliye: chalie chaliyega चलिए चलिये
chalo: chalao चलो
chalta: chalte चलता चलते
chalti: चलती
chhodein: chhode chode choden chhoden chhodiye chodiye chhodie छोड़ें छोड़िए छोडें छोडिए
chup: choop चुप
class: क्लास
complaint: कंप्लेंट
connect: कनेक्ट
could not: couldnt
coverage: कवरेज
customer: कस्टमर
cut: कट्ट
dabao: दबाओ
dabayein: dabaye dabayen dabaaye dabaiye dabaaiye दबाएं दबाइए दबाइये दबाये
day: डे
de: दे
delete: डिलीट डिलिट
dena: देना
der: deir देर
deta: dete देता देते
deti: देती
dhanyavaad: dhanyavad dhanyawad dhanyawaad धन्यवाद
dheere: dhire धीरे
dial: डायल
dialled: dialed
did not: didnt
dijiye: dijie dijiyega dejiye दीजिए दीजिये दीजिएगा
disconnect: डिस्कनेक्ट
disturb: डिस्टर्ब
diya: दिया
dnd: डीएनडी
do: दो
do not: dont donot
dobara: dubara dobaara dobra दोबारा दुबारा
does not: doesnt
dopahar: dopaher दोपहर
drive: ड्राइव
driving: ड्राइविंग
dusri: doosri दूसरी
duty: ड्यूटी
dwara: dvara dwaara द्वारा
ek: एक इक
end: एंड
excuse: एक्सक्यूज एक्सक्यूस
executive: एग्जीक्यूटिव एक्जीक्यूटिव
filhal: philhal filhaal फिलहाल
forward: फॉरवर्ड
gaadi: gadi गाड़ी गाडी
galat: galath galt ghalat गलत
gaya: gya गया
gayi: gai gyi गई गयी
ghante: ghanta ghanto घंटे घंटा
going to: gonna
good: gud गुड
good bye: goodbye gudbye गुडबाय गुडबाई
got to: gotta
graahak: grahak ग्राहक
haan: han ha haa hann haanh hn हां हा हं
haan ji: haanji hanji hnji हांजी
hafte: hafta हफ्ते हफ्ता
hai: hain hei हैं है
hamara: humara हमारा
hamare: humare हमारे
hata: हटा
hata do: hatado
hataiye: hatayiye hataaiye हटाइए हटाइये
hatao: hataao हटाओ
have not: havent
hello: helo hallo halo hellow हैलो हेलो हलो
help: हेल्प
hi: ही
hmm: hm हम्म ह्म
ho: हो
hold: होल्ड
hoon: hu hun hoo hoonn हूं
hospital: aspatal haspatal हॉस्पिटल अस्पताल
human: ह्यूमन
hume: humein hamein hame humko hamko humse hamse हमें हमको हमसे
i am: im
i have: ive
i will: ill
i would: id
insaan: insan इंसान इन्सान
intezaar: intezar intjar intazaar इंतजार
is: इस
is not: isnt
it is: its
jaanch: janch जांच
jagah: jagha jaga जगह
jaiye: jaaiye jaiyega जाइए जाइये जाइएगा
jaldi: जल्दी
jao: jaao जाओ
jawab: javab jawaab जवाब
ji: jee जी
ji haan: jihaan jihan
jis: जिस
jisko: jise जिसे जिसको
jo: जो
ka: का
kaam: काम
kaat: kaato kato काट काटो
kabhi: कभी
kah: keh कह
kaha: kahaa कहा
kahaan: kahan कहां
kahiye: kahie कहिए
kal: kl कल
kar: kr कर
kara: करा
kara do: karado
karaiye: karaaiye karaeye karaie karayen कराइए कराइये कराएं
karao: karaao kraao krao कराओ
karein: kare karen करें करे
karenge: krenge करेंगे
kariye: karie kariyega करिए करिये करिएगा
karke: krke करके
karna: krna karana करना
karne: krne करने
karni: krni करनी
karo: kro करो
karta: karte krta करता करते
karti: krti करती
karunga: karoonga krunga करूंगा
karungi: karoongi krungi करूंगी
karwa: karva करवा
karwa do: karwado
karwaiye: karvaiye करवाइए करवाइये
karwao: karvao karwaao करवाओ
kat: kut कट
katar: kataar qatar कतार
kaun: कौन
ke: के
kha: खा
khaali: khali खाली
khamosh: खामोश
khana: khaana खाना
khatam: khatm खत्म
ki: की
kijiye: kijie kijiyega keejiye kijiyeh कीजिए कीजिये कीजिएगा कीजियेगा
kisi: किसी
kiya: किया
ko: को
koi: कोई
koshish: कोशिश
kripya: kripaya krupaya कृपया
kshetra: क्षेत्र
kuch: kuchh कुछ
kya: kyaa kia क्या
kyon: kyun kyu kyo क्यों क्यूं
lag: लग
laga: lga लगा
lagana: lagaana लगाना
lagao: lagaao लगाओ
lagaya: lagaaya लगाया
lein: len लें
lena: लेना
let us: lets
lijiye: lijie lijiyega लीजिए लीजिये
line: लाइन
lines: laine lainein लाइनें लाइनों
list: लिस्ट
live: लाइव
liye: liyea lie लिए लिये
log: लोग
machine: मशीन
madam: maam mam maidam मैडम मैम
mahatvapurna: mahatvpurn mahatvapoorn महत्वपूर्ण
mahine: mahina महीने महीना
main: mai मैं मै
malik: मालिक
mana: मना
manager: mgr मैनेजर मेनेजर
market: मार्केट
mat: mtt मत
maujood: maujud मौजूद
me: मी
meeting: miting मीटिंग
mein: में
mera: मेरा
mere: मेरे
meri: मेरी
message: mesej मैसेज मेसेज
mhm: mhmm hmhm
mila: मिला
milao: milaao मिलाओ
milaya: मिलाया
milenge: milengay मिलेंगे
milna: मिलना
milte: मिलते
minute: minit minat min mint मिनट मिनिट
mobile: mobail मोबाइल
moment: मोमेंट
mujhe: mujh mujhko mujhse mereko muje mujhay मुझे मुझको मुझसे
na: ना
naam: nam नाम
nahi: nahin nai nhi nahee naheen nahii नहीं नही
nahi ji: nahinji
namaskar: namaskaar नमस्कार
namaste: namastey namasthe नमस्ते
ne: ने
network: नेटवर्क
night: नाइट
nikal: nikaal nikalo nikaalo निकाल निकालो
nikaliye: nikaaliye nikalie निकालिए निकालिये
nikalta: nikalte निकलता निकलते
nikalti: निकलती
number: nambar nmbr नंबर नम्बर
off: ऑफ आफ
office: ऑफिस आफिस
officer: अफसर ऑफिसर
okay: ok okey oke okk oki okie ओके ओक
okay ji: okji okayji
on: ऑन आन
pa: पा
pahunch: पहुंच
pal: पल
par: pe pr पर
pareshan: pareshaan परेशान
parso: parson परसों परसो
pata: पता
paya: paaya पाया
payi: paayi पाई
pehle: pahle pehele पहले
person: पर्सन
phir: fir फिर
phir se: phirse firse
phone: fone fon फोन
please: plz pls plij प्लीज
prateeksha: pratiksha प्रतीक्षा
prayas: प्रयास
press: प्रेस
punah: पुनः
raat: रात
raha: rha रहा
rahe: rhe rahein rahen रहे रहें
rahi: rhi रही
rahiye: rahie rahiyega रहिए रहिये रहिएगा
raho: rho रहो
rakh: रख
rakhiye: रखिए रखिये
rakho: रखो
rakhta: rakta रखता
rakhte: रखते
rakhti: rakti रखती
raste: raaste rasta रास्ते
real: रियल
record: रिकॉर्ड
rehne: rahne रहने
rehta: rahta rehte rahte रहता रहते
rehti: rahti रहती
remove: रिमूव
repeat: रिपीट
right: rite राइट
robot: रोबोट रोबो
rokiye: rokie रोकिए
roko: रोको
route: रूट
roz: roj रोज
ruk: rukh रुक
rukiye: rukie rukiya rukiyega रुकिए रुकिये रूकिए रुकिएगा रुकियेगा
ruko: rukko रुको रूको
saaf: saf साफ
sabar: sabr सब्र
sabhi: sabhee सभी
sahab: saab saheb sahib साहब साब
sahi: sahee सही
sakta: sakte सकता सकते
sakti: सकती
samajh: samaj samjh समझ
samay: समय
samjha: samjhaa samja समझा
samjhaiye: samjhaie समझाइए
samjhao: समझाओ
samjhi: समझी
sampark: सम्पर्क संपर्क
sandesh: सन्देश संदेश
se: से
second: sec sekand secend सेकंड सेकेंड सैकेंड
senior: सीनियर
seva: sewa सेवा
shaadi: shadi शादी
shaam: sham शाम
shaant: shant शांत शान्त
should not: shouldnt
shukriya: shukria शुक्रिया
sir: सर
sirf: सिर्फ
sorry: सॉरी
stop: स्टॉप स्टाप
subah: सुबह
suna: सुना
sunai: sunaayi sunayi सुनाई
suniye: suniyega sunie suniyeh सुनिए सुनिये सुनिएगा
suno: सुनो
supervisor: सुपरवाइजर
sure: श्योर शुअर
switch: स्विच
switched: स्विच्ड
tang: तंग
tata: taata टाटा
thank: थैंक
thank you: thankyou थैंक्यू थैंकयू
thanks: thanx thnks थैंक्स
that is: thats
the: थे
theek: thik thek theekh tik ठीक
thehriye: thahriye tehriye ठहरिए ठहरिये
thehro: theharo tehro thahro ठहरो
there is: theres
thoda: थोड़ा थोडा
thodi: thodee थोड़ी थोडी
time: टाइम
toh: तो
tone: टोन
train: ट्रेन
transfer: ट्रांसफर ट्रान्सफर
unka: unke unki inka iska उनका उनके उनकी इनका
upbhokta: उपभोक्ता
uplabdh: उपलब्ध
upyog: उपयोग
us: उस
utha: uthaa उठा
uttar: उत्तर
voicemail: वॉइसमेल वॉयसमेल
vyakti: व्यक्ति
vyast: व्यस्त
wah: vah waah वाह
wait: वेट
wale: waale vale wala waala वाले वाला
want to: wanna
wapas: vapas waapas wapis vapis वापस
was not: wasnt
we are: weare
what is: whats
who is: whos
will not: wont
woh: wo voh vo वह वो
would not: wouldnt
wrong: rong रॉन्ग रांग रॉंग
yahan: yaha yahaan यहां
yeah: yea yaah ya
yeh: ye yah यह ये
yes: yess यस येस
you: u यू
you are: youre
you have: youve
zara: jara जरा
zaroor: zarur jaroor jarur जरूर
zimmedar: jimmedar जिम्मेदार
zor: jor जोर
`;

/** How a word is written to the words it stands for. */
export const LEXICON: ReadonlyMap<string, readonly string[]> = new Map(
  SPELLINGS.trim()
    .split("\n")
    .flatMap((line) => {
      const [spelling = "", variants = ""] = line.split(": ");
      return variants.split(" ").map((variant) => [variant, spelling.split(" ")] as const);
    }),
);
