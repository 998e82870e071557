"""What is remembered of the last run, and when it is believed."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from mujaz import pipeline
from mujaz.compose import Composer
from mujaz.config import Config
from mujaz.library.groups import Target
from mujaz.publish import site
from mujaz.publish.output import fonts
from mujaz.publish.output.pages_folder import LEDGER
from mujaz.publish.output.site_folder import SiteFolder
from mujaz.state import last_run as last
from mujaz.state.fingerprint import Fingerprints
from mujaz.state.last_run import is_published
from mujaz.state.site_record import SITE_RECORD

from tests.support import config, contents, raw, still, unchanged_report, write_seeds


@pytest.fixture(autouse=True)
def _without_fonts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "subset_fonts", lambda folder: ())


@pytest.fixture
def built(tmp_path: Path) -> Config:
    write_seeds(tmp_path / "seeds", {f"2025-07-1{i}.txt": raw(i) for i in range(3)})
    write_seeds(tmp_path / "seeds", {"empty.txt": ""})
    settings = config(tmp_path, search=False)
    pipeline.update_pages(settings, still())
    return settings


def in_place(path: Path) -> None:
    """Change what is in a file, but neither its size nor its time of modification."""
    before = path.stat()
    data = path.read_bytes()
    path.write_bytes(data[:-1] + b"!")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert path.stat().st_size == before.st_size


def test_nothing_changed(built: Config) -> None:
    report = unchanged_report(built)
    assert report is not None
    assert (report.inputs, report.published, report.rejected, report.pages_written) == (4, 3, 1, 0)
    assert report.problems == pipeline.update_pages(built, still()).problems


CHANGES: dict[str, Callable[[Config], object]] = {
    "edited": lambda c: in_place(c.seeds / "2025-07-11.txt"),
    "added": lambda c: write_seeds(c.seeds, {"new.txt": raw(7)}),
    "removed": lambda c: (c.seeds / "2025-07-11.txt").unlink(),
    "renamed": lambda c: (c.seeds / "2025-07-11.txt").rename(c.seeds / "2025-07-21.txt"),
    "moved": lambda c: (c.seeds / "2025-07-11.txt").rename(c.seeds.parent / "2025-07-11.txt"),
    "sidecar": lambda c: write_seeds(c.seeds, {"2025-07-11.yml": "place: \u062d\u0644\u0628"}),
    "linked": lambda c: (c.seeds / "link.txt").symlink_to("nowhere"),
    "page edited": lambda c: in_place(c.out / "index.md"),
    "page removed": lambda c: (c.out / "headlines" / "index.md").unlink(),
    "page written by hand": lambda c: write_seeds(c.out, {"about.md": "# x"}),
    "record damaged": lambda c: write_seeds(c.file.parent, {".mujaz-cache/last": "1 2 3\n{[]}"}),
    "record gone": lambda c: (c.file.parent / ".mujaz-cache" / "last").unlink(),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_every_change_is_seen(built: Config, change: Callable[[Config], object]) -> None:
    change(built)
    assert unchanged_report(built) is None
    pipeline.update_pages(built, still())
    assert unchanged_report(built) is not None
    scratch = replace(built, file=built.file.parent / "else" / "mkdocs.yml", out=built.out / ".x")
    pipeline.update_pages(scratch, still())
    pages = {p: d for p, d in contents(built.out).items() if not p.startswith((".x/", "about"))}
    assert pages == contents(scratch.out)


@pytest.mark.parametrize("field", ["page_size", "site_name", "seeds", "out", "sources", "agencies"])
def test_every_setting_counts(built: Config, field: str, tmp_path: Path) -> None:
    values: dict[str, Any] = {
        "page_size": 7,
        "site_name": "x",
        "sources": ("x",),
        "agencies": ("x",),
    }
    assert unchanged_report(replace(built, **{field: values.get(field, tmp_path / "else")})) is None


def test_other_code_is_another_run(built: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(last, "take_fingerprints", lambda *_: Fingerprints("", "other"))
    assert unchanged_report(built) is None


def test_the_renderer_learns_what_changed(built: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[frozenset[str] | None] = []
    monkeypatch.setattr(site, "render_site", lambda *args, **options: told.append(args[4]))
    pipeline.build(built, still())
    pipeline.build(built, still())
    assert told == [None, frozenset()]
    (built.seeds / "2025-07-11.txt").unlink()
    write_seeds(built.out, {"about.md": "# x"})
    before = contents(built.out)
    pipeline.build(built, still())
    after = contents(built.out)
    written = {p for p in before.keys() | after.keys() if before.get(p) != after.get(p)}
    assert told[2] == frozenset({*written, "about.md"}) - {LEDGER}
    pipeline.build(replace(built, site_dir=built.out.with_name("elsewhere")), still())
    assert told[3] is None


def test_a_failed_rendering_changes_nothing_of_that(
    built: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[frozenset[str] | None] = []
    monkeypatch.setattr(site, "render_site", lambda *args, **options: None)
    pipeline.build(built, still())
    (built.seeds / "2025-07-11.txt").unlink()
    pipeline.update_pages(built, still())  # pages are written, and no site made of them

    def fails(*args: Any, **options: Any) -> None:
        told.append(args[4])
        raise OSError

    monkeypatch.setattr(site, "render_site", fails)
    for _ in range(2):
        with pytest.raises(OSError):
            pipeline.build(built, still())
    assert told[0]
    assert told[0] == told[1]


def test_a_site_is_known_until_somebody_touches_it(
    built: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    def make(*args: object, **options: object) -> None:
        folder = SiteFolder(built.site_dir, built.cache / SITE_RECORD)
        tree = folder.begin()
        folder.publish(tree, {"index.html": tree.write("index.html", b"x")})

    monkeypatch.setattr(site, "render_site", make)
    assert not is_published(built)
    pipeline.build(built, still())
    assert is_published(built)
    assert not is_published(replace(built, site_dir=built.out))
    write_seeds(built.site_dir, {"index.html": "y"})
    assert not is_published(built)
    pipeline.build(built, still())
    assert is_published(built)
    (built.seeds / "2025-07-11.txt").unlink()
    pipeline.update_pages(built, still())
    assert not is_published(built)


def test_another_folder_for_the_site_composes_no_page_again(
    built: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(site, "render_site", lambda *args, **options: None)
    elsewhere = replace(built, site_dir=built.site_dir.with_name("elsewhere"))
    assert unchanged_report(elsewhere) is not None
    write_seeds(built.seeds, {"2025-07-11.txt": raw(1) + "\n\n\u0648\u0642\u0627\u0644."})
    composed: list[str] = []
    compose = Composer.compose

    def noted(self: Composer, target: Target) -> object:
        composed.append(target)
        return compose(self, target)

    monkeypatch.setattr(Composer, "compose", noted)
    assert pipeline.update_pages(elsewhere, still()).pages_written
    assert composed
    assert not [target for target in composed if target.startswith("tag")]
