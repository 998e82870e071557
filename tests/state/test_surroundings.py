"""The same site, whatever the locale and the umask of the process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support import contents, raw, write_seeds

NAME = "رياضة/2025-07-14 خبر.txt"


@pytest.mark.parametrize(
    "surroundings",
    [
        {"LC_ALL": "C", "PYTHONUTF8": "0"},
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"},
        {"LC_ALL": "C.UTF-8"},
    ],
    ids=["ascii", "ascii-output", "utf-8"],
)
def test_pages_do_not_depend_on_the_locale(surroundings: dict[str, str], tmp_path: Path) -> None:
    project = tmp_path / "مشروع جديد"
    write_seeds(project / "مقالات", {NAME: raw(1), "empty.txt": ""})
    (project / "مقالات" / os.fsdecode(b"caf\xe9.txt")).write_text(raw(2), "utf-8")
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("LC_", "PYTHONU"))}

    def generate(out: str, **others: str) -> str:
        arguments = ["generate", "--seeds", "مقالات", "--out", out, "--json"]
        done = subprocess.run(
            [sys.executable, "-m", "mujaz", *arguments],
            cwd=project,
            env={**environment, **others},
            check=True,
            capture_output=True,
        )
        return done.stdout.decode("utf-8")

    report = json.loads(generate("صفحات", **surroundings))
    usual = json.loads(generate("usual", LC_ALL="C.UTF-8"))
    assert report["problems"] == usual["problems"]
    assert [each["file"] for each in report["problems"]] == ["caf\\xe9.txt", "empty.txt"]
    pages = {k: v for k, v in contents(project / "صفحات").items() if k.endswith(".md")}
    assert pages == {k: v for k, v in contents(project / "usual").items() if k.endswith(".md")}
    assert NAME in "".join(page.decode() for page in pages.values())


def test_others_can_read_what_is_written(tmp_path: Path) -> None:
    write_seeds(tmp_path / "seeds", {NAME: raw(1)})
    command = [sys.executable, "-m", "mujaz", "generate", "--seeds", "seeds", "--out", "pages"]
    subprocess.run(command, cwd=tmp_path, umask=0o077, check=True, capture_output=True)
    for path in (tmp_path / "pages", *(tmp_path / "pages").rglob("*")):
        wanted = 0o755 if path.is_dir() else 0o644
        assert path.stat().st_mode & 0o777 == wanted, path
