"""Does what the documentation says: writes the files that it shows, and runs its commands.

What stands in a block marked `console` behind `$ ` is a command. A block below a line that ends
with the path of a file, as in "Write `about.md`:", is what goes into that file; where settings are
there already, its keys go beside theirs.
"""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

import mujaz
import pytest
import yaml
from mergedeep import merge
from mujaz.cli import cli, main

from tests.conftest import served

DOCS = Path(__file__).parent.parent / "docs"
BLOCK = re.compile(r"(?:`([^`\n]+\.\w+)`[^`\n]*:\n\n)?```(\w+)\n(.*?)```", re.DOTALL)
ELSEWHERE = {
    "git": "says nothing of Mujaz",
    "make": "of a checkout; continuous integration runs it",
    "pip": "tests of the wheel install it",
    "pipx": "tests of the wheel install it",
    "python3": "Python's own server",
    "uv": "tests of the wheel install it",
    "uvx": "tests of the wheel install it",
}
"""Commands that no test runs here, and why."""
Step = tuple[str, str]
"""The path of a file, empty for a command; and what is in it, or the command."""


class _AnyTag(yaml.SafeLoader):
    """Reads settings with tags of Python in them."""


_AnyTag.add_multi_constructor("", lambda loader, suffix, node: None)


def steps(page: Path) -> list[Step]:
    return [*_steps(page.read_text("utf-8"))]


def _steps(text: str) -> Iterator[Step]:
    for file, kind, block in BLOCK.findall(text):
        if kind == "console":
            yield from (("", line[2:]) for line in block.splitlines() if line.startswith("$ "))
        elif file:
            yield file, block


def commands(page: Path) -> list[str]:
    return [text for file, text in steps(page) if not file]


PAGES = [DOCS.parent / "README.md", *DOCS.rglob("*.md")]
ENGLISH = [page for page in PAGES if DOCS / "ar" not in page.parents]
SHOWN = sorted(page for page in PAGES if commands(page))
"""Pages with commands; an Arabic one that says the same as its English twin is not done again."""
DONE = [
    page
    for page in SHOWN
    if page in ENGLISH
    or not (twin := DOCS / page.relative_to(DOCS / "ar")).exists()
    or steps(page) != steps(twin)
]


FEED = """<rss version="2.0"><channel><title>{name}</title><item>
<title>وصول {name} إلى محطته الأخيرة قبل موعده</title><guid>{name}</guid>
<pubDate>Mon, 14 Jul 2025 09:00:00 GMT</pubDate><description>{text}</description>
</item></channel></rss>"""
HOSTS = re.compile(r"https://(\w+)\.example/(?=\w+\.xml|feed)")
"""Where feeds of the documentation lie."""


@pytest.fixture(scope="module")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server that has the feeds of the documentation, a folder for each host."""
    folder = tmp_path_factory.mktemp("newsroom")
    text = "وصلت السفينة إلى محطتها الأخيرة صباح اليوم، وعلى متنها ألف صندوق من التمر. " * 12
    ways = {"oasis/feed.xml": "القافلة", "harbour/rss.xml": "السفينة", "news/feed": "القطار"}
    for way, name in ways.items():
        (folder / way).parent.mkdir()
        (folder / way).write_text(FEED.format(name=name, text=text), "utf-8")
    with served(folder) as address:
        yield address


def do(step: Step, folder: Path, newsroom: str) -> Path:
    """Do a step in a folder, and return the folder that the next one is done in."""
    file, text = step
    text = HOSTS.sub(rf"{newsroom}/\1/", text)
    if file:
        _write(folder / file, text)
        return folder
    program, *arguments = shlex.split(text, comments=True)
    if program == "cd":
        return folder / arguments[0]
    if program in ELSEWHERE:
        return folder
    assert program == "mujaz", f"{text}: nobody tests this"
    if arguments[0] == "fetch":
        arguments += ["--allow-private", "--strict"]  # the feeds are on this machine
    if arguments[0] == "serve":
        arguments = ["serve", "--help"]  # tests of the preview wait for its pages
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert not ended.value.code, text
    return folder


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix == ".yml" and path.exists():
        there = yaml.load(path.read_text("utf-8"), _AnyTag)
        text = yaml.safe_dump(merge({}, there or {}, yaml.safe_load(text)), allow_unicode=True)
    path.write_text(text, "utf-8")


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site as `mujaz new` makes it, built by a program."""
    folder = tmp_path_factory.mktemp("sample") / "site"
    with pytest.raises(SystemExit) as ended:
        main(["new", str(folder)])
    assert not ended.value.code
    report = mujaz.build(folder / "mkdocs.yml", strict=True)
    assert report.published > 3
    assert report.problems == ()
    assert (folder / "site" / "index.html").exists()
    return folder


@pytest.mark.parametrize("page", DONE, ids=lambda page: page.relative_to(DOCS.parent).as_posix())
def test_what_a_page_says_can_be_done(
    page: Path, sample: Path, newsroom: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path
    if not any(command.startswith("mujaz new") for command in commands(page)):
        folder = shutil.copytree(sample, tmp_path / "site", symlinks=True)
    for step in steps(page):
        monkeypatch.chdir(folder)
        folder = do(step, folder, newsroom)


def test_commands_in_the_text_exist() -> None:
    named = {
        name for page in PAGES for name in re.findall(r"`mujaz ([a-z]+)", page.read_text("utf-8"))
    }
    assert named
    assert named - set(cli.commands) == set()
