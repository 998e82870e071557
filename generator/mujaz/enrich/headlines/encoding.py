"""How the tables hold lines: compressed texts and headlines, and hashes of word n-grams."""

from __future__ import annotations

import json
import zlib
from array import array
from collections.abc import Iterable
from functools import lru_cache
from hashlib import blake2b

from mujaz.model import Headline

_HASH_FACTOR = 0x5851F42D4C957F2D
_HASH_MASK = (1 << 63) - 1
"""Bits of an integer that SQLite can hold, without its sign."""


def compress(text: str) -> bytes:
    """Return a text compressed; the same text always gives the same bytes."""
    return zlib.compress(text.encode("utf-8", "surrogatepass"), 1)


def decompress(compressed: bytes) -> str:
    """Return the text that `compress` was given."""
    return zlib.decompress(compressed).decode("utf-8", "surrogatepass")


def compress_headlines(headlines: Iterable[Headline]) -> bytes:
    """Return headlines compressed; the same headlines always give the same bytes."""
    fields = [(each.text, each.confidence, each.article) for each in headlines]
    return compress(json.dumps(fields, ensure_ascii=False))


def decompress_headlines(compressed: bytes) -> list[Headline]:
    """Return the headlines that `compress_headlines` was given."""
    return [Headline(*fields) for fields in json.loads(decompress(compressed))]


def ngram_hashes(words: Iterable[str], length: int) -> array[int]:
    """Return the hash of each n-gram of `length` words, in order, the same on any machine.

    The hash is a polynomial of the hashes of the words, so that each n-gram costs no more than a
    word.
    """
    hashes = [*map(_word_hash, words)]
    leaving_factor = pow(_HASH_FACTOR, length - 1, _HASH_MASK + 1)
    value = 0
    ngrams = array("q")
    for i, word_hash in enumerate(hashes):
        if i >= length:
            value -= hashes[i - length] * leaving_factor
        value = (value * _HASH_FACTOR + word_hash) & _HASH_MASK
        if i >= length - 1:
            ngrams.append(value)
    return ngrams


def hashes_from_bytes(stored: bytes) -> array[int]:
    """Return the n-gram hashes whose `tobytes` was stored."""
    hashes = array("q")
    hashes.frombytes(stored)
    return hashes


@lru_cache(maxsize=20_000)
def _word_hash(word: str) -> int:
    digest = blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "little")
