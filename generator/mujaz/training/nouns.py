"""Compiles the list of nouns and adjectives, and how often texts return to noun phrases.

`MUJAZ_DATA=… python -m mujaz.training.nouns` reads the words of wordfreq and of `ant.jsonl.gz`
(`title`, `text` a line) in that folder, then the phrases of that and of `sanad.jsonl.gz` (`text` a
line; or the file that `MUJAZ_SANAD` names). It writes `nouns.bin` and `phrases.bin` in
`generator/mujaz/data/`. Needs the extra `training`.
"""

from __future__ import annotations

import math
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from mujaz.arabic.normalise import word_key
from mujaz.arabic.phrases import split_words
from mujaz.data.lookup import laid_out
from mujaz.enrich.keyphrases.noun_phrases import noun_phrases
from mujaz.enrich.keyphrases.returns import phrase_name
from mujaz.training import ARTICLES, data_folder, json_records

HERE = Path(__file__).parent.parent / "data"
_MIN_ARTICLES = 8
"""That have a phrase, from which it is counted by itself; below, its words say what it is like."""
_WORD_PRIOR = 20
"""Articles that a first or last word is taken to have had before, with the usual share."""
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


def returns(articles: Iterable[str]) -> Mapping[str, str]:
    """Return how many articles have each phrase, and how many return to it, by its `phrase_name`.

    What an article is about it names again; «سير العمل» it does not. For the first word of phrases,
    marked by `<`, and the last one, by `>`, it is the logarithm of the odds that an article returns
    to such a phrase, less that of any phrase, which stands under an empty name, in hundredths.
    """
    have: Counter[str] = Counter()
    again: Counter[str] = Counter()
    for text in articles:
        counts = Counter(
            " ".join(each.keys) for line in text.split("\n") for each in noun_phrases(line)
        )
        have.update(counts.keys())
        again.update(phrase for phrase, count in counts.items() if count > 1)
    usual = (again.total() + 1) / (have.total() + 2)
    entries = {
        phrase_name(phrase): f"{count} {again[phrase]}"
        for phrase, count in have.items()
        if count >= _MIN_ARTICLES
    }
    for mark, place in (("<", 0), (">", -1)):
        have_word: Counter[str] = Counter()
        again_word: Counter[str] = Counter()
        for phrase, count in have.items():
            word = phrase.split()[place]
            have_word[word] += count
            again_word[word] += again[phrase]
        for word, count in have_word.items():
            if count >= _MIN_ARTICLES:
                share = (again_word[word] + usual * _WORD_PRIOR) / (count + _WORD_PRIOR)
                entries[mark + word] = str(_hundredths(share) - _hundredths(usual))
    return {**entries, "": str(_hundredths(usual))}


def _hundredths(share: float) -> int:
    """Return the logarithm of the odds of a share in hundredths."""
    return round(100 * math.log(share / (1 - share)))


def articles_in_print() -> Iterator[str]:
    """Yield the texts of the articles."""
    for record in json_records(data_folder() / ARTICLES):
        yield f"{record['title']}\n{record['text']}"
    sanad = Path(os.environ.get("MUJAZ_SANAD") or data_folder() / "sanad.jsonl.gz")
    for record in json_records(sanad):
        yield record["text"]


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
    """Write the files."""
    words = nouns(articles_by_word(data_folder() / ARTICLES)) | nouns(in_print())
    for name, entries in (
        ("nouns", dict.fromkeys(words, "")),
        ("phrases", returns(articles_in_print())),
    ):
        path = HERE / f"{name}.bin"
        path.write_bytes(laid_out(entries))
        print(f"{len(entries)} {name}, {path.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
