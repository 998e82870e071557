"""Opens one file, if that is safe, and has the reader of its format take the articles out of it."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from importlib import import_module
from pathlib import Path

from mujaz.model import Document, Problem
from mujaz.read import corrections as editor
from mujaz.read.decoding.decode import UndecodableError, decode
from mujaz.read.formats import plain
from mujaz.read.raw import MOST_ARCHIVE_BYTES, Format, Raw, read_bytes

FORMATS: Mapping[str, Sequence[str]] = {
    "plain": (".txt", ".text", ""),
    "markdown": (".md", ".markdown"),
    "html": (".html", ".htm", ".xhtml"),
    "feed": (".xml", ".rss", ".atom", ".rdf"),
    "json_records": (".json", ".jsonl", ".ndjson"),
    "warc": (".warc",),
}
"""Every format that is understood, a module of `formats`, and how names of its files end. A
module is loaded with the first file of its format: some need large libraries."""
SIDECARS = (".yml", ".yaml")
_ZIPPED = ".gz"
_LONGEST_TEXT = 1_500_000
"""Characters of one article; a long novel has fewer."""
_OF_ONE_ARTICLE = frozenset({"title", "address"})
"""Fields that a sidecar cannot give to several articles at once."""


_BY_SUFFIX = {suffix: name for name, suffixes in FORMATS.items() for suffix in suffixes}


def _reader(name: str | None) -> Format | None:
    """Return the module that reads a format."""
    return name and import_module(f"mujaz.read.formats.{name}")  # type: ignore[return-value]


def split_name(name: str) -> tuple[str, str]:
    """Return a file's name without what tells its format, and that in lower case, unzipped."""
    unzipped = name[: -len(_ZIPPED)] if name.lower().endswith(_ZIPPED) else name
    stem, _, suffix = unzipped.rpartition(".")
    return (stem, f".{suffix.lower()}") if stem and suffix else (unzipped, "")


def read(
    path: Path, name: str, root: Path, sidecar: Path | None = None
) -> Iterator[Document | Problem]:
    """Yield the articles in the file at `path`, or why it has none.

    It is only read if it is a regular file inside `root`. What `sidecar` says corrects them.
    """
    form = _reader(_BY_SUFFIX.get(split_name(path.name)[1]))
    data = read_bytes(path, name, root, form.MOST if form else MOST_ARCHIVE_BYTES)
    if isinstance(data, Problem):
        yield data
        return
    if form in (None, plain):
        form = _reader(_format_by_content(data)) or form
    if form is None:
        known = ", ".join(filter(None, _BY_SUFFIX))
        reason = f"has an unknown format, `{path.suffix}`"
        yield Problem(name, reason, f"save it as one of: {known}")
        return
    if path.suffix.lower() == _ZIPPED:
        unzipped = _unzipped(data, form.MOST)
        if isinstance(unzipped, str):
            yield Problem(name, unzipped, "unpack it, and see what is in it")
            return
        data = unzipped
    said = _sidecar(sidecar, root)
    if isinstance(said, str):
        yield Problem(name, f"its sidecar {sidecar and sidecar.name} {said}", "mend the sidecar")
        return
    folder = name.split("/")[:-1]
    raw = Raw(name, data, folder[-1] if folder else None)
    found = [_fitting(each) for each in _articles(form, raw)]
    yield from (_corrected(each, said, len(found)) for each in found)


def _format_by_content(data: bytes) -> str | None:
    """Return the format that the beginning of a file shows beyond doubt, whatever its name."""
    head = data[:2048].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<!doctype html", b"<html")) and b"<body" in data.lower():
        return "html"
    return "warc" if head.startswith(b"warc/") else None


def _unzipped(data: bytes, most: int) -> bytes | str:
    """Return the contents of a gzip file of one or more members, or why it has none."""
    parts: list[bytes] = []
    size = 0
    while data:
        member = zlib.decompressobj(wbits=31)
        try:
            parts.append(member.decompress(data, most + 1 - size))
        except zlib.error:
            if parts:  # some programs pad the file
                break
            return "is no gzip file, as its name says"
        size += len(parts[-1])
        if size > most:
            return f"holds more than {most:,} bytes when unpacked"
        if not member.eof:
            return "is a gzip file that breaks off"
        data = member.unused_data
    return b"".join(parts)


def _articles(form: Format, raw: Raw) -> Iterator[Document | Problem]:
    """Yield what the reader of a format finds; whatever a library does, the build goes on."""
    try:
        yield from form.read(raw)
    except UndecodableError as error:
        yield Problem(raw.name, str(error), "save the file as UTF-8 text")
    except editor.CorrectionError as error:
        yield Problem(raw.name, f"its front matter {error}", "mend those lines")
    except Exception as error:  # of the libraries that read pages and feeds
        kind = FORMATS[form.__name__.rpartition(".")[2]][0].removeprefix(".")
        reason = f"cannot be read as {kind} ({type(error).__name__})"
        yield Problem(raw.name, reason, "save the article's text as .txt")


def _fitting(found: Document | Problem) -> Document | Problem:
    """Return a document, or a Problem if there is nothing in it or far too much."""
    if isinstance(found, Document) and not found.text.strip():
        return Problem(found.file, "is empty", "put the article's text in it, or remove it")
    if isinstance(found, Document) and len(found.text) > _LONGEST_TEXT:
        reason = f"has {len(found.text):,} characters of text; {_LONGEST_TEXT:,} is the most"
        return Problem(found.file, reason, "split it into articles")
    return found


def _sidecar(path: Path | None, root: Path) -> editor.Corrections | str:
    """Return what the sidecar at `path` says, or what is wrong with it."""
    if path is None:
        return editor.NONE
    data = read_bytes(path, path.name, root, editor.MOST_BYTES)
    if isinstance(data, Problem):
        return data.reason
    try:
        return editor.corrections(decode(data), "sidecar")
    except (UndecodableError, editor.CorrectionError) as error:
        return str(error)


def _corrected(
    found: Document | Problem, said: editor.Corrections, articles: int
) -> Document | Problem:
    """Return a document with what its sidecar says of it, or why it is not to be published."""
    if isinstance(found, Problem) or said is editor.NONE:
        return found
    if said.draft:
        return plain.draft_problem(found.file)
    wrong = sorted(_OF_ONE_ARTICLE & said.fields.keys())
    if articles > 1 and wrong:
        reason = f"has a sidecar that gives {articles} articles one `{wrong[0]}`"
        return Problem(found.file, reason, f"take `{wrong[0]}` out of the sidecar")
    return replace(found, corrected={**found.corrected, **said.fields})
