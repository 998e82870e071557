"""The fast readers of Markdown and front matter give what the real ones give, or refuse."""

from __future__ import annotations

import urllib.parse
from typing import Any

import markdown
import markupsafe
import pytest
from hypothesis import given
from hypothesis import strategies as st
from mkdocs.utils import get_relative_url, meta
from mujaz.compose.html import anchor, element
from mujaz.compose.markdown import blocks, escape, external_link, item, link, page_text
from mujaz.compose.permalinks import search_path
from mujaz.publish.render.page import NotInSubset
from mujaz.publish.render.specialise import template
from mujaz.publish.render.specialise.compact_html import compact
from mujaz.publish.render.specialise.front_matter import split
from mujaz.publish.render.specialise.markdown_subset import convert
from mujaz.publish.render.urls import Urls, output_of, relative_url, url_of
from mujaz.site_model import Page
from pymdownx.slugs import slugify

from tests.support import ANY_TEXT, HOSTILE

TARGET = "tags/ا.md"
TEXT = st.one_of(
    st.text("ابتـًa1B .,:\xa0\u200c٣*_#<&-[(!'\"`~\\\u2066\u2069’«»²", max_size=12), HOSTILE
)
ESCAPED = TEXT.map(escape)
ONE_LINE = st.text("اب a1.,:;<>\"'&=/[]()*_`\\~{}|!#%-", max_size=8)
LINKS = st.builds(
    lambda text, target: link(text, target, "a/b.md"), TEXT, st.just(TARGET) | TEXT.map(search_path)
)
MIXED = st.lists(
    st.one_of(
        ESCAPED,
        LINKS,
        st.builds("<{0}>{1}</{0}>".format, st.sampled_from("ins del em strong i".split()), ESCAPED),
        st.builds(external_link, ESCAPED, TEXT),
    ),
    min_size=1,
    max_size=4,
).map(" ".join)
INLINE = st.one_of(ESCAPED, LINKS, MIXED, ESCAPED.map("*{}*".format), ESCAPED.map("**{}**".format))
HEADINGS = st.tuples(st.integers(1, 6), INLINE).map(lambda each: f"{'#' * each[0]} {each[1]}")
BLOCKS = st.one_of(INLINE, HEADINGS)
ITEMS = st.lists(BLOCKS, min_size=1, max_size=4).map(lambda own: item(*own))
INSIDE = "p span a ul li time b h3 summary button table tr td figcaption".split()
ATTRIBUTES = st.dictionaries(
    st.sampled_from(["class_", "aria_label", "href", "id", "hidden"]),
    ONE_LINE | st.none() | st.just(True),
)
EMPTY = st.builds(element, st.sampled_from("img br wbr source".split()), src=ONE_LINE)
WITHIN = st.recursive(
    st.one_of(ESCAPED, EMPTY, ESCAPED.map(lambda shown: anchor(shown, TARGET, "a/b.md"))),
    lambda each: st.builds(
        lambda name, children, attributes: element(name, *children, **attributes),
        st.sampled_from(INSIDE),
        st.lists(each, max_size=3),
        ATTRIBUTES,
    ),
    max_leaves=8,
)
HTML = st.builds(
    lambda name, children, attributes: element(name, *children, **attributes),
    st.sampled_from("section article ol ul div nav details aside figure blockquote p h2".split()),
    st.lists(WITHIN, max_size=3),
    ATTRIBUTES,
)
PARTS = st.one_of(
    BLOCKS,
    HTML,
    st.lists(ITEMS, min_size=1, max_size=4).map("\n".join),
    st.lists(INLINE, min_size=1, max_size=4).map(lambda own: "\n".join(f"- {x}" for x in own)),
)
COMPOSED = st.lists(PARTS, min_size=1, max_size=6).map(blocks)
RAW = st.text("- *#[](x.md)<ins>/|\n    اب1.&;:23a_`~>=!", max_size=40).map(
    lambda text: text + "\n"
)
PIECES = """
    <div> </div> <div/> <p> </p> <hr> <hr/> <br> </br> <b> </b> <a~href="x"> <a~href='x'> </a>
    <title> <p~hidden> <p~a=b> <section~class="<"> </section> <li> </li> <script> </script> <!--
    --> <? <!x> <![CDATA[ < > &#38; &amp; & &#x41; text نص * _ ` [x](x.md) <x@y> " ' = / </ <svg>
    </svg> { } <path~d="M0"/> <textarea> </textarea>
"""
RAW_HTML = st.lists(
    st.sampled_from([*PIECES.split(), "- ", "    ", "~", "\n", "\n\n", "\n\n"]), max_size=9
).map(lambda parts: "".join(parts).replace("~", " ") + "\n")
VALUES = st.recursive(
    st.one_of(
        ANY_TEXT,
        st.sampled_from(
            "1|0.5|2024-01-02|yes|null|~|1e3|0x1f|1:20|- a|a: b|a #b|'x|true||12_3|.5|.inf|1.|=|<<"
            "|6uu|2024-01-02 10:11:12".split("|")
        ),
        st.integers(-5, 10**6),
        st.floats(allow_nan=False),
        st.booleans(),
        st.none(),
        st.dates(),
    ),
    lambda each: st.one_of(
        st.lists(each, max_size=3),
        st.dictionaries(st.sampled_from("title mujaz a_b x date yes n".split()), each, max_size=4),
    ),
    max_leaves=12,
)
KEYS = st.sampled_from("title mujaz a_b x tags date".split())
METAS = st.dictionaries(KEYS, VALUES, min_size=1, max_size=4)
RAW_YAML = st.text("a: b-\n '\"\\[]{}#1٢ي|>&*!%yn~.,\t", max_size=30)
PATHS = st.lists(st.sampled_from(["a", "b", "ج", "index"]), min_size=1, max_size=4).map(
    lambda parts: "/".join(parts) + ".md"
)


def real(body: str) -> str:
    """Return what Python-Markdown and our plugin make of `body`, set up as MkDocs does for us."""
    toc = {"permalink": False, "slugify": slugify(case="lower")}
    extensions = ["toc", "tables", "fenced_code"]
    converter = markdown.Markdown(extensions=extensions, extension_configs={"toc": toc})
    return compact(converter.convert(body))


def same(target: str) -> str:
    return target


def answered(body: str) -> str | None:
    try:
        return convert(body, same)
    except NotInSubset:
        return None


@given(COMPOSED)
def test_composed_markdown_is_converted_as_markdown_does(body: str) -> None:
    assert answered(body) in (None, real(body))


@given(HTML)
def test_blocks_of_html_are_passed_through(block: str) -> None:
    assert answered(f"{block}\n") == compact(block) == real(f"{block}\n")


@given(RAW | RAW_HTML)
def test_any_markdown_is_converted_as_markdown_does_or_refused(body: str) -> None:
    assert answered(body) in (None, real(body))


@pytest.mark.parametrize(
    "body",
    [
        "نص عادي&#58; فيه «علامات» &#38; أرقام 1.5 و٣.\n",
        "## [عنوان](x.md)\n\nنص\n\n## عنوان\n\n## عنوان\n",
        "- [أ](x.md)\n- ب: 3\n",
        "- وحيد\n",
        "- **قسم**\n\n    ### [خبر](x.md)\n\n    موجز.\n\n    *مصدر · 1 آب*\n\n- ### [آخر](x.md)\n",
        "كان <del>قديم</del> <ins>جديد</ins> هنا\n",
        "[أ](x.md) · [ب](y.md)\n",
        '<div><p>أ <a href="../ب/">ج</a></p><img src="x.avif" alt=""></div>\n\n- أ\n\nب\n',
        '<h2 id="x">أ</h2>\n\n<section><h2 id="y">ب</h2></section>\n',
        '<p lang="en" dir="ltr">A <strong>b</strong></p>\n\n<span lang="en">C</span> نص\n',
        "- **أشخاص** [ليلى](../search.md?q=ليلى+ن) [C&#43;&#43;](../search.md?q=C%2B%2B)\n",
    ],
)
def test_what_compose_writes_is_not_refused(body: str) -> None:
    assert answered(body) == real(body)


@pytest.mark.parametrize(
    "body",
    [
        *("أ\n\n\nب\n", "أ\n\n\n\nب\n", "\n\nأ\n", "أ\u2028ب\n", "أ\ufffe\n", "أ\x85\n"),
        *("", "\n", "نص", "نص\n\n", "\nنص\n", "أ\nب\n", "1. أ\n", "٣. أ\n", "# \n", "    رمز\n"),
        *("- أ\n\n- ب\n- ج\n", "- أ\n- ب\n\n- ج\n", "- أ\n    ب\n", "* أ\n", "> أ\n", "***أ***\n"),
        *("`أ`\n", "أ  \n", " أ\n", "<div>أ</div> ب\n", "<p>أ</div>\n", "- <p>أ</p>\n"),
        *("<div>أ</div><p>ب</p>\n", "<script>1</script>\n", "<div>\nأ</div>\n", "<hr>\n"),
        *("[أ](http://x)\n", "&amp;\n"),
        *(
            "[أ](x.md 'ع')\n",
            "![أ](x.md)\n",
            "|أ|ب|\n",
            "أ *ب* ج\n",
            "{: #x}\n",
            "\x02\n",
            "&#1;\n",
        ),
    ],
)
def test_what_is_not_surely_known_is_refused(body: str) -> None:
    assert answered(body) is None


@given(METAS)
def test_front_matter_is_read_as_mkdocs_does(found: dict[str, Any]) -> None:
    text = page_text(Page("x.md", found, "نص\n"))
    check_front_matter(text)


@given(RAW_YAML)
def test_any_front_matter_is_read_as_mkdocs_does_or_refused(text: str) -> None:
    check_front_matter(f"---\n{text}\n---\n\nنص\n")


def check_front_matter(text: str) -> None:
    try:
        found, body = split(text)
    except NotInSubset:
        return
    assert repr((body, found)) == repr(meta.get_data(text))


def test_our_front_matter_is_not_refused() -> None:
    found = {
        "title": "عنوان: فيه «علامات» و'اقتباس'",
        "date": {"created": "2025-07-14"},
        "tags": ["حلب", "1800 عدّاء"],
        "mujaz": {
            "confidence": 0.95,
            "excerpt": True,
            "span": [0, 12],
            "also": [],
            "tags": [{"name": "حلب", "kind": "place", "span": [1, 2], "also": ["ح"]}],
            "provenance": {"title": {"rule": "headline: first", "span": [0, 4]}, "place": {}},
            "sidebar_raw": 'سطر\nآخر \\ "هنا"\n\n- وثالث: ',
            "json_ld": '{"@context":"it\'s"}',
        },
    }
    assert split(page_text(Page("x.md", found, "نص\n"))) == (found, "نص\n")


@given(ANY_TEXT)
def test_text_is_escaped_as_jinja_does(text: str) -> None:
    assert template.escape_html(text) == str(markupsafe.escape(text))


@given(PATHS, PATHS)
def test_addresses_are_those_of_mkdocs(one: str, other: str) -> None:
    from mkdocs.structure.files import File

    here, there = (File(path, "docs", "site", True) for path in (one, other))
    assert (url_of(one), output_of(one)) == (here.url, here.dest_uri)
    assert relative_url(there.url, here.url) == get_relative_url(there.url, here.url)


@given(PATHS | st.text("ا\u200f\xa0\u0301٣½ %&+#?aZ.-", min_size=1, max_size=6).map("{}.md".format))
def test_addresses_are_read_from_what_mkdocs_writes(path: str) -> None:
    link = '<a href="{}x/?q=%D8%A7">'
    assert compact(link.format(url_of(path))) == link.format(Urls([path])[path])
    assert urllib.parse.unquote(Urls([path])[path]) == urllib.parse.unquote(url_of(path))


@pytest.mark.parametrize(
    ("html", "compacted"),
    [
        ('<a href="../%D8%A7%20%25D8/?q=%D8%A7">', '<a href="../ا%20%25D8/?q=%D8%A7">'),
        ('<a href="%D8/%D8%A7%FF">', None),
        ('<a href="http://x/%D8%A7">', None),
        ("&#35;&#45;&#33;&#126;&#60;&#62;&#38;&#34;&#39;", "#-!~&#60;&#62;&#38;&#34;&#39;"),
        ('<ul>\n<li>\n<h3 id="x_1">أ</h3>', "<ul>\n<li>\n<h3>أ</h3>"),
        ('<section><h2 id="x">أ</h2></section>', None),
        ("&#1575;&#9;&#4;&amp;#42;", None),
    ],
)
def test_html_is_said_in_fewer_bytes(html: str, compacted: str | None) -> None:
    assert compact(html) == (html if compacted is None else compacted)
