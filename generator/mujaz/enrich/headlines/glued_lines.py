"""Indexes the glued lines of all sidebars, each of which helps to split the others."""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b

from mujaz.arabic.phrases import split_words
from mujaz.enrich.headlines.calibration import CalibratedModel
from mujaz.enrich.headlines.encoding import (
    compress,
    compress_headlines,
    decompress,
    decompress_headlines,
    hashes_from_bytes,
)
from mujaz.enrich.headlines.headline_index import HeadlineChange, HeadlineIndex, HeadlineMatch
from mujaz.enrich.headlines.overlap import SidebarOverlap, context_hashes
from mujaz.enrich.headlines.splitter import (
    SplitLine,
    candidates,
    comparison_keys,
    reliable,
    split_line,
)
from mujaz.model import Headline

_MAX_CONFIDENCE = 0.99
"""Confidence of a headline that is of no article in the collection."""


class GluedLineIndex:
    """The glued lines of all sidebars, and the headlines in each."""

    def __init__(self, base: sqlite3.Connection, headlines: HeadlineIndex) -> None:
        """Take the database, which the caller commits, and the headlines of the collection."""
        self._base = base
        self._headlines = headlines
        self._overlap = SidebarOverlap(base)
        self._model = CalibratedModel(base, headlines)
        self._added: set[int] = set()
        self._released: set[int] = set()

    def put(self, file: str, lines: Iterable[str]) -> None:
        """Replace the glued lines of an article's sidebar, before `refresh` reads them."""
        before = self._lines_of(file)
        after = {self._line_number(line) for line in lines}
        self._released |= before - after
        self._base.executemany(
            "delete from glued_line_files where line = ? and file = ?",
            [(line, file) for line in before - after],
        )
        self._base.executemany(
            "insert into glued_line_files values (?, ?)", [(line, file) for line in after - before]
        )

    def refresh(self, mentioning: Iterable[str], change: HeadlineChange) -> set[str]:
        """Split all stale lines again, and return the files of those whose headlines changed.

        Stale are the lines that were put, those that share words with them, and those of the files
        `mentioning` a headline that changed; all are if the model has to be calibrated again.
        """
        stale = self._apply_pending()
        if not self._base.execute("select 1 from glued_lines limit 1").fetchone():
            self._model.clear()
            return set()
        if self._model.update(change):
            stale = {line for (line,) in self._base.execute("select id from glued_lines")}
        for file in mentioning:
            stale |= self._lines_of(file)
        files: set[str] = set()
        for line in [line for line in sorted(stale) if self._split_again(line)]:
            rows = self._base.execute("select file from glued_line_files where line = ?", (line,))
            files |= {file for (file,) in rows}
        return files

    def headlines(self, line: str) -> list[Headline]:
        """Return the headlines of a line that are reliable enough to show, in order."""
        (headlines,) = self._base.execute(
            "select headlines from glued_lines where digest = ?", (_digest(line),)
        ).fetchone()
        return decompress_headlines(headlines)

    def _lines_of(self, file: str) -> set[int]:
        rows = self._base.execute("select line from glued_line_files where file = ?", (file,))
        return {line for (line,) in rows}

    def _line_number(self, line: str) -> int:
        """Return the number of a line, which is added if it is new."""
        digest = _digest(line)
        row = self._base.execute(
            "select id from glued_lines where digest = ?", (digest,)
        ).fetchone()
        if row:
            return int(row[0])
        contexts = context_hashes(comparison_keys(line)).tobytes()
        number = self._base.execute(
            "insert into glued_lines (contexts, digest, line, headlines) values (?, ?, ?, ?)",
            (contexts, digest, compress(line), compress_headlines(())),
        ).lastrowid
        assert number is not None
        self._added.add(number)
        return number

    def _apply_pending(self) -> set[int]:
        """Tell the overlap which lines were added and removed, and return the stale lines."""
        orphans = {
            line
            for line in self._released
            if not self._base.execute(
                "select 1 from glued_line_files where line = ? limit 1", (line,)
            ).fetchone()
        }
        added, self._added, self._released = self._added - orphans, set(), set()
        (first,) = self._base.execute("select min(id) from glued_lines").fetchone()
        has_older_lines = first is not None and first not in added
        changed = self._overlap.replace(
            self._words(orphans - added), self._words(added), reports_changes=has_older_lines
        )
        self._base.executemany(
            "delete from glued_lines where id = ?", [(each,) for each in orphans]
        )
        if not changed:
            return added
        rows = self._base.execute("select id, contexts from glued_lines")
        return added | {
            line for line, contexts in rows if not changed.isdisjoint(hashes_from_bytes(contexts))
        }

    def _words(self, lines: Iterable[int]) -> Iterator[Sequence[str]]:
        for number in lines:
            (line,) = self._base.execute(
                "select line from glued_lines where id = ?", (number,)
            ).fetchone()
            yield comparison_keys(decompress(line))

    def _split_again(self, number: int) -> bool:
        """Split a line, as far as its evidence changed; return whether its headlines changed."""
        compressed, contexts, *before, model_odds, reliable_spans = self._base.execute(
            "select line, contexts, model_input, overlap_odds, headlines, model_odds, candidates"
            " from glued_lines where id = ?",
            (number,),
        ).fetchone()
        line = decompress(compressed)
        matches = self._headlines.find(split_words(line))
        split = split_line(line, [match.span for match in matches])
        evidence = self._overlap.log_odds(hashes_from_bytes(contexts))
        model_input = _model_input(self._model.digest, split.pieces)
        overlap_odds = bytes(map(int, evidence))
        if model_odds is None or model_input != before[0]:
            model_odds, reliable_spans = (
                array("f", self._model.scorer.log_odds(split)).tobytes(),
                None,
            )
        if reliable_spans is None or overlap_odds != before[1]:
            reliable_spans = self._candidates(split, model_odds, evidence)
        headlines = _merged(line, matches, reliable_spans)
        if [model_input, overlap_odds, headlines] != before:
            self._base.execute(
                "update glued_lines set model_input = ?, model_odds = ?, overlap_odds = ?,"
                " candidates = ?, headlines = ? where id = ?",
                (model_input, model_odds, overlap_odds, reliable_spans, headlines, number),
            )
        return bool(headlines != before[2])

    def _candidates(self, split: SplitLine, model_odds: bytes, evidence: Sequence[float]) -> str:
        """Return the candidates that are reliable enough to show, as the table holds them."""
        summary = self._model.summary
        cut = candidates(split, array("f", model_odds), evidence, summary.lengths)
        return json.dumps(
            [
                (*each.span, round(min(each.confidence, _MAX_CONFIDENCE), 2))
                for each in reliable(cut, summary.threshold)
            ]
        )


def _merged(line: str, matches: Iterable[HeadlineMatch], reliable_spans: str) -> bytes:
    """Return the headlines of a line in order: those of the collection, and the candidates."""
    by_span = {match.span: match.headline for match in matches}
    for start, end, confidence in json.loads(reliable_spans):
        by_span[start, end] = Headline(" ".join(line[start:end].split()), confidence)
    return compress_headlines(by_span[span] for span in sorted(by_span))


def _digest(line: str) -> bytes:
    return blake2b(line.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _model_input(model_digest: str, pieces: Sequence[tuple[int, int]]) -> str:
    """Return what stands for the model and the pieces of a line that it read."""
    return f"{model_digest} {blake2b(repr(pieces).encode(), digest_size=8).hexdigest()}"
