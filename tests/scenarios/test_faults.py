"""Faults take nothing offline: what is published stays as it was, and the fault is named."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from mujaz import pipeline, review
from mujaz.config import Config

from tests.support import config, contents, raw, still, write_seeds

LINES = "".join(f'{{"title": "{raw(i).split(chr(10))[0]}", "text": "نص {i}."}}\n' for i in (5, 6))


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Config:
    monkeypatch.setattr("mujaz.publish.output.fonts.subset_fonts", lambda folder: ())
    texts = {"a.txt": raw(1), "b.md": f"# {raw(2)}", "in/c.txt": raw(3), "d.jsonl": LINES}
    write_seeds(tmp_path / "seeds", {**texts, "a.yml": "place: حلب\n"})
    site = config(tmp_path, search=False)
    assert pipeline.update_pages(site, still()).published == 5
    return site


FAULTS: dict[str, tuple[dict[str, str | bytes], str]] = {
    "sidecar": ({"a.yml": "palce: حلب\n"}, "a.txt: its sidecar a.yml has the unknown key `palce`"),
    "Arabic sidecar": ({"a.yml": "المكن: حلب\n"}, "did you mean `المكان`?"),
    "new sidecar": ({"in/c.yml": "title: [\n"}, "in/c.txt: its sidecar c.yml is not valid YAML"),
    "front matter": ({"b.md": f"---\ntitel: x\n---\n# {raw(2)}"}, "b.md: its front matter"),
    "emptied": ({"a.txt": ""}, "a.txt: is empty"),
    "cut off": ({"a.txt": raw(1).split("\n")[0]}, "a.txt: has a headline but no body"),
    "overwritten": ({"a.txt": b"\x89PNG\r\n\x1a\n\0\0\0\0"}, "a.txt: holds binary data"),
    "one record": ({"d.jsonl": LINES.replace('{"title', "{title", 1)}, "d.jsonl#1: is not valid"),
}


@pytest.mark.parametrize(("change", "fault"), FAULTS.values(), ids=FAULTS.keys())
def test_what_is_published_stays(change: dict[str, str | bytes], fault: str, site: Config) -> None:
    before = contents(site.out)
    write_seeds(site.seeds, change)
    for settings in (site, replace(site, sources=("x",)), site):  # which begins the state anew
        report = pipeline.update_pages(settings, still())
        assert (report.published, report.rejected) == (5, 0)
        (doubt,) = report.doubts
        assert fault in f"{doubt.file}: {doubt.reason}"
        assert "last good version" in doubt.hint
        assert review.check(settings, still()).doubts[0] == doubt
    assert contents(site.out) == before
    write_seeds(site.seeds, {"a.txt": raw(1), "b.md": f"# {raw(2)}", "d.jsonl": LINES})
    write_seeds(site.seeds, {"a.yml": "place: حلب\n", "in/c.yml": ""})
    assert pipeline.update_pages(site, still()).doubts == ()
    assert contents(site.out) == before


def test_a_new_article_with_a_fault_is_rejected(site: Config) -> None:
    write_seeds(site.seeds, {"new.txt": raw(9), "new.yml": "titel: x"})
    report = pipeline.update_pages(site, still())
    assert (report.published, report.rejected, report.doubts) == (5, 1, ())


@pytest.mark.parametrize("fault", ["", "palce: حلب"])
def test_a_draft_is_held_whatever_is_wrong_with_it(fault: str, site: Config) -> None:
    write_seeds(site.seeds, {"a.yml": "draft: true\n"})
    report = pipeline.update_pages(site, still())
    assert (report.inputs, report.published, report.held, report.rejected) == (5, 4, 1, 0)
    assert report.problems == ()
    write_seeds(site.seeds, {"a.txt": fault})
    assert pipeline.update_pages(site, still()).held == 1
    assert [each.file for each in review.check(site, still()).held] == ["a.txt"]
    # A fault in what was held does not bring back what was published before.
    write_seeds(site.seeds, {"a.yml": "draft: maybe\n"})
    report = pipeline.update_pages(site, still())
    assert (report.published, report.held, report.rejected) == (4, 0, 1)


@pytest.mark.parametrize(
    "name", ["seeds", "seeds/in", "seeds/a.txt", "seeds/d.jsonl", "seeds/a.yml"]
)
@pytest.mark.parametrize("number", [errno.EACCES, errno.EIO])
def test_what_cannot_be_read_stays(
    name: str, number: int, site: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = contents(site.out)
    place = str(site.seeds.parent / name)

    def refuse(real: Callable[..., Any]) -> Callable[..., Any]:
        # The system's own refusal, which it would not give to root.
        def guarded(path: Any, *arguments: Any, **options: Any) -> Any:
            at = os.fspath(path) if not isinstance(path, int) else ""
            if at == place or (at.startswith(f"{place}/")):
                raise OSError(number, os.strerror(number), at)
            return real(path, *arguments, **options)

        return guarded

    os.utime(site.seeds / "a.txt")
    os.utime(site.seeds / "a.yml")
    os.utime(site.seeds / "d.jsonl")
    with monkeypatch.context() as patch:
        patch.setattr(os, "open", refuse(os.open))
        if (site.seeds.parent / name).is_dir():
            patch.setattr(os, "lstat", refuse(os.lstat))
            patch.setattr(os, "scandir", refuse(os.scandir))
        report = pipeline.update_pages(site, still())
        assert report.published == 5
        assert report.doubts or report.problems
        assert contents(site.out) == before
    assert pipeline.update_pages(site, still()).problems == ()
    assert contents(site.out) == before
