"""The command line: exit codes, reports in JSON, and messages that say what to do."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import NamedTuple

import pytest
from mujaz import __version__, cli
from mujaz.publish.output import fonts

from tests.support import contents, raw, write_seeds

REPORT = "inputs published duplicates held rejected problems doubts pages_written seconds".split()
UNDERSTOOD = (
    "file id title source place authors agency date time language type summary "
    "paragraphs tags section sidebar sidebar_raw provenance problem".split()
)
EXPORTED = (
    "id address file title source agency authors date time section type language tags summary "
    "story topic duplicates".split()
)
SITE = "site_name: موجز\ntheme: {name: null, custom_dir: theme}\ndocs_dir: pages\n"
SITE += "extra: {mujaz: {sources: [السنديانة]}}\n"


class Result(NamedTuple):
    code: int
    out: str
    err: str


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small site, its folder being the current one."""
    texts = {"a.txt": raw(1), "b.txt": raw(2), "copy.txt": raw(1), "sport/2025-07-14.txt": raw(3)}
    write_seeds(tmp_path / "seeds", texts)
    write_seeds(tmp_path, {"mkdocs.yml": SITE, "theme/main.html": "{{ page.content }}"})
    write_seeds(tmp_path, {"theme/article.html": "<h1>{{ page.meta.title|e }}</h1>"})
    write_seeds(tmp_path, {"theme/home.html": "home", "theme/listing.html": "listing"})
    write_seeds(tmp_path, {"theme/search.html": "search"})
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(fonts, "subset_fonts", lambda folder: ())
    return tmp_path


def test_explain_says_why(here: Path) -> None:
    write_seeds(here / "seeds", {"a.yml": "section: sport"})
    told = mujaz("explain", "seeds/a.txt")
    assert told.code == 0
    for part in (
        "source: السنديانة",
        "its dateline says so; 95% sure; characters",
        ": «السنديانة»\n",
        "date: none",
        "nothing states its day",
        "section: رياضة",
        "an editor says so in its sidecar; sure",
        "body: 2 paragraphs",
    ):
        assert part in told.out
    sidecar = mujaz("explain", "seeds/a.yml")
    assert (sidecar.code, sidecar.err) == (0, "")
    assert sidecar.out == (
        "seeds/a.yml: is a sidecar, which corrects seeds/a.txt; explain that file\n\n"
    )
    write_seeds(here / "seeds", {"alone.yml": "section: sport"})
    assert "is a sidecar of no article" in mujaz("explain", "seeds/alone.yml").out


@pytest.fixture
def rejected(here: Path) -> Path:
    write_seeds(here / "seeds", {"broken.txt": "", "z.xyz": "x"})
    return here


def mujaz(*arguments: str) -> Result:
    """Run the command line in this process."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err), pytest.raises(SystemExit) as ended:
        cli.main(arguments)
    code = ended.value.code
    code = code if isinstance(code, int) else int(code is not None)
    return Result(code, out.getvalue(), err.getvalue())


@pytest.mark.parametrize("command", ["build", "generate"])
def test_report_in_json(command: str, here: Path) -> None:
    result = mujaz(command, "--json")
    assert result.code == 0
    report = json.loads(result.out)
    assert list(report) == REPORT
    numbers = {name: report[name] for name in REPORT[:5]}
    assert numbers == {"inputs": 4, "published": 3, "duplicates": 1, "held": 0, "rejected": 0}
    assert report["problems"] == []
    assert report["pages_written"] >= 6
    assert report["seconds"] >= 0
    assert (here / "pages" / "index.md").is_file()
    assert (here / "site" / "index.html").is_file() == (command == "build")


@pytest.mark.parametrize("command", ["build", "generate", "check"])
@pytest.mark.parametrize(("strict", "code"), [((), 0), (("--strict",), 1)])
def test_rejected_inputs(command: str, strict: tuple[str, ...], code: int, rejected: Path) -> None:
    result = mujaz(command, "--json", *strict)
    assert result.code == code
    report = json.loads(result.out)
    assert report["rejected"] == 2
    assert [list(problem) for problem in report["problems"]] == [["file", "reason", "hint"]] * 2
    assert [problem["file"] for problem in report["problems"]] == ["broken.txt", "z.xyz"]
    assert (rejected / "site").exists() == (command == "build" and not strict)


@pytest.mark.parametrize("command", ["build", "generate"])
def test_rejected_inputs_for_people(command: str, rejected: Path) -> None:
    result = mujaz(command)
    assert result.code == 0
    assert "broken.txt: is empty; put the article's text in it, or remove it" in result.err
    assert "6 inputs: 3 published, 1 duplicate, 0 held, 2 rejected" in result.out
    strict = mujaz(command, "--strict")
    assert strict.code == 1
    assert "--strict" in strict.err


def test_strict_keeps_the_last_site(here: Path) -> None:
    assert mujaz("build").code == 0
    before = contents(here / "site")
    write_seeds(here / "seeds", {"broken.txt": "", "new.txt": raw(9)})
    assert mujaz("build", "--strict").code == 1
    assert contents(here / "site") == before


def test_failed_render_is_one_message(here: Path) -> None:
    assert mujaz("build").code == 0
    before = contents(here / "site")
    (here / "theme" / "article.html").write_text("{% if %}", "utf-8")
    result = mujaz("build")
    assert result.code == 1
    assert "theme/article.html, line 1" in result.err.splitlines()[-1]
    assert contents(here / "site") == before


def test_a_changed_template_shows(here: Path) -> None:
    assert mujaz("build").code == 0
    (here / "theme" / "home.html").write_text("another home", "utf-8")
    assert "; 0 pages written" in mujaz("build").out
    assert (here / "site" / "index.html").read_text("utf-8") == "another home"


def test_check_writes_nothing(rejected: Path) -> None:
    before = contents(rejected)
    result = mujaz("check")
    assert result.code == 0
    assert "rejected   z.xyz: " in result.out
    assert "an editor  a.txt: states no day of publication" in result.out
    assert contents(rejected) == before


@pytest.mark.parametrize(
    "command", [["check"], ["explain", "seeds/a.txt"], ["export"], ["digest", "--json"]]
)
@pytest.mark.parametrize("data", [b"", b"x" * 9000], ids=["empty", "other"])
def test_who_only_looks_never_touches_a_damaged_state(
    command: list[str], data: bytes, here: Path
) -> None:
    expected = mujaz(*command)
    assert mujaz("generate").code == 0
    assert mujaz(*command) == expected
    for path in (here / ".mujaz-cache").iterdir():
        path.write_bytes(data)
    before = contents(here)
    assert mujaz(*command) == expected
    assert contents(here) == before


def test_parse_in_json(rejected: Path) -> None:
    paths = ["seeds/z.xyz", "seeds/copy.txt", "seeds/broken.txt", "seeds/sport", "seeds/a.txt"]
    result = mujaz("parse", "--json", *paths)
    assert result.code == 0
    found = [json.loads(line) for line in result.out.splitlines()]
    assert [list(each) for each in found] == [UNDERSTOOD] * 5
    files = [*paths[:3], "seeds/sport/2025-07-14.txt", paths[4]]
    assert [each["file"] for each in found] == files
    assert [each["problem"] is None for each in found] == [False, True, False, True, True]
    for each in found:
        if each["problem"]:
            assert list(each["problem"]) == ["reason", "hint"]
            assert {each[name] for name in UNDERSTOOD[1:-1]} == {None}
    copy, dated = found[1], found[3]
    assert copy["id"] == found[4]["id"]
    assert copy["title"] == raw(1).split("\n")[0]
    assert (copy["source"], copy["place"], copy["date"]) == ("السنديانة", None, None)
    assert (dated["date"], dated["section"]) == ("2025-07-14", "رياضة")
    assert copy["paragraphs"] == raw(1).split("\n\n")[2:]
    assert copy["authors"] == copy["sidebar"] == []
    assert copy["sidebar_raw"] is None
    assert list(copy["provenance"]["title"]) == ["rule", "confidence", "span"]


def test_parse_a_folder(rejected: Path) -> None:
    lines = mujaz("parse", "--json", "seeds").out.splitlines()
    files = ["a.txt", "b.txt", "broken.txt", "copy.txt", "sport/2025-07-14.txt", "z.xyz"]
    assert [json.loads(line)["file"] for line in lines] == [f"seeds/{name}" for name in files]


def test_parse_for_people(rejected: Path) -> None:
    result = mujaz("parse", "seeds/a.txt", "seeds/broken.txt")
    assert result.code == 0
    assert "source:   السنديانة" in result.out
    assert "seeds/broken.txt: is empty; " in result.out


def test_export_in_json(rejected: Path) -> None:
    before = contents(rejected)
    result = mujaz("export", "--json")
    assert (result.code, result.err) == (0, "")
    exported = [json.loads(line) for line in result.out.splitlines()]
    assert [list(each) for each in exported] == [EXPORTED] * 3
    dated, *undated = exported
    copied, other = sorted(undated, key=lambda each: str(each["file"]))
    files = [each["file"] for each in (dated, copied, other)]
    assert files == ["sport/2025-07-14.txt", "a.txt", "b.txt"]
    assert (dated["date"], dated["section"]) == ("2025-07-14", "رياضة")
    assert copied["address"].startswith("articles/")
    assert copied["duplicates"] == [
        {"file": "copy.txt", "source": "السنديانة", "title": copied["title"]}
    ]
    assert (other["duplicates"], other["date"], other["story"]) == ([], None, None)
    assert other["topic"] == {"id": other["id"]}
    assert contents(rejected) == before
    lines = mujaz("export").out.splitlines()
    assert sum("1 duplicate" in line for line in lines) == 1
    assert sum(other["title"] in line for line in lines) == 1


@pytest.mark.parametrize("arguments", [["digest"], ["digest", "2025-07-14"]])
def test_digest_in_json(arguments: list[str], here: Path) -> None:
    texts = {f"2025-07-14-{number}.txt": raw(number) for number in (4, 5)}
    write_seeds(here / "seeds", {**texts, "2025-07-13.txt": raw(6)})
    before = contents(here)
    result = mujaz(*arguments, "--json")
    assert (result.code, result.err) == (0, "")
    edition = json.loads(result.out)
    assert (list(edition), edition["day"]) == (["day", "stories"], "2025-07-14")
    articles = [article for story in edition["stories"] for article in story["articles"]]
    assert {each["file"] for each in articles} == {*texts, "sport/2025-07-14.txt"}
    for story in edition["stories"]:
        assert list(story) == "id title summary papers texts articles".split()
        for article in story["articles"]:
            assert list(article) == ["id", "file", "title", "source"]
        assert (story["papers"], story["texts"]) == (1, len(story["articles"]))
        assert story["title"] in [article["title"] for article in story["articles"]]
    assert contents(here) == before
    lines = mujaz(*arguments).out
    assert lines.startswith("2025-07-14\n1. ")
    assert f"\n1. {edition['stories'][0]['title']}\n" in lines
    assert ", 1 paper, " in lines


def test_digest_needs_a_day(here: Path) -> None:
    (here / "seeds" / "sport" / "2025-07-14.txt").unlink()
    result = mujaz("digest")
    assert (result.code, result.out) == (2, "")
    assert "no article states its day" in result.err


def test_parse_needs_no_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_seeds(tmp_path, {"a.txt": raw(1, dateline="سانا:")})
    monkeypatch.chdir(tmp_path)
    assert json.loads(mujaz("parse", "--json", "a.txt").out)["source"] == "سانا"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], ["Usage"]),
        (["publish"], ["publish"]),
        (["build", "--fast"], ["--fast"]),
        (["build", "extra"], ["extra"]),
        (["parse"], ["PATHS"]),
        (["parse", "nofile"], ["nofile: no such file or folder"]),
        (["parse", "seeds/a.txt", "nofile", "--json"], ["nofile: no such file or folder"]),
        (["explain", "nofile"], ["nofile: no such file or folder"]),
        (["digest", "yesterday"], ["yesterday: is no day", "2025-07-14"]),
        (["digest", "2025-07-01"], ["2025-07-01: no article", "the nearest is 2025-07-14"]),
        (["export", "--config", "nowhere.yml"], ["nowhere.yml: not found"]),
        (["build", "--executor", "thread"], ["'thread'", "processes", "none", "dask://host:port"]),
        (["generate", "--executor", "dask://"], ["'dask://'", "dask://host:port"]),
        (["build", "--site-dir", "seeds"], ["`site_dir`", "`seeds`", "another folder"]),
        (["generate", "--seeds", "."], ["`site_dir`", "`seeds`", "another folder"]),
        (["generate", "--out", "seeds"], ["`docs_dir`", "`seeds`", "another folder"]),
        (["build", "--config", "nowhere.yml"], ["nowhere.yml: not found", "--config"]),
        (["generate", "--seeds", "nowhere"], ["nowhere", "--seeds"]),
        (["check", "--seeds", "seeds/a.txt"], ["seeds/a.txt", "--seeds"]),
        (["build", "--config", "bad.yml"], ["bad.yml", "`seed`", "seeds"]),
        (["build", "--config", "plugin.yml"], ["plugin.yml", "mend"]),
    ],
)
def test_usage_errors(arguments: list[str], says: list[str], here: Path) -> None:
    write_seeds(here, {"bad.yml": "extra: {mujaz: {seed: x}}"})
    write_seeds(here, {"plugin.yml": SITE + "plugins: [no-such-plugin]\n"})
    result = mujaz(*arguments)
    assert result.code == 2
    assert [part for part in says if part not in result.err] == []
    assert "Traceback" not in result.err
    assert result.out == ""


def test_no_site_and_no_seeds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for command in ("build", "generate", "check", "export", "digest"):
        result = mujaz(command)
        assert result.code == 2
        assert "mkdocs.yml" in result.err
        assert "--config" in result.err


def test_seeds_alone_are_enough(here: Path) -> None:
    (here / "mkdocs.yml").unlink()
    assert mujaz("generate", "--seeds", "seeds", "--out", "elsewhere").code == 0
    assert (here / "elsewhere" / "index.md").is_file()


@pytest.mark.parametrize("out", ["mkdocs.yml", "mkdocs.yml/inside"])
def test_out_is_a_file(out: str, here: Path) -> None:
    result = mujaz("generate", "--out", out)
    assert result.code in (1, 2)
    assert "mkdocs.yml" in result.err


@pytest.mark.parametrize("command", ["build", "generate", "parse", "check", "export", "digest"])
def test_help(command: str) -> None:
    result = mujaz(command, "--help")
    assert result.code == 0
    assert "--json" in result.out


def test_python_m_generator_is_the_same_program(here: Path) -> None:
    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "mujaz", *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    assert run("--version").stdout == mujaz("--version").out == f"mujaz, version {__version__}\n"
    parsed = run("parse", "--json", "seeds")
    assert (parsed.returncode, parsed.stdout) == (0, mujaz("parse", "--json", "seeds").out)
    refused = run("generate", "--config", "nowhere.yml")
    assert (refused.returncode, refused.stderr) == (
        2,
        mujaz("generate", "--config", "nowhere.yml").err,
    )


def test_why_a_story_stands_where_it_does(here: Path) -> None:
    texts = {f"2025-07-14-{number}.txt": raw(number) for number in (4, 5)}
    write_seeds(here / "seeds", texts)
    before = contents(here)
    result = mujaz("explain", "--story", "2025-07-14", "--json")
    assert (result.code, result.err) == (0, "")
    standings = [json.loads(line) for line in result.out.splitlines()]
    assert [each["place"] for each in standings] == [*range(1, len(standings) + 1)]
    first = standings[0]
    assert first["numbered"]
    assert first["parts"][0] == {"part": "independent texts", "count": 3, "points": 6}
    for name in (first["id"], "2025-07-14-4.txt"):
        lines = mujaz("explain", "--story", name).out.splitlines()
        assert lines[0] == f"2025-07-14 1. {first['title']}"
        assert lines[1] == "   independent texts: 3, which give 6 points"
    assert mujaz("explain", "--story", "nothing").code == 2
    assert mujaz("explain", "--story", "1999-01-01").code == 2
    assert mujaz("explain").code == 2
    assert contents(here) == before
