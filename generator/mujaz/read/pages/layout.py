"""How a page is laid out: where its prose is, and which of its elements are furniture around that."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from typing import Any

from mujaz.data import table
from mujaz.read.markup import MarkupLine

_WORD = re.compile("[A-Z]?[a-z]+|[A-Z]+")
_FURNITURE_TAGS = frozenset("nav aside figcaption dialog menu form caption".split())
_MAX_FURNITURE_SHARE = 0.3
"""Of a page's prose: what holds more is no furniture."""
_MIN_PROSE_LETTERS, _MIN_SENTENCE_LETTERS = 80, 40
"""Of a line that is prose whatever ends it, and of one that ends as sentences do."""
_MAX_PROSE_LINKED = 0.4
_MIN_LINK_WORDS = 4
MIN_LINKED_SHARE = 0.8
"""Letters of a line in links, from which it is one."""
_MAX_CERTAIN_SHARE = 0.7
_MAX_CAPTION_LETTERS = 300
_MIN_CARDS, _MAX_CARD_LETTERS = 3, 300
_SENTENCE_END = re.compile(r"[.!?؟۔。！？…:][»”\"')\]\s]*$")
_NO_SPACES = re.compile("[\u3040-\u30ff\u3400-\u9fff]")
"""Letters that stand for a syllable or a word."""


def weight(text: str) -> int:
    """Return the number of letters in `text`; those that are words by themselves count thrice."""
    return sum(map(str.isalnum, text)) + 2 * len(_NO_SPACES.findall(text))


def ends_sentence(text: str) -> bool:
    """Whether `text` ends as sentences do, or announces something."""
    return bool(_SENTENCE_END.search(text))


class Layout:
    """The elements of one page, with the prose that is in each."""

    def __init__(self, root: Any, lines: Sequence[MarkupLine]) -> None:
        """Take the page and its visible lines."""
        self.root = root
        self.lines = lines
        self._elements = list(root.iter())  # as long as they are held, they are the same objects
        self._furniture: dict[Any, bool] = {}
        self.prose: dict[Any, int] = defaultdict(int)
        """The letters of prose in each element."""
        self._link_lines: dict[Any, int] = defaultdict(int)
        self._headlines: dict[Any, int] = defaultdict(int)
        self.letters: dict[Any, int] = defaultdict(int)
        for line in lines:
            self.prose[line.element] += prose_weight(line)
            self.letters[line.element] += weight(line.text)
            self._link_lines[line.element] += is_link_line(line)
            self._headlines[line.element] += line.tag == "h1"
        for element in reversed(self._elements):
            parent = element.getparent()
            if parent is not None:
                for sums in (self.prose, self.letters, self._link_lines, self._headlines):
                    sums[parent] += sums[element]
        self._cards = self._listed()
        self._prose_outside = max(self.prose[self.root] - self._certain_prose(), 1)

    def _listed(self) -> set[Any]:
        """Return the elements that are cards: alike, side by side, each with a link and little text."""
        cards: set[Any] = set()
        alike: dict[tuple[Any, str, str], list[Any]] = defaultdict(list)
        for element in self._elements:
            if isinstance(element.tag, str) and element.getparent() is not None:
                look = element.tag, element.get("class") or ""
                alike[(element.getparent(), *look)].append(element)
        for group in alike.values():
            with_link = [each for each in group if self._link_lines[each]]
            if (
                len(with_link) >= _MIN_CARDS
                and len(with_link) >= 0.7 * len(group)
                and all(self.letters[each] <= _MAX_CARD_LETTERS for each in group)
            ):
                cards.update(with_link)
        return cards

    def _certain_prose(self) -> int:
        """Return the letters of prose in what is certainly furniture."""
        total, inside = 0, set[Any]()
        for element in self._elements:
            if element.getparent() in inside:
                inside.add(element)
            elif self.prose[element] and isinstance(element.tag, str) and not self._headlines[element]:
                if _names_of(element) & _words("certain_furniture") or element.tag == "footer":
                    inside.add(element)
                    total += self.prose[element]
        return total

    def is_furniture(self, element: Any) -> bool:
        """Whether `element`, or one around it, is named as furniture is, and is not the article."""
        path = []
        while element is not None and element not in self._furniture:
            path.append(element)
            element = element.getparent()
        verdict = self._furniture[element] if element is not None else False
        for each in reversed(path):
            verdict = verdict or self._is_furniture_itself(each)
            self._furniture[each] = verdict
        return verdict

    def _is_furniture_itself(self, element: Any) -> bool:
        if element.tag in ("html", "body") or self._headlines[element]:
            return False
        if element in self._cards:
            return True
        names = _names_of(element)
        if element.tag == "footer" and _is_in_quotation(element):
            return False
        if names & _words("certain_furniture") or element.tag == "footer":
            return self.prose[element] < _MAX_CERTAIN_SHARE * max(self.prose[self.root], 1)
        if names & _words("pictures") and self._is_picture(element):
            return True
        if element.tag not in _FURNITURE_TAGS and not names & _words("furniture"):
            return False
        return "embed" not in names and self.prose[element] < _MAX_FURNITURE_SHARE * self._prose_outside

    def _is_picture(self, element: Any) -> bool:
        """Whether `element` is a picture with its caption."""
        return self.letters[element] <= _MAX_CAPTION_LETTERS and any(
            True for _ in element.iter("img", "picture", "amp-img", "video", "iframe")
        )

def prose_weight(line: MarkupLine) -> int:
    """Return the letters of `line` if it is prose: sentences, and not links or a heading."""
    if line.linked > _MAX_PROSE_LINKED or line.tag in ("title", "h1", "h2", "h3", "h4"):
        return 0
    letters = weight(line.text)
    least = _MIN_SENTENCE_LETTERS if ends_sentence(line.text) else _MIN_PROSE_LETTERS
    return letters if letters >= least else 0


def is_link_line(line: MarkupLine) -> bool:
    """Whether `line` is a link long enough to name another article."""
    return line.linked > MIN_LINKED_SHARE and len(line.text.split()) >= _MIN_LINK_WORDS


def _names_of(element: Any) -> frozenset[str]:
    """Return the words of the class, id and role of `element`, and each two that are neighbours."""
    names = (element.get("class"), element.get("id"), element.get("role"))
    return _words_of(" ".join(filter(None, names)))


@cache
def _words_of(names: str) -> frozenset[str]:
    words: set[str] = set()
    for name in names.split():
        parts = [word.lower() for word in _WORD.findall(name)]
        words.update(parts, map("".join, zip(parts, parts[1:], strict=False)))
    return frozenset(words)


def _is_in_quotation(element: Any) -> bool:
    return next(element.iterancestors("blockquote"), None) is not None


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(table("pages")[name].split())
