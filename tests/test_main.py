"""Interrupted at any moment, the program ends in one line, and nobody of its own lives on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.support import raw, write_seeds

LINE = "mujaz: interrupted; the last site stays, and the next build goes on\n"
WORKERS = """
import os, sys, time
from mujaz import cli, __main__
from mujaz.executors import executor_opener

def run():
    os.cpu_count = lambda: 2
    with executor_opener()(1000) as pool:
        tasks = [pool.submit(time.sleep, 60) for _ in range(4)]
        while not any(task.running() for task in tasks):
            time.sleep(0.01)
        print("working", flush=True)
        tasks[0].result()

if __name__ == "__main__":
    cli.main = run
    __main__.run()
"""


def start(folder: Path, *command: str) -> subprocess.Popen[str]:
    """Start a program as the leader of a group of processes of its own, as a terminal does."""
    return subprocess.Popen(
        [sys.executable, *command],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def is_alive(group: int) -> bool:
    """Whether a process of a group has not ended after a while."""
    for _ in range(100):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return False
        time.sleep(0.05)
    return True


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("seconds", [0.15, 0.4, 0.8, 1.5])
def test_a_build_ends_in_a_line(number: signal.Signals, seconds: float, tmp_path: Path) -> None:
    write_seeds(tmp_path / "seeds", {f"{i}.txt": raw(i) for i in range(200)})
    (tmp_path / "mkdocs.yml").write_text("site_name: x\n", "utf-8")
    build = start(tmp_path, "-m", "mujaz", "build")
    time.sleep(seconds)
    os.killpg(build.pid, number)
    _, err = build.communicate(timeout=30)
    assert (build.returncode, err) == (128 + number, LINE)


@pytest.mark.parametrize("options", [("--lang", "ar", "build"), ("build", "--lang=ar")])
def test_it_ends_in_arabic(options: tuple[str, ...], tmp_path: Path) -> None:
    write_seeds(tmp_path / "seeds", {f"{i}.txt": raw(i) for i in range(200)})
    (tmp_path / "mkdocs.yml").write_text("site_name: x\n", "utf-8")
    build = start(tmp_path, "-m", "mujaz", *options)
    time.sleep(0.4)
    os.killpg(build.pid, signal.SIGINT)
    _, err = build.communicate(timeout=30)
    assert (build.returncode, err.partition("؛")[0]) == (130, "موجز: أوقفه أحدهم")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
@pytest.mark.parametrize("is_for_all", [False, True], ids=["alone", "group"])
def test_workers_end_with_it(number: signal.Signals, is_for_all: bool, tmp_path: Path) -> None:
    (tmp_path / "run.py").write_text(WORKERS, "utf-8")
    program = start(tmp_path, "run.py")
    assert program.stdout
    assert program.stdout.readline() == "working\n"
    (os.killpg if is_for_all else os.kill)(program.pid, number)
    _, err = program.communicate(timeout=30)
    assert program.returncode == -number if number == signal.SIGKILL else 128 + number
    assert err == ("" if number == signal.SIGKILL else LINE)
    assert not is_alive(program.pid)
