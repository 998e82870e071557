"""Articles that their author marked up: what is allowed is written out, all else is text."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st
from mujaz.arabic.normalise import fold_spaces
from mujaz.compose.articles.body import body_parts
from mujaz.compose.markdown import blocks
from mujaz.model import Article, Document, Markup, Problem, Run
from mujaz.parse import draft, learn_vocabulary, parse_article
from mujaz.read.formats.markdown import read
from mujaz.read.raw import Raw

from tests.support import HOSTILE, cases, sample, without_isolates

_KINDS = ("text", "heading", "bullet", "number", "quote", "head row", "row")
_NO_WORDS = re.compile(r'[\s"“”«»<>]')
"""White space and quotation marks, which pages set."""
_ALLOWED = set("p h2 ul ol li blockquote div table tr th td strong em code a".split())


class _Shown(HTMLParser):
    """The text of a page, its elements, and where its links lead."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text, self.elements = "", list[str]()
        self.links = list[str]()
        self.feed(markdown.markdown(text, extensions=["toc", "tables", "fenced_code"]))
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        self.links += [str(value) for name, value in attrs if name == "href"]
        assert {name for name, _ in attrs} <= set(
            "class href rel role aria-label tabindex scope".split()
        )

    def handle_data(self, data: str) -> None:
        self.text += data


def _article(text: str) -> Article:
    (document,) = read(Raw("a.md", text.encode()))
    assert isinstance(document, Document)
    page = draft(document)
    article = parse_article(page, learn_vocabulary([page], ("السنديانة",)))
    assert not isinstance(article, Problem)
    return article


def _shown(article: Article) -> _Shown:
    return _Shown(blocks(each for part in body_parts(article) for each in part))


@pytest.mark.parametrize("case", cases("markup", "articles"))
def test_markup(case: dict[str, Any]) -> None:
    article = _article("# افتتاح مكتبة السوق\n\n" + case["markdown"])
    assert list(article.paragraphs) == case["paragraphs"]
    shown = _shown(article)
    assert shown.elements == case["elements"].split()
    assert shown.links == case.get("links", [])


RUNS = st.builds(
    Run,
    HOSTILE.map(fold_spaces).filter(bool),
    st.sampled_from(["", "strong", "em", "code", "strong em"]),
    st.sampled_from(["", "https://mujaz.example/?a=[x](y)&b='\"<>*_`", "http://x.example/a)b"]),
)


@given(
    st.lists(
        st.tuples(
            st.sampled_from(_KINDS), st.lists(RUNS, min_size=1, max_size=3), st.integers(0, 3)
        ),
        min_size=1,
        max_size=5,
    )
)
def test_any_markup_of_any_text(given_blocks: list[tuple[Any, list[Run], int]]) -> None:
    markup = tuple(Markup(kind, tuple(runs), level) for kind, runs, level in given_blocks)
    paragraphs = tuple("".join(run.text for run in each.runs) for each in markup)
    shown = _shown(sample(1, paragraphs=paragraphs, markup=markup))
    assert set(shown.elements) <= _ALLOWED
    as_written, as_set = (without_isolates(each) for each in ("".join(paragraphs), shown.text))
    assert _NO_WORDS.sub("", as_set) == _NO_WORDS.sub("", as_written)
    addresses = [run.address for each in markup for run in each.runs if run.address]
    assert shown.links == addresses
