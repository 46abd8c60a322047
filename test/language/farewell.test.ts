import { describe, expect, it } from "vitest";
import { isFarewell } from "../../src/language/index.js";

describe("isFarewell", () => {
  it.each([
    "bye",
    "Bye!",
    "okay, bye",
    "ok thank you bye bye",
    "Goodbye.",
    "alright then, have a nice day, bye",
    "accha theek hai, bye",
    "alvida",
    "phir milenge",
    "ठीक है, अलविदा",
    "धन्यवाद, बाय",
    "nahi ji bas, dhanyavaad, bye",
  ])("%s ends the call", (text) => {
    expect(isFarewell(text)).toBe(true);
  });

  it.each([
    "",
    "namaste",
    "good morning",
    "I already have a provider",
    "is this a good hotel",
    "are you ready",
    "accha batao",
    "thank you for calling, tell me the price",
    "thank you",
    "tata motors ki gaadi",
    "stop",
    "bas",
    "I want to buy it",
    "bye the way what does it cost",
    "बायोडाटा भेजिए",
    "ठीक है",
  ])("%s does not", (text) => {
    expect(isFarewell(text)).toBe(false);
  });
});
