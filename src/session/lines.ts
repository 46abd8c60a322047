import type { SessionLines } from "./conversation/index.js";

/** What the session says by itself, unless the app gives other words. Hindi stands in Devanagari. */
export const DEFAULT_LINES: SessionLines = {
  silencePrompts: [
    { en: "Are you still there?", hi: "क्या आप सुन रहे हैं?" },
    { en: "I can't hear you. Please say something.", hi: "मुझे आपकी आवाज़ नहीं आ रही। कुछ कहिए।" },
  ],
  goodbye: { en: "Thank you for your time. Goodbye!", hi: "आपके समय के लिए धन्यवाद। नमस्ते!" },
  doNotCallGoodbye: {
    en: "I am sorry for the trouble. We will not call you again. Goodbye!",
    hi: "परेशानी के लिए माफ़ कीजिए। हम आपको दोबारा फ़ोन नहीं करेंगे। नमस्ते!",
  },
  wrongNumberGoodbye: {
    en: "I am sorry, I have the wrong number. Goodbye!",
    hi: "माफ़ कीजिए, गलत नंबर लग गया। नमस्ते!",
  },
  silenceGoodbye: {
    en: "I still can't hear you, so I will hang up now. Goodbye!",
    hi: "आपकी आवाज़ नहीं आ रही, इसलिए मैं फ़ोन रखती हूँ। नमस्ते!",
  },
  limitGoodbye: {
    en: "We have reached the end of our time. Thank you, goodbye!",
    hi: "हमारा समय पूरा हो गया है। धन्यवाद, नमस्ते!",
  },
  fillers: [
    { en: "One moment, please.", hi: "एक मिनट रुकिए।" },
    { en: "I am still checking, thank you for waiting.", hi: "बस थोड़ा समय और लगेगा।" },
    { en: "Just a little longer, please.", hi: "बस हो ही रहा है, लाइन पर रहिए।" },
  ],
  apology: { en: "Sorry, could you say that once more?", hi: "माफ़ कीजिए, एक बार फिर कहेंगे?" },
  failureGoodbye: {
    en: "Sorry, we have a technical problem. Please call again later.",
    hi: "माफ़ कीजिए, अभी तकनीकी समस्या है। कृपया बाद में फ़ोन कीजिए।",
  },
};
