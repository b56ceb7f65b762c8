// Text as the server keeps it (`canvas/reading/text_gate.py`): what is counted here is what is counted there, and what is sent from
// here is what comes back. Also how a text that is too long for one note is cut into parts that fit.

const LONGEST = { text: 2000, source: 200 };
// The last two code points of each plane are no characters.
const NO_CHARACTERS = Array.from({ length: 17 }, (_, plane) => plane * 0x10000 + 0xfffe)
  .map((code) => String.fromCodePoint(code, code + 1))
  .join("");
const FORBIDDEN = new RegExp(`[\\u202a-\\u202e\\u2066-\\u2069\\p{Cs}${NO_CHARACTERS}]|(?!\\n)\\p{Cc}`, "gu");
const OUTER_SPACE = /^\p{White_Space}+|\p{White_Space}+$/gu;
const VISIBLE = /[^\p{Z}\p{C}]/u;

/** Return a text as the server would store it; empty when there is nothing to read in it. */
function cleaned(text) {
  const plain = text.normalize("NFC").replace(/\r\n?/g, "\n").replaceAll("\t", " ");
  const kept = plain.replace(FORBIDDEN, "").replace(OUTER_SPACE, "");
  return VISIBLE.test(kept) ? kept : "";
}

/** Count characters as people and the server do: an emoji of two halves is one. */
function lengthOf(text) {
  return text.length - (text.match(/[\ud800-\udbff][\udc00-\udfff]/g)?.length ?? 0);
}

/** Return where in a text as typed the characters begin that are too many. */
function excessStart(text, longest) {
  let [fits, over] = [0, text.length + 1];
  while (over - fits > 1) {
    const middle = (fits + over) >> 1;
    if (lengthOf(cleaned(text.slice(0, middle))) <= longest) fits = middle;
    else over = middle;
  }
  return fits;
}

/** Return the lines of a text that hold something. */
function linesOf(text) {
  return cleaned(text).split("\n").map(cleaned).filter(Boolean);
}

const segmented = (granularity) => (text) =>
  Array.from(new Intl.Segmenter(undefined, { granularity }).segment(text), ({ segment }) => segment);

// Where a text may be cut, best first. Not every script puts spaces between its words.
const CUTS = [
  segmented("sentence"),
  (text) => text.split(/(?<=\s)(?=\S)/u),
  segmented("word"),
  segmented("grapheme"),
  (text) => Array.from(text),
];

/** Cut a cleaned text into parts of at most `longest` characters, in order; only the space between them goes. */
function partsOf(text, longest) {
  return packed(text, longest, CUTS).map(cleaned).filter(Boolean);
}

function packed(text, longest, [cut, ...finer]) {
  const fits = (part) => lengthOf(part.trim()) <= longest;
  const parts = [];
  for (const piece of cut(text)) {
    if (parts.length && fits(parts.at(-1) + piece)) parts.push(parts.pop() + piece);
    else if (fits(piece)) parts.push(piece);
    else parts.push(...packed(piece, longest, finer));
  }
  return parts;
}
