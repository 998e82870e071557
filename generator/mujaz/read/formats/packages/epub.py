"""Electronic books (EPUB), as programs make of papers: each chapter that is long enough."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import unquote

from mujaz.arabic.normalise import fold_spaces
from mujaz.model import Document, Problem, Stated
from mujaz.read.decoding import UndecodableError, declared_charset, decode
from mujaz.read.fields import date_of
from mujaz.read.formats.packages.package import Package, PackageError
from mujaz.read.markup import MarkupLine, count_attributes, parse_html, visible_lines
from mujaz.read.raw import MAX_PAGE_BYTES, Raw
from mujaz.read.stated.authors import authors_of
from mujaz.read.stated.site_names import SiteNames
from mujaz.read.titles import MIN_ARTICLE_WORDS, word_count

MAX_BYTES = 3 * MAX_PAGE_BYTES
_MAX_CHAPTERS, _MAX_TAGS, _MAX_ATTRIBUTES_IN_A_TAG = 1_000, 60_000, 1_000
_HINT = "save the articles of the book as .html or .txt"
_HEADINGS = ("h1", "h2", "h3")
_MIN_LINKED_SHARE = 0.8
_CONTAINER = "META-INF/container.xml"


def read(raw: Raw) -> Iterator[Document | Problem]:
    """Yield the articles in the book `raw`, and one Problem that counts the other chapters."""
    try:
        package = Package(raw.data)
        folder, book = _book(package)
        if book is None:
            yield Problem(raw.name, "is a zip file but no electronic book", _HINT)
            return
        chapters = _read_chapters(package, _chapters(folder, book))
    except PackageError as error:
        yield Problem(raw.name, str(error), _HINT)
        return
    counts = [_words(lines) for lines in chapters]
    long_enough = [
        lines for lines, count in zip(chapters, counts, strict=True) if count >= MIN_ARTICLE_WORDS
    ]
    single = len(long_enough) == 1
    stated = _stated(book, single=single)
    for number, lines in enumerate(long_enough, 1):
        name = raw.name if single else f"{raw.name}#{number}"
        yield _article(lines, stated, Document(name, "", raw.folder))
    short = sum(0 < count < MIN_ARTICLE_WORDS for count in counts)
    if short or not long_enough:
        subject = "1 chapter is" if short == 1 else f"{short:,} chapters are"
        reason = f"{subject} too short to be articles, of {len(chapters):,}: fewer than"
        hint = "nothing need be done if these are covers and lists" if long_enough else _HINT
        yield Problem(raw.name, f"{reason} {MIN_ARTICLE_WORDS} words", hint)


def _book(package: Package) -> tuple[str, Any]:
    """Return the folder of the part that describes the book, and its root element."""
    container = package.xml(_CONTAINER)
    for file in () if container is None else container.iter("{*}rootfile"):
        name = str(file.get("full-path"))
        return posixpath.dirname(name), package.xml(name)
    return "", None


def _chapters(folder: str, book: Any) -> list[str]:
    """Return the names of the parts that one reads, in order. Raises `PackageError`."""
    items = {item.get("id"): item for item in book.iter("{*}item")}
    names: list[str] = []
    for reference in book.iter("{*}itemref"):
        item = items.get(reference.get("idref"))
        if item is None or reference.get("linear") == "no":
            continue
        if "nav" not in (item.get("properties") or "").split():
            path = unquote(item.get("href") or "").partition("#")[0]
            names.append(posixpath.normpath(posixpath.join(folder, path)))
    if len(names) > _MAX_CHAPTERS:
        raise PackageError(f"has {len(names):,} chapters; {_MAX_CHAPTERS:,} is the most")
    return list(dict.fromkeys(names))


def _read_chapters(package: Package, names: Sequence[str]) -> list[list[MarkupLine]]:
    """Return the lines of each chapter. Raises `PackageError`."""
    tags = 0
    chapters = []
    for name in names:
        data = package.part(name)
        tags += data.count(b"<")
        if tags > _MAX_TAGS:
            raise PackageError(f"has chapters of more than {_MAX_TAGS:,} tags")
        if count_attributes(data)[1] > _MAX_ATTRIBUTES_IN_A_TAG:
            raise PackageError(f"has a chapter with more attributes in a tag than any, `{name}`")
        chapters.append(_lines(data))
    return chapters


def _lines(data: bytes) -> list[MarkupLine]:
    """Return the lines of a chapter, without its window's title. Raises `PackageError`."""
    try:
        root = parse_html(decode(data, declared_charset(data))) if data.strip() else None
    except UndecodableError as error:
        raise PackageError(f"has a chapter that {error}") from None
    return [] if root is None else [each for each in visible_lines(root) if each.tag != "title"]


def _words(lines: list[MarkupLine]) -> int:
    """Return how many words of a chapter are no links: tables of contents have few."""
    return sum(word_count(line.text) for line in lines if line.linked < _MIN_LINKED_SHARE)


def _article(lines: list[MarkupLine], stated: dict[str, Stated], empty: Document) -> Document:
    heading = next((line for line in lines if line.tag in _HEADINGS), None)
    texts = [line.text for line in lines if line is not heading]
    fields = dict(stated)
    if heading is not None:
        fields["title"] = Stated(heading.text, "heading")
    return Document(
        empty.file,
        "\n".join(texts),
        empty.folder,
        stated=fields,
        has_headline="title" not in fields,
    )


def _stated(book: Any, *, single: bool) -> dict[str, Stated]:
    """Return what the book states of its only article, or of all of them."""

    def texts(name: str) -> list[str]:
        elements = book.iterfind(".//{http://purl.org/dc/elements/1.1/}" + name)
        return [text for each in elements if (text := fold_spaces("".join(each.itertext())))]

    title, publisher = (next(iter(texts(name)), None) for name in ("title", "publisher"))
    values = {
        "title": title if single else None,
        "source": publisher,
        "authors": authors_of(texts("creator"), SiteNames([publisher])) if single else (),
        "date": next(filter(None, map(date_of, texts("date"))), None),
    }
    return {name: Stated(value, "book") for name, value in values.items() if value}
