export { Player, type PlayerListener } from "./player.js";
export { Track, type TrackItem } from "./track.js";
