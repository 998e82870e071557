"""Writing: only what changed, only what is ours, and never half a file."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from mujaz.compose import page_text
from mujaz.errors import ConfigError
from mujaz.publish.output import pages_folder as writing
from mujaz.publish.output.pages_folder import LEDGER, PagesFolder
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


def test_files_of_the_last_run_are_ours_without_the_ledger(tmp_path: Path) -> None:
    write_pages(PAGES, tmp_path)
    (tmp_path / LEDGER).unlink()
    PagesFolder(tmp_path, lambda: {"feed.xml"}).write([("feed.xml", "جديد")])
    assert pages(tmp_path) == {**PAGES, "feed.xml": "جديد"}


def by_hand(path: str, folder: Path) -> None:
    """Put something at a path that is not ours; what follows a colon says what."""
    name, _, kind = path.partition(":")
    place = folder / name
    if place.is_file():
        place.unlink()
    place.parent.mkdir(parents=True, exist_ok=True)
    match kind:
        case "link":
            place.symlink_to("about.md")
        case "link to nothing":
            place.symlink_to("nowhere.md")
        case "link to a folder":
            place.symlink_to("../outside")
        case "folder":
            place.mkdir()
        case _:
            place.write_text("يدوي\n", "utf-8")


@pytest.mark.parametrize("is_listed", [False, True])
@pytest.mark.parametrize(
    ("placed", "says"),
    [
        (["index.md"], ["index.md: written by hand", "move it, then"]),
        (["index.md", "tags/x/2.md", "feed.xml"], ["feed.xml, ", "index.md, ", "move them, then"]),
        (["articles/أ.md"], ["articles/أ.md"]),
        (["index.md:link"], ["index.md (a link)"]),
        (["index.md:link to nothing"], ["index.md (a link)"]),
        (["index.md:folder"], ["index.md (a folder)"]),
        (["articles"], ["articles (no folder)"]),
        (["articles:link to a folder"], ["articles (a link)"]),
        (["articles:link to nothing"], ["articles (a link)"]),
        (["tags/x:link to a folder"], ["tags/x (a link)"]),
        (["fonts/a.woff2"], ["fonts/a.woff2"]),
        (["fonts/a.woff2:link"], ["fonts/a.woff2 (a link)"]),
        (["search/index"], ["search/index (no folder)"]),
        (["search/index:link to a folder"], ["search/index (a link)"]),
    ],
)
def test_nothing_by_hand_is_replaced(
    placed: list[str], says: list[str], is_listed: bool, tmp_path: Path
) -> None:
    folder, outside = tmp_path / "pages", tmp_path / "outside"
    write_seeds(outside, {"أ.md": "خارج"})
    write_seeds(folder, {"about.md": "# عن الموقع\n"})
    if is_listed:
        write_pages({"other.md": "x"}, folder)
    for path in placed:
        by_hand(path, folder)
    before = contents(tmp_path)
    reserved = {"fonts/a.woff2": "fonts/.stamp", "search/index/": "search/index"}
    with pytest.raises(ConfigError) as raised:
        PagesFolder(folder).write(PAGES.items(), reserved)
    message = str(raised.value)
    assert [part for part in says if part not in message] == []
    assert message.count(str(folder)) == len(placed)
    assert "\n" not in message
    assert contents(tmp_path) == before


@pytest.mark.parametrize("kind", ["link", "link to nothing", "folder", "link to a folder"])
def test_what_takes_the_place_of_our_page_stays(kind: str, tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    write_seeds(tmp_path / "outside", {"b.md": "خارج"})
    write_seeds(folder, {"about.md": "# عن الموقع\n"})
    write_pages(PAGES, folder)
    by_hand(f"index.md:{kind}", folder)
    with pytest.raises(ConfigError, match=r"index\.md"):
        write_pages(PAGES, folder)
    write_pages({path: text for path, text in PAGES.items() if path != "index.md"}, folder)
    assert (folder / "index.md").is_symlink() or (folder / "index.md").is_dir()


def test_nothing_behind_a_link_is_removed(tmp_path: Path) -> None:
    folder, outside = tmp_path / "pages", tmp_path / "outside"
    write_seeds(outside, {"b.md": ours("articles/b.md")})
    write_pages({"articles/b.md": ours("articles/b.md")}, folder)
    shutil.rmtree(folder / "articles")
    (folder / "articles").symlink_to("../outside")
    write_pages({"index.md": "x"}, folder)
    assert contents(outside) == {"b.md": ours("articles/b.md").encode()}
    (folder / LEDGER).unlink()
    write_pages({"index.md": "x"}, folder)
    assert contents(outside) == {"b.md": ours("articles/b.md").encode()}


def test_the_same_bytes_are_no_conflict(tmp_path: Path) -> None:
    write_seeds(tmp_path, {"feed.xml": PAGES["feed.xml"]})
    write_pages(PAGES, tmp_path)
    write_pages({**PAGES, "feed.xml": "جديد"}, tmp_path)
    assert pages(tmp_path)["feed.xml"] == "جديد"


def test_a_ledger_that_leads_elsewhere_is_none(tmp_path: Path) -> None:
    write_seeds(tmp_path, {"pages/about.md": "", "outside": "pages that are made by mujaz\n"})
    (tmp_path / "pages" / LEDGER).symlink_to("../outside")
    write_pages(PAGES, tmp_path / "pages")
    assert (tmp_path / "outside").read_text("utf-8") == "pages that are made by mujaz\n"
    assert not (tmp_path / "pages" / LEDGER).is_symlink()


def test_files_that_others_write_are_told_by_their_sign(tmp_path: Path) -> None:
    reserved = {"fonts/a.woff2": "fonts/.stamp"}
    write_seeds(tmp_path, {"fonts/a.woff2": "font", "fonts/.stamp": "stamp"})
    PagesFolder(tmp_path).write([], reserved)
    (tmp_path / "fonts" / ".stamp").unlink()
    PagesFolder(tmp_path).write([], reserved)
    with pytest.raises(ConfigError, match=r"a\.css"):
        write_seeds(tmp_path, {"a.css": "a"})
        PagesFolder(tmp_path).write([("a.css", "b")])
    assert PagesFolder(tmp_path).write([("a.css", "b")], {"a.css": "a.css"}) == {"a.css"}
    assert "fonts/a.woff2" in (tmp_path / LEDGER).read_text("utf-8").split("\n")


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
        raise OSError(28, "no space")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OSError, match="no space"):
        write_if_changed(tmp_path / "a.md", "جديد")
    assert contents(tmp_path) == {"a.md": "قديم".encode()}


def test_pages_are_for_all_to_read(tmp_path: Path) -> None:
    write_pages(PAGES, tmp_path)
    assert {(tmp_path / path).stat().st_mode & 0o777 for path in PAGES} == {0o644}
