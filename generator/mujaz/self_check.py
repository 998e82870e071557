"""Holds what a run left against what a run from nothing would leave: for tests, and for doubts."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from mujaz.addresses import read_permalinks
from mujaz.compose import Composer, page_text
from mujaz.config import Config
from mujaz.errors import SelfCheckError
from mujaz.library import StalePages
from mujaz.progress import Report, in_this_process, silent
from mujaz.publish import lean_assets, read_ledger
from mujaz.state.run_state import state_from_nothing
from mujaz.understanding import understand


def check_pages(config: Config, report: Report) -> None:
    """Compare pages, styles and the report of a run with those of one from nothing, in memory.

    Raises `SelfCheckError` if they differ. Fonts, images and the search index, which see to
    themselves, are not looked at, nor are pages at addresses that are no more.
    """
    with state_from_nothing(config) as state:
        understood = understand(state, config, silent, in_this_process)
        stale = StalePages(state.database.base, Composer(understood.library, understood.config))
        pages = stale.compose_all(understood.library.keys())
        texts = {page.path: page_text(page) for page in pages} | dict(
            lean_assets(config.theme, config.brand)
        )
        expected = replace(understood.report(0), seconds=report.seconds)
    permalinks = read_permalinks(config.permalinks)
    former = {f"{each}.md" for each in (*permalinks.redirects, *permalinks.tombstones)}
    listed = {path for path in read_ledger(config.out) or () if path.endswith(".md")}
    different = {path for path, text in texts.items() if _read(config.out / path) != text.encode()}
    different |= listed - texts.keys() - former
    if different:
        raise SelfCheckError(
            f"{config.out / min(different)}: is not what a run from nothing makes of it, and "
            f"{len(different) - 1} other files are not; report it, and remove {config.cache}"
        )
    if replace(report, pages_written=0) != expected:
        raise SelfCheckError(f"{config.seeds}: the report should be {expected} and is {report}")


def _read(file: Path) -> bytes | None:
    return file.read_bytes() if file.is_file() else None
