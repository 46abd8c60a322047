import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  beginsBackchannel,
  DEFAULT_BACKCHANNELS,
  DEFAULT_FAREWELLS,
  DEFAULT_STOP_PHRASES,
  isBackchannel,
  isFarewell,
  isHalfWord,
  isStopRequest,
} from "../../../src/language/intents/index.js";

const listed = ({ en, hi }: typeof DEFAULT_BACKCHANNELS) => [...en, ...hi];

describe("the default lists", () => {
  it("hold Latin letters and Devanagari", () => {
    for (const list of [DEFAULT_BACKCHANNELS, DEFAULT_STOP_PHRASES, DEFAULT_FAREWELLS]) {
      expect(list.en.join("")).toMatch(/^[a-z ]+$/);
      expect(list.hi.some((phrase) => /^[a-z ]+$/.test(phrase))).toBe(true);
      expect(list.hi.some((phrase) => /^[\p{Script=Devanagari} ]+$/u.test(phrase))).toBe(true);
    }
  });

  it("mean what they say", () => {
    expect(listed(DEFAULT_BACKCHANNELS).filter((phrase) => !isBackchannel(phrase))).toEqual([]);
    expect(listed(DEFAULT_STOP_PHRASES).filter((phrase) => !isStopRequest(phrase))).toEqual([]);
    expect(listed(DEFAULT_FAREWELLS).filter((phrase) => !isFarewell(phrase))).toEqual([]);
  });

  it("do not mean each other", () => {
    expect(listed(DEFAULT_BACKCHANNELS).filter((phrase) => isStopRequest(phrase) || isFarewell(phrase))).toEqual([]);
    expect(listed(DEFAULT_STOP_PHRASES).filter((phrase) => isBackchannel(phrase) || isFarewell(phrase))).toEqual([]);
    expect(listed(DEFAULT_FAREWELLS).filter((phrase) => isBackchannel(phrase) || isStopRequest(phrase))).toEqual([]);
  });

  it("may be replaced, in one spelling for all three", () => {
    expect(isBackchannel("namaste")).toBe(false);
    expect(isBackchannel("नमस्ते", ["namaste"])).toBe(true);
    expect(isBackchannel("haan", ["namaste"])).toBe(false);
    expect(isStopRequest("ठप्प", { en: [], hi: ["ठप्प"] })).toBe(true);
    expect(isStopRequest("ruko", [])).toBe(false);
    expect(isFarewell("accha, over and out", ["over and out"])).toBe(true);
  });
});

describe("isBackchannel", () => {
  const phrase = fc.constantFrom(...listed(DEFAULT_BACKCHANNELS));

  it("is true of any row of a listener's noises, in any capitals and punctuation", () => {
    fc.assert(
      fc.property(fc.array(phrase, { minLength: 1, maxLength: 6 }), fc.constantFrom(" ", ", ", "... "), (row, gap) => {
        expect(isBackchannel(row.join(gap))).toBe(true);
        expect(isBackchannel(row.join(gap).toUpperCase())).toBe(true);
      }),
    );
  });

  it.each(["", "sir", "bhai", "arre bhai", "arre sir", "?"])("is false of %j, which calls somebody", (text) => {
    expect(isBackchannel(text)).toBe(false);
  });

  it("is false as soon as something is asked", () => {
    const content = fc.constantFrom("batao", "but", "kitna", "suniye", "price", "nahi", "लेकिन", "बताइए");
    fc.assert(
      fc.property(
        fc.array(phrase, { maxLength: 4 }),
        content,
        fc.array(phrase, { maxLength: 4 }),
        (before, word, after) => {
          expect(isBackchannel([...before, word, ...after].join(" "))).toBe(false);
        },
      ),
    );
  });

  it.each([
    ["thik", "theek"],
    ["okayyyy", "okay"],
    ["haaaan", "haan"],
    ["haanji", "haan ji"],
    ["अच्‍छा", "अच्छा"],
    ["हां", "हाँ"],
    ["thik h", "theek hai"],
  ])("takes %s for %s", (written, meant) => {
    expect(isBackchannel(written)).toBe(isBackchannel(meant));
    expect(isBackchannel(written)).toBe(true);
  });
});

describe("beginsBackchannel", () => {
  it.each(["uh", "samajh", "haan sahi", "theek", "haan", "makes", "समझ", "चलो ठीक"])("%s may become one", (text) => {
    expect(beginsBackchannel(text)).toBe(true);
  });

  it.each(["", "no", "nahi", "haan batao", "ruko", "price", "theek nahi", "लेकिन"])("%j may not", (text) => {
    expect(beginsBackchannel(text)).toBe(false);
  });

  it("is true of every beginning of a backchannel", () => {
    for (const phrase of listed(DEFAULT_BACKCHANNELS)) {
      const words = phrase.split(" ");
      words.forEach((_, at) => {
        expect([phrase, beginsBackchannel(words.slice(0, at + 1).join(" "))]).toEqual([phrase, true]);
      });
    }
  });
});

describe("isHalfWord", () => {
  it.each(
    "|  |…|ha|h|uh|um|mm|k-|wha-|bata—|k- k-|uh um|[noise]|(coughs)|<unk>|*cough*|[cough] [cough]|ह|हा|क|उह|pfft|i|ahem".split(
      "|",
    ),
  )("%j is no word", (text) => {
    expect(isHalfWord(text)).toBe(true);
  });

  it.each(
    "haan|hmm|mm hmm|uh huh|no|na|ok|ji|ना|जी|हाँ|हां|do|दो|5|12|tv|yes|wait|kya|मैं|बस|ruko|no no|half-baked idea|I see|क्या".split(
      "|",
    ),
  )("%j is one", (text) => {
    expect(isHalfWord(text)).toBe(false);
  });
});

describe("the sounds of the interruption benchmark", () => {
  const lines = readFileSync(new URL("../../fixtures/interruptions.txt", import.meta.url), "utf8")
    .trim()
    .split("\n");
  const said = (wanted: string) =>
    lines.map((line) => line.split("|")).flatMap(([kind, , , text = ""]) => (kind === wanted ? [text] : []));

  it("backchannels are a listener's, and stop nobody", () => {
    expect(said("backchannel").length).toBeGreaterThanOrEqual(50);
    expect(said("backchannel").filter((text) => !isBackchannel(text) || isStopRequest(text))).toEqual([]);
  });

  it("real interruptions are not", () => {
    expect(said("real").length).toBeGreaterThanOrEqual(50);
    expect(said("real").filter((text) => isBackchannel(text) || beginsBackchannel(text) || isHalfWord(text))).toEqual(
      [],
    );
  });
});
