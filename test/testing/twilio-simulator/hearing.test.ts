import { describe, expect, it } from "vitest";
import { createHearing } from "../../../src/testing/twilio-simulator/hearing.js";

/** Frames of 20 ms: `#` sound, `.` silence, `|` the caller stops speaking. */
function hear(frames: string) {
  const hearing = createHearing(100);
  for (const frame of frames) {
    if (frame === "|") hearing.forgetWhatWasSaid();
    else hearing.listen(new Uint8Array(160).fill(frame === "#" ? 0x10 : 0xff));
  }
  return { audible: hearing.audible, finished: hearing.finished, heardMs: hearing.heardMs };
}

describe("the caller's ear", () => {
  it.each([
    ["nothing yet", "....", { audible: false, finished: false, heardMs: 0 }],
    ["the agent speaks", "..##", { audible: true, finished: false, heardMs: 40 }],
    ["it pauses", "..##....", { audible: true, finished: false, heardMs: 40 }],
    ["it is done", "..##.....", { audible: false, finished: true, heardMs: 40 }],
    ["the caller spoke since", "##......|......", { audible: false, finished: false, heardMs: 0 }],
    ["it has answered", `##${".".repeat(10)}|.###.....`, { audible: false, finished: true, heardMs: 60 }],
    ["it was interrupted", "####|###......", { audible: false, finished: false, heardMs: 0 }],
    [
      "interrupted, it has answered",
      `####|###${".".repeat(11)}##.....`,
      { audible: false, finished: true, heardMs: 40 },
    ],
    ["it went on over the caller", `####|${"#".repeat(50)}......`, { audible: false, finished: true, heardMs: 1000 }],
  ])("%s", (_, frames, expected) => {
    expect(hear(frames)).toEqual(expected);
  });

  it("keeps the stretches in which the agent spoke, to the sample", () => {
    const hearing = createHearing(100);
    const sound = new Uint8Array(160).fill(0xff);
    hearing.listen(sound);
    hearing.listen(sound.slice().fill(0x10, 8, 100));
    hearing.listen(sound.slice().fill(0x10, 40, 48));
    for (let frame = 0; frame < 6; frame += 1) hearing.listen(sound);
    hearing.listen(sound.slice().fill(0x10, 159));
    expect(hearing.stretches).toEqual([
      { startMs: 21, endMs: 46 },
      { startMs: 199.875, endMs: 200 },
    ]);
  });
});
