"""Saved web pages: the article out of the menus, lists and advertisements around it."""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from typing import Any

from mujaz.arabic.calendars import parse_date
from mujaz.arabic.normalise import key, max_cleaned_characters
from mujaz.model import Document, Problem, Stated
from mujaz.read.decoding import declared_charset, decode
from mujaz.read.images import named_images
from mujaz.read.markup import (
    MarkupLine,
    count_attributes,
    letters,
    parse_html,
    text_of_fragment,
    visible_lines,
)
from mujaz.read.metadata import article_body, page_metadata
from mujaz.read.raw import MAX_PAGE_BYTES, Raw

MAX_BYTES = MAX_PAGE_BYTES
_MAX_TAGS = 6_000
"""More takes longer than a page is worth; front pages of large papers have 5,000."""
_MAX_MARKUP_BYTES = 2 * 1024 * 1024
"""Of a page without the pictures embedded in it."""
_MAX_ATTRIBUTES, _MAX_ATTRIBUTES_IN_A_TAG = 50_000, 1_000
"""Of a page: libxml2's time grows with the square of those in one tag."""
_MAX_VISIBLE_CHARACTERS, _MAX_HEADLINE_CHARACTERS = 300_000, 2_000
_EMBEDDED = re.compile(rb"data:[\w/+.-]*;base64,[\w+/=%]+")
_LINES_BEFORE, _LINES_AFTER = 4, 6
"""The headline, among which its day may stand."""
_MAX_CREDIT_CHARACTERS = 80
"""A longer line below the headline begins the text."""
_MIN_LINK_WORDS = 4
"""Of a link whose text is a headline rather than a menu's entry."""
_MIN_LINKED_SHARE = 0.8
"""Letters of a line in links, from which it is one."""
_NOT_IN_HEADLINE = re.compile(r"\d:\d\d|\d[/-]\d+[/-]\d|^\W*[A-Za-z]")
_HEADINGS = ("h1", "h2", "h3")
_SITE_NAME = re.compile(r"\s+[|\-–—»:]+\s+|\s*[|»]\s*")


def read(raw: Raw) -> Iterator[Document | Problem]:
    """Yield the article on the page `raw`. Raises `UndecodableError`."""
    data = _EMBEDDED.sub(b"", raw.data)  # pictures
    heavy = _too_heavy(data)
    root = None if heavy else parse_html(decode(data, raw.charset or declared_charset(data)))
    seen = list(visible_lines(root)) if root is not None else []
    if heavy or sum(max_cleaned_characters(each.text) for each in seen) > _MAX_VISIBLE_CHARACTERS:
        reason = heavy or f"is a page of more than {_MAX_VISIBLE_CHARACTERS:,} characters"
        yield Problem(raw.name, reason, "save the article's text alone, as .txt")
        return
    stated = page_metadata(root) if root is not None else {}
    title = _headline(seen, stated)
    if not seen or title is None:
        yield Problem(raw.name, "is a page without a headline", "save the page of one article")
        return
    body = _body(root, seen, str(title.value))
    if not body:
        hint = "save the page of one article, after it has loaded, and no index of articles"
        yield Problem(raw.name, "is a page without an article's text", hint)
        return
    stated["title"] = title
    day = _day_near_headline(seen, str(title.value))
    if day and "date" not in stated:
        stated["date"] = day
    if raw.address and "address" not in stated:
        stated["address"] = Stated(raw.address, "archive")
    outside = _outside_lines(seen, body, str(title.value))
    yield Document(
        raw.name,
        "\n".join(body),
        raw.folder,
        stated=stated,
        has_headline=False,
        surroundings="\n".join(line.text for line in outside),
        linked=tuple(line.text for line in outside if _is_headline_link(line)),
        images=named_images(root, body, str(title.value)),
    )


def _too_heavy(data: bytes) -> str | None:
    """Return why a page would take too long to read, or None."""
    if len(data) > _MAX_MARKUP_BYTES:
        return f"is a page of {len(data):,} bytes; {_MAX_MARKUP_BYTES:,} is the most"
    tags = data.count(b"<")
    if tags > _MAX_TAGS:
        return f"is a page of {tags:,} tags; {_MAX_TAGS:,} is the most"
    attributes, in_a_tag = count_attributes(data)
    if attributes > _MAX_ATTRIBUTES or in_a_tag > _MAX_ATTRIBUTES_IN_A_TAG:
        return "is a page with more attributes in its tags than any real one"
    return None


def _headline(seen: Sequence[MarkupLine], stated: Mapping[str, Stated]) -> Stated | None:
    """Return the page's headline, in the spelling that readers see.

    Metadata says which heading it is, but loses quotation marks and adds the paper's name; a page
    without metadata has one main heading, or else its window's title.
    """
    headings = [
        line
        for line in seen
        if line.tag in _HEADINGS
        and not line.chrome
        and len(line.text) <= _MAX_HEADLINE_CHARACTERS
        and key(line.text)
    ]
    window = next((line.text for line in seen if line.tag == "title"), "")
    window = window[:_MAX_HEADLINE_CHARACTERS]
    claims = [*([stated["title"]] if "title" in stated else [])]
    claims += [Stated(window, "title of the page")] if window else []
    for claim in claims:
        for heading in headings:
            if _begins_with(str(claim.value), heading.text):
                return Stated(heading.text, f"{claim.rule}, as its heading has it")
    main = [line for line in headings if line.tag == "h1"]
    if "title" not in stated and len(main) == 1:
        return Stated(main[0].text, "heading")
    site = key(str(stated["source"].value)) if "source" in stated else ""
    return next((Stated(_without(site, str(c.value)), c.rule) for c in claims), None)


def _begins_with(claimed: str, heading: str) -> bool:
    """Whether `claimed` is `heading`, with the paper's name after it or not."""
    wanted = letters(heading)
    return letters(claimed) == wanted or any(
        letters(claimed[: match.start()]) == wanted for match in _SITE_NAME.finditer(claimed)
    )


def _without(site: str, title: str) -> str:
    """Return `title` without the name of the site before or after it."""
    parts = list(_SITE_NAME.finditer(title))
    if site and parts and key(title[parts[-1].end() :]) == site:
        return title[: parts[-1].start()]
    if site and parts and key(title[: parts[0].start()]) == site:
        return title[parts[0].end() :]
    return title


def _body(root: Any, seen: Sequence[MarkupLine], title: str) -> list[str]:
    """Return the paragraphs of the article, without its headline and what stands above that."""
    from trafilatura import bare_extraction

    # It reports every page that it finds nothing on; we do that ourselves.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL + 1)
    extraction: Any = bare_extraction(
        deepcopy(root), include_comments=False, include_links=True, with_metadata=False
    )
    body_root = None if extraction is None else extraction.body
    extracted = [] if body_root is None else list(visible_lines(body_root))
    headline_index = _headline_index(seen, title) or 0
    above = {letters(title), *(letters(line.text) for line in seen[:headline_index])}
    while extracted and letters(extracted[0].text) in above:
        del extracted[0]
    body = [line.text for line in extracted if not _is_other_article(line)]
    if not body:
        body = text_of_fragment(article_body(root) or "").split("\n")
    return [text for text in body if key(text)]


def _is_other_article(line: MarkupLine) -> bool:
    """Whether `line` only links elsewhere: extraction leaves lists of related articles in."""
    return line.linked > _MIN_LINKED_SHARE and not line.text.endswith((".", "!", "؟", "»."))


def _day_near_headline(seen: Sequence[MarkupLine], title: str) -> Stated | None:
    """Return the day that stands by itself next to the headline, the nearest if there are several.

    Days elsewhere on a page are those of other articles, or of the visit.
    """
    index = _headline_index(seen, title)
    if index is None:
        return None
    end = index + 1
    while end < min(len(seen), index + _LINES_AFTER + 1):
        if len(seen[end].text) > _MAX_CREDIT_CHARACTERS:
            break
        end += 1
    pieces = [
        (abs(i - index), piece)
        for i in range(max(index - _LINES_BEFORE, 0), end)
        if not seen[i].chrome
        for piece in (*seen[i].pieces, seen[i].text)
    ]
    for _, piece in sorted(pieces, key=lambda each: each[0]):
        day = parse_date(piece)
        if day:
            return Stated(day, "beside the headline")
    return None


def _headline_index(seen: Sequence[MarkupLine], title: str) -> int | None:
    """Return the index of the heading that is the headline, or None if there is no such one."""
    headline = letters(title)
    for index, line in enumerate(seen):
        if line.tag in _HEADINGS and letters(line.text) == headline:
            return index
    return None


def _outside_lines(seen: Sequence[MarkupLine], body: Sequence[str], title: str) -> list[MarkupLine]:
    """Return the lines of the page that are no part of the article."""
    inside = Counter(map(letters, body))
    inside[letters(title)] = len(seen)
    outside = []
    for line in seen:
        text = letters(line.text)
        if inside[text] > 0:
            inside[text] -= 1
        elif text and line.tag != "title":
            outside.append(line)
    return outside


def _is_headline_link(line: MarkupLine) -> bool:
    """Whether `line` is a link that names another article, and no menu's entry or programme."""
    return (
        line.linked > _MIN_LINKED_SHARE
        and line.chrome not in ("nav", "footer")
        and len(line.text.split()) >= _MIN_LINK_WORDS
        and not _NOT_IN_HEADLINE.search(line.text)
    )
