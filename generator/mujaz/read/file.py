"""Opens one file, if that is safe, and has the reader of its format take the articles out of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from mujaz.arabic.normalise import max_cleaned_characters
from mujaz.model import Document, Problem
from mujaz.read.corrections import (
    MAX_SIDECAR_BYTES,
    NO_CORRECTIONS,
    CorrectionError,
    Corrections,
    draft_problem,
    parse_corrections,
)
from mujaz.read.decoding import UndecodableError, decode
from mujaz.read.formats import FORMAT_SUFFIXES, load_format
from mujaz.read.formats.detection import format_by_content
from mujaz.read.packing.unzip import MAGIC, UnzipError, unzipped
from mujaz.read.raw import MAX_ARCHIVE_BYTES, Raw, read_bytes

SIDECAR_SUFFIXES = (".yml", ".yaml")
_ZIPPED = ".gz"
_WITH_PARTS = frozenset({"warc"})
"""Formats whose files are good for something if one part of them is damaged."""
_MAX_ARTICLE_CHARACTERS, _MAX_ARTICLE_LINES = 500_000, 20_000
"""A novel has fewer."""
_WORD = re.compile(r"[^\W_]")
_LINE_END = re.compile(r"[\n\r]")
_FIELDS_OF_ONE_ARTICLE = frozenset({"title", "address"})
"""Fields that a sidecar cannot give to several articles at once."""
_FORMAT_BY_SUFFIX = {suffix: name for name, all_of in FORMAT_SUFFIXES.items() for suffix in all_of}


def split_name(name: str) -> tuple[str, str]:
    """Return a file's name without what tells its format, and that in lower case, unzipped."""
    unzipped = name[: -len(_ZIPPED)] if name.lower().endswith(_ZIPPED) else name
    stem, _, suffix = unzipped.rpartition(".")
    return (stem, f".{suffix.lower()}") if stem and suffix else (unzipped, "")


def read_file(
    path: Path, name: str, root: Path, sidecar: Path | None = None
) -> Iterator[Document | Problem]:
    """Yield the articles in the file at `path`, or why it has none.

    It is only read if it is a regular file inside `root`. What `sidecar` says corrects them.
    """
    try:
        corrections = _read_sidecar(sidecar, root)
    except (UndecodableError, CorrectionError) as error:
        yield Problem(name, f"its sidecar {sidecar and sidecar.name} {error}", "mend the sidecar")
        return
    if corrections.draft:  # whatever is in the file
        yield draft_problem(name)
        return
    opened = _opened(path, name, root)
    if isinstance(opened, Problem):
        yield opened
        return
    format_name, data, damaged = opened
    folder = name.split("/")[:-1]
    raw = Raw(name, data, folder[-1] if folder else None)
    results = [_checked(result) for result in _articles(format_name, raw)]
    yield from (_corrected(result, corrections, len(results)) for result in results)
    if damaged:
        reason = f"has {damaged:,} parts that are damaged; what they held is not read"
        yield Problem(f"{name}#damaged", reason, "crawl it again, or remove it")


def _opened(path: Path, name: str, root: Path) -> tuple[str, bytes, int] | Problem:
    """Return format and contents of a file, unzipped, and the number of its damaged parts."""
    by_name = _FORMAT_BY_SUFFIX.get(split_name(path.name)[1])
    max_bytes = load_format(by_name).MAX_BYTES if by_name else MAX_ARCHIVE_BYTES
    data = read_bytes(path, name, root, max_bytes)
    if isinstance(data, Problem):
        return data
    damaged = 0
    # Programs that fetch pages also store them zipped under their plain names.
    if path.suffix.lower() == _ZIPPED or data.startswith(MAGIC):
        try:
            data, damaged = unzipped(data, max_bytes)
        except UnzipError as error:
            return Problem(name, str(error), "unpack it, and see what is in it")
    format_name = format_by_content(data, by_name)
    if format_name is None:
        suffixes = ", ".join(filter(None, _FORMAT_BY_SUFFIX))
        reason = f"has an unknown format, `{path.suffix}`"
        return Problem(name, reason, f"save it as one of: {suffixes}")
    if damaged and format_name not in _WITH_PARTS:
        return Problem(name, "is a gzip file that breaks off or is damaged", "fetch it again")
    max_bytes = load_format(format_name).MAX_BYTES
    if len(data) > max_bytes:
        reason = f"is {len(data):,} bytes long; {max_bytes:,} is the most"
        return Problem(name, reason, "split the file into one an article")
    return format_name, data, damaged


def _articles(format_name: str, raw: Raw) -> Iterator[Document | Problem]:
    """Yield what the reader of a format finds; whatever a library does, the build goes on."""
    try:
        yield from load_format(format_name).read(raw)
    except UndecodableError as error:
        yield Problem(raw.name, str(error), "save the file as UTF-8 text")
    except CorrectionError as error:
        yield Problem(raw.name, f"its front matter {error}", "mend those lines")
    except Exception as error:  # of the libraries that read pages and feeds
        reason = f"cannot be read as {format_name} ({type(error).__name__})"
        yield Problem(raw.name, reason, "save the article's text as .txt")


def _checked(result: Document | Problem) -> Document | Problem:
    """Return a document, or a Problem if there is nothing in it or far too much."""
    if isinstance(result, Problem):
        return result
    size = _excessive_size(result.text)
    if size:
        return Problem(result.file, size, "split it into articles")
    if not result.text.strip():
        return Problem(result.file, "is empty", "put the article's text in it, or remove it")
    if not _WORD.search(result.text):
        hint = "put the headline on a line of its own, first"
        return Problem(result.file, "has no headline", hint)
    if result.has_headline and not _has_two_lines(result.text):
        hint = "add the article's text below it"
        return Problem(result.file, "has a headline but no body", hint)
    return result


def _excessive_size(text: str) -> str | None:
    """Return why a text is too long for an article, even once it is cleaned, or None."""
    for count, most, unit in (
        (max_cleaned_characters(text), _MAX_ARTICLE_CHARACTERS, "characters of text"),
        (text.count("\n") + text.count("\r"), _MAX_ARTICLE_LINES, "lines"),
    ):
        if count > most:
            return f"has {count:,} {unit}; {most:,} is the most"
    return None


def _has_two_lines(text: str) -> bool:
    """Whether there is a word on one line of `text`, and another one on a line below it."""
    first = _WORD.search(text)
    end = _LINE_END.search(text, first.end()) if first else None
    return bool(end and _WORD.search(text, end.end()))


def _read_sidecar(path: Path | None, root: Path) -> Corrections:
    """Return what the sidecar at `path` says. Raises `UndecodableError` and `CorrectionError`."""
    if path is None:
        return NO_CORRECTIONS
    data = read_bytes(path, path.name, root, MAX_SIDECAR_BYTES)
    if isinstance(data, Problem):
        raise CorrectionError(data.reason)
    return parse_corrections(decode(data), "sidecar")


def _corrected(
    result: Document | Problem, corrections: Corrections, articles: int
) -> Document | Problem:
    """Return a document with what its sidecar says of it, or why it is not to be published."""
    if isinstance(result, Problem) or corrections is NO_CORRECTIONS:
        return result
    wrong = sorted(_FIELDS_OF_ONE_ARTICLE & corrections.fields.keys())
    if articles > 1 and wrong:
        reason = f"has a sidecar that gives {articles} articles one `{wrong[0]}`"
        return Problem(result.file, reason, f"take `{wrong[0]}` out of the sidecar")
    return replace(result, corrected={**result.corrected, **corrections.fields})
