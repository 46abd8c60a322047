import fc from "fast-check";

/** Text made of everything that looks like the end of a sentence and may be none. */
export const NASTY_TEXT = fc
  .array(
    fc.constantFrom(
      ..."a I U.S. e.g. Dr. Rs. ₹ 2,50,000.50 10:30 3.30 p.m. co. Ltd. etc. No. 5 A.P.J. ए.पी.जे. डॉ. रु. कि.मी. है नमस्ते haan aur lekin but".split(
        " ",
      ),
      ...". .. ... …  ? ! ?! । ॥ ।। \" ' ” ’ ) ( [ ] , ; : — - • 1. 2. 1) 2) a. b. 🎉 👍🏽 <break/> <b> @ / www. http://a.b?c=d. x@y.z".split(
        " ",
      ),
      " ",
      " ",
      " ",
      "\n",
      "\t",
      "x".repeat(90),
      " wort",
      "The ",
      "Kal ",
    ),
    { maxLength: 60 },
  )
  .map((parts) => parts.join(""));

/** A text in pieces of these lengths, and the rest. */
export function chunked(text: string, lengths: readonly number[]): string[] {
  const chunks: string[] = [];
  let at = 0;
  for (const length of lengths) {
    chunks.push(text.slice(at, at + length));
    at += length;
  }
  return [...chunks, text.slice(at)];
}
