"""Divides the rendering of many pages among processes; the result does not depend on it."""

from __future__ import annotations

import marshal
import os
import struct
import sys
from collections.abc import Callable, Iterator, Sequence

from mujaz.publish.output.site_folder import NextSite
from mujaz.publish.render.page import RenderedPage
from mujaz.publish.render.page_renderer import PageRenderer
from mujaz.publish.render.request import RenderRequest
from mujaz.publish.render.specialise.fast_renderer import FastRenderer, render_files
from mujaz.publish.render.urls import output_of

_SAMPLE_PAGES = 100
"""Pages that are rendered before the others are divided: they show most kinds that there are."""
_MIN_PARALLEL_PAGES = 2_000
"""Pages from which more than one process pays."""
_BATCH_PAGES = 250
_BATCH_NUMBER = struct.Struct("<H")

_Task = tuple[str, NextSite, Sequence[str]]
"""Arguments of `render_files` but the first."""
_Result = tuple[list[RenderedPage], list[str]]
"""What `render_files` returns."""


def render_pages(
    renderer: PageRenderer, paths: Sequence[str], request: RenderRequest, tree: NextSite
) -> Iterator[RenderedPage]:
    """Render the pages `paths` into `tree`; yield them in order, with HTML only if by MkDocs."""
    sample = {*paths[:: max(1, len(paths) // _SAMPLE_PAGES)], *renderer.config.nav_titles}
    done = {path: _render(renderer, path, tree) for path in paths if path in sample}
    batches = [paths[start : start + _BATCH_PAGES] for start in range(0, len(paths), _BATCH_PAGES)]
    tasks = [
        (str(request.pages), tree, [path for path in batch if path not in done])
        for batch in batches
    ]
    renderer.templates.load_all()
    for batch, (pages, left) in zip(batches, _run(renderer.fast, tasks), strict=True):
        by_path = {page.path: page for page in pages}
        by_path |= {path: _render(renderer, path, tree) for path in left}
        yield from (done.get(path) or by_path[path] for path in batch)


def _render(renderer: PageRenderer, path: str, tree: NextSite) -> RenderedPage:
    page = renderer.render(path)
    if page.html.strip():
        page = page._replace(html_digest=tree.write(output_of(path), page.html))
    return page if page.by_mkdocs else page._replace(html=b"")


def _run(renderer: FastRenderer, tasks: Sequence[_Task]) -> Iterator[_Result]:
    """Yield the result of each task."""
    workers = os.cpu_count() or 1
    has_many = sum(len(paths) for _, _, paths in tasks) >= _MIN_PARALLEL_PAGES
    if has_many and workers > 1 and _can_fork():
        yield from _run_in_parallel(renderer, tasks, workers)
    else:
        for task in tasks:
            yield render_files(renderer, *task)


def _can_fork() -> bool:
    """Return whether a fork is safe: in a process with threads, such as a preview, it may hang."""
    threading = sys.modules.get("threading")
    return hasattr(os, "fork") and (threading is None or threading.active_count() == 1)


def _run_in_parallel(
    renderer: FastRenderer, tasks: Sequence[_Task], workers: int
) -> Iterator[_Result]:
    """Yield the result of each task, done by several processes, of which this one is the last."""
    queue, feed = os.pipe()
    os.write(feed, b"".join(_BATCH_NUMBER.pack(number) for number in range(len(tasks))))
    os.close(feed)

    process_id = os.getpid()

    def work() -> Iterator[tuple[int, _Result]]:
        # A worker whose parent was killed stops, lest it writes among the files of the next build.
        while process_id in (os.getpid(), os.getppid()) and (
            packed := os.read(queue, _BATCH_NUMBER.size)
        ):
            number = int(_BATCH_NUMBER.unpack(packed)[0])
            yield number, render_files(renderer, *tasks[number])

    processes = [_start_worker(work) for _ in range(workers - 1)]
    try:
        results = dict(work())
    finally:
        os.close(queue)
        from_workers = [_read_results(*process) for process in processes]
    for each in from_workers:
        results |= each
    for number, task in enumerate(tasks):
        # What a worker failed to do is done here, and fails here if it must.
        yield results[number] if number in results else render_files(renderer, *task)


def _start_worker(work: Callable[[], Iterator[tuple[int, _Result]]]) -> tuple[int, int]:
    """Start a process that does some of the work; return its id, and where to read the results."""
    read_end, write_end = os.pipe()
    process = os.fork()
    if process:
        os.close(write_end)
        return process, read_end
    try:
        results = [(number, [*map(tuple, pages)], left) for number, (pages, left) in work()]
        with os.fdopen(write_end, "wb") as file:
            file.write(marshal.dumps(results))
        os._exit(0)
    finally:
        os._exit(1)


def _read_results(process: int, read_end: int) -> dict[int, _Result]:
    with os.fdopen(read_end, "rb") as file:
        data = file.read()
    _, status = os.waitpid(process, 0)
    if status:
        return {}
    return {
        number: ([*map(RenderedPage._make, pages)], left)
        for number, pages, left in marshal.loads(data)
    }
