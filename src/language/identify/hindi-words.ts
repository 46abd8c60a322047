/**
 * Romanised Hindi as people type it, common variants side by side; word-forms.ts covers the spellings that
 * follow a rule. Words that are English too ("the", "main", "par") belong here as well: what is in both lists is decided by its neighbours.
 */
const words = (text: string): readonly string[] => text.trim().split(/\s+/);

/** Pronouns, case marks, auxiliaries, particles, question words: what a sentence is built with, so they tell its grammar. */
export const HINDI_FUNCTION_WORDS: ReadonlySet<string> = new Set(
  words(`
    main mai mein me mujhe mujhko mujhse mujhpe mera meri mere maine mene hum ham humein hamein hume hame hmein hme humko hamko humse hamse humne hamne hamara hamari hamare humara humari humare
    tu tum tumhe tumhein tumko tumse tumne tumhara tumhari tumhare tera teri tere tujhe tujhko aap ap aapka aapki aapke aapko aapse aapne aapki apka apki apke apko apse apne apna apni
    yeh ye yah is isse iska iski iske isko ismein isme ispe isne inka inki inke inko inse inhe inhein inhone wo woh voh vo us usse uska uski uske usko usmein usme uspe usne
    unka unki unke unko unse unhe unhein unhone un in jo jis jisse jiska jiski jiske jisko jisne jin jinka jinke
    ka ki ke ko se ne par pe pr tak liye lie saath sath wala wali wale vala vali vale waala waali waale
    hai hain he h hoon hun hu ho tha thi the thay hoga hogi honge hoge hua hui hue hote hota hoti hona hone hoke hokar ho
    raha rahi rahe rha rhi rhe rahenge rahega rahegi chuka chuki chuke sakta sakti sakte skta skte skti sakunga sakega payega paega
    kya kyaa kyu kyun kyon kyo kyunki kyonki kyuki kaun kon kaunsa kaunsi kaunse konsa konsi kaise kese kaisa kaisi kahan kaha kahaan kidhar kab kitna kitni kitne kisne kisko kiska kiski kiske kisi kis
    aur or magar lekin par toh to bhi hi na naa ya ki agar warna varna phir fir tab jab jabki isliye islie iseliye taki taaki matlab mtlb
    nahi nahin nai nhi nahee mat na haan han haa ha hanji haanji ji jee
    koi kuch kuchh sab sabhi sabko har yahan yaha yahin wahan waha vahan vaha wahin idhar udhar
    chahiye chaiye chahie chahiyein chaahiye
  `),
);

/** Everything else: nouns, adjectives, adverbs, numbers, greetings, set verb forms. */
export const HINDI_CONTENT_WORDS: ReadonlySet<string> = new Set(
  words(`
    namaste namaskar namaskaar pranam dhanyavaad dhanyawad dhanyavad shukriya alvida maaf maafi kripya krupya ram adaab salaam salam
    accha acha achha achchha achi acchi acche ache theek thik teek thek thk sahi galat bilkul bikul zaroor jarur jaroor shayad sach jhooth jhuth pakka pakki wakai ekdum
    bahut bohot bohat bahot bhot thoda thodi thode zyada jyada jada zada jyaada kam kaafi kafi sirf bas itna itni itne utna utni utne jitna jitne poora pura puri pure aadha adha
    abhi ab aj aaj kal parso parson subah subha shaam sham raat rat dopahar dopeher din mahina mahine mahino hafta hafte saal sal ghanta ghante ghanto baje der jaldi turant roz hamesha kabhi pehle pahle pehla pahla baad bad agla agle agli pichla pichle pichli dobara dubara waqt samay tarikh tareekh
    somvar somwar mangalvar budhvar guruvar shukravar shukrawar shanivar shaniwar ravivar raviwar itwar
    ghar makan gali sadak rasta raasta dukan dukaan gaon gaanv shehar sheher desh jagah paas pas pass andar bahar baahar upar neeche niche aage piche peeche samne saamne door dur
    paisa paise paisaa rupaya rupaye rupay rupiya rupye rupee daam dam kimat keemat kiraya kharcha udhaar udhar byaj sasta sasti saste mehnga mehenga mahanga mehngi mahangi mehange mehnge
    naam nam pata baat bat baatein baten kaam kam cheez chiz cheezein tarah tarha tarike tarika wajah vajah farak fark zaroorat jarurat madad sahayata jaankari jankari suvidha samasya dikkat pareshani pareshan shikayat takleef bharosa
    log logo logon aadmi admi aurat bachcha baccha bacha bachche bacche bache bachchi bacchi beta beti bete maa mummy papa pitaji mataji mata pita bhai bhaiya bhaiyya bhaisahab behen behan didi pati patni biwi bivi dost yaar yar arre are arey saab sahab sahib chacha chachi mama mami dada dadi nana nani sasur saas parivar rishtedar padosi malik maalik log
    shaadi shadi khana khaana pani paani chai doodh dudh roti sabzi sabji chawal dal bijli batti gaadi gadi gari kapda kapde dawai dawa davai kitab chabi chaabi kamra kamre bistar darwaza
    tabiyat tabiyet bimar beemar bukhar dard pet sir haath hath pair aankh aankhen dil
    khush khushi dukh gussa dar pyaar pyar mushkil aasan asaan asan zindagi sapna umeed ummeed intezaar intezar
    bada badi bade bara chota choti chote chhota chhoti naya nayi naye nai purana purani purane lamba garam thanda thandi saaf saf ganda khali khaali bhara kharab kharaab badhiya badiya mast
    ek do teen tin char chaar paanch panch chhe chhah che saat sat aath ath nau das dus gyarah gyara barah bara terah tera chaudah pandrah pandra solah satrah atharah unnis bees bis pachees pachchis tees tis chalis chalees pachas pachaas saath sattar assi nabbe sau so hazaar hazar hajar lakh lac karod crore dedh dhai sava sawa saade
    dono teeno chaaro sabse alag dusra dusre dusri doosra doosre doosri teesra pehli aakhri akhri
    angrezi angreji hindi bhasha boli sawaal sawal jawab jawaab khabar
    bus band chalu shuru khatam khatm khatma tayyar taiyar taiyaar bandh
    kiya kiye kijiye kijie kijiyega kariye karie kia di diya diye dijiye dijie dijiyega lijiye lijie lijiyega liya gaya gayi gaye gya gyi gye aaya aayi aaye aya ayi aao aana ana aata aati aate ata ate aa ja jaa jao jana jaana jata jaata jaate jaati jayega jaega jayegi jayenge jaunga jaungi jaoge aaunga aunga aaungi aayega aayegi aayenge aaoge aaiye aiye jaiye
    de do dena dene deta dete deti dunga doonga dungi denge dega degi doge dedo dedijiye le lo lena lene leta lete leti lunga loonga lungi lenge lega legi loge
    ho hogaya hogayi hojayega karo kar karna karne karni karta karte karti karun karu karoon karunga karungi karenge karega karegi karoge karke karein kare karwana karwani karva karvana
    bolo bol boliye bolie bola boli bole bolna bolta bolti bolte batao bata bataiye batayiye bataie batana batani bataya batayi suno sun suniye sunie suna sunna sunta samajh samaj samjha samjhi samjhe samjho samjhao samjhaiye ruko rukiye ruk rukna dekho dekh dekhiye dekha dekhna dekhte chalo chaliye chal chalta chalti chale chalega chalegi chalna
    rakho rakh rakhta rakhti rakhna rakhiye milega milegi milenge milte mila mili mile milna milo mil lagta lagti lagte laga lagi lage lagega lagegi lagenge lagana lagwana padega padegi padta padti pada pade poocho pucho puch puchna puchta bhejo bhej bhejiye bhejna bheja bhejdo manga mangwana mangana chahta chahti chahte chaho
    soch socho sochna sochta jaan jaana jaanta janta jaante jante pehchan mana maan mano bhool bhul yaad yad khareed kharid khareedna bech bechna baith baitho uth utho likho likh likha likhna padh padho padhna khol kholo daal dalo dal nikal nikalo nikla nikli nikle hata hatao utha uthao laao lao laana lana le lete toot tut tooti
    ruka hasna rona sona so khelna ghum ghumna pahunch pahuncha pahunchna pahunche banao bana bani bane banta banana ban banwana
    zara jara waise vaise aise ese aisa aisi aisey jaise jese jaisa jaisi waisa phirse wapas vapas waapas seedha sidha bilkool kripa dhyan dhyaan mehmaan mehman dekhbhal bhagwan kasam sabar
    jama jamaa karz karj naukri tankhwah kagaz kagaj dastakhat pahchan umar umra janam tang pasand napasand zaruri jaruri asli nakli muft mufat
    chhodo chhod chodo hatiye rehne rahne rehna rahna rehta rahta rehti rehte rahte rahiye
    insaan insan awaaz awaz aawaz aavaj sunai dikhai baar bar dheere dhire dhere aaram chup kahiye sunao chhutti chutti fursat vyast vyakti hisaab hisab khula banda bande bandi zor jor lag kat badal jaanch janch seva sandesh karaiye
    thehriye thahriye theheriye dabao dabaiye dabayein dabana tata sampark maujood maujud uplabdh dwara dvara uttar haal neend marzi marji galti asar darr chakkar ulti dimag dimaag koshish sawal shak hissa
    mausi mosi bua fufa phupha mausa tau tayi bhabhi devar nanad jija saala saali bahu damad pota poti nati pitaji aspatal bharti bimari ilaaj ilaj khoon saans
    jhagda jhagra gussa ladai ladka ladki ladke bachchon bacchon mehmaano kinare khada khadi khade kirayedar kirayadar barish baarish dhoop mausam sardi garmi chhat chhath khet fasal kisan mazdoor majdoor mistri
    ajeeb ajib bewakoof pagal samajhdar hoshiyar gareeb garib ameer amir akela akele sundar achchhi tez tej dheema gehra ooncha uncha nakad chutta khulla hisse rasid raseed sona chandi gehna gehne chashma joota jute chappal topi saree sari kurta
    aloo pyaz pyaaz tamatar mirch namak cheeni chini tel atta chawal dahi paneer makhan mithai phal aam kela seb sabun kagaz kalam kursi mez palang chadar takiya parda diwar deewar farsh taala tala
    mandir masjid gurudwara pooja puja tyohar diwali holi rakhi jaan pehchaan jankaar umeedwar sarkar sarkari adhikari kanoon thana
    karao karaya thaak mana bhada safai
  `),
);

/** Stems that take the regular verb endings: "bol" + "ungi". */
export const HINDI_VERB_STEMS: readonly string[] = words(`
  kar bol bata sun samajh samjh samjha ruk dekh dikh dikha chal chala rakh mil mila lag laga pad puch pooch bhej mang mangwa chah soch jaan maan bhool bhul khareed kharid bech baith uth utha likh padh
  khol daal nikal nikaal hata la ja aa kha pee ga ro so khel ghoom pahunch bana ban sikh seekh sikha pakad chhod chod tod jod bhar badal badl ghat badh bach bacha dhoond dhund jhel karwa karva banwa lagwa bulwa bula
  sambhal samhal tut toot gir gira hil phas fas bik kat kaat dho so jaag chuk reh rah sak pa mar maar dar jeet haar le de nibha ghabra bhijwa dila
`);

/** Person, number, tense and politeness. */
export const HINDI_VERB_ENDINGS: readonly string[] = words(`
  na ne ni ta te ti o oo iye iyega ie unga ungi oonga oongi enge ein en ega egi oge ogi kar ke a aa e i ee aya ayi aye wana wani wane wao ya yi ye yega yegi yenge yiye u un oon
`);
