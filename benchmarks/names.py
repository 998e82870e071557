"""Measures tags of real articles: `MUJAZ_DATA=… python -m benchmarks.names [--errors]`.

Reads `saudi/gold/names.articles.jsonl.gz`, the beginnings of a hundred articles, and
`names.gold.jsonl`, every person, place and organisation that each names (`main`: at most six, those
that it is about), read by hand. All are understood as one collection. Names are equal up to
spelling, head noun and article; a person's short form counts if it is the first and the last part
of the long one, or its beginning.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
import unicodedata
from collections.abc import Sequence
from typing import Any, NamedTuple

from mujaz.model import Article

from benchmarks.data import folder
from benchmarks.records import understood

_TARGETS = {"person": (0.95, 0.75), "place": (0.92, 0.60), "organisation": (0.88, 0.40)}
_DAY = "2015-08-02"
_MARKS = re.compile("[\u064b-\u0652\u0670\u0640]")
_LETTERS = str.maketrans("أإآٱىة", "اااايه")
_SERVANT_OF = re.compile(r"\bعبد ال")
_ARTICLE = "ال"
_HEAD_NOUNS = ("نادي ", "تنظيم ", "منظمه ", "شركه ", "حزب ", "مدينه ", "محافظه ")
_OTHER_NAMES = {
    "مكه المكرمه": "مكه",
    "المدينه المنوره": "المدينه",
    "الولايات المتحده الامريكيه": "اميركا",
    "الولايات المتحده الاميركيه": "اميركا",
    "الولايات المتحده": "اميركا",
    "امريكا": "اميركا",
    "المملكه العربيه السعوديه": "السعوديه",
    "المملكه": "السعوديه",
    "جيزان": "جازان",
    "المملكه المتحده": "بريطانيا",
    "الامارات العربيه المتحده": "الامارات",
}
"""Two names of one place, folded."""
_HOME, _KINGDOM = "السعودية", "المملكة"
"""What readers did not list where it stands alone, and the country that it is."""


class Names(NamedTuple):
    """What is right of one article, and what it was tagged with."""

    text: str
    right: dict[str, list[str]]
    """Names by kind, and `main`."""
    tags: list[tuple[str, str]]
    """Names and kinds, of what is only mentioned too."""
    shown: list[tuple[str, str]]
    """Those that the article's page shows."""


def main() -> None:
    """Print the figures."""
    judged = read_names()
    for kind, (precision, recall) in _TARGETS.items():
        shown = [(name, each) for each in judged for name, k in each.tags if k == kind]
        named = [(name, each) for each in judged for name in each.right[kind]]
        wrong = [name for name, each in shown if not _is_named(name, kind, each)]
        missed = [name for name, each in named if not _is_shown(name, kind, each)]
        right, recalled = 1 - len(wrong) / max(1, len(shown)), 1 - len(missed) / max(1, len(named))
        print(
            f"{kind + 's':<15}P {right:.3f} of {len(shown)} ({precision})  "
            f"R {recalled:.3f} of {len(named)} ({recall})"
        )
        if "--errors" in sys.argv:
            print("   wrong:", "؛ ".join(wrong), "\n   missed:", "؛ ".join(missed))
    _print_main(judged)


def _print_main(judged: Sequence[Names]) -> None:
    main_names = [(name, each) for each in judged for name in each.right["main"]]
    shown = [(tag, each) for each in judged for tag in each.shown]
    named = sum(any(same(tag, n, "person") for tag, _ in each.shown) for n, each in main_names)
    about = sum(any(same(tag, n, kind) for n in each.right["main"]) for (tag, kind), each in shown)
    print(
        f"main names: {named / len(main_names):.3f} of {len(main_names)} shown (.70), "
        f"{about / max(1, len(shown)):.3f} of what is shown are main, "
        f"{len(shown) / len(judged):.1f} names an article (6)"
    )


def read_names() -> list[Names]:
    """Return the articles as they were read by hand, and as they are tagged."""
    gold = folder() / "saudi" / "gold"
    with gzip.open(gold / "names.articles.jsonl.gz", "rt", encoding="utf-8") as lines:
        articles = [json.loads(line) for line in lines]
    lines_of_gold = (gold / "names.gold.jsonl").read_text("utf-8").splitlines()
    right = {line["id"]: line for line in map(json.loads, lines_of_gold)}
    records = [
        {name: each[name] for name in ("title", "text", "source", "url")} | {"date": _DAY}
        for each in articles
    ]
    return [
        Names(f"{article['title']} {article['text']}", right[article["id"]], *_tags(result))
        for article, result in zip(articles, understood(records), strict=True)
    ]


def _tags(result: Any) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    tags = result.tags if isinstance(result, Article) else ()
    named = [tag for tag in tags if tag.kind != "topic"]
    shown = [tag for tag in named if tag.shown]
    return [(tag.name, tag.kind) for tag in named], [(tag.name, tag.kind) for tag in shown]


def _is_named(name: str, kind: str, judged: Names) -> bool:
    is_home = kind == "place" and _bare(name) == _bare(_HOME) and _KINGDOM in judged.text
    return is_home or any(same(name, right, kind) for right in judged.right[kind])


def _is_shown(name: str, kind: str, judged: Names) -> bool:
    return any(k == kind and same(tag, name, kind) for tag, k in judged.tags)


def same(one: str, other: str, kind: str) -> bool:
    """Return whether two names of a kind are one."""
    one, other = _bare(one), _bare(other)
    if one == other:
        return True
    shorter, longer = sorted((one.split(), other.split()), key=len)
    return kind == "person" and len(shorter) > 1 and _is_short_form(shorter, longer)


def _is_short_form(shorter: Sequence[str], longer: Sequence[str]) -> bool:
    is_beginning = [*longer[: len(shorter)]] == [*shorter]
    ends = _without_article(shorter[-1]), _without_article(longer[-1])
    return is_beginning or (shorter[0] == longer[0] and ends[0] == ends[1])


def _bare(name: str) -> str:
    """Return a name as it is compared: folded, without head noun and article."""
    folded = _MARKS.sub("", unicodedata.normalize("NFKC", name)).translate(_LETTERS)
    folded = " ".join(_SERVANT_OF.sub("عبدال", folded).split())
    for head in _HEAD_NOUNS:
        folded = folded.removeprefix(head)
    other = _OTHER_NAMES.get(folded, _OTHER_NAMES.get(_ARTICLE + folded, folded))
    return _without_article(other)


def _without_article(word: str) -> str:
    return word[2:] if word.startswith(_ARTICLE) and len(word) > 4 else word


if __name__ == "__main__":
    main()
