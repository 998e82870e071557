"""Furniture: what a site puts around every text, told by its words.

Menus, rows of buttons, counts, tags, links to the original, rights. A word that furniture is made
of may stand in prose as well, so nothing is taken for furniture by one word: a line is if all of it
is, and the end of a paragraph is if it begins after a sentence and all that follows fits.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache

from mujaz.arabic.normalise import fold, key
from mujaz.arabic.phrases import Phrases
from mujaz.data import table

MAX_FURNITURE_CHARACTERS = 160
"""Of a line of buttons, or a closing formula; what follows a mark may be longer."""
_MAX_TAIL_CHARACTERS = 450
_MAX_TAILS = 8
"""One after the other: credits, tags, links, buttons."""
_MAX_GALLERY_CHARACTERS = 600
_MAX_NAVIGATION_CHARACTERS = 80
_SENTENCE_END = re.compile(r"(?:[.!؟?؛…»”\"')\]]\s+|[.!؟…]+(?=[ء-ي]))")
_FIRST_WORD = re.compile(r"[^\W\d_][\w\u0640\u064b-\u065f]*")
_COUNT = re.compile(r"\d{1,3}[,.٬]?\d{0,3}[,.٬]?\d{0,3}")
_TYPISTS = re.compile(r"(?:[^\W\d]{1,2}[ ./-]{1,2}){1,4}[^\W\d]{1,2}\.?")
"""Initials of who wrote a text down and who passed it: «س.ح/م ع»."""
_MAX_BAR_CHARACTERS = 40
_MAX_TAG_WORDS = 15
_PUNCTUATION = re.compile(r"[.!؟?:؛;،,…«»\"]")
_AROUND = " \u0640"
"""White space, and the tatweel that stands for a dash."""
_TATWEEL_DASH = " \u0640"
_BREADCRUMBS = re.compile(r"\s*[»›>|/\\←:–—-]+\s*")
_MAX_ADDRESS_CHARACTERS = 80
_TRAILING_ADDRESS = re.compile(
    r"(?:(?:تويتر|Twitter|\bt)\s*:\s*)?@?[A-Za-z0-9][\w.+-]*@[\w.-]+\s*$", re.A
)


def is_menu(text: str) -> bool:
    """Whether a line is nothing but words of menus and buttons, or a path through a menu."""
    return len(text) <= _MAX_NAVIGATION_CHARACTERS and (
        _has_only_menu_words(text) or _is_path(text)
    )


def is_navigation(text: str) -> bool:
    """Whether a line is nothing but a menu, a row of buttons, or a count of readers."""
    return len(text) <= _MAX_NAVIGATION_CHARACTERS and (
        is_menu(text) or bool(_COUNT.fullmatch(text) or _bars().fullmatch(fold(text)))
    )


def _has_only_menu_words(text: str) -> bool:
    words = key(text).split()
    covered = sum(match.last - match.first for match in _navigation().find(words))
    return 0 < covered == len(words)


def _is_path(text: str) -> bool:
    """Whether a line is the path through a site's menu to its page, which ends in a headline."""
    parts = _BREADCRUMBS.split(text)
    return len(parts) > 1 and key(parts[0]) in _homes()


def is_closing(text: str) -> bool:
    """Whether a whole line below an article closes it, or says something of its site."""
    return _closes(text) or is_navigation(text)


def tail_start(text: str) -> int | None:
    """Return where in `text`, the last paragraph, furniture begins that is glued to it, if any.

    That is right after the end of a sentence, or where a mark stands that no prose has. It is 0
    where all of it is furniture.
    """
    end = len(text)
    start = _mark_start(text)
    if start is None:
        start = _tags_start(text)
    if start is not None:
        end = start
    for _ in range(_MAX_TAILS):
        before = _last_tail(text[:end])
        if before is None:
            break
        end = start = before
    return start


def _last_tail(text: str) -> int | None:
    """Return where the furniture begins at the end of `text`, if it does."""
    text = text.rstrip()
    if not text:
        return None
    starts = [
        m.end() for m in _SENTENCE_END.finditer(text, max(0, len(text) - _MAX_TAIL_CHARACTERS))
    ]
    if len(text) <= _MAX_TAIL_CHARACTERS:
        starts.insert(0, 0)
    return next((start for start in starts if start < len(text) and _is_tail(text[start:])), None)


def _is_tail(text: str) -> bool:
    return _closes(text) or (len(text) <= _MAX_NAVIGATION_CHARACTERS and _has_only_menu_words(text))


def related_start(text: str) -> int | None:
    """Return where "read also: …" begins at the end of a paragraph, if it does."""
    colon = text.rfind(":")
    if colon < 0 or not _related().search(fold(text[max(0, colon - 40) : colon + 1])):
        return None
    return _last_tail(text) or None


def gallery_end(text: str) -> int:
    """Return the end of the captions and buttons of a gallery that `text` opens with, or 0."""
    head = text[:_MAX_GALLERY_CHARACTERS]
    for mark in table("markers")["gallery"]:
        start = head.find(mark)
        if start >= 0:
            return start + len(mark)
    return 0


def _closes(text: str) -> bool:
    """Whether all of `text` is one closing formula."""
    text = text.strip(_AROUND)
    if len(text) > _MAX_TAIL_CHARACTERS:
        return False
    if len(text) <= _MAX_BAR_CHARACTERS and (
        _TYPISTS.fullmatch(text) or _bars().fullmatch(fold(text))
    ):
        return True
    match = _FIRST_WORD.match(text)
    if match:
        forms = _closing(fold(match[0]))
        if forms:
            after = fold(text[match.end() :].replace(_TATWEEL_DASH, " -"))
            if any(form.fullmatch(after) for form in forms):
                return True
        if not match[0].isascii():
            return False
    return bool(_signs().fullmatch(fold(text)))


def _mark_start(text: str) -> int | None:
    """Return where a mark stands after which nothing of an article follows."""
    starts = [
        start
        for word, marks in _marks().items()
        if (start := text.rfind(word)) >= 0
        and fold(text[start : start + MAX_FURNITURE_CHARACTERS]).startswith(marks)
    ]
    if not starts:
        return None
    start = min(starts)
    # An address is glued to the mark, and the text to the address.
    address = _TRAILING_ADDRESS.search(text, max(0, start - _MAX_ADDRESS_CHARACTERS), start)
    return address.start() if address else start


def _tags_start(text: str) -> int | None:
    """Return where tags begin at the very end of `text`, though no sentence ends before them.

    They are names only, one after the other; the word before is none that leads on to them.
    """
    words = table("markers")["tags"]
    start = max(text.rfind(f" {word} ", -MAX_FURNITURE_CHARACTERS) for word in words["marks"])
    if start <= 0:
        return None
    before, (_, *tags) = key(text[:start][-_MAX_BAR_CHARACTERS:]).split(), key(text[start:]).split()
    return (
        start + 1
        if 0 < len(tags) <= _MAX_TAG_WORDS
        and not _PUNCTUATION.search(text, start)
        and not _words_of_tags("leading_on").intersection(before[-1:])
        and not _words_of_tags("no_names").intersection(tags)
        else None
    )


@cache
def _words_of_tags(name: str) -> frozenset[str]:
    """Return a list of words that tell tags from prose."""
    return frozenset(key(table("markers")["tags"][name]).split())


@cache
def _navigation() -> Phrases:
    return Phrases(map(key, table("markers")["navigation"]))


@cache
def _homes() -> frozenset[str]:
    return frozenset(map(key, table("markers")["homes"]))


@cache
def _bars() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{fold(form)})" for form in table("markers")["bars"]))


@cache
def _signs() -> re.Pattern[str]:
    forms = "|".join(f"(?:{fold(form)})" for form in table("markers")["signs"])
    return re.compile(forms, re.IGNORECASE)


@cache
def _related() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(map(fold, table('markers')['related']))})\W*:")


@cache
def _closing_forms() -> dict[str, tuple[str, ...]]:
    forms: dict[str, list[str]] = defaultdict(list)
    for words, then in table("markers")["closing"]:
        for word in dict.fromkeys(fold(words).split()):
            forms[word].append(fold(then))
    return {word: tuple(each) for word, each in forms.items()}


@cache
def _compiled_forms(forms: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(form, re.IGNORECASE) for form in forms)


def _closing(word: str) -> tuple[re.Pattern[str], ...]:
    """Return what may follow `word` in closing formulas; most words open none."""
    forms = _closing_forms().get(word)
    return _compiled_forms(forms) if forms else ()


@cache
def _marks() -> dict[str, tuple[str, ...]]:
    """Return the marks, folded, by their first words as they are written."""
    marks: dict[str, list[str]] = defaultdict(list)
    for mark in table("markers")["anywhere"]:
        marks[mark.split()[0]].append(fold(mark))
    return {word: tuple(each) for word, each in marks.items()}
