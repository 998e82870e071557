"""Compiles the table of frequent stems: `MUJAZ_DATA=… python -m benchmarks.frequent_stems`.

Run it again whenever the stemmer changes. It counts in how many articles of `ant.jsonl.gz` each
stem stands; the result is committed, as a small collection cannot tell common words from rare ones.
"""

from __future__ import annotations

import gzip
import json
from collections import Counter
from pathlib import Path

import mujaz.data
from mujaz.arabic.phrases import split_words
from mujaz.arabic.stems import stem

from benchmarks.data import folder

_LEAST = 0.01
"""Share of articles from which a stem is listed."""
_HEAD = """\
# Stems in at least 1% of news articles, and the share of articles they stand in, in thousandths.
# Counted over the ANT corpus v1.1 (Apache-2.0) by benchmarks/frequent_stems.py.
"""


def main() -> None:
    """Write the table."""
    with gzip.open(folder() / "ant.jsonl.gz", "rt", encoding="utf-8") as lines:
        articles = [json.loads(line) for line in lines]
    counts: Counter[str] = Counter()
    for article in articles:
        keys = split_words(f"{article['title']} {article['text']}").keys
        counts.update({stem(key) for key in keys})
    total = len(articles)
    found = [(n, word) for word, n in counts.items() if n >= _LEAST * total]
    rows = [f"{word}\t{round(1000 * n / total)}" for n, word in sorted(found, reverse=True)]
    path = Path(mujaz.data.__file__).parent / "frequent_stems.tsv"
    path.write_text(_HEAD + "\n".join(["stem\tshare", *rows]) + "\n", "utf-8")
    print(f"{len(rows)} stems of {len(counts)}, from {total} articles")


if __name__ == "__main__":
    main()
