"""Decides what a doubtful name is, by the text that it stands in: a club or a town, or a word."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

from mujaz.arabic.normalise import key
from mujaz.arabic.tokens import bare_forms
from mujaz.enrich.entities.gazetteer.listed_mention import DoubtfulMention, ListedMention
from mujaz.enrich.entities.gazetteer.organisations import words_about_clubs

_MIN_SPORT_WORDS = 4
"""Different words of sport in a text that is about it."""
_MAX_WORDS_BETWEEN = 2
"""Between two clubs of one match: الهلال أمام النصر."""


def proven(
    certain: Sequence[ListedMention], doubtful: Sequence[DoubtfulMention], keys: Sequence[str]
) -> list[ListedMention]:
    """Return all mentions of a text in order, the doubtful ones as what the text proves them.

    `keys` are the comparison keys of its words.
    """
    named = {mention.name for mention in certain if mention.rule == "organisation"}
    named |= {each.organisation.name for each in doubtful if _is_behind_club_word(each, keys)}
    text_words = set(keys)
    is_sport = bool(doubtful) and len(text_words & _words("sport")) >= _MIN_SPORT_WORDS
    mentions = list(certain)
    clubs = [each for each in doubtful if each.sort != "short" and not _stands_as_place(each, keys)]
    likely = {
        each.organisation.first
        for each in clubs
        if each.organisation.name in named or (is_sport and each.sort == "club")
    }
    if is_sport:
        likely |= {
            each.organisation.first for each in clubs if _is_beside_club(each, likely, clubs)
        }
    for each in doubtful:
        is_short = each.sort == "short" and (
            each.organisation.name in named or not text_words.isdisjoint(each.proofs)
        )
        if is_short or each.organisation.first in likely:
            mentions.append(each.organisation)
        elif each.otherwise is not None:
            mentions.append(each.otherwise)
    return with_long_names(sorted(mentions, key=lambda mention: mention.first))


def with_long_names(mentions: Sequence[ListedMention]) -> list[ListedMention]:
    """Return mentions, each organisation under the best of the names that the text has for it.

    That is the one to show, or else the longest. وزارة الصحة is وزارة الصحة السعودية where no
    other one is named.
    """
    organisations = [
        each for each in mentions if each.kind == "organisation" and each.rule != "other"
    ]
    written: dict[str, str] = {}
    for each in organisations:
        name = each.written or each.name
        if name.count(" ") == each.name.count(" ") or name.endswith(f" {each.name}"):
            name = each.name  # only spelled otherwise, or behind a word for what it is
        written[each.name] = max(
            written.get(each.name, name),
            name,
            key=lambda form: (form == each.name, form.count(" "), len(form), form),
        )
    longer = longer_names(written.values())
    shown = {name: longer.get(form, form) for name, form in written.items()}
    return [
        each._replace(name=shown[each.name]) if each in organisations else each for each in mentions
    ]


def longer_names(names: Iterable[str]) -> dict[str, str]:
    """Return for names the one other name that begins with them, if there is just one."""
    by_key = {key(name): name for name in sorted(names)}
    longer: dict[str, str] = {}
    for folded, name in by_key.items():
        others = [other for other in by_key if other.startswith(f"{folded} ")]
        if len(others) == 1:
            longer[name] = by_key[others[0]]
    return {name: longer.get(other, other) for name, other in longer.items()}


def _is_behind_club_word(each: DoubtfulMention, keys: Sequence[str]) -> bool:
    first = each.organisation.first
    before = bare_forms(keys[first - 1]) if first else ()
    return each.sort != "short" and not _words("before_club").isdisjoint(before)


def _stands_as_place(each: DoubtfulMention, keys: Sequence[str]) -> bool:
    first = each.organisation.first
    if each.has_clitic and keys[first].startswith(("ب", "وب", "فب")):
        return True
    return bool(first) and keys[first - 1] in _words("before_place")


def _is_beside_club(
    each: DoubtfulMention, likely: Iterable[int], clubs: Sequence[DoubtfulMention]
) -> bool:
    first, last = each.organisation.first, each.organisation.last
    reach = range(first - _MAX_WORDS_BETWEEN - 1, last + _MAX_WORDS_BETWEEN)
    return any(
        other.organisation.first in likely and other.organisation.first in reach
        for other in clubs
        if other.organisation.name != each.organisation.name
    )


@cache
def _words(group: str) -> frozenset[str]:
    return frozenset(words_about_clubs()[group].split())
