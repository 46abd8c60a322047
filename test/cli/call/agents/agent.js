/**
 * An agent of one's own, made anew for each call.
 * @param {import("../../../../src/spec/index.js").CallInfo} call
 */
export const agent = (call) => ({ brain: () => `Namaste ${call.parameters.name}` });
