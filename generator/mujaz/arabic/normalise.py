"""Cleaning that changes nothing a reader sees, and folding that makes spellings comparable."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

# Directional controls: pages set their own direction, and a stray override reverses what follows.
_BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
# Breaks within a line that no browser shows: as a space they keep words apart.
_SEPARATORS = re.compile("[\v\f\x1c-\x1e\x85\u2028\u2029]")
# C0 and C1 controls (tab and LF stay), byte order mark, soft hyphen and zero-width space,
# interlinear annotation. Joiners (U+200C, U+200D) stay: they change the shape of letters.
_DROPPED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u200b\ufeff\ufff9-\ufffb\U000e0000-\U000e007f"
    + _BIDI
    + "]"
)
_WORD_CHARACTER = re.compile("[^\\W_\u0640]")
"""Tatweel is no letter."""
_SPACES = re.compile("[ \t\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
# Nearly every text is made of these, so the slow look at each character is seldom needed.
_PLAIN_TEXT = re.compile(
    "[\n -~\xa0-\xac\xae-\xff\u0600-\u061b\u061d-\u06ff\u2010-\u2027\u2030-\u205e]*"
)
_PRESENTATION = re.compile("[\ufb50-\ufdff\ufe70-\ufefc][\ufb50-\ufdff\ufe70-\ufefc]*")
_MAX_LIGATURE_CHARACTERS = 4
"""That a presentation form stands for, but for the two next ones."""
_LONG_LIGATURES = {"\ufdfa": 18, "\ufdfb": 8}
_MAX_MARKS = 30
"""Marks on one letter, as Unicode's stream-safe format has it: no script writes more."""
_MARK_RUN, _LONG_MARK_RUN = (
    # The first written out, since `re` goes faster through a text for a set of characters.
    re.compile(rf"[^\w\s][^\w\s]{{{count},}}")
    for count in (_MAX_MARKS, 999)
)
"""May be marks, or signs; sorting the long ones takes the square of their length."""


# What scrapers leave of HTML: references to typographic characters and to Arabic letters. Those to
# `<` and to other Latin characters stay, since a text that has them may be about markup.
_REFERENCES: Mapping[str, str] = {
    "nbsp": "\xa0",
    "quot": '"',
    "apos": "'",
    "laquo": "\xab",
    "raquo": "\xbb",
    "ldquo": "\u201c",
    "rdquo": "\u201d",
    "lsquo": "\u2018",
    "rsquo": "\u2019",
    "ndash": "\u2013",
    "mdash": "\u2014",
    "hellip": "\u2026",
    "middot": "\xb7",
    "bull": "\u2022",
    "deg": "\xb0",
    "zwnj": "\u200c",
    "zwj": "\u200d",
}
_TYPOGRAPHIC = frozenset(map(ord, _REFERENCES.values()))
_REFERENCE = re.compile(
    rf"&(?:({'|'.join(_REFERENCES)})|#(\d{{2,4}})|#[xX]([0-9a-fA-F]{{2,4}})|amp(?!;#?\w+;));"
)
_ABOUT_MARKUP = re.compile("[<>]|&[lg]t;")


def clean(text: str) -> str:
    """Return `text` in NFC, with one kind of line break and without what no reader can see.

    Controls, byte order marks, lone surrogates, unassigned code points and directional controls
    go; Arabic presentation forms become plain letters, and `&quot;` and the like what they stand
    for, except in lines with angle brackets; joiners and all white space within a line stay, blank
    lines at the ends go, as do marks beyond those that a script writes on one letter.
    `clean(clean(x)) == clean(x)`.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not (is_plain := _PLAIN_TEXT.fullmatch(text)):
        text = _DROPPED.sub("", _SEPARATORS.sub(" ", text))
        is_plain = _PLAIN_TEXT.fullmatch(text)
    if "&" in text:
        text = "\n".join(map(_without_references, text.split("\n")))
    if is_plain and not _MARK_RUN.search(text):
        return unicodedata.normalize("NFC", text).strip("\n")
    text = _LONG_MARK_RUN.sub(_with_few_marks, text)
    text = _PRESENTATION.sub(lambda m: unicodedata.normalize("NFKC", m[0]), text)
    text = "".join(c for c in text if unicodedata.category(c) not in ("Cn", "Cs"))
    return _MARK_RUN.sub(_with_few_marks, unicodedata.normalize("NFC", text)).strip("\n")


def has_words(text: str) -> bool:
    """Return whether the comparison form of `text` has anything in it, without making it."""
    return bool(_WORD_CHARACTER.search(text))


def max_cleaned_characters(text: str) -> int:
    """Return the most characters that `clean` can make of `text`: some stand for many."""
    forms = sum(map(len, _PRESENTATION.findall(text)))
    long = sum(text.count(each) * characters for each, characters in _LONG_LIGATURES.items())
    return len(text) + forms * (_MAX_LIGATURE_CHARACTERS - 1) + long


def _with_few_marks(run: re.Match[str]) -> str:
    """Return a run of marks or signs with no more marks in a row than a script has."""
    few, marks = list[str](), 0
    for character in run[0]:
        marks = marks + 1 if unicodedata.combining(character) else 0
        if marks <= _MAX_MARKS:
            few.append(character)
    return "".join(few)


def _without_references(line: str) -> str:
    if "&" not in line or _ABOUT_MARKUP.search(line):
        return line
    return _REFERENCE.sub(_referred, line)


def _referred(reference: re.Match[str]) -> str:
    name, decimal, hexadecimal = reference.groups()
    if name:
        return _REFERENCES[name]
    if not (decimal or hexadecimal):
        return "&"
    code = int(decimal) if decimal else int(hexadecimal, 16)
    is_arabic = 0x60C <= code <= 0x6FF and code != 0x61C  # a directional control
    return chr(code) if is_arabic or code in _TYPOGRAPHIC else reference[0]


def fold_spaces(text: str) -> str:
    """Return `text` with each run of blanks as one space and none at the ends."""
    return _SPACES.sub(" ", text.replace("\n", " ")).strip()


# Diacritics, tatweel and joiners: written inside words, and no part of their spelling.
MARKS = "\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u200c\u200d"
_MARKS = re.compile(f"[{MARKS}]")
DIGITS = {ord(zero) + d: str(d) for zero in "٠۰" for d in range(10)}
# One replacement after the other, and not str.translate: that is twenty times slower on Arabic.
_LETTERS = tuple(
    (letter, plain)
    for plain, letters in {"ا": "أإآٱ", "ي": "ىئیې", "ه": "ةەہھ", "و": "ؤ", "ك": "ک"}.items()
    for letter in letters
)
_DIGITS = tuple((chr(digit), plain) for digit, plain in DIGITS.items())
_ANY_DIGIT = re.compile("[٠-٩۰-۹]")
_NOT_WORD = re.compile(r"[\W_]+")
_MAX_CACHED_CHARACTERS = 40
"""Of a text whose comparison form is remembered."""


def without_marks(text: str) -> str:
    """Return `text` without diacritics, tatweel and joiners."""
    return _MARKS.sub("", text)


def fold(text: str) -> str:
    """Return `text` with spellings folded as in `key`, and its punctuation and case as written."""
    text = _MARKS.sub("", text)
    for letter, plain in _LETTERS:
        text = text.replace(letter, plain)
    if _ANY_DIGIT.search(text):
        for digit, plain in _DIGITS:
            text = text.replace(digit, plain)
    return text


def key(text: str) -> str:
    """Return the comparison form: words only, one space between, spellings folded, lower case.

    Hamza seats, final ya and alef maqsura, ta marbuta and ha, diacritics, tatweel and digit
    shapes are folded; punctuation is a word break.
    """
    return _short_key(text) if len(text) <= _MAX_CACHED_CHARACTERS else _key(text)


def _key(text: str) -> str:
    return _NOT_WORD.sub(" ", fold(text.lower())).strip()


_short_key = lru_cache(maxsize=40_000)(_key)  # names recur


@lru_cache(maxsize=65_536)
def word_key(word: str) -> str:
    """Return the comparison form of one word without punctuation; cached, as words recur."""
    return fold(word.lower())
