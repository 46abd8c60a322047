import { describe, expect, it } from "vitest";
import { identifyLanguage, spokenLanguage } from "../../src/language/index.js";

describe("identifyLanguage", () => {
  it.each([
    ["Yes", "en"],
    ["Thank you", "en"],
    ["What is the price", "en"],
    ["how are some of them", "en"],
    ["मुझे कीमत बताइए", "hi"],
    ["haan ji", "hi"],
    ["mujhe kal subah chahiye", "hi"],
    ["mujhe ek demo book karna hai", "hi"],
    ["the solar panel price kya hai please", "hi-en"],
  ] as const)("%s is %s", (text, language) => {
    expect(identifyLanguage(text, "en")).toBe(language);
  });

  it.each(["", "42", "..."])("%j tells nothing: the prior holds", (text) => {
    expect(identifyLanguage(text, "hi")).toBe("hi");
    expect(identifyLanguage(text, "en")).toBe("en");
  });

  it("speaks Hindi to a caller who mixes", () => {
    expect(spokenLanguage("hi-en")).toBe("hi");
  });
});
