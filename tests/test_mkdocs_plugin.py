"""The plugin's watcher of raw articles: it follows files, and no link."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any

import pytest
from mujaz.mkdocs_plugin import _watch_without_links
from watchdog.events import FileSystemEventHandler

from tests.support import write_seeds

_PATIENCE_SECONDS = 30.0


class Server:
    """As much of MkDocs' server as watches a folder."""

    def __init__(self) -> None:
        self.observer: Any = None
        self.observers: list[Any] = []

    def watch(self, path: str) -> None:
        self.observers.append(self.observer)
        self.observer.schedule(FileSystemEventHandler(), path, recursive=True)


def test_links_are_never_walked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_seeds(tmp_path, {"outside/a.txt": "", "seeds/inside/b.txt": "", "seeds/z/c.txt": ""})
    (tmp_path / "seeds" / "link").symlink_to(tmp_path / "outside")
    (tmp_path / "seeds" / "root").symlink_to("/")
    (tmp_path / "seeds" / "loop").symlink_to(".")
    walked: list[str] = []
    scandir = os.scandir

    def noted(path: Any) -> Any:
        walked.append(os.fspath(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", noted)
    server: Any = Server()
    _watch_without_links(server, tmp_path / "seeds")
    until = time.monotonic() + _PATIENCE_SECONDS
    while str(tmp_path / "seeds" / "z") not in walked and time.monotonic() < until:
        time.sleep(0.01)
    (observer,) = server.observers
    observer.stop()
    observer.join()
    assert server.observer is None
    inside = {os.path.relpath(each, tmp_path) for each in walked if each.startswith(str(tmp_path))}
    assert inside == {"seeds", "seeds/inside", "seeds/z"}
    assert "/" not in walked
