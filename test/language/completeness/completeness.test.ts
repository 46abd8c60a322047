import { describe, expect, it } from "vitest";
import { type Completeness, completeness } from "../../../src/language/index.js";
import type { Language } from "../../../src/spec/index.js";

const TABLE: Readonly<Record<Completeness, readonly (readonly [Language, string])[]>> = {
  "short-answer": [
    ...["yes", "no", "okay", "yes please", "no thank you", "okay sure", "sure sir", "okay thank you that's all"].map(
      (text) => ["en", text] as const,
    ),
    ...["haan", "haan ji", "nahi", "theek hai", "accha theek hai", "ji bilkul", "हाँ", "हाँ जी", "नहीं", "ठीक है"].map(
      (text) => ["hi", text] as const,
    ),
  ],
  complete: [
    ...[
      "how much is it",
      "what is the total price with tax",
      "do you have it in red",
      "I want to book it please",
      "could you repeat that for me please",
      "I am driving so can we talk in the evening",
      "I live in Pune but my office is in Mumbai",
      "please send me the details on WhatsApp",
      "my name is Ravi Kumar",
      "my mobile number is nine eight one two three four five six seven eight",
      "the otp is 4 8 2 9 1 3",
      "9812345678",
    ].map((text) => ["en", text] as const),
    ...[
      "mujhe kal ke liye ek kamra chahiye",
      "kitna paisa lagega",
      "main dilli mein rehta hoon",
      "phir se boliye",
      "hum kal aayenge",
      "details bhej dijiye",
      "abhi tak koi phone nahi aaya",
      "मुझे एक कमरा चाहिए",
      "आप कितने बजे खोलते हैं",
      "मैं कल आऊँगा",
      "एक बार फिर से बोलिए",
      "कनेक्शन नहीं मिला",
      "mera mobile number hai nau aath ek do teen chaar paanch chhe saat aath",
    ].map((text) => ["hi", text] as const),
    ["hi-en", "details mujhe WhatsApp par send kar do"],
    ["hi-en", "annual plan lena hai"],
  ],
  open: [
    ["en", ""],
    ["en", "Jaipur"],
    ["en", "a double room"],
    ["en", "I would like two tickets"],
    ["en", "four five six seven eight nine"],
    ["hi", ""],
    ["hi", "dilli mein"],
    ["hi", "kareeb do hazaar"],
    ["hi", "रवि कुमार"],
    ["hi-en", "around paanch hazaar"],
  ],
  hanging: [
    ...[
      "and",
      "I want to",
      "I live in",
      "because",
      "my name is",
      "can you tell me",
      "he said that",
      "could you please",
      "how much",
      "we are looking for the",
      "um",
      "I would prefer",
      "my number is",
      "it costs about",
      "I have seen the same",
      "the thing is",
      "what time do they",
      "I think",
    ].map((text) => ["en", text] as const),
    ...[
      "aur",
      "mujhe",
      "lekin",
      "kyunki meri maa ki",
      "mera number hai",
      "matlab",
      "yeh hamare liye",
      "agar",
      "mujhe ek",
      "hamara bill bahut",
      "और",
      "मुझे एक",
      "क्योंकि मेरी माँ की",
      "मेरा नंबर है",
      "यह हमारे लिए",
      "मैं पुराने दिल्ली में",
      "मतलब",
      "हम बड़ा",
    ].map((text) => ["hi", text] as const),
  ],
  "half-number": [
    ["en", "my mobile number is nine eight one two"],
    ["en", "nine eight double seven"],
    ["en", "the otp is 4 8 2"],
    ["en", "98123"],
    ["hi", "mera phone number hai nau aath saat"],
    ["hi", "नौ आठ सात छह"],
    ["hi", "पिनकोड है चार एक एक"],
    ["hi-en", "WhatsApp number note kijiye nine eight one"],
  ],
};

describe("completeness", () => {
  it.each(
    Object.entries(TABLE).flatMap(([kind, rows]) => rows.map(([language, text]) => [kind, language, text] as const)),
  )("%s, %s: %j", (kind, language, text) => {
    expect(completeness(text, language)).toBe(kind);
  });
});
