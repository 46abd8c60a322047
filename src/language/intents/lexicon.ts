/**
 * Words of phone calls as they are written, each with the one spelling the phrases of this folder are matched in:
 * `spelling: as people type it, as it stands in Devanagari`. What is spoken as one word and is two, is two here
 * ("haanji" is "haan ji", "don't" is "do not"). Devanagari is listed without nukta and with anusvara for chandrabindu.
 */
const SPELLINGS = `
haan: han ha haa hann haanh hn हां हा हं
haan ji: haanji hanji hnji हांजी
ji: jee जी
ji haan: jihaan jihan
nahi: nahin nai nhi nahee naheen nahii nahi नहीं नही
nahi ji: nahinji
na: ना
hmm: hm हम्म ह्म
mhm: mhmm hmhm
okay: ok okey oke okk oki okie ओके ओक
okay ji: okji okayji
accha: acha achha achcha acchha aacha अच्छा अचछा
theek: thik thek theekh tik ठीक
hai: hain hei हैं है
sahi: sahee सही
bilkul: bilkool बिल्कुल बिलकुल
zaroor: zarur jaroor jarur जरूर
samajh: samaj samjh समझ
samjha: samjhaa samja समझा
samjhi: समझी
gaya: gya गया
gayi: gai gyi गई गयी
wah: vah waah वाह
accha ji: achaji
yes: yess यस येस
yeah: yea yaah ya
right: rite राइट
sure: श्योर शुअर
alright: आलराइट
all right: allright
thank you: thankyou थैंक्यू थैंकयू
thank: थैंक
you: u यू
thanks: thanx thnks थैंक्स
dhanyavaad: dhanyavad dhanyawad dhanyawaad धन्यवाद
shukriya: shukria शुक्रिया
ruko: rukko रुको रूको
rukiye: rukie rukiya rukiyega rukiyega रुकिए रुकिये रूकिए रुकिएगा रुकियेगा
ruk: rukh रुक
jao: jaao जाओ
jaiye: jaaiye jaiyega जाइए जाइये जाइएगा
thehro: theharo tehro thahro ठहरो
thehriye: thahriye tehriye ठहरिए ठहरिये
ek: एक इक
minute: minit minat min mint मिनट मिनिट
second: sec sekand secend सेकंड सेकेंड सैकेंड
moment: मोमेंट
wait: वेट
stop: स्टॉप स्टाप
hold: होल्ड
on: ऑन आन
suniye: suniyega sunie suniyeh सुनिए सुनिये सुनिएगा
suno: सुनो
excuse: एक्सक्यूज एक्सक्यूस
me: मी
sorry: सॉरी
bas: bass बस
chup: choop चुप
karo: kro करो
kar: kr कर
karna: krna karana करना
karein: kare karen करें करे
kariye: karie kariyega करिए करिये करिएगा
kijiye: kijie kijiyega keejiye kijiyeh कीजिए कीजिये कीजिएगा कीजियेगा
karta: karte krta करता करते
karti: krti करती
karta hoon: kartahoon
karke: krke करके
karwao: karvao karwaao करवाओ
karwa: karva करवा
karwaiye: karvaiye करवाइए करवाइये
karao: karaao kraao krao कराओ
kara: करा
karaiye: karaaiye karaeye karaie karayen कराइए कराइये कराएं
karwa do: karwado
kara do: karado
do: दो
dijiye: dijie dijiyega dejiye दीजिए दीजिये दीजिएगा
hatao: hataao हटाओ
hata: हटा
hataiye: hatayiye hataaiye हटाइए हटाइये
mat: mtt मत
band: bandh बंद बन्द
mujhe: mujh mujhko mujhse mereko muje mujhay मुझे मुझको मुझसे
hume: humein hamein hame humko hamko humse hamse हमें हमको हमसे
mera: मेरा
mere: मेरे
meri: मेरी
hamara: humara हमारा
aap: aapp aapko आप आपको
aapka: aapke aapki आपका आपके आपकी
main: mai मैं मै
yeh: ye yah यह ये
woh: wo voh vo वह वो
yahan: yaha yahaan यहां
par: pe pr पर
ko: को
ka: का
ki: की
ke: के
se: से
mein: में
hoon: hu hun hoo hoonn हूं
raha: rha रहा
rahe: rhe rahein rahen रहे रहें
rahi: rhi रही
rehne: rahne रहने
call: kaul कॉल काल
calls: कॉल्स
phone: fone fon फोन
number: nambar nmbr नंबर नम्बर
list: लिस्ट
galat: galath galt ghalat गलत
wrong: rong रॉन्ग रांग रॉंग
dobara: dubara dobaara dobra दोबारा दुबारा
phir: fir फिर
phir se: phirse firse
kabhi: कभी
aage: aagey आगे
aaj: aj आज
ab: अब
abhi: abi अभी
baad: bad बाद
kal: kl कल
parso: parson परसों परसो
subah: सुबह
shaam: sham शाम
raat: रात
dopahar: dopaher दोपहर
thodi: thodee थोड़ी थोडी
thoda: थोड़ा थोडा
der: deir देर
ghante: ghanta ghanto घंटे घंटा
time: टाइम
samay: समय
busy: bizy बिजी
vyast: व्यस्त
milte: मिलते
milenge: milengay मिलेंगे
milna: मिलना
rakhta: rakta रखता
rakhti: rakti रखती
rakhte: रखते
rakho: रखो
rakh: रख
rakhiye: रखिए रखिये
chalo: chalao चलो
chaliye: chalie chaliyega चलिए चलिये
chalta: chalte चलता चलते
chalti: चलती
toh: तो
bye: bai bby baai बाय बाई
bye bye: byebye bubye बायबाय
good bye: goodbye gudbye गुडबाय गुडबाई
good: gud गुड
day: डे
night: नाइट
alvida: alwida अलविदा
tata: taata टाटा
namaste: namastey namasthe नमस्ते
namaskar: namaskaar नमस्कार
hello: helo hallo halo hellow हैलो हेलो हलो
sir: सर
madam: maam mam maidam मैडम मैम
sahab: saab saheb sahib साहब साब
bhai: bhaiya bhaiyya bhaisahab भाई भैया
arre: arey अरे
please: plz pls plij प्लीज
kisi: किसी
insaan: insan इंसान इन्सान
aadmi: admi आदमी
vyakti: व्यक्ति
asli: aslee असली
manager: mgr मैनेजर मेनेजर
agent: ejent एजेंट एजेन्ट
officer: अफसर ऑफिसर
adhikari: अधिकारी
customer: कस्टमर
care: केयर
executive: एग्जीक्यूटिव एक्जीक्यूटिव
baat: bat बात
human: ह्यूमन
supervisor: सुपरवाइजर
senior: सीनियर
kya: kyaa kia क्या
kaha: kahaa कहा
kahaan: kahan कहां
bola: बोला
bole: बोले
boliye: bolie boliyega बोलिए बोलिये
bolo: बोलो
bataiye: batayiye bataie batayie bataaiye बताइए बताइये
batao: bataao btao बताओ
sunai: sunaayi sunayi सुनाई
suna: सुना
aawaz: awaz aawaaz awaaz avaaz आवाज
samajh nahi: samajhnahi
aaya: aya आया
aayi: aai ayi आई आयी
pata: पता
chahiye: chaiye chahie chahiya chaahiye chahta chahti चाहिए चाहिये चाहता चाहती
kyon: kyun kyu kyo क्यों क्यूं
koi: कोई
sirf: सिर्फ
jisko: jise जिसे जिसको
jis: जिस
upbhokta: उपभोक्ता
graahak: grahak ग्राहक
vyakti se: vyaktise
sampark: सम्पर्क संपर्क
pahunch: पहुंच
bahar: baahar बाहर
kshetra: क्षेत्र
uplabdh: उपलब्ध
switched: स्विच्ड
switch: स्विच
off: ऑफ आफ
network: नेटवर्क
coverage: कवरेज
area: एरिया
kripya: kripaya krupaya कृपया
prateeksha: pratiksha प्रतीक्षा
line: लाइन
hata do: hatado
do not: dont donot
does not: doesnt
did not: didnt
aapne: aapnay आपने
is: इस
us: उस
naam: nam नाम
jagah: jagha jaga जगह
rehta: rahta rehte rahte रहता रहते
rehti: rahti रहती
unka: unke unki inka iska उनका उनके उनकी इनका
laga: lga लगा
lagaya: lagaaya लगाया
kiya: किया
kat: kut कट
kaat: kaato kato काट काटो
aa: आ
de: दे
diya: दिया
dheere: dhire धीरे
zor: jor जोर
saaf: saf साफ
wapas: vapas waapas wapis vapis वापस
baar: bar बार
aur: or और
repeat: रिपीट
bolna: बोलना
batana: bataana बताना
bol: बोल
bata: bta बता
kahiye: kahie कहिए
sakta: sakte सकता सकते
sakti: सकती
meeting: miting मीटिंग
gaadi: gadi गाड़ी गाडी
chala: chla चला
drive: ड्राइव
driving: ड्राइविंग
kaam: काम
pareshan: pareshaan परेशान
tang: तंग
disturb: डिस्टर्ब
delete: डिलीट डिलिट
remove: रिमूव
nikaliye: nikaaliye nikalie निकालिए निकालिये
nikal: nikaal nikalo nikaalo निकाल निकालो
dnd: डीएनडी
robot: रोबोट रोबो
machine: मशीन
transfer: ट्रांसफर ट्रान्सफर
connect: कनेक्ट
bulao: bulaao बुलाओ
bulaiye: bulaaiye बुलाइए
malik: मालिक
karni: krni करनी
karne: krne करने
karunga: karoonga krunga करूंगा
karungi: karoongi krungi करूंगी
karenge: krenge करेंगे
lena: लेना
dena: देना
jo: जो
dwara: dvara dwaara द्वारा
dial: डायल
dialled: dialed
maujood: maujud मौजूद
amanya: amaanya अमान्य
astitva: astitwa अस्तित्व
seva: sewa सेवा
jaanch: janch जांच
uttar: उत्तर
jawab: javab jawaab जवाब
filhal: philhal filhaal फिलहाल
mobile: mobail मोबाइल
sabhi: sabhee सभी
lines: laine lainein लाइनें लाइनों
route: रूट
dusri: doosri दूसरी
bane: बने
hamare: humare हमारे
mahatvapurna: mahatvpurn mahatvapoorn महत्वपूर्ण
beep: bip बीप
tone: टोन
message: mesej मैसेज मेसेज
sandesh: सन्देश संदेश
chhodein: chhode chode choden chhoden chhodiye chodiye chhodie छोड़ें छोड़िए छोडें छोडिए
record: रिकॉर्ड
voicemail: वॉइसमेल वॉयसमेल
voice mail: voicemails
forward: फॉरवर्ड
liye: liyea lie लिए लिये
dabayein: dabaye dabayen dabaaye dabaiye dabaaiye दबाएं दबाइए दबाइये दबाये
dabao: दबाओ
press: प्रेस
ho: हो
bhej: bhejo भेज
bheja: भेजा
hi: ही
bhi: भी
aur se: औरसे
kiya jaye: kiyajaye
gayi hai: gayihai
log: लोग
zara: jara जरा
shaant: shant शांत शान्त
chal: चल
kah: keh कह
khaali: khali खाली
koshish: कोशिश
utha: uthaa उठा
lijiye: lijie lijiyega लीजिए लीजिये
lein: len लें
punah: पुनः
prayas: प्रयास
kuch: kuchh कुछ
ne: ने
kaun: कौन
raho: rho रहो
rahiye: rahie rahiyega रहिए रहिये रहिएगा
office: ऑफिस आफिस
hospital: aspatal haspatal हॉस्पिटल अस्पताल
class: क्लास
train: ट्रेन
market: मार्केट
bazaar: bazar बाजार
shaadi: shadi शादी
raste: raaste rasta रास्ते
bahar hoon: baharhoon
chukiye: chukie
duty: ड्यूटी
khana: khaana खाना
kha: खा
wale: waale vale wala waala वाले वाला
pehle: pahle pehele पहले
nikalta: nikalte निकलता निकलते
nikalti: निकलती
deta: dete देता देते
deti: देती
chup kar: chupkar
samjhaiye: samjhaie समझाइए
samjhao: समझाओ
live: लाइव
real: रियल
person: पर्सन
help: हेल्प
katar: kataar qatar कतार
khamosh: खामोश
sabar: sabr सब्र
pal: पल
the: थे
mana: मना
roz: roj रोज
lag: लग
mila: मिला
kisi ne: kisine किसीने
block: ब्लॉक
complaint: कंप्लेंट
activate: एक्टिवेट
upyog: उपयोग
lagana: lagaana लगाना
lagao: lagaao लगाओ
milao: milaao मिलाओ
milaya: मिलाया
jaldi: जल्दी
khatam: khatm खत्म
end: एंड
cut: कट्ट
disconnect: डिस्कनेक्ट
raha hoon: rahahoon
pa: पा
paya: paaya पाया
payi: paayi पाई
zimmedar: jimmedar जिम्मेदार
hafte: hafta हफ्ते हफ्ता
mahine: mahina महीने महीना
roko: रोको
rokiye: rokie रोकिए
intezaar: intezar intjar intazaar इंतजार
is not: isnt
are not: arent
was not: wasnt
will not: wont
can not: cant cannot
could not: couldnt
would not: wouldnt
should not: shouldnt
have not: havent
i am: im
i will: ill
i have: ive
i would: id
that is: thats
it is: its
you are: youre
you have: youve
there is: theres
who is: whos
what is: whats
we are: weare
let us: lets
going to: gonna
want to: wanna
got to: gotta
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
