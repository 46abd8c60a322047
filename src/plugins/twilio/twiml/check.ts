import { invalid } from "./element.js";

/** Twilio counts in whole seconds, from one. @throws BolchaalError `invalid-option` */
export function seconds(what: string, ms: number | undefined, mostMs = 86_400_000): number | undefined {
  if (ms === undefined) return undefined;
  if (!Number.isInteger(ms / 1000) || ms < 1000 || ms > mostMs) {
    throw invalid(`${what} is ${ms} ms. Give whole seconds, from 1000 to ${mostMs} ms.`);
  }
  return ms / 1000;
}

/** @throws BolchaalError `invalid-option` */
export function wholeNumber(what: string, value: number | undefined, least: number): number | undefined {
  if (value !== undefined && (!Number.isInteger(value) || value < least)) {
    throw invalid(`${what} is ${value}. Give a whole number from ${least}.`);
  }
  return value;
}

/** @throws BolchaalError `invalid-option` */
export function matching(
  what: string,
  value: string | undefined,
  pattern: RegExp,
  instead: string,
): string | undefined {
  if (value !== undefined && !pattern.test(value)) throw invalid(`${what} is "${value}". Give ${instead}.`);
  return value;
}

/** Web addresses may be relative: they count from the document's own. @throws BolchaalError `invalid-option` */
export function webAddress(what: string, url: string | undefined): string | undefined {
  return matching(what, url, /^(?!wss?:)(?:https?:\/\/[^\s/]|(?![a-z][a-z\d+.-]*:))\S+$/iu, "an http address");
}

/** @throws BolchaalError `invalid-option` */
export function language(what: string, tag: string | undefined): string | undefined {
  return matching(what, tag, /^(?:[a-z]{2,3}(?:-[A-Za-z\d]{2,8})*|multi)$/u, "a language tag such as hi-IN");
}
