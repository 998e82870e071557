"""Tables with a row for each article (CSV, TSV), whose first row names the columns."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence

from mujaz.model import Document, Held, Problem
from mujaz.read.decoding import decode
from mujaz.read.fields import names_by_field
from mujaz.read.raw import MAX_ARCHIVE_BYTES, Raw
from mujaz.read.records import RecordReader

MAX_BYTES = MAX_ARCHIVE_BYTES
_DELIMITERS = (",", ";", "\t", "|", "،")
_MAX_COLUMNS, _MAX_COLUMN_CHARACTERS, _MAX_NAMED_COLUMNS = 200, 200, 20
_MAX_CELL_CHARACTERS = 1_000_000
"""Of one cell: more is a quotation mark that nobody closed."""
_MAX_LINES, _MAX_ROWS = 2_000_000, 100_000
_MAX_BAD_ROWS = 500
"""In a row: after so many that are no articles, the rest is not looked at."""
_SEPARATOR_LINE = re.compile(r"\ufeff?sep=(.)\r?\n", re.IGNORECASE)
"""As spreadsheets write it, before the names of the columns."""
_HINT = "name the columns in the first row, such as title, text, date (or العنوان, النص, التاريخ)"


def read(raw: Raw) -> Iterator[Document | Problem]:
    """Yield the articles of the table `raw`. Raises `UndecodableError`."""
    text = decode(raw.data).lstrip("\ufeff")
    declared = _SEPARATOR_LINE.match(text)
    text = text[declared.end() :] if declared else text
    lines = text.count("\n") + text.count("\r")
    if lines > _MAX_LINES:
        yield Problem(
            raw.name, f"has {lines:,} lines; {_MAX_LINES:,} is the most", "split the table"
        )
        return
    delimiter = declared[1] if declared else _delimiter(text)
    csv.field_size_limit(_MAX_CELL_CHARACTERS)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    columns = _columns(rows)
    ranked = names_by_field(columns)
    if not columns:
        yield Problem(raw.name, "is empty", "export the table again, or remove it")
    elif len(columns) > _MAX_COLUMNS:
        reason = f"is a table of {len(columns):,} columns; {_MAX_COLUMNS} is the most"
        yield Problem(raw.name, reason, "export the columns of articles alone")
    elif not ranked.keys() & {"text", "summary"}:
        shown = ", ".join(f"`{name}`" for name in columns[:_MAX_NAMED_COLUMNS])
        missing = "text" if "title" in ranked else "title and text"
        yield Problem(raw.name, f"is a table without a column for {missing}; it has {shown}", _HINT)
    else:
        yield from _articles(rows, columns, raw)


def _delimiter(text: str) -> str:
    """Return what stands between the columns: what makes the first row say most."""

    def score(delimiter: str) -> tuple[int, int]:
        columns = _columns(csv.reader(io.StringIO(text[:20_000], newline=""), delimiter=delimiter))
        return len(names_by_field(columns)), len(columns)

    return max(_DELIMITERS, key=score)


def _columns(rows: Iterator[list[str]]) -> list[str]:
    """Return the names in the first row that says anything; rows above it are left out."""
    try:
        first = next((row for row in rows if any(cell.strip() for cell in row)), [])
    except csv.Error:
        return []
    return [cell.strip()[:_MAX_COLUMN_CHARACTERS] for cell in first]


def _articles(
    rows: Iterator[list[str]], columns: Sequence[str], raw: Raw
) -> Iterator[Document | Problem]:
    reader = RecordReader(raw)
    number = bad = 0
    while True:
        number += 1
        name = f"{raw.name}#{number}"
        try:
            row = next(rows, None)
        except csv.Error:
            reason = f"is a row with a cell of more than {_MAX_CELL_CHARACTERS:,} characters"
            yield Problem(name, reason, "close the quotation mark that opens it")
            return
        if row is None:
            break
        if not any(cell.strip() for cell in row):
            number -= 1
            continue
        result = _article(row, columns, reader, name)
        yield result
        is_bad = isinstance(result, Problem) and not isinstance(result, Held)
        bad = bad + 1 if is_bad else 0
        if bad == _MAX_BAD_ROWS:
            reason = f"has {bad} rows in a row without an article; the rest is not read"
            yield Problem(raw.name, reason, "export articles only")
            return
        if number == _MAX_ROWS:
            reason = f"has more than {_MAX_ROWS:,} rows; the rest is not read"
            yield Problem(raw.name, reason, "split the table")
            return
    if number == 1:
        yield Problem(raw.name, "is a table without rows", "export the table again, or remove it")


def _article(
    row: list[str], columns: Sequence[str], reader: RecordReader, name: str
) -> Document | Problem:
    if any(cell.strip() for cell in row[len(columns) :]):
        reason = f"is a row of {len(row):,} cells, under {len(columns)} columns"
        return Problem(name, reason, "put its text into quotation marks")
    cells = zip(columns, row, strict=False)
    return reader.article({column: cell for column, cell in cells if column}, name)
