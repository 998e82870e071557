"""How a page is laid out: where its prose is, and what is furniture around it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any
from urllib.parse import urlsplit

from mujaz.data import table
from mujaz.read.markup import MarkupLine
from mujaz.read.pages.notices import is_announcement

MIN_LINKED_SHARE = 0.8
"""Letters of a line in links, from which it is one."""
_WORD = re.compile("[A-Z]?[a-z]+|[A-Z]+")
_FURNITURE_TAGS = frozenset("nav aside figcaption dialog menu form caption".split())
_NEVER_FURNITURE = ("html", "body")
_CERTAIN_FURNITURE_TAGS = frozenset(("footer",))
_IMAGES = ("img", "picture", "amp-img", "video", "iframe")
_MAX_FURNITURE_SHARE, _MAX_CERTAIN_SHARE = 0.3, 0.7
"""Of a page's prose: what holds more is no furniture, whatever it is called."""
_MIN_PROSE_LETTERS, _MIN_SENTENCE_LETTERS = 80, 40
"""Of a line that is prose whatever ends it, and of one that ends as sentences do."""
_MAX_PROSE_LINKED = 0.4
_MIN_LINK_WORDS = 4
_HEADINGS = ("title", "h1", "h2", "h3", "h4", "h5", "h6")
_ENTRIES = frozenset("li tr td th dt dd blockquote pre h2 h3 h4 h5 h6".split())
_MAY_HOLD_CAPTION = ("div", "p", "span", "center", "figure", "a")
_MAX_CAPTION_LETTERS, _MAX_LETTERS_OF_BARE_CAPTION = 300, 120
"""Of what is called an image, and of what only holds one."""
_MIN_CARDS, _MIN_SHARE_OF_CARDS = 3, 0.7
_MAX_CARD_LETTERS, _MAX_LETTERS_OF_HEADED_CARD = 300, 900
_MIN_SITES = 3
"""That a list recommends: one of related articles leads to its own site."""
_MAX_NAME_CHARACTERS, _MAX_CACHED_NAMES = 400, 4_096
_SENTENCE_END = re.compile(r"[.!?؟۔。！？…:][»”\"')\]\s]*$")
_WORD_BY_ITSELF = re.compile("[\u3040-\u30ff\u3400-\u9fff]")


def weight(text: str) -> int:
    """Return the number of letters in `text`; those that stand for a word count thrice."""
    return sum(map(str.isalnum, text)) + 2 * len(_WORD_BY_ITSELF.findall(text))


def ends_sentence(text: str) -> bool:
    """Whether `text` ends as sentences do, or announces something."""
    return bool(_SENTENCE_END.search(text))


def prose_weight(line: MarkupLine) -> int:
    """Return the letters of `line` if it is prose, and neither a link nor a heading, else 0."""
    if line.linked > _MAX_PROSE_LINKED or line.tag in _HEADINGS:
        return 0
    letters = weight(line.text)
    least = _MIN_SENTENCE_LETTERS if ends_sentence(line.text) else _MIN_PROSE_LETTERS
    return letters if letters >= least else 0


def is_link_line(line: MarkupLine) -> bool:
    """Whether `line` is a link long enough to name another article."""
    return line.linked > MIN_LINKED_SHARE and len(line.text.split()) >= _MIN_LINK_WORDS


class Layout:
    """The elements of one page, with what is in each of them."""

    def __init__(self, root: Any, lines: Sequence[MarkupLine]) -> None:
        """Take the page and its visible lines."""
        self.root = root
        self.prose: dict[Any, int] = defaultdict(int)
        """The letters of prose in each element."""
        self.letters: dict[Any, int] = defaultdict(int)
        """All letters in each element."""
        self._links: dict[Any, int] = defaultdict(int)
        self._headed_links: dict[Any, int] = defaultdict(int)
        self._headlines: dict[Any, int] = defaultdict(int)
        self._images: dict[Any, int] = defaultdict(int)
        self._entries: dict[Any, int] = defaultdict(int)
        self._elements = list(root.iter("*"))  # held, so that they stay the same objects
        self._verdicts: dict[Any, bool] = {}
        self._lists_of_text: dict[Any, bool] = {}
        self._count(lines)
        self.cards = self._listed()
        """Elements that are alike, side by side, each with a link to another article."""
        self._uncertain_prose = max(self.prose[root] - self._prose_of_certain_furniture(), 1)

    def _count(self, lines: Sequence[MarkupLine]) -> None:
        for before, line in pairwise(lines):
            if line.tag == "li" and before.tag == "p" and before.text.endswith((":", "：")):
                self._lists_of_text[line.element.getparent()] = not is_announcement(before)
        for line in lines:
            is_link = is_link_line(line)
            self.prose[line.element] += prose_weight(line)
            self.letters[line.element] += weight(line.text)
            self._links[line.element] += is_link
            self._headed_links[line.element] += is_link and line.tag in _HEADINGS
            self._headlines[line.element] += line.tag == "h1"
            self._entries[line.element] += line.tag in _ENTRIES
        sums = (
            *(self.prose, self.letters, self._links),
            *(self._headed_links, self._headlines, self._images, self._entries),
        )
        for element in reversed(self._elements):
            self._images[element] += element.tag in _IMAGES
            parent = element.getparent()
            if parent is not None:
                for each in sums:
                    each[parent] += each[element]

    def _listed(self) -> frozenset[Any]:
        alike: dict[tuple[Any, str, str], list[Any]] = defaultdict(list)
        for element in self._elements:
            parent = element.getparent()
            if parent is not None:
                alike[parent, element.tag, element.get("class") or ""].append(element)
        return frozenset(each for group in alike.values() for each in self._cards_in(group))

    def _cards_in(self, group: Sequence[Any]) -> Sequence[Any]:
        """Return those of `group`, which look alike, that are cards."""
        if group[0].tag == "li" and self._is_list_of_text(group[0].getparent()):
            return ()
        cards = [each for each in group if self._is_card(each)]
        enough = len(cards) >= max(_MIN_CARDS, _MIN_SHARE_OF_CARDS * len(group))
        return cards if enough else ()

    def _is_list_of_text(self, entries: Any) -> bool:
        """Whether the text announces the list `entries`, or that recommends other sites."""
        if entries not in self._lists_of_text:
            self._lists_of_text[entries] = leads_to_other_sites(entries)
        return self._lists_of_text[entries]

    def _is_card(self, element: Any) -> bool:
        most = _MAX_LETTERS_OF_HEADED_CARD if self._headed_links[element] else _MAX_CARD_LETTERS
        return self._links[element] > 0 and self.letters[element] <= most

    def _prose_of_certain_furniture(self) -> int:
        total, inside = 0, set[Any]()
        for element in self._elements:
            if element.getparent() in inside:
                inside.add(element)
            elif self.prose[element] and self._is_certain_furniture(element):
                inside.add(element)
                total += self.prose[element]
        return total

    def holds_headline(self, element: Any) -> bool:
        """Whether the main heading of the page is in `element`."""
        return self._headlines[element] > 0

    def is_furniture(self, element: Any) -> bool:
        """Whether `element`, or one around it, is no part of any article's text."""
        path = []
        while element is not None and element not in self._verdicts:
            path.append(element)
            element = element.getparent()
        verdict = element is not None and self._verdicts[element]
        for each in reversed(path):
            verdict = verdict or self._is_furniture_itself(each)
            self._verdicts[each] = verdict
        return verdict

    def is_beside(self, element: Any) -> bool:
        """Whether `element` is in furniture, whether it is a card or not."""
        return any(self._is_named_furniture(each) for each in (element, *element.iterancestors()))

    def _is_furniture_itself(self, element: Any) -> bool:
        if element.tag in _NEVER_FURNITURE or self._headlines[element]:
            return False
        if element in self.cards or self._is_named_furniture(element):
            return True
        if self._is_image(element):
            return True
        return element.tag == "article" and self._is_article_in_another(element)

    def _is_named_furniture(self, element: Any) -> bool:
        if self._is_certain_furniture(element):
            return True
        names = _names_of(element)
        if "embed" in names:  # called after the network that it comes from
            names -= _words("networks")
        is_named = element.tag in _FURNITURE_TAGS or bool(names & _words("furniture"))
        if not is_named or element.tag in _NEVER_FURNITURE or self._headlines[element]:
            return False
        return self.prose[element] < _MAX_FURNITURE_SHARE * self._uncertain_prose

    def _is_certain_furniture(self, element: Any) -> bool:
        if self._headlines[element] or element.tag in _NEVER_FURNITURE:
            return False
        is_named = bool(_names_of(element) & _words("certain_furniture"))
        is_tagged = element.tag in _CERTAIN_FURNITURE_TAGS and not _is_in_quotation(element)
        share = self.prose[element] / max(self.prose[self.root], 1)
        return (is_named or is_tagged) and share < _MAX_CERTAIN_SHARE

    def _is_image(self, element: Any) -> bool:
        """Whether `element` is an image with its caption."""
        if not self._images[element] or not self.letters[element]:
            return False
        if _names_of(element) & _words("images"):
            return self.letters[element] <= _MAX_CAPTION_LETTERS
        is_bare = not self.prose[element] and not self._entries[element]
        is_bare = is_bare and element.tag in _MAY_HOLD_CAPTION
        return is_bare and self.letters[element] <= _MAX_LETTERS_OF_BARE_CAPTION

    def _is_article_in_another(self, element: Any) -> bool:
        """Whether `element` is an article inside a longer one: a related one."""
        outer = next(element.iterancestors("article"), None)
        return outer is not None and self.prose[element] < _MAX_FURNITURE_SHARE * self.prose[outer]


def leads_to_other_sites(entries: Any) -> bool:
    """Whether the list `entries` has links to several sites, as many as it has entries."""
    links = (link.get("href") or "" for link in entries.iter("a"))
    hosts = {_host(link) for link in links if link.startswith(("http://", "https://", "//"))}
    return len(hosts - {""}) >= max(_MIN_SITES, MIN_LINKED_SHARE * len(entries))


def _host(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def _names_of(element: Any) -> frozenset[str]:
    """Return the words of the class, id and role of `element`, and each two that are neighbours."""
    names = (element.get("class"), element.get("id"), element.get("role"))
    return _words_of(" ".join(filter(None, names))[:_MAX_NAME_CHARACTERS])


@lru_cache(_MAX_CACHED_NAMES)
def _words_of(names: str) -> frozenset[str]:
    words: set[str] = set()
    for name in names.split():
        parts = [word.lower() for word in _WORD.findall(name)]
        words.update(parts, map("".join, pairwise(parts)))
    return frozenset(words)


def _is_in_quotation(element: Any) -> bool:
    return next(element.iterancestors("blockquote"), None) is not None


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(table("pages")[name].split())
