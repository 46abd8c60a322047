export { CALL_LATER } from "./call-later.js";
export { DO_NOT_CALL } from "./do-not-call.js";
export { HUMAN } from "./human.js";
export { REPEAT } from "./repeat.js";
export { makes } from "./request.js";
export { WRONG_NUMBER } from "./wrong-number.js";
