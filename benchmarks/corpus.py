"""Made-up articles by the thousand, always the same ones, as long and as linked as real ones."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator, Sequence

from mujaz.arabic.slugs import digest, slug
from mujaz.config import Config
from mujaz.model import Article, Tag, TagKind
from mujaz.site_model import Asset, Page

from tests.support import Collected, compose

_LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"
_PREFIXES = ("", "", "", "ال", "ال", "و", "ب", "لل", "وال")
_SUFFIXES = ("", "", "", "ة", "ات", "ين", "ها", "ي")
_WORDS = 6_000
_PARAGRAPHS = 7
_WORDS_IN_PARAGRAPH = 61
_A_DAY = 40
_NAMES = 300
_SECTIONS = ("محليات", "اقتصاد", "سياسة", "رياضة", "ثقافة", "دولي")
_SOURCES = ("السنديانة", "صدى الرابية", "بريد الواحة", "مرصد المرفأ")
_KINDS: tuple[TagKind, ...] = ("person", "place", "organisation", "topic")
_LAST_DAY = dt.date(2025, 12, 31)


def pages(number: int, config: Config) -> Iterator[Page | Asset]:
    """Yield the pages of a site of `number` articles, with all indexes."""
    yield from compose(Collected(tuple(articles(number)), {}), config)


def articles(number: int) -> list[Article]:
    """Return `number` articles of some 430 words, newest first."""
    random_one = random.Random(7)
    words = [_word(random_one) for _ in range(_WORDS)]
    # A few words are most of a text, as Zipf saw.
    weights = [1 / rank for rank in range(2, _WORDS + 2)]
    names = [f"{_word(random_one)} {_word(random_one)}" for _ in range(_NAMES)]
    tags = [Tag(name, _KINDS[at % 4], 0.9, "model") for at, name in enumerate(names)]
    return [_article(at, random_one, words, weights, tags) for at in range(number)]


def _article(
    at: int,
    random_one: random.Random,
    words: Sequence[str],
    weights: Sequence[float],
    tags: Sequence[Tag],
) -> Article:
    drawn = random_one.choices(words, weights, k=8 + _PARAGRAPHS * _WORDS_IN_PARAGRAPH)
    title = " ".join(drawn[:8])
    paragraphs = tuple(
        _paragraph(drawn[start : start + _WORDS_IN_PARAGRAPH])
        for start in range(8, len(drawn), _WORDS_IN_PARAGRAPH)
    )
    return Article(
        file=f"{at:06}.txt",
        id=digest(str(at), title),
        title=title,
        slug=slug(title),
        paragraphs=paragraphs,
        source=_SOURCES[at % len(_SOURCES)],
        place=tags[at % len(tags)].name if at % 3 else None,
        authors=(" ".join(drawn[8:10]),) if at % 2 else (),
        date=_LAST_DAY - dt.timedelta(at // _A_DAY),
        section=_SECTIONS[at % len(_SECTIONS)],
        summary=paragraphs[0][:180],
        tags=tuple(random_one.sample(tags, at % 5)),
    )


def _paragraph(words: Sequence[str]) -> str:
    """Return words with the marks that news has: commas, quotation marks, a figure, a colon."""
    told = list(words)
    told[9] += "،"
    told[19] += ":"
    told[20] = f"«{told[20]}"
    told[29] += "»،"
    told[39] = f"{told[39]} (45%)"
    return " ".join(told) + "."


def _word(random_one: random.Random) -> str:
    stem = "".join(random_one.choices(_LETTERS, k=random_one.randint(3, 5)))
    return random_one.choice(_PREFIXES) + stem + random_one.choice(_SUFFIXES)
