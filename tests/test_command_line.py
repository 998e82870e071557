"""How the command line speaks: help that is tried, quiet and loud runs, logs, slips, the manual."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from mujaz.cli import cli, stages
from mujaz.cli.exports import SHELLS
from mujaz.cli.group import examples
from mujaz.cli.manual import EXIT_CODES, command_entries, manual_page
from mujaz.cli.output import color_wanted
from mujaz.data import table
from mujaz.errors import message_language

from tests.support import raw, write_seeds
from tests.test_cli import here, mujaz

__all__ = ["here"]
STAGES = ["reading", "understanding", "stories", "pages", "search", "rendering"]
LONG_RUNNING = ("fetch", "new", "serve")
"""Commands whose own tests run them; here their examples are only parsed."""


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "NO_COLOR", "FORCE_COLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)


def test_every_command_has_examples() -> None:
    assert sorted(table("examples")) == sorted(["mujaz", *cli.commands])


@pytest.mark.parametrize("name", sorted(table("examples")))
def test_examples_run(name: str, here: Path) -> None:
    write_seeds(here / "seeds", {"2025-07-14-news.txt": raw(7), "news.txt": raw(8)})
    write_seeds(here / "news", {"news.txt": raw(8)})
    if name == "explain":
        write_seeds(here / "seeds", {"news.yml": "date: 2025-07-14"})
    if name == "verify":
        assert mujaz("build").code == mujaz("build", "--site-dir", "public").code == 0
    for run, _ in examples(name):
        program, *arguments = shlex.split(run)
        assert program == "mujaz"
        if name in LONG_RUNNING:
            command, rest = cli.commands[name], arguments[arguments.index(name) + 1 :]
            with cli.make_context("mujaz", [], resilient_parsing=True) as context:
                command.make_context(name, rest, context, resilient_parsing=True)
        else:
            result = mujaz(*arguments)
            assert (result.code, "Traceback" in result.err) == (0, False), run


@pytest.mark.parametrize("name", sorted(cli.commands))
def test_help_has_examples_and_fits(name: str) -> None:
    lines = mujaz(name, "--help").out.splitlines()
    assert "Examples:" in lines
    assert any(line.startswith(f"  mujaz {name}") for line in lines)
    assert len(lines) <= 60
    assert max(map(len, lines)) <= 80


def test_quiet_and_loud(here: Path) -> None:
    write_seeds(here / "seeds", {"broken.txt": ""})
    usual, again = mujaz("build"), mujaz("build")
    assert "The site is in" in usual.out
    assert "broken.txt: is empty" in usual.err
    assert again.err == usual.err
    quiet = mujaz("build", "-q")
    assert (quiet.out, quiet.err) == ("", usual.err)
    assert mujaz("-q", "build", "--quiet")[1:] == ("", "")
    write_seeds(here / "seeds", {"c.txt": raw(11)})
    for arguments in (["-v", "generate"], ["generate", "--verbose"]):
        write_seeds(here / "seeds", {"c.txt": raw(len(arguments[0]))})
        assert re.search(r"mujaz: stage reading: 1, \d+\.\d\d s\n", mujaz(*arguments).err)
    assert mujaz("generate", "-q", "-v").out.startswith("6 inputs: ")
    assert "a.txt" in mujaz("parse", "-qq", "seeds/a.txt").out


@pytest.mark.parametrize("arguments", [["--log-format", "json", "build"], ["build", "--json"]])
def test_log_in_json(arguments: list[str], here: Path) -> None:
    write_seeds(here / "seeds", {"broken.txt": ""})
    if arguments[0] == "build":
        assert mujaz(*arguments, "--lang=ar").err == ""
        return
    result = mujaz(*arguments, "--lang=ar")
    events = [json.loads(line) for line in result.err.splitlines()]
    stages = [each for each in events if each["event"] == "stage"]
    assert [each["stage"] for each in stages] == STAGES
    assert all(list(each) == ["event", "stage", "seconds", "count"] for each in stages)
    assert stages[0]["count"] == 5
    report = next(each for each in events if each["event"] == "report")
    assert (report["inputs"], report["rejected"]) == (5, 1)
    problem = next(each for each in events if each["event"] == "problem")
    assert (problem["file"], problem["reason"]) == ("broken.txt", "is empty")
    failed = mujaz("build", "--log-format=json", "--config", "nowhere.yml")
    error = json.loads(failed.err)
    assert (failed.code, error["event"], error["exit_code"]) == (2, "error", 2)
    assert error["text"].startswith("nowhere.yml: not found")


@pytest.mark.parametrize(
    ("arguments", "meant"),
    [
        (["buidl"], "'build'"),
        (["Check"], "'check'"),
        (["build", "--strct"], "'--strict'"),
        (["build", "--log-fromat", "json"], "'--log-format'"),
        (["frobnicate"], None),
    ],
)
def test_slips(arguments: list[str], meant: str | None, here: Path) -> None:
    result = mujaz(*arguments)
    assert (result.code, result.out) == (2, "")
    assert (f"Did you mean {meant}?" in result.err) == bool(meant)


@pytest.mark.parametrize(
    ("choice", "environment", "wanted"),
    [
        ("auto", {}, None),
        ("auto", {"NO_COLOR": "1", "FORCE_COLOR": "1"}, False),
        ("auto", {"NO_COLOR": ""}, None),
        ("auto", {"FORCE_COLOR": "1"}, True),
        ("auto", {"TERM": "dumb"}, False),
        ("always", {"NO_COLOR": "1"}, True),
        ("never", {"FORCE_COLOR": "1"}, False),
    ],
)
def test_colours(choice: str, environment: dict[str, str], wanted: bool | None) -> None:
    assert color_wanted(choice, environment) is wanted


def test_colours_only_where_wanted(here: Path) -> None:
    assert "\x1b" not in mujaz("build", "--config", "nowhere.yml").err
    assert "\x1b[31mmujaz\x1b" in mujaz("build", "--color=always", "--config", "nowhere.yml").err


@pytest.mark.parametrize(
    ("arguments", "environment", "language"),
    [
        ([], {}, "en"),
        ([], {"LANG": "ar_SY.UTF-8"}, "ar"),
        ([], {"LANG": "ar"}, "ar"),
        ([], {"LANG": "arn_CL.UTF-8"}, "en"),
        ([], {"LANG": "ar_SY.UTF-8", "LC_MESSAGES": "en_GB.UTF-8"}, "en"),
        ([], {"LANG": "en_GB.UTF-8", "LC_ALL": "ar_EG.UTF-8", "LC_MESSAGES": "de_DE"}, "ar"),
        ([], {"LANG": "ar_SY.UTF-8", "LC_ALL": ""}, "ar"),
        (["build", "--lang", "ar"], {"LANG": "en_GB.UTF-8"}, "ar"),
        (["--lang=en", "build"], {"LANG": "ar_SY.UTF-8"}, "en"),
        (["--lang"], {"LANG": "ar_SY.UTF-8"}, ""),
    ],
)
def test_language(arguments: list[str], environment: dict[str, str], language: str) -> None:
    assert message_language(arguments, environment) == language


@pytest.mark.parametrize("shell", SHELLS)
def test_completion(shell: str, tmp_path: Path) -> None:
    script = mujaz("completion", shell).out
    assert "_MUJAZ_COMPLETE" in script
    if shutil.which(shell):
        (tmp_path / "script").write_text(script, "utf-8")
        subprocess.run([shell, "-n", str(tmp_path / "script")], check=True, timeout=20)


@pytest.mark.parametrize(
    ("words", "place", "expected"),
    [
        ("mujaz bu", 1, "plain,build"),
        ("mujaz build --str", 2, "plain,--strict"),
        ("mujaz build --log", 2, "plain,--log-format"),
        ("mujaz --lang ", 2, "plain,ar\nplain,en"),
    ],
)
def test_completion_knows_commands_and_options(words: str, place: int, expected: str) -> None:
    asked = {"_MUJAZ_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": str(place)}
    command = [sys.executable, "-c", "from mujaz.cli import main; main()"]
    result = subprocess.run(
        command, env={**os.environ, **asked}, capture_output=True, text=True, check=True
    )
    assert result.stdout == f"{expected}\n"


def test_manual_has_every_command_and_option() -> None:
    page = manual_page()
    plain = re.sub(r"\\f[BR]|\\", "", page)
    for entry in command_entries():
        assert entry.usage in plain
        for option in entry.options:
            assert option.names in plain
        for run, says in entry.examples:
            assert run in plain
            assert says.replace("'", "(aq") in plain
    for number, _ in EXIT_CODES:
        assert f".B {number}\n" in page
    requests = re.findall(r"^\.\w+", page, re.M)
    assert {*requests} == {".TH", ".SH", ".SS", ".TP", ".B", ".PP", ".RS", ".RE"}
    assert requests.count(".RS") == requests.count(".RE")
    assert page.isascii()


def test_manual_is_set_without_a_complaint(tmp_path: Path) -> None:
    if not shutil.which("groff"):
        return  # its structure is tested above
    result = subprocess.run(
        ["groff", "-man", "-Tutf8", "-ww"],
        input=manual_page(),
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "LC_ALL": "C.UTF-8"},
    )
    assert result.stderr == ""
    assert "MUJAZ(1)" in result.stdout


def test_a_story_and_a_path_are_two_questions(here: Path) -> None:
    result = mujaz("explain", "--story", "2025-07-14", "seeds/a.txt")
    assert (result.code, result.out) == (2, "")
    assert "give one of them" in result.err


def test_a_story_is_named_by_the_path_that_was_typed(here: Path) -> None:
    expected = mujaz("explain", "--story", "sport/2025-07-14.txt")
    assert expected.code == 0
    for name in ("seeds/sport/2025-07-14.txt", str(here / "seeds/sport/2025-07-14.txt")):
        assert mujaz("explain", "--story", name) == expected


def test_pins_that_name_nothing_are_told_of(here: Path) -> None:
    pins = "{mujaz: {sources: [السنديانة], pins: [a.txt, none.txt, '', 'articles/x-aaaaaaaaaa/']}}"
    settings = (here / "mkdocs.yml").read_text("utf-8").partition("extra:")[0]
    (here / "mkdocs.yml").write_text(f"{settings}extra: {pins}\n", "utf-8")
    expected = [
        "mkdocs.yml: `extra.mujaz.pins` names `none.txt`, which is no article or story here; ",
        "mkdocs.yml: `extra.mujaz.pins` has an empty name; take it out",
        "mkdocs.yml: `extra.mujaz.pins` names `articles/x-aaaaaaaaaa`, which is no article",
    ]
    for lines in (mujaz("generate").err.splitlines(), mujaz("generate").err.splitlines()):
        assert [line[: len(part)] for line, part in zip(lines, expected, strict=True)] == expected
    told = mujaz("check").out
    assert all(f"an editor  {part}" in told for part in expected)
    assert "`a.txt`" not in told


def test_long_stages_show_how_far_they_are(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")  # as on a terminal, for rich
    monkeypatch.setattr(stages, "_is_watched", lambda: True)
    monkeypatch.setattr(stages, "_REFRESH_SECONDS", 0.0)
    threads = threading.active_count()
    for number in stages.progress("reading", range(300), 300):
        assert threading.active_count() == threads, number
    shown = re.sub(r"\x1b\[[0-9;?]*\w", "", capsys.readouterr().err)
    assert re.search(r"reading .* 150/300 0:00:0\d", shown)
    assert list(stages.progress("reading", range(3), 3)) == [0, 1, 2]
    assert capsys.readouterr().err == ""
    with stages.progress.phase("stories"):
        assert capsys.readouterr().err == "\r\x1b[Kstories…"
    assert capsys.readouterr().err == "\r\x1b[K"
