"""Shows how far a run is: bars on terminals, and what each stage took, where that is asked for."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

import click

from mujaz.cli.output import log_event, manner, say, worded

T = TypeVar("T")
_LONG_WORK = 200
"""Items from which a progress bar is worth its lines."""
_REFRESH_SECONDS = 0.1
_CLEAR_LINE = "\r\x1b[K"


class StageReporter:
    """Shows how far a run is, and says what its stages took.

    Nothing here needs a thread: a process that has one cannot be divided safely.
    """

    def __init__(self) -> None:
        self._phase = ""

    def __call__(self, stage: str, items: Iterable[T], count: int) -> Iterable[T]:
        """Return `items`, of which there are `count`, with a bar if they are many."""
        has_bar = count >= _LONG_WORK and _is_watched()
        if not has_bar and not _is_timed():
            return items
        return self._following(stage, items, count, has_bar)

    def _following(self, stage: str, items: Iterable[T], count: int, has_bar: bool) -> Iterator[T]:
        started = time.monotonic()
        if has_bar:
            with _bar(stage, count) as advance:
                for item in items:
                    yield item
                    advance()
        else:
            yield from items
        if stage != self._phase:
            _report(stage, time.monotonic() - started, count)

    @contextmanager
    def phase(self, stage: str) -> Iterator[None]:
        """Show the name of a stage whose items nobody can count, until it is left."""
        started, self._phase = time.monotonic(), stage
        is_watched = _is_watched()
        if is_watched:
            click.echo(f"{_CLEAR_LINE}{worded(stage)}…", nl=False, err=True, color=True)
        try:
            yield
        finally:
            self._phase = ""
            if is_watched:
                click.echo(_CLEAR_LINE, nl=False, err=True, color=True)
        _report(stage, time.monotonic() - started, None)


def _is_watched() -> bool:
    """Whether somebody sees on a terminal how far a run is."""
    speaks = manner().verbosity >= 0 and not manner().is_log_json
    return speaks and sys.stderr.isatty()


def _is_timed() -> bool:
    return manner().is_log_json or manner().verbosity > 0


def _report(stage: str, seconds: float, count: int | None) -> None:
    """Say what a stage took, to those who asked."""
    if manner().is_log_json:
        log_event("stage", stage=stage, seconds=round(seconds, 3), count=count)
    elif manner().verbosity > 0:
        counted = "" if count is None else f"{count}, "
        say(f"stage {stage}: {counted}{seconds:.2f} s")


@contextmanager
def _bar(stage: str, count: int) -> Iterator[Callable[[], None]]:
    """Show a bar with an estimate; what is given is called after each item."""
    from rich.console import Console  # a run that nobody watches has no use for it
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
    from rich.progress import TimeRemainingColumn as TimeLeft

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeLeft())
    console = Console(stderr=True, no_color=manner().color is False or None)
    with Progress(*columns, console=console, transient=True, auto_refresh=False) as bar:
        task = bar.add_task(worded(stage), total=count)
        refreshed = 0.0

        def advance() -> None:
            nonlocal refreshed
            bar.advance(task)
            now = time.monotonic()
            if now - refreshed >= _REFRESH_SECONDS:
                refreshed = now
                bar.refresh()

        yield advance


progress = StageReporter()
"""Shows how far this run is."""
