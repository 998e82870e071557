"""Documents of word processors (DOCX): one article, its title or its first line the headline."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lxml import etree

from mujaz.arabic.normalise import fold_spaces
from mujaz.model import Document, Problem, Stated
from mujaz.read.formats.packages.package import Package, PackageError
from mujaz.read.raw import MAX_PAGE_BYTES, Raw

MAX_BYTES = MAX_PAGE_BYTES
_MAIN = "word/document.xml"
_HINT = "save it again as .docx, or its text as .txt"
_SKIPPED = frozenset("del moveFrom instrText delText fldData Fallback rPr".split())
"""What was taken out of a text, what is said a second time, what no reader sees."""
_BREAKS = frozenset({"br", "cr"})
_TITLE_STYLES = frozenset({"title", "heading 1", "heading1", "العنوان"})


def read(raw: Raw) -> Iterator[Document | Problem]:
    """Yield the article in the document `raw`."""
    try:
        package = Package(raw.data)
        root = package.xml(_main_part(package))
        styles = _title_styles(package.xml("word/styles.xml"))
    except PackageError as error:
        yield Problem(raw.name, str(error), _HINT)
        return
    if root is None:
        yield Problem(raw.name, "is a zip file but no document of a word processor", _HINT)
        return
    paragraphs = [each for each in _paragraphs(root, styles) if each[0]]
    title = next((text for text, is_title in paragraphs[:5] if is_title), None)
    lines = [text for text, is_title in paragraphs if not (is_title and text == title)]
    yield Document(
        raw.name,
        "\n".join(lines),
        raw.folder,
        stated={"title": Stated(title, "title of the document")} if title else {},
        has_headline=title is None,
    )


def _main_part(package: Package) -> str:
    """Return the name of the part that has the text: the usual one, or what relations name."""
    if _MAIN in package.names:
        return _MAIN
    relations = package.xml("_rels/.rels")
    for relation in () if relations is None else relations.iter("{*}Relationship"):
        if str(relation.get("Type")).endswith("/officeDocument"):
            return str(relation.get("Target")).lstrip("/")
    return _MAIN


def _title_styles(root: Any) -> frozenset[str]:
    """Return the ids of the styles that titles have; they differ by language."""
    ids = {"Title", "Heading1"}
    for style in () if root is None else root.iter("{*}style"):
        for name in style.iter("{*}name"):
            if (_attribute(name, "val") or "").lower() in _TITLE_STYLES:
                ids.add(_attribute(style, "styleId") or "")
    return frozenset(ids - {""})


def _paragraphs(root: Any, styles: frozenset[str]) -> Iterator[tuple[str, bool]]:
    """Yield the lines of the paragraphs, in tables too, and whether each is styled as a title."""
    walk = etree.iterwalk(root, events=("start",))
    for _, element in walk:
        tag = _tag(element)
        if tag in _SKIPPED:
            walk.skip_subtree()
        elif tag == "p":
            style = element.find("{*}pPr/{*}pStyle")
            is_title = style is not None and _attribute(style, "val") in styles
            for line in "".join(_pieces(element)).split("\n"):
                yield fold_spaces(line), is_title


def _pieces(element: Any) -> Iterator[str]:
    """Yield the texts in a paragraph; those of paragraphs in it stand by themselves."""
    for child in element:
        tag = _tag(child)
        if tag in _SKIPPED or tag == "p" or (tag == "r" and _is_hidden(child)):
            continue
        if tag == "t":
            yield child.text or ""
        elif tag in _BREAKS:
            yield "\n"
        elif tag == "tab":
            yield " "
        elif tag == "noBreakHyphen":
            yield "-"
        else:
            yield from _pieces(child)


def _is_hidden(run: Any) -> bool:
    vanish = run.find("{*}rPr/{*}vanish")
    return vanish is not None and _attribute(vanish, "val") not in ("0", "false")


def _tag(element: Any) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _attribute(element: Any, name: str) -> str | None:
    """Return an attribute, whatever its namespace is called."""
    return next((str(v) for key, v in element.items() if key.rpartition("}")[2] == name), None)
