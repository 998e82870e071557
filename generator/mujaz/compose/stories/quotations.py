"""Who said what: quotations of an article, word for word, whose speaker its text names for sure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from mujaz.arabic.normalise import word_key
from mujaz.compose.stories.sentences import stems_of
from mujaz.data import table
from mujaz.model import Article

_MIN_WORDS, _MAX_WORDS = 6, 60
"""Of a quotation: fewer are a name or a phrase, more are a document."""
_GOOD_LENGTH = 20
"""Stems of a quotation that is read with ease and says something."""
_MAX_SHARED = 0.6
"""Share of the stems of the shorter of two quotations that both have; with more, they are one."""
_MAX_SPEAKER_WORDS = 12
_MAX_WORDS_BETWEEN = 14
"""Between the speaker and what is said: where and when it was said."""
_QUOTATION = re.compile('«([^«»]+)»|“([^“”]+)”|"([^"]+)"')
_WORD = re.compile(r"\w[\w\u064b-\u0652\u0640]*[.]?|[،,:؛.!؟?()\[\]/–—-]")
_CLAUSE_END = re.compile(r"[.!؟?؛]\s|[«»“”\"]")
_CUT = ("…", "..", "(", "[")


@dataclass(frozen=True, slots=True)
class Quotation:
    """What somebody said, as one article has it."""

    said: str
    """The words between the marks, as written."""
    speaker: str
    """As the text names whoever says it."""
    article_id: str
    source: str
    """The source of the article; empty if unknown."""


def quotations_of(article: Article) -> Iterator[Quotation]:
    """Yield what an article quotes, in its order, where its text says beyond doubt who speaks."""
    people = _names(article)
    for paragraph in article.paragraphs:
        end = 0
        for match in _matches(paragraph):
            said = next(filter(None, match.groups())).strip()
            if _MIN_WORDS <= len(said.split()) <= _MAX_WORDS and _is_whole(said):
                speaker = _speaker(paragraph[end : match.start()], people)
                if speaker:
                    yield Quotation(said, speaker, article.id, article.source or "")
            end = match.end()


def best_quotations(quotations: Iterable[Quotation], limit: int) -> list[Quotation]:
    """Return the quotations to show, `limit` at the most, in their order.

    None says what another one says. Whoever speaks is heard once before anybody is twice, and those
    of a readable length come first.
    """
    distinct: list[tuple[frozenset[str], Quotation]] = []
    for each in quotations:
        stems = stems_of(each.said)
        if not any(len(stems & other) / len(stems | other) > _MAX_SHARED for other, _ in distinct):
            distinct.append((stems, each))
    ranked = sorted(
        range(len(distinct)), key=lambda place: abs(len(distinct[place][0]) - _GOOD_LENGTH)
    )
    turns: dict[str, int] = {}
    turn_of: list[tuple[int, int, int]] = []
    for rank, place in enumerate(ranked):
        name = distinct[place][1].speaker.split()[-1]
        turns[name] = turns.get(name, 0) + 1
        turn_of.append((turns[name], rank, place))
    return [distinct[place][1] for place in sorted(place for *_, place in sorted(turn_of)[:limit])]


def _is_same(stems: frozenset[str], others: frozenset[str]) -> bool:
    return len(stems & others) > _MAX_SHARED * min(len(stems), len(others))


def _matches(paragraph: str) -> Iterator[re.Match[str]]:
    """Yield the quotations of a paragraph; none with typed marks if these do not pair for sure."""
    are_paired = paragraph.count('"') % 2 == 0
    for match in _QUOTATION.finditer(paragraph):
        if match[3] is None or (are_paired and match[3].strip() == match[3]):
            yield match


def _is_whole(said: str) -> bool:
    return not said.startswith(_CUT) and not said.endswith((*_CUT, "،", ":"))


def _speaker(before: str, people: Sequence[Sequence[str]]) -> str:
    """Return who says what stands behind `before`, as it names them; empty if nobody is sure."""
    clause = _CLAUSE_END.split(before)[-1]
    words = [(match[0], _form(match[0])) for match in _WORD.finditer(clause)]
    starts = [index for index, (_, form) in enumerate(words) if _is_saying(form)]
    if not starts:
        return ""
    after = words[starts[-1] + 1 :]
    length = _length_of_name([form for _, form in after], people)
    named, rest = after[:length], [form for _, form in after[length:]]
    if not 0 < length <= _MAX_SPEAKER_WORDS or len(rest) > _MAX_WORDS_BETWEEN:
        return ""
    if any(form in _words("that") for form in rest[:-1]):
        return ""  # the quotation is a part of what is said
    forms = [form for _, form in named]
    if forms[-1] in _words("unfinished") or not _is_speaker(forms, people):
        return ""
    return " ".join(word for word, _ in named)


def _form(word: str) -> str:
    """Return the comparison form of a word, in which a name and a preposition differ."""
    return "على" if word == "على" else word_key(word.rstrip("."))


def _length_of_name(forms: Sequence[str], people: Sequence[Sequence[str]]) -> int:
    """Return how many of some words, those behind a verb of saying, name the speaker."""
    for index, form in enumerate(forms):
        if form == "في" and index and forms[index + 1 : index + 2]:
            has_name = any(set(name) <= set(forms[:index]) for name in people)
            if has_name or forms[index + 1] in _words("occasions"):
                return index
        elif not form[:1].isalnum() or form in _words("after_speakers"):
            return index
    return len(forms)


def _is_saying(form: str) -> bool:
    verbs = _words("saying")
    return form in verbs or (form[:1] in ("و", "ف") and form[1:] in verbs)


def _is_speaker(forms: Sequence[str], people: Sequence[Sequence[str]]) -> bool:
    """Whether words name somebody: a person that the article is tagged with, or an office."""
    first = forms[0]
    if first in _words("no_speakers"):
        return False
    if first in _words("offices") or first in _words("unnamed"):
        return len(forms) > 1
    named = (name for name in people if first in name)
    return any(set(forms) <= set(name) or set(name) <= set(forms) for name in named)


def _names(article: Article) -> list[list[str]]:
    """Return the names of the persons that an article is tagged with, as forms of their words."""
    persons = [tag for tag in article.tags if tag.kind == "person"]
    names = (name for tag in persons for name in (tag.name, *tag.also))
    return [[word_key(word) for word in name.split()] for name in names]


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(map(_form, table("story_words")[name]))
