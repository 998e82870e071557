"""Shares the stamping of many pages out among processes; the result does not depend on it."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from generator.publish.addresses import output_of
from generator.publish.files import write_new
from generator.publish.kitchen import Kitchen
from generator.publish.order import Order
from generator.publish.page import Rendered, Source
from generator.publish.stamp import Stamper, stamp_files

_SCOUTS = 100
"""Pages that are made before the others are shared out: they show most kinds that there are."""
_SHARED = 2_000
"""Pages from which sharing pays."""
_BATCH = 250

_Task = tuple[str, str, Sequence[str]]
_Done = tuple[list[Rendered], list[str]]

_stamper: Stamper | None = None
_texts: Mapping[str, Source] = {}


def stamp_all(kitchen: Kitchen, docs: Sequence[str], order: Order, out: Path) -> Iterator[Rendered]:
    """Make the pages `docs` below `out`; yield them in order, those stamped without HTML."""
    scouts = {*docs[:: max(1, len(docs) // _SCOUTS)], *kitchen.facts.nav}
    made = {path: _made(kitchen, path, out) for path in docs if path in scouts}
    batches = [docs[at : at + _BATCH] for at in range(0, len(docs), _BATCH)]
    tasks = [
        (str(order.pages), str(out), [path for path in batch if path not in made])
        for batch in batches
    ]
    kitchen.larder.take_all()
    stamped = _stamped(kitchen.stamper, tasks, order.texts)
    for batch, (found, left) in zip(batches, stamped, strict=True):
        here = {page.path: page for page in found}
        here |= {path: _made(kitchen, path, out) for path in left}
        yield from (made.get(path) or here[path] for path in batch)


def _made(kitchen: Kitchen, path: str, out: Path) -> Rendered:
    page = kitchen.page(path)
    if page.html.strip():
        write_new(f"{out}/{output_of(path)}", page.html)
    return page if page.by_mkdocs else page._replace(html=b"")


def _stamped(
    stamper: Stamper, tasks: Sequence[_Task], texts: Mapping[str, Source]
) -> Iterator[_Done]:
    """Yield what can be stamped of each batch as yet, and what is left of it."""
    workers = os.cpu_count() or 1
    if sum(len(paths) for _, _, paths in tasks) < _SHARED or workers == 1:
        for task in tasks:
            yield stamp_files(stamper, *task, texts)
        return
    # Imported only here: a build of few pages has no use for them.
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    with ProcessPoolExecutor(workers, get_context("fork"), _begin, (stamper, texts)) as executor:
        yield from executor.map(_batch, tasks)


def _begin(stamper: Stamper, texts: Mapping[str, Source]) -> None:
    global _stamper, _texts
    _stamper, _texts = stamper, texts


def _batch(task: _Task) -> _Done:
    assert _stamper is not None
    return stamp_files(_stamper, *task, _texts)
