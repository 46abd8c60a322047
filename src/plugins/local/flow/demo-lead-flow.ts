import type { Flow } from "./flow.js";

/**
 * A complete flow to start from: Asha of Suraj Solar, who sells rooftop solar, asks a caller what a visit needs, answers
 * questions about price, warranty and savings, meets "too expensive", and books a visit or a call back. Hindi is
 * understood romanised, and spoken in Devanagari.
 */
export const demoLeadFlow: Flow = {
  start: "interest",
  intents: {
    yes: {
      en: ["yes", "yes please", "sure", "okay", "that is right"],
      hi: ["haan", "haan ji", "ji haan", "theek hai", "bilkul"],
    },
    no: { en: ["no", "no thank you", "that is all"], hi: ["nahin", "nahin ji", "ji nahin", "bas itna hi"] },
    interested: {
      en: ["i want solar panels", "i am interested", "tell me about solar"],
      hi: ["mujhe solar lagwana hai", "mujhe jaankari chahiye"],
    },
    notInterested: {
      en: ["i am not interested", "please do not call"],
      hi: ["mujhe nahin chahiye", "phone mat karna"],
    },
    price: {
      en: ["what is the price", "how much does it cost", "how much is it"],
      hi: ["kitna kharcha aayega", "kitna paisa lagega", "keemat kya hai"],
    },
    warranty: {
      en: ["what is the warranty", "is there a warranty"],
      hi: ["warranty kitni hai", "guarantee kitni hai"],
    },
    savings: { en: ["how much will i save"], hi: ["kitni bachat hogi"] },
    expensive: {
      en: ["that is too expensive", "it is too expensive"],
      hi: ["bahut mehenga hai", "yeh to mehenga hai"],
    },
    who: { en: ["who is this", "who are you"], hi: ["kaun bol raha hai", "aap kaun hain"] },
    later: { en: ["call me later", "i am busy now"], hi: ["baad mein phone karna", "abhi time nahin hai"] },
    human: { en: ["i want to talk to a person"], hi: ["kisi aadmi se baat karao"] },
    repeat: { en: ["please repeat", "say that again"], hi: ["phir se boliye", "dobara boliye"] },
    hindi: { en: ["please speak in hindi"], hi: ["hindi mein baat kijiye"] },
    english: { en: ["please speak in english"], hi: ["angrezi mein baat kijiye"] },
    hello: { en: ["hello"], hi: ["namaste"] },
    // The session itself answers a goodbye; the phrases are here for the recogniser's sake.
    goodbye: { en: ["bye", "okay bye", "thank you bye", "goodbye"], hi: ["alvida", "phir milenge"] },
  },
  steps: {
    interest: {
      say: [
        { language: "hi", text: "नमस्ते!" },
        { language: "en", text: "This is Asha from Suraj Solar. Would you like solar panels for your home?" },
      ],
      again: {
        en: "Would you like solar panels for your home?",
        hi: "क्या आप अपने घर पर सोलर पैनल लगवाना चाहते हैं?",
      },
      answers: [
        { intent: "yes", goTo: "city" },
        { intent: "interested", goTo: "city" },
        { intent: "no", goTo: "farewell" },
      ],
    },
    city: {
      say: { en: "Very good. Which city do you live in?", hi: "बहुत अच्छा। आप किस शहर में रहते हैं?" },
      again: { en: "Which city do you live in?", hi: "आप किस शहर में रहते हैं?" },
      slot: {
        name: "city",
        goTo: "bill",
        choices: [
          {
            value: { en: "Delhi", hi: "दिल्ली" },
            phrases: { en: ["delhi", "i live in delhi"], hi: ["dilli", "main dilli mein rehta hoon"] },
          },
          {
            value: { en: "Mumbai", hi: "मुंबई" },
            phrases: { en: ["mumbai", "i live in mumbai"], hi: ["main mumbai mein rehta hoon"] },
          },
          {
            value: { en: "Bengaluru", hi: "बेंगलुरु" },
            phrases: { en: ["bangalore", "i live in bangalore"], hi: ["main bengaluru mein rehta hoon"] },
          },
          {
            value: { en: "Jaipur", hi: "जयपुर" },
            phrases: { en: ["jaipur", "i live in jaipur"], hi: ["main jaipur mein rehta hoon"] },
          },
          { value: { en: "Pune", hi: "पुणे" }, phrases: { en: ["i live in pune"], hi: ["main pune mein rehta hoon"] } },
        ],
      },
    },
    bill: {
      say: {
        en: "We have a team in {city}. How much is your electricity bill each month?",
        hi: "{city} में हमारी टीम है। आपका बिजली का बिल हर महीने कितना आता है?",
      },
      again: { en: "How much is your electricity bill each month?", hi: "आपका बिजली का बिल हर महीने कितना आता है?" },
      slot: {
        name: "bill",
        goTo: "visit",
        choices: [
          {
            value: { en: "two thousand", hi: "दो हज़ार" },
            phrases: { en: ["two thousand rupees", "about two thousand"], hi: ["do hazaar rupaye"] },
          },
          {
            value: { en: "three thousand", hi: "तीन हज़ार" },
            phrases: { en: ["three thousand rupees", "about three thousand"], hi: ["teen hazaar rupaye"] },
          },
          {
            value: { en: "five thousand", hi: "पाँच हज़ार" },
            phrases: { en: ["five thousand rupees", "about five thousand"], hi: ["paanch hazaar rupaye"] },
          },
          {
            value: { en: "ten thousand", hi: "दस हज़ार" },
            phrases: { en: ["ten thousand rupees"], hi: ["das hazaar rupaye"] },
          },
        ],
      },
    },
    visit: {
      say: {
        en: "With a bill of {bill} rupees, solar pays for itself in about four years. When may our engineer visit you?",
        hi: "{bill} रुपये के बिल पर सोलर का खर्च लगभग चार साल में निकल आता है। हमारे इंजीनियर कब आएँ?",
      },
      again: { en: "When may our engineer visit you?", hi: "हमारे इंजीनियर कब आएँ?" },
      slot: {
        name: "visit",
        goTo: "confirm",
        choices: [
          { value: { en: "tomorrow morning", hi: "कल सुबह" }, phrases: { en: ["tomorrow morning"], hi: ["kal subah"] } },
          { value: { en: "tomorrow evening", hi: "कल शाम" }, phrases: { en: ["tomorrow evening"], hi: ["kal shaam"] } },
          { value: { en: "on Sunday", hi: "रविवार को" }, phrases: { en: ["on sunday"], hi: ["ravivaar ko"] } },
        ],
      },
    },
    confirm: {
      say: {
        en: "So our engineer comes to {city}, {visit}. Is that right?",
        hi: "तो हमारे इंजीनियर {visit} {city} आएँगे। ठीक है?",
      },
      answers: [
        { intent: "yes", goTo: "booked" },
        { intent: "no", goTo: "visit" },
      ],
    },
    booked: {
      say: {
        en: "Your visit is booked. Is there anything else you would like to know?",
        hi: "आपकी विज़िट बुक हो गई है। क्या आप कुछ और जानना चाहेंगे?",
      },
      again: { en: "Is there anything else you would like to know?", hi: "क्या आप कुछ और जानना चाहेंगे?" },
      answers: [{ intent: "no", goTo: "thanks" }],
    },
    thanks: {
      say: { en: "Thank you for calling Suraj Solar. Goodbye!", hi: "सूरज सोलर को फ़ोन करने के लिए धन्यवाद। नमस्ते!" },
      ends: true,
    },
    farewell: {
      say: { en: "No problem. Thank you for your time. Goodbye!", hi: "कोई बात नहीं। आपके समय के लिए धन्यवाद। नमस्ते!" },
      ends: true,
    },
    callBack: {
      say: { en: "Of course. We will call you back tomorrow. Goodbye!", hi: "ज़रूर। हम आपको कल फिर फ़ोन करेंगे। नमस्ते!" },
      ends: true,
    },
    person: {
      say: {
        en: "One of our people will call you within the hour. Thank you, goodbye!",
        hi: "हमारे एक साथी एक घंटे में आपको फ़ोन करेंगे। धन्यवाद, नमस्ते!",
      },
      ends: true,
    },
  },
  anytime: [
    {
      intent: "price",
      say: {
        en: "A system for a home costs about one lakh eighty thousand rupees, and the government pays up to seventy eight thousand of it.",
        hi: "घर के सिस्टम का खर्च लगभग एक लाख अस्सी हज़ार रुपये है, और सरकार अठहत्तर हज़ार तक की सब्सिडी देती है।",
      },
    },
    {
      intent: "warranty",
      say: {
        en: "The panels have a warranty of twenty five years.",
        hi: "पैनल पर पच्चीस साल की वारंटी है।",
      },
    },
    {
      intent: "savings",
      say: {
        en: "Most homes save about eighty percent of their bill.",
        hi: "ज़्यादातर घरों में बिल का अस्सी प्रतिशत बच जाता है।",
      },
    },
    {
      intent: "expensive",
      say: {
        en: "I understand. You can pay in monthly instalments, and these are often less than your bill.",
        hi: "मैं समझती हूँ। आप हर महीने किश्त में दे सकते हैं, और किश्त अक्सर बिल से कम होती है।",
      },
    },
    {
      intent: "who",
      say: { en: "I am Asha, the assistant of Suraj Solar.", hi: "मैं आशा हूँ, सूरज सोलर की सहायक।" },
    },
    { intent: "hello", say: { en: "Hello!", hi: "जी, नमस्ते!" } },
    { intent: "repeat" },
    { intent: "hindi", language: "hi", say: { en: "Of course, in Hindi.", hi: "जी, हिंदी में बात करते हैं।" } },
    { intent: "english", language: "en", say: { en: "Of course, in English.", hi: "जी, अंग्रेज़ी में।" } },
    { intent: "notInterested", goTo: "farewell" },
    { intent: "later", goTo: "callBack" },
    { intent: "human", goTo: "person" },
  ],
  notUnderstood: [
    { en: "Sorry, I did not understand.", hi: "माफ़ कीजिए, मैं समझी नहीं।" },
    { en: "I did not get that, sorry.", hi: "माफ़ कीजिए, यह मेरी समझ में नहीं आया।" },
    { en: "The line is not clear.", hi: "आवाज़ साफ़ नहीं आ रही।" },
  ],
  giveUp: "person",
};
