"""The runs of words in a text, as numbers: near-duplicates share many of them."""

from __future__ import annotations

from itertools import chain, islice
from struct import pack, unpack
from typing import Literal, NamedTuple
from zlib import crc32

from mujaz.arabic.normalise import key
from mujaz.arabic.press.columns import is_column, is_of_series
from mujaz.model import Article

_MIN_SHINGLED_WORDS = 25
"""A shorter text is a duplicate only if all of it is, headline included."""
_MIN_JACCARD = 0.55
"""Share of all shingles that both have, from which two texts are one."""
_MIN_CONTAINED_SHARE = 0.85
"""Shared part of the shorter text's shingles from which the longer one holds it."""
_MIN_LENGTH_RATIO = 0.45
"""Of the lengths of a cut and of the longer text."""
_MIN_CUT_SHINGLES = 40
"""Shingles that a text has at least which is a cut, or which another one holds."""
_SMALLEST_KEYS = 12
"""Shingles by which a text is looked up: the smallest, so that texts alike have some in common."""
_KEY_MODULUS = 32
"""One shingle in so many is a key as well, for cuts out of the middle of long texts."""
_END_SHINGLES, _END_KEYS = 60, 4
"""Shingles at either end of a text, and how many of them it is looked up by as well: most cuts
keep one end."""


_MIN_NUMERALS = 3
"""Numbers in each of two texts from which they tell whether these are about one event."""

Relation = Literal["duplicate", "contained"]


class Shingles(NamedTuple):
    """What tells whether a text is that of another article: its words, as numbers."""

    keys: tuple[int, ...]
    """The shingles by which it is looked up; the first stands for all of it."""
    all: tuple[int, ...]
    """Its shingles, the runs of three words, each once."""
    words: tuple[int, ...]
    """The words of headline and body."""
    headline: tuple[int, ...]
    """Words of the headline that the body has as well, but for numerals other than its day's."""
    numerals: tuple[int, ...]
    """The words of the body that are numbers."""
    column_day: int
    """The day of a column or bulletin, counted from the year 1; 0 if it is none, or has no day."""


def shingles(article: Article) -> bytes:
    """Return what tells whether an article's text is that of another one, packed."""
    words = key("\n".join(article.paragraphs)).encode().split()
    title = key(article.title).encode()
    # crc32 and not hash(): the same number in every process. It goes on from word to word.
    ones = list(map(crc32, words))
    if len(words) < _MIN_SHINGLED_WORDS:
        # As one shingle, it is alike only to itself.
        runs = [crc32(b" ".join((title, *words)))]
    else:
        twos = map(crc32, islice(words, 1, None), ones)
        runs = list(map(crc32, islice(words, 2, None), twos))
    numbers = sorted(set(runs))
    whole = crc32(pack(f"<{len(numbers)}I", *numbers))
    keys = {
        *numbers[:_SMALLEST_KEYS],
        *(number for number in numbers if number % _KEY_MODULUS == 0),
        *sorted(set(runs[:_END_SHINGLES]))[:_END_KEYS],
        *sorted(set(runs[-_END_SHINGLES:]))[:_END_KEYS],
    } - {whole}
    day = str(article.date.day).encode() if article.date else b""
    of_title = {crc32(word): word for word in title.split()}
    parts = (
        [whole, *sorted(keys)],
        numbers,
        sorted({*ones, *of_title}),
        sorted(
            number
            for number in of_title.keys() & set(ones)
            if of_title[number] == day or not of_title[number].isdigit()
        ),
        sorted({crc32(word) for word in words if word.isdigit()}),
        [_column_day(article)],
    )
    packed = [*map(len, parts), *chain.from_iterable(parts)]
    return pack(f"<{len(packed)}I", *packed)


def _column_day(article: Article) -> int:
    returns = is_column(article.title) or is_of_series(article.title)
    return article.date.toordinal() if article.date and returns else 0


def unpacked(packed: bytes) -> Shingles:
    """Return what was packed."""
    numbers = iter(unpack(f"<{len(packed) // 4}I", packed))
    sizes = [next(numbers) for _ in Shingles._fields]
    keys, every, words, headline, numerals, (column_day,) = (
        tuple(islice(numbers, size)) for size in sizes
    )
    return Shingles(keys, every, words, headline, numerals, column_day)


def relation(shorter: Shingles, longer: Shingles) -> Relation | None:
    """Return what a text is to another one; None if it is nothing to it.

    A duplicate has the same text, or a cut of it that is near it in length. What is much shorter
    is contained: a statement that a round-up took in is an article of its own.
    """
    shared = len({*shorter.all}.intersection(longer.all))
    size, its_size = len(shorter.all), len(longer.all)
    if shared >= _MIN_JACCARD * (size + its_size - shared):
        return None if tells_otherwise(shorter, longer) else "duplicate"
    if size < _MIN_CUT_SHINGLES or shared < _MIN_CONTAINED_SHARE * size:
        return None
    if size < _MIN_LENGTH_RATIO * its_size:
        return "contained"
    return None if tells_otherwise(shorter, longer) else "duplicate"


def tells_otherwise(one: Shingles, other: Shingles) -> bool:
    """Return whether two texts use one formula for two events: a death, a match, a price.

    Both are columns of different days, or each has in headline and body what the other one has
    nowhere, or most of their numbers are others. A paper that corrects a number in its headline
    still tells the same.
    """
    if one.all == other.all:
        return False
    if one.column_day and other.column_day and one.column_day != other.column_day:
        return True
    if {*one.headline}.difference(other.words) and {*other.headline}.difference(one.words):
        return True
    fewer = min(len(one.numerals), len(other.numerals))
    return fewer >= _MIN_NUMERALS and 2 * len({*one.numerals} & {*other.numerals}) < fewer
