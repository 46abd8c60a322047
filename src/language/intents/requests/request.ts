import type { SpokenLine } from "../pattern.js";

/** An utterance says it if one of `says` is in it and none of `unless`. */
export interface Request {
  readonly says: RegExp;
  readonly unless: RegExp;
}

/** Whether the words make this request. */
export function makes(request: Request, line: SpokenLine): boolean {
  return request.says.test(line) && !request.unless.test(line);
}

/** To call by phone, as a slot of patterns. */
export const CALL = "call/phone/ring/calls";

/** Names of families that are heard on Indian calls all the time; "there is no Sharma here" is no "there is no signal here". */
export const FAMILIES =
  "sharma/verma/gupta/singh/kumar/kumari/patel/shah/mehta/jain/agarwal/aggarwal/yadav/mishra/tiwari/pandey/dubey/joshi/reddy/rao/nair/iyer/khan/ansari/das/ghosh/roy/chopra/kapoor/malhotra/thakur/chauhan/rathore/desai/kulkarni/patil/शर्मा/वर्मा/गुप्ता/सिंह/कुमार/पटेल/जैन/यादव/मिश्रा/तिवारी/जोशी/खान";
