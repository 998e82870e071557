"""Shares the stamping of many pages out among processes; the result does not depend on it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from generator.publish.kitchen import Kitchen
from generator.publish.stamp import (
    Rendered,
    Stamper,
    encoded,
    output_of,
    stamp_files,
    write_new,
)

_SCOUTS = 100
"""Pages that are made before the others are shared out: they show most kinds that there are."""
_SHARED = 2_000
"""Pages from which sharing pays."""
_BATCH = 250

_stamper: Stamper | None = None


def stamp_all(kitchen: Kitchen, pages: Path, out: Path) -> list[Rendered]:
    """Make all pages of a site below `out`; return them, those that are stamped without HTML."""
    docs = kitchen.docs
    step = max(1, len(docs) // _SCOUTS)
    scouts = {*docs[::step], *kitchen.facts.nav}
    done = [_made(kitchen, path, out) for path in docs if path in scouts]
    found, left = _stamped(kitchen, pages, out, [path for path in docs if path not in scouts])
    done += found
    done += [_made(kitchen, path, out) for path in left]
    return done


def _made(kitchen: Kitchen, path: str, out: Path) -> Rendered:
    page = kitchen.page(path)
    if page.html.strip():
        write_new(f"{out}/{output_of(path)}", encoded(page.html))
    return page if page.by_mkdocs else page._replace(html="")


def _stamped(
    kitchen: Kitchen, pages: Path, out: Path, paths: Sequence[str]
) -> tuple[list[Rendered], list[str]]:
    """Stamp what can be stamped as yet; return that, and what is left."""
    workers = os.cpu_count() or 1
    if len(paths) < _SHARED or workers == 1:
        return stamp_files(kitchen.stamper, str(pages), str(out), paths)
    batches = [paths[at : at + _BATCH] for at in range(0, len(paths), _BATCH)]
    done: list[Rendered] = []
    left: list[str] = []
    with ProcessPoolExecutor(workers, get_context("fork"), _begin, (kitchen.stamper,)) as executor:
        for found, rest in executor.map(_batch, [(str(pages), str(out), b) for b in batches]):
            done += found
            left += rest
    return done, left


def _begin(stamper: Stamper) -> None:
    global _stamper
    _stamper = stamper


def _batch(task: tuple[str, str, Sequence[str]]) -> tuple[list[Rendered], list[str]]:
    assert _stamper is not None
    return stamp_files(_stamper, *task)
