import { rmsDbfs } from "../levels.js";
import { shareBesideTones } from "./bands.js";
import { createPitchTracker } from "./pitch.js";
import { createSpectrum, WINDOW_SAMPLES } from "./spectrum.js";

/** A pair of tones leaves less than this of a frame's power; voices leave 9 % and more. */
const TONE_LEAK = 0.07;
/** What a tone leaves behind, as it stops within the window, is not looked at either. */
const AFTER_TONE_FRAMES = 4;

/** What can be told of the newest frame by itself. */
export interface FrameFeatures {
  /** In dB of full scale. */
  levelDbfs: number;
  audible: boolean;
  /** 0 to 1. */
  periodicity: number;
  /** It is one of the network's tones, or has just been. */
  tonal: boolean;
  /** By bin, of the window that ends with the frame. */
  power: Float64Array;
}

/** @returns what takes the next frame; the same object each time. */
export function createFrameFeatures(floorDbfs: number): (frame: Int16Array) => FrameFeatures {
  const window = new Float64Array(WINDOW_SAMPLES);
  const spectrum = createSpectrum();
  const pitch = createPitchTracker();
  let sinceTone = Number.POSITIVE_INFINITY;
  const features: FrameFeatures = {
    levelDbfs: Number.NEGATIVE_INFINITY,
    audible: false,
    periodicity: 0,
    tonal: false,
    power: new Float64Array(0),
  };
  return (frame) => {
    slide(window, frame);
    features.power = spectrum(window);
    features.periodicity = pitch(frame);
    features.levelDbfs = rmsDbfs(frame);
    features.audible = features.levelDbfs > floorDbfs;
    sinceTone = features.audible && shareBesideTones(features.power) < TONE_LEAK ? 0 : sinceTone + 1;
    features.tonal = sinceTone < AFTER_TONE_FRAMES;
    return features;
  };
}

/** Puts the frame at the end of the window. By hand, as `set` from one type of array to another is slow. */
function slide(window: Float64Array, frame: Int16Array): void {
  const kept = window.length - frame.length;
  for (let at = 0; at < kept; at += 1) window[at] = window[at + frame.length] as number;
  for (let at = 0; at < frame.length; at += 1) window[kept + at] = frame[at] as number;
}
