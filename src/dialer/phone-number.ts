import { BolchaalError } from "../errors.js";

/**
 * A phone number in E.164: `+`, the country, at most 15 digits. Blanks, dots, hyphens and brackets are taken out.
 * @param what Which number it is, for the error.
 * @throws BolchaalError `invalid-option`
 */
export function phoneNumber(text: string, what: "to" | "from"): string {
  const number = typeof text === "string" ? text.replace(/[\s.()\u2010-\u2015-]/gu, "") : "";
  if (/^\+[1-9]\d{6,14}$/u.test(number)) return number;
  const advice = number.startsWith("+") ? "Look at its digits" : "It begins with + and the country";
  // The number itself stays out of the message: messages are logged.
  throw new BolchaalError(`The number in "${what}" is none. ${advice}, as in +919812345678.`, {
    code: "invalid-option",
    component: "dialer",
  });
}
