// Comparison keys and stems of Arabic words: the twin of generator/mujaz/arabic/normalise.py and
// generator/mujaz/arabic/stems.py, which the index was made with. The table of what was learnt is theirs;
// a test holds both equal.

const MARKS = "\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u200c\u200d";
const MARK = new RegExp(`[${MARKS}]`, "g");
const LETTER = `(?![${MARKS}])[\\p{L}\\p{N}]`;
const WORD = new RegExp(`(?:${LETTER})+(?:[${MARKS}]+(?:${LETTER})*)*`, "gu");
const FOLDED = {};
for (const [plain, letters] of Object.entries({
  ا: "أإآٱ", ي: "ىئیې", ه: "ةەہھ", و: "ؤ", ك: "ک",
  0: "٠۰", 1: "١۱", 2: "٢۲", 3: "٣۳", 4: "٤۴", 5: "٥۵", 6: "٦۶", 7: "٧۷", 8: "٨۸", 9: "٩۹",
})) for (const letter of letters) FOLDED[letter] = plain;
const FOLD = new RegExp(`[${Object.keys(FOLDED).join("")}]`, "g");

const SHORTEST = 3;
const ARTICLES = ["بال", "كال", "لل", "ال"];
const POSSESSIVES = ["هما", "كما", "هم", "هن", "ها", "نا", "كم"];
const ENDINGS = [
  ["يون", "ي"], ["يين", "ي"], ["يات", "يه"], ["تان", "ه"], ["تين", "ه"], ["ات", "ه"], ["ون", ""],
  ["ين", ""], ["يه", "يه"], ["ته", "ه"], ["يا", "ي"], ["ه", "ه"], ["ي", "ي"], ["ا", ""],
];

/** Yield each word of a text with its start and end. */
export function* words(text) {
  for (const match of text.matchAll(WORD)) yield [match[0], match.index, match.index + match[0].length];
}

/** Return the comparison form of one word. */
export function wordKey(word) {
  return word.toLowerCase().replace(MARK, "").replace(FOLD, (letter) => FOLDED[letter]);
}

/** Return the stemmer that knows a table of learnt facts. */
export function stemmer(table) {
  const own = new Set(table.own.split(" "));
  const longest = Math.max(...[...own].map((each) => each.length));
  const ownWords = new Set(table.own_words.split(" "));
  const whole = new Set(table.whole.split(" "));
  const stands = new Map();
  const pairs = table.stands.split(" ");
  for (let i = 0; i < pairs.length; i += 2) stands.set(pairs[i], pairs[i + 1]);

  function isOwn(word) {
    for (let end = 1; end <= Math.min(longest, word.length); end++) {
      if (own.has(word.slice(0, end))) return true;
    }
    return ownWords.has(word);
  }

  function withoutClitics(word) {
    if (isOwn(word)) return word;
    if ("وف".includes(word[0]) && word.length > SHORTEST) {
      word = word.slice(1);
      if (isOwn(word)) return word;
    }
    for (const article of ARTICLES) {
      if (word.startsWith(article) && word.length - article.length >= SHORTEST - 1) {
        return word.slice(article.length);
      }
    }
    return "بكل".includes(word[0]) && word.length > SHORTEST ? word.slice(1) : word;
  }

  function beforePossessive(word) {
    if (word.length > SHORTEST && word.endsWith("ت") && !word.endsWith("ات")) return word.slice(0, -1) + "ه";
    if (word.length > SHORTEST + 1 && (word.endsWith("او") || word.endsWith("اي"))) return word.slice(0, -1) + "ء";
    return word;
  }

  function withoutEndings(word) {
    if (whole.has(word)) return [word, ""];
    for (const ending of POSSESSIVES) {
      if (word.endsWith(ending) && word.length - ending.length >= SHORTEST) {
        word = beforePossessive(word.slice(0, -ending.length));
        if (whole.has(word)) return [word, ""];
        break;
      }
    }
    for (const [ending, kind] of ENDINGS) {
      if (word.endsWith(ending) && word.length - ending.length >= SHORTEST) {
        const base = word.slice(0, -ending.length);
        const bare = ending === "ه" ? beforePossessive(base) : base;
        return bare === base ? [base, kind] : [bare, ""];
      }
    }
    return [word, ""];
  }

  function ofBare(word) {
    const [base, ending] = withoutEndings(word);
    return stands.get(base + ending) ?? base;
  }

  const isArabic = (word) => word[0] >= "\u0621" && word[0] <= "\u064a";

  /** Return the stem of a comparison key. */
  function stem(word) {
    return isArabic(word) ? ofBare(withoutClitics(word)) : word;
  }

  /** Return the stem of a key, then those it has if its first letters are read another way. */
  function readings(word) {
    const found = [stem(word)];
    if (!isArabic(word)) return found;
    for (let letters = 0; letters <= 3 && word.length - letters >= SHORTEST; letters++) {
      const start = word.slice(0, letters);
      const isClitic = letters <= 2 && [...start].every((letter) => "وفبكل".includes(letter));
      if (!isClitic && !ARTICLES.includes(start)) continue;
      const other = ofBare(word.slice(letters));
      if (!found.includes(other)) found.push(other);
    }
    return found;
  }

  return { stem, readings };
}
