/**
 * The language something is said in: Hindi (Devanagari or romanised), English, or `hi-en` for the mix of both.
 */
export type Language = "hi" | "en" | "hi-en";

/** The same words in each language a call may be in. A plain string serves every language. */
export type Localized<T = string> = T | { readonly en: T; readonly hi: T };
