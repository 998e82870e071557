"""Shares the stamping of many pages out among processes; the result does not depend on it."""

from __future__ import annotations

import marshal
import os
import struct
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from mujaz.publish.render.page import Rendered, Source
from mujaz.publish.render.page_renderer import Kitchen
from mujaz.publish.render.request import Order
from mujaz.publish.render.site_files import write_new
from mujaz.publish.render.specialise.stamping import Stamper, stamp_files
from mujaz.publish.render.urls import output_of

_SCOUTS = 100
"""Pages that are made before the others are shared out: they show most kinds that there are."""
_SHARED = 2_000
"""Pages from which sharing pays."""
_BATCH = 250
_NUMBER = struct.Struct("<H")

_Task = tuple[str, str, Sequence[str]]
_Done = tuple[list[Rendered], list[str]]


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
    many = sum(len(paths) for _, _, paths in tasks) >= _SHARED
    # A fork in a process with threads, such as a preview, may hang.
    if many and workers > 1 and hasattr(os, "fork") and not _has_threads():
        yield from _shared(stamper, tasks, texts, workers)
    else:
        for task in tasks:
            yield stamp_files(stamper, *task, texts)


def _has_threads() -> bool:
    threading = sys.modules.get("threading")
    return threading is not None and threading.active_count() > 1


def _shared(
    stamper: Stamper, tasks: Sequence[_Task], texts: Mapping[str, Source], workers: int
) -> Iterator[_Done]:
    """Yield the same, made by several processes, of which this one is the last."""
    queue, feed = os.pipe()
    os.write(feed, b"".join(_NUMBER.pack(number) for number in range(len(tasks))))
    os.close(feed)

    def some() -> Iterator[tuple[int, _Done]]:
        while number := os.read(queue, _NUMBER.size):
            at = int(_NUMBER.unpack(number)[0])
            folder, out, paths = tasks[at]
            yield at, stamp_files(stamper, folder, out, paths, texts)

    helpers = [_helper(some) for _ in range(workers - 1)]
    try:
        found = dict(some())
    finally:
        os.close(queue)
        told = [_heard(*helper) for helper in helpers]
    for each in told:
        found |= each
    for at, task in enumerate(tasks):
        # What a helper failed to do is done here, and fails here if it must.
        yield found[at] if at in found else stamp_files(stamper, *task, texts)


def _helper(some: Callable[[], Iterator[tuple[int, _Done]]]) -> tuple[int, int]:
    """Start a process that does some batches and tells what came of them; return both ends."""
    ear, mouth = os.pipe()
    process = os.fork()
    if process:
        os.close(mouth)
        return process, ear
    try:
        done = [(at, [*map(tuple, pages)], left) for at, (pages, left) in some()]
        with os.fdopen(mouth, "wb") as file:
            file.write(marshal.dumps(done))
        os._exit(0)
    finally:
        os._exit(1)


def _heard(process: int, ear: int) -> dict[int, _Done]:
    with os.fdopen(ear, "rb") as file:
        data = file.read()
    _, status = os.waitpid(process, 0)
    if status:
        return {}
    return {at: ([*map(Rendered._make, pages)], left) for at, pages, left in marshal.loads(data)}
