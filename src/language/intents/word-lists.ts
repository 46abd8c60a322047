/** Phrases in each language: `hi` has them as they are typed in Latin letters, and in Devanagari. */
export interface PhraseList {
  readonly en: readonly string[];
  readonly hi: readonly string[];
}

/** What a listener says while the other goes on. The whole utterance has to be made of these. */
export const DEFAULT_BACKCHANNELS: PhraseList = {
  en: [
    ..."okay|ok|yes|yeah|yep|yup|right|sure|fine|alright|all right|cool|great|nice|perfect|correct|exactly".split("|"),
    ..."hmm|mm|mm hmm|mhm|uh huh|aha|ah|oh|wow|i see|got it|i got it|of course|go on|true|absolutely".split("|"),
    ..."that is right|that is fine|i understand|understood|makes sense|sounds good".split("|"),
  ],
  hi: [
    ..."haan|haan ji|ji|ji haan|accha|theek|theek hai|theek h|sahi|sahi hai|sahi baat|sahi baat hai|bilkul|bilkul sahi|hmm".split(
      "|",
    ),
    ..."samajh gaya|samajh gayi|samajh aa gaya|samajh aa gayi|samjha|samjhi|main samajh gaya|main samajh gayi|samajh raha hoon|samajh rahi hoon".split(
      "|",
    ),
    ..."sun raha hoon|sun rahi hoon|wah|zaroor|haan toh|accha toh|chalo theek hai|chaliye theek hai|o accha".split("|"),
    ..."हाँ|हाँ जी|जी|जी हाँ|अच्छा|ठीक|ठीक है|सही|सही है|सही बात|सही बात है|बिल्कुल|बिल्कुल सही|हम्म|हूँ|ओके|राइट".split("|"),
    ..."समझ गया|समझ गई|समझ आ गया|समझ आ गई|समझा|समझी|मैं समझ गया|मैं समझ गई|समझ रहा हूँ|समझ रही हूँ|सुन रहा हूँ|सुन रही हूँ|वाह|ज़रूर".split(
      "|",
    ),
    ..."चलो ठीक है|चलिए ठीक है|ओह अच्छा".split("|"),
  ],
};

/** What asks the agent to be silent or to wait. The call goes on. */
export const DEFAULT_STOP_PHRASES: PhraseList = {
  en: [
    ..."two seconds|half a minute|a sec|gimme a second|gimme a minute|give me one minute|give me one second|let me complete".split(
      "|",
    ),
    ..."can i interrupt|may i interrupt|stop yelling|stop shouting|stop now|do not talk|do not interrupt me".split("|"),
    ..."stop|wait up|hold up|pause please|can you stop|let me ask|let me tell you|can i speak|may i speak|can i say something|not so fast|stop it|stop there|stop talking|stop speaking|wait|wait a minute|wait a second|wait a moment|hold on|hang on".split(
      "|",
    ),
    ..."one minute|one second|one moment|one sec|just a minute|just a second|just a moment|a minute|a second|give me a minute".split(
      "|",
    ),
    ..."give me a second|give me a moment|excuse me|listen|listen to me|pause|shut up|be quiet|quiet|enough|that is enough".split(
      "|",
    ),
    ..."let me speak|let me finish|let me talk|hush|silence|hold it|hold please|two minutes|let me say something".split(
      "|",
    ),
  ],
  hi: [
    ..."ruko to|ruko to sahi|thodi der ruko|thodi der rukiye|meri baat to suno|meri baat to suniye|baat suno|baat suniye".split(
      "|",
    ),
    ..."bolne to do|mujhe bolne to do|mat bolo|beech mein mat bolo|tham jao|roko|rokiye|intezaar karo|intezaar kijiye".split(
      "|",
    ),
    ..."ruk na|ruk ja|sun lijiye|pehle suno|pehle suniye|pehle meri baat suno|pehle meri baat suniye|bas kar|bas kar do|bas karein".split(
      "|",
    ),
    ..."chup kar|chup karein|chup kijiye|shaant raho|shaant rahiye|shaant ho jao|khamosh|sabar karo|sabar kijiye|ek pal|ek pal rukiye|bolna band karo".split(
      "|",
    ),
    ..."bolna band kijiye|pause karo|suniye to sahi|suno to sahi|hold kar lo|wait kar lo|ruk jaiyega".split("|"),
    ..."ruko|rukiye|ruk jao|ruk jaiye|ruko zara|zara ruko|zara rukiye|thoda ruko|thoda rukiye|ek minute|ek second|ek sec".split(
      "|",
    ),
    ..."ek minute ruko|ek minute rukiye|do minute|ek moment|thehro|thehriye|zara thehriye|suno|suniye|suno na|suniye na|sun lo".split(
      "|",
    ),
    ..."suniye to|suno to|zara suno|zara suniye|meri baat suno|meri baat suniye|meri suno|meri suniye|bas|bas karo|bas kijiye".split(
      "|",
    ),
    ..."bas kariye|bas bas|chup|chup raho|chup rahiye|chup ho jao|chup ho jaiye|chup karo|shaant|ek baat suno|ek baat suniye".split(
      "|",
    ),
    ..."band karo|band kijiye|mujhe bolne do|mujhe bolne dijiye|bolne do|bolne dijiye|rehne do|rehne dijiye|wait karo|wait kijiye".split(
      "|",
    ),
    ..."hold karo|hold kijiye|stop karo|ek min|ruk|rukna|zara rukna|sunna|zara sunna|ek minute sunna".split("|"),
    ..."रुको|रुकिए|रुक जाओ|रुक जाइए|ज़रा रुको|ज़रा रुकिए|थोड़ा रुको|थोड़ा रुकिए|एक मिनट|एक सेकंड|दो मिनट|ठहरो|ठहरिए|सुनो|सुनिए|ज़रा सुनिए".split(
      "|",
    ),
    ..."मेरी बात सुनो|मेरी बात सुनिए|मेरी सुनिए|बस|बस करो|बस कीजिए|चुप|चुप रहो|चुप रहिए|चुप हो जाओ|चुप करो|बंद करो|मुझे बोलने दो".split(
      "|",
    ),
    ..."मुझे बोलने दीजिए|बोलने दीजिए|रहने दो|रहने दीजिए|वेट|स्टॉप|होल्ड ऑन|एक्सक्यूज़ मी|वन मिनट|रुक|शांत|शांत रहिए|शांत रहो|बोलना बंद करो|पहले सुनिए|पहले मेरी बात सुनिए|बस कर|एक पल|सुन लीजिए|ख़ामोश".split(
      "|",
    ),
  ],
};

/** What says goodbye, with nothing but small talk around it. */
export const DEFAULT_FAREWELLS: PhraseList = {
  en: [
    ..."bye|bye bye|good bye|goodbye|see you|see you later|see you soon|see you tomorrow|see you then|talk to you later".split(
      "|",
    ),
    ..."talk to you soon|talk later|talk soon|catch you later|have a good day|have a lovely day|have a wonderful day|have a pleasant day|have a lovely evening|have a great weekend|have a great night|have a nice day|have a great day|have a good one".split(
      "|",
    ),
    ..."have a good evening|have a nice evening|have a good night|have a great evening|have a good weekend|have a nice weekend|good night|take care".split(
      "|",
    ),
    ..."bye for now|see you around|until next time|speak soon|speak to you later|talk to you tomorrow|i will go now|i have to leave|i better go|i am leaving now|i will let you go|i have to go|i have got to go|i got to go|i need to go|i must go|i will hang up|i am hanging up|hanging up|hang up".split(
      "|",
    ),
    ..."you can hang up|i am going to hang up|i am disconnecting|i will disconnect|end the call|disconnect the call|cut the call".split(
      "|",
    ),
  ],
  hi: [
    ..."phir baat hogi|baad mein baat hogi|aapka din shubh ho|shubh din|phone rakhun|rakh doon phone|call end karo|call end kar do".split(
      "|",
    ),
    ..."call khatam karo|call cut karo|call cut kar do|phone cut kar do|call disconnect karo|call disconnect kar do|call disconnect kar dijiye".split(
      "|",
    ),
    ..."chalta hoon|chalti hoon|chalte hain|nikalta hoon|nikalti hoon|rakh deta hoon|rakh deti hoon|phone rakh deta hoon|phone rakh deti hoon".split(
      "|",
    ),
    ..."phone rakh rahe hain|rakh rahe hain|phir mulaqat hogi|jald milenge|kal milenge|phone kaat do|phone band kar raha hoon|phone band kar rahi hoon".split(
      "|",
    ),
    ..."alvida|phir milenge|phir milte hain|milte hain|kal milte hain|jaldi milte hain|okay tata|chalo tata|theek hai tata|tata tata|ta ta|bye bye tata|khuda hafiz|allah hafiz".split(
      "|",
    ),
    ..."rakhta hoon|rakhti hoon|rakhte hain|main rakhta hoon|main rakhti hoon|phone rakhta hoon|phone rakhti hoon|phone rakhte hain".split(
      "|",
    ),
    ..."phone rakh raha hoon|phone rakh rahi hoon|rakh raha hoon|rakh rahi hoon|call rakhta hoon|call rakhti hoon|phone rakho".split(
      "|",
    ),
    ..."phone rakh do|phone rakh dijiye|phone rakhiye|phone kaat do|call kaat do|call kaat dijiye|phone kaat raha hoon|phone kaat rahi hoon".split(
      "|",
    ),
    ..."call kaat raha hoon|call kaat rahi hoon|phone kaat dijiye|phir baat karte hain|phir baat karenge|shubh ratri|shubh raatri".split(
      "|",
    ),
    ..."अलविदा|फिर मिलेंगे|फिर मिलते हैं|मिलते हैं|कल मिलते हैं|बाय|बाय बाय|गुड बाय|गुडबाय|ओके टाटा|चलो टाटा|टाटा टाटा|गुड नाइट|खुदा हाफ़िज़|शुभ रात्रि".split(
      "|",
    ),
    ..."रखता हूँ|रखती हूँ|रखते हैं|फ़ोन रखता हूँ|फ़ोन रखती हूँ|फ़ोन रखते हैं|फ़ोन रख रहा हूँ|फ़ोन रख रही हूँ|फ़ोन रखो|फ़ोन रख दो".split("|"),
    ..."फ़ोन रख दीजिए|फ़ोन रखिए|फ़ोन काट दो|कॉल काट दो|फिर बात करते हैं|फिर बात करेंगे|चलता हूँ|चलती हूँ|चलते हैं|निकलता हूँ|निकलती हूँ|फ़ोन रख देता हूँ|फ़ोन रख देती हूँ".split(
      "|",
    ),
  ],
};
