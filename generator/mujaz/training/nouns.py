"""Compiles the list of nouns and adjectives: `MUJAZ_DATA=… python -m mujaz.training.nouns`.

Reads the words of `ant.jsonl.gz` (`title`, `text` a line) in that folder and those of wordfreq, and
writes `generator/mujaz/data/nouns.bin`. Needs the extra `training`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from mujaz.arabic.normalise import word_key
from mujaz.arabic.phrases import split_words
from mujaz.data.lookup import laid_out
from mujaz.training import ARTICLES, data_folder, json_records

OUT = Path(__file__).parent.parent / "data" / "nouns.bin"
_SHARE = 1e-7
"""Of all words in print, what counts as once: what is less common is as often a slip as a word."""
_MAX_LETTERS = 17


def nouns(counts: Mapping[str, int]) -> frozenset[str]:
    """Return the words, without article, that are nouns or adjectives.

    `counts` say by word how often it stands in print. Forms such as `التقى` only seem to have an
    article: they hardly occur behind a preposition, or without it.
    """
    stems = set()
    for word, definite in counts.items():
        if not word.startswith("ال") or len(word) < 5:
            continue
        stem = word[2:]
        bare = counts.get(stem, 0)
        behind = counts.get("لل" + stem, 0) + counts.get("بال" + stem, 0)
        if definite + behind >= 2 and definite >= 0.03 * bare and (bare or behind):
            stems.add(stem)
    return frozenset(stems)


def articles_by_word(path: Path) -> Counter[str]:
    """Return how many of the articles in a file of JSON lines have each word."""
    counts: Counter[str] = Counter()
    for record in json_records(path):
        counts.update({*split_words(record["title"]).keys, *split_words(record["text"]).keys})
    return counts


def in_print() -> Mapping[str, int]:
    """Return how common words are, in ten-millionths of all words in print. Source: wordfreq."""
    from wordfreq import get_frequency_dict  # only here: the rest can be tested without it

    shares: Counter[str] = Counter()
    for word, share in get_frequency_dict("ar", "best").items():
        folded = word_key(word)
        if folded.isalpha() and len(folded) <= _MAX_LETTERS:
            shares[folded] += share
    return {word: count for word, share in shares.items() if (count := round(share / _SHARE))}


def main() -> None:
    """Write the file."""
    words = nouns(articles_by_word(data_folder() / ARTICLES)) | nouns(in_print())
    OUT.write_bytes(laid_out(dict.fromkeys(words, "")))
    print(f"{len(words)} nouns, {OUT.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
