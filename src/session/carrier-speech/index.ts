export { createCarrierSpeech } from "./carrier-speech.js";
