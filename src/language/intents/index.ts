export { type Announcement, type AnnouncementKind, announcementOf } from "./announcement.js";
export { beginsBackchannel, isBackchannel } from "./backchannel.js";
export { callIntent } from "./call-intent.js";
export { isFarewell } from "./farewell.js";
export { isHalfWord } from "./half-word.js";
export { isStopRequest } from "./stop-request.js";
export { DEFAULT_BACKCHANNELS, DEFAULT_FAREWELLS, DEFAULT_STOP_PHRASES, type PhraseList } from "./word-lists.js";
