import { announcementOf, inLanguage } from "../language/index.js";
import type { VoiceSession } from "../session/index.js";
import type { Localized } from "../spec/index.js";
import type { ProgressInput } from "./progress/index.js";

type Untimed<Input> = Input extends ProgressInput ? Omit<Input, "atMs"> : never;

/** Something that has happened, but for when. */
export type Happening = Untimed<ProgressInput>;

/** What a call does with its conversation. */
export interface WatchedSession {
  readonly session: VoiceSession;
  /** The agent says nothing more: it talks to a machine. */
  hush(): void;
  /** Somebody, or something, is speaking. */
  readonly isBusy: boolean;
  /** Says the message in place of anything else, and ends the conversation behind it. */
  leave(message: Localized): void;
}

/** Tells of a conversation what matters to its call: that it goes on, who seems to have picked up, that it is over. */
export function watchSession(
  session: VoiceSession,
  feed: (happening: Happening) => void,
  listensToWords: boolean,
): WatchedSession {
  let hushed = false;
  let leaving = false;
  /** The reply that is the message. */
  let message: number | undefined;

  session.on("call-start", () => feed({ type: "session-start" }));
  session.on("call-end", ({ reason }) => feed({ type: "session-end", reason }));
  session.on("turn-end", ({ text }) => {
    if (!listensToWords || text.trim() === "") return;
    const announcement = announcementOf(text);
    feed(
      announcement === undefined ? { type: "person-heard" } : { type: "announcement-heard", kind: announcement.kind },
    );
  });
  session.on("reply-start", ({ kind, generation }) => {
    // The last words of a conversation: nothing cuts them, and nothing is said behind them.
    if (leaving && kind === "goodbye") message = generation;
  });
  // A reply in the making cannot be stopped before it is heard.
  session.on("playback-start", ({ generation }) => {
    if (hushed && generation !== message) session.interrupt();
  });
  session.on("reply", ({ generation, outcome }) => {
    if (generation === message) feed({ type: "message-over", left: outcome === "played" });
  });

  return {
    session,
    get isBusy() {
      return session.conversation.turn !== undefined;
    },
    hush() {
      hushed = true;
      session.interrupt();
    },
    leave(text) {
      leaving = true;
      session.end(inLanguage(text, session.conversation.language));
    },
  };
}
