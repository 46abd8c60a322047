import { type Cut, nextSpace, type Scene } from "./characters.js";

const BULLETS = "•⁃▪‣◦·";
const OPENING = new RegExp(`^(?:[${BULLETS}*+–-]\\s*)?(?:\\d{1,3}|[a-z])$`, "u");

/** Whether this, with a full stop behind it, opens an item of a list: "1", "b", "• 9". */
export function opensItem(text: string): boolean {
  return text.length <= 8 && OPENING.test(text.trim());
}

/** Whether the space at `at` stands between two items of a list that share a line: the next marker follows. */
export function itemBegins(scene: Scene, at: number, start: number): Cut {
  const markers = nextMarkers(scene.text.slice(start, start + 8));
  if (markers.length === 0) return "none";
  const { text, ended } = scene;
  const ahead = text.slice(at + 1, at + 8);
  if (ahead.length < 7 && !ended && markers.some((marker) => marker.startsWith(ahead))) return "unknown";
  const marker = markers.find((each) => ahead.startsWith(each));
  if (marker === undefined) return "none";
  if (marker.length === 1) return at + 1;
  const to = nextSpace(scene, at + 1);
  if (to === "unknown" || to === "end") return "unknown";
  return text.slice(at + 1, to.value) === marker ? at + 1 : "none";
}

/** What the item after this one begins with. */
function nextMarkers(opening: string): string[] {
  const bullet = opening[0] ?? "";
  if (bullet !== "" && BULLETS.includes(bullet)) return [bullet];
  const numbered = /^(\d{1,3})(\.\)|\)|\.)\s/u.exec(opening);
  if (numbered !== null) return [`${Number(numbered[1]) + 1}${numbered[2]}`];
  const lettered = /^([a-y])(\.|\))\s/u.exec(opening);
  if (lettered === null) return [];
  return [`${String.fromCharCode((lettered[1] ?? "a").charCodeAt(0) + 1)}${lettered[2]}`];
}
