"""Writing: only what changed, only what is ours, and never half a file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from mujaz.compose import page_text
from mujaz.publish.output import pages_folder as writing
from mujaz.publish.output.pages_folder import LEDGER
from mujaz.site_model import Page
from mujaz.state.files import write_if_changed

from tests.support import contents, write_pages, write_seeds


def ours(path: str, body: str = "نص\n") -> str:
    return page_text(Page(path, {"title": path, "mujaz": {"kind": "article"}}, body))


PAGES = {
    path: ours(path)
    for path in ("index.md", "articles/أ.md", "articles/b.md", "tags/x/2.md", "feed.xml")
}
BY_HAND = {
    "about.md": "# عن الموقع\n",
    "articles/by-hand.md": "---\ntitle: يدوي\n---\n\nmujaz:\n\nنص\n",
    "articles/plain.md": "نص\n---\n\nmujaz:\n",
    "tags/note.txt": "mujaz:\n",
    "assets/x.css": "a{}",
}


def stamps(folder: Path) -> dict[str, int]:
    return {name: (folder / name).stat().st_mtime_ns for name in contents(folder)}


def pages(folder: Path) -> dict[str, str]:
    found = {name: data.decode() for name, data in contents(folder).items()}
    found.pop(LEDGER)
    return found


def test_first_run_writes_all(tmp_path: Path) -> None:
    assert write_pages(PAGES, tmp_path / "new" / "folder") == len(PAGES)
    assert pages(tmp_path / "new" / "folder") == PAGES


def test_second_run_touches_nothing(tmp_path: Path) -> None:
    write_pages(PAGES, tmp_path)
    before = stamps(tmp_path)
    assert write_pages(PAGES, tmp_path) == 0
    assert stamps(tmp_path) == before


@pytest.mark.parametrize(
    ("changes", "removed", "count"),
    [
        ({"index.md": "جديد"}, [], 1),
        ({"new.md": "جديد"}, [], 1),
        ({}, ["articles/b.md"], 1),
        ({}, ["tags/x/2.md", "feed.xml"], 2),
        ({"index.md": "جديد"}, ["articles/أ.md", "articles/b.md"], 3),
        ({}, list(PAGES), len(PAGES)),
    ],
)
def test_only_what_changed(
    changes: dict[str, str], removed: list[str], count: int, tmp_path: Path
) -> None:
    write_pages(PAGES, tmp_path)
    before = stamps(tmp_path)
    wanted = {path: text for path, text in {**PAGES, **changes}.items() if path not in removed}
    assert write_pages(wanted, tmp_path) == count
    assert pages(tmp_path) == wanted
    after = stamps(tmp_path)
    kept = set(wanted) - set(changes)
    assert {path: after[path] for path in kept} == {path: before[path] for path in kept}


def test_empty_folders_go(tmp_path: Path) -> None:
    write_pages(PAGES, tmp_path)
    write_pages({"index.md": "x"}, tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == [LEDGER, "index.md"]


@pytest.mark.parametrize("ledger", [None, "", "[", "{}", "5", "null", '"index.md"', "[5, null]"])
def test_pages_by_hand_survive(ledger: str | None, tmp_path: Path) -> None:
    write_seeds(tmp_path, BY_HAND)
    write_pages(PAGES, tmp_path)
    if ledger is None:
        (tmp_path / LEDGER).unlink()
    else:
        (tmp_path / LEDGER).write_text(ledger, "utf-8")
    write_pages({"index.md": ours("index.md")}, tmp_path)
    assert BY_HAND.items() <= pages(tmp_path).items()


@pytest.mark.parametrize("ledger", [None, "", "[", "5", "null"])
def test_without_the_ledger_our_mark_tells(ledger: str | None, tmp_path: Path) -> None:
    write_seeds(tmp_path, BY_HAND)
    write_pages(PAGES, tmp_path)
    (tmp_path / LEDGER).unlink()
    if ledger is not None:
        (tmp_path / LEDGER).write_text(ledger, "utf-8")
    wanted = {"index.md": ours("index.md"), "feed.xml": ours("feed.xml")}
    write_pages(wanted, tmp_path)
    assert pages(tmp_path) == {**wanted, **BY_HAND}


@pytest.mark.parametrize(
    "path", ["../outside.md", "articles/../../outside.md", "{outside}", "..", ".", "", "articles"]
)
def test_ledger_cannot_reach_outside(path: str, tmp_path: Path) -> None:
    outside = tmp_path / "outside.md"
    outside.write_text("x", "utf-8")
    folder = tmp_path / "pages"
    write_pages(PAGES, folder)
    listed = [path.replace("{outside}", str(outside)), *PAGES]
    head = (folder / LEDGER).read_text("utf-8").split("\n")[0]
    (folder / LEDGER).write_text("\n".join([head, *listed, ""]), "utf-8")
    write_pages(PAGES, folder)
    assert outside.read_text("utf-8") == "x"
    assert pages(folder) == PAGES


def test_interrupted_run_leaves_nothing_unowned(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_pages(PAGES, tmp_path)

    def killed(path: Path, text: str) -> bool:
        if path.name == "b2.md":
            raise KeyboardInterrupt
        return write_if_changed(path, text)

    monkeypatch.setattr(writing, "write_if_changed", killed)
    with pytest.raises(KeyboardInterrupt):
        write_pages({"articles/a2.md": "x", "articles/b2.md": "x"}, tmp_path)
    monkeypatch.undo()
    write_pages({"index.md": "y"}, tmp_path)
    assert pages(tmp_path) == {"index.md": "y"}


def test_failed_write_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_if_changed(tmp_path / "a.md", "قديم")

    def fail(self: Path, target: Any) -> Path:
        raise OSError("no space")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OSError, match="no space"):
        write_if_changed(tmp_path / "a.md", "جديد")
    assert contents(tmp_path) == {"a.md": "قديم".encode()}


def test_pages_are_for_all_to_read(tmp_path: Path) -> None:
    write_pages(PAGES, tmp_path)
    assert {(tmp_path / path).stat().st_mode & 0o777 for path in PAGES} == {0o644}
