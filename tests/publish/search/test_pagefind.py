"""Pagefind fails in every way that a program can: one clear message, and never a hang."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pytest
from mujaz import cli
from mujaz.errors import MujazError
from mujaz.publish.output import fonts
from mujaz.publish.search import pagefind

from tests.support import contents, raw, write_seeds

NEXT_STEP = "or set `search: false` under `extra: mujaz:`"
SITE = "site_name: موجز\ntheme: {name: null, custom_dir: theme}\ndocs_dir: pages\n"
SLEEPS = "import time; time.sleep(600)"
HAS_A_CHILD_THAT_SLEEPS = """
import pathlib, subprocess, sys
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
pathlib.Path(__file__).with_name("child").write_text(str(child.pid))
child.wait()
"""
FAULTS = {
    "sleeps": (SLEEPS, "it had not ended after 1 seconds"),
    "fails": ("import sys; sys.exit('no\\nsuch page')", "(no such page)"),
    "fails in silence": ("raise SystemExit(3)", "it ended with the exit code 3"),
    "fails at length": ("import sys; sys.exit('x' * 10**6)", "(" + "x" * 300 + ")"),
    "says what is no text": ("import os; os.write(2, b'\\xff bad'); exit(1)", "\ufffd bad"),
    "is killed": ("import os; os.kill(os.getpid(), 9)", "it was killed by signal 9"),
    "leaves nothing": ("", "what it left cannot be read"),
}


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program in the place of Pagefind's."""
    path = tmp_path / "program" / "pagefind"
    path.parent.mkdir()
    monkeypatch.setattr(pagefind, "program_path", lambda: path)
    return path


def write_program(path: Path, code: str) -> None:
    path.write_text(f"#!{sys.executable}\n{code}", "utf-8")
    path.chmod(0o755)


def message(folder: Path) -> str:
    """Return what a run of Pagefind is refused with."""
    (folder / "pages").mkdir(exist_ok=True)
    with pytest.raises(MujazError) as raised:
        pagefind.run_pagefind(folder / "pages", folder / "out")
    return str(raised.value)


@pytest.mark.parametrize(("code", "says"), FAULTS.values(), ids=FAULTS)
def test_each_fault_is_one_message(
    code: str, says: str, program: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pagefind, "MIN_TIME_LIMIT", 1 if code == SLEEPS else 60)
    write_program(program, code)
    said = message(tmp_path)
    assert says in said
    assert said.endswith(NEXT_STEP)
    assert "\n" not in said


def test_its_children_are_killed_with_it(
    program: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_program(program, HAS_A_CHILD_THAT_SLEEPS)
    child = program.with_name("child")
    for time_limit in (1, 4, 16, 64):
        monkeypatch.setattr(pagefind, "MIN_TIME_LIMIT", time_limit)
        message(tmp_path)
        if child.exists():
            break
    assert ends(int(child.read_text()))


def ends(process: int) -> bool:
    """Return whether a process ends within some seconds."""
    for _ in range(200):
        if not is_running(process):
            return True
        time.sleep(0.05)
    return False


def is_running(process: int) -> bool:
    """Return whether a process lives; one that nobody has asked about since its end does not."""
    try:
        os.kill(process, 0)
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_a_program_that_cannot_be_started(program: Path, tmp_path: Path) -> None:
    assert "its program cannot be started" in message(tmp_path)
    program.write_text("no program")
    assert "its program cannot be started" in message(tmp_path)


def test_no_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pagefind_bin", None)
    assert "install `pagefind[bin]`" in message(tmp_path)


def test_the_time_limit_grows_with_the_pages(
    program: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    limits = []

    def refuse(command: object, time_limit: float) -> None:
        limits.append(time_limit)
        raise MujazError("")

    monkeypatch.setattr(pagefind, "_run", refuse)
    monkeypatch.setattr(pagefind, "MIN_TIME_LIMIT", 7)
    monkeypatch.setattr(pagefind, "TIME_LIMIT_PER_PAGE", 2)
    for name in ("0.html", "1.html"):
        message(tmp_path)
        write_seeds(tmp_path / "pages" / "shard", {name: ""})
    message(tmp_path)
    assert limits == [7, 9, 11]


def test_the_last_site_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(fonts, "subset_fonts", lambda folder: ())
    write_seeds(tmp_path, {"mkdocs.yml": SITE, "seeds/a.txt": raw(1), "theme/main.html": "main"})
    kinds = ("article", "home", "listing", "search")
    write_seeds(tmp_path, {f"theme/{kind}.html": "{{ page.content }}" for kind in kinds})
    assert build(tmp_path) == 0
    before = contents(tmp_path / "site")
    write_seeds(tmp_path, {"seeds/b.txt": raw(2)})
    failing = tmp_path / "pagefind"
    write_program(failing, "import sys; sys.exit('bad')")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pagefind, "program_path", lambda: failing)
        for _ in range(2):
            capsys.readouterr()
            assert build(tmp_path) == 1
            said = capsys.readouterr().err
            assert NEXT_STEP in said
            assert "Traceback" not in said
            assert contents(tmp_path / "site") == before
    assert build(tmp_path) == 0
    assert len(contents(tmp_path / "site" / "articles")) == 2


def build(folder: Path) -> int:
    """Run `mujaz build`, and return its exit code."""
    with pytest.raises(SystemExit) as ended:
        cli.main(["build", "--config", str(folder / "mkdocs.yml")])
    return int(ended.value.code or 0)
