"""What the whole collection teaches about each single page."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from generator.arabic.normalise import key
from generator.arabic.phrases import Phrases
from generator.data import compiled, rows
from generator.parse.anatomy import SHORTEST_KNOWN, find_headline
from generator.parse.lines import Draft

_SIGNS_MANY = 4
"""Articles that a name must sign before it is taken for a paper's."""
_RECURS = 4
"""Different articles that a short line must stand on before it is taken for boilerplate."""
_RECURRING_SHARE = 0.02
"""The same as a share of all pages, for large collections."""
_SHORT_LINE, _LONG_LINE = 160, 120
"""Characters: boilerplate is shorter than the one, paragraphs are longer than the other."""
_NO_HEADLINES = Phrases(())


@dataclass(frozen=True, slots=True)
class Known:
    """Names and headlines to recognise on a page."""

    headlines: Phrases
    """Headlines of all pages, those long enough not to be met by chance."""
    sources: Mapping[str, str]
    """Names of papers and agencies, by comparison key."""
    places: Mapping[str, str]
    """Names of countries and cities, by comparison key."""
    boilerplate: frozenset[str] = frozenset()
    """Lines that stand on many different pages, by comparison key: no part of any article where
    they open or close a page."""


def learn(drafts: Iterable[Draft], sources: Iterable[str]) -> Known:
    """Return what the pages teach, and the papers of `sources` with those that sign many pages.

    Each draft is looked at once, and none is kept.
    """
    headlines: set[str] = set()
    signed: Counter[str] = Counter()
    names: dict[str, str] = {}
    recurring = _Recurring()
    for draft in drafts:
        recurring.add(draft)
        lines = draft.lines if draft.headline is None else (draft.headline, *draft.lines)
        if len(lines) < 2:
            continue
        at = 0 if draft.headline else find_headline(lines, _NO_HEADLINES)
        if len(lines[at].words) >= SHORTEST_KNOWN:
            headlines.add(lines[at].key)
        opening = lines[min(at + 1, len(lines) - 1)]
        if opening.text.endswith(":") and 1 <= len(opening.words) <= 3:
            signed[opening.key] += 1
            names.setdefault(opening.key, opening.text.rstrip(": "))
    known = {key(name): name for name in sources}
    for name, count in signed.items():
        # A name that signs many articles is a paper, unless it is where they were written.
        if count >= _SIGNS_MANY and name not in known and name not in places():
            known[name] = names[name]
    return Known(Phrases(headlines), known, places(), recurring.boilerplate())


class _Recurring:
    """The short lines that stand on many pages whose texts differ.

    Pages with the same first paragraph are copies of one article and count once, so that an
    article that everybody copied is not taken for boilerplate.
    """

    def __init__(self) -> None:
        self._articles: dict[str, set[int]] = defaultdict(set)
        self._openings: dict[str, int] = {}
        self._pages = 0

    def add(self, draft: Draft) -> None:
        """Note the short lines of a page."""
        self._pages += 1
        opening = next((line.text for line in draft.lines if len(line.text) > _LONG_LINE), "")
        number = self._openings.setdefault(opening, len(self._openings))
        for line in draft.lines[1:]:
            if len(line.text) < _SHORT_LINE:
                self._articles[line.text].add(number)

    def boilerplate(self) -> frozenset[str]:
        """Return those that are on pages enough, by comparison key."""
        enough = max(_RECURS, _RECURRING_SHARE * self._pages)
        found = (key(text) for text, seen in self._articles.items() if len(seen) >= enough)
        return frozenset(found) - {""}


@compiled("places.tsv")
def places() -> Mapping[str, str]:
    """Return the names of countries and cities by comparison key."""
    found: dict[str, str] = {}
    for row in rows("places"):
        for name in (row["name"], *filter(None, row["also"].split("|"))):
            found.setdefault(key(name), row["name"])
    return found
