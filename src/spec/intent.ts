/**
 * What a caller's words want of the call itself, whatever they are about:
 *
 * - `farewell`: to end it.
 * - `stop`: the agent is to be silent, or to wait.
 * - `do-not-call`: never to be called again.
 * - `wrong-number`: somebody else was meant.
 * - `human`: to talk to a person.
 * - `repeat`: to hear it again.
 * - `call-later`: another time.
 * - `voicemail`, `announcement`: not the caller's words: an automatic voice is on the line.
 */
export type CallIntent =
  | "farewell"
  | "stop"
  | "do-not-call"
  | "wrong-number"
  | "human"
  | "repeat"
  | "call-later"
  | "voicemail"
  | "announcement";
