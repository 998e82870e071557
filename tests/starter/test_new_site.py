"""A new site: what is written where, what is refused, and that nothing is left half done."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result
from mujaz.cli import cli
from mujaz.config import load, read_settings
from mujaz.errors import ConfigError
from mujaz.starter import new_site, starter_files, write_site

from tests.support import contents

_SHAPES = {".txt", ".md", ".html", ".xml", ".json", ".yml"}
_MAX_SETTINGS = 20


def new(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, ["new", *map(str, arguments)], catch_exceptions=False)


def test_a_new_site_has_an_article_of_each_shape_and_all_that_it_needs() -> None:
    files = starter_files()
    assert {Path(path).suffix for path in files if path.startswith("seeds/")} == {*_SHAPES, ""}
    assert files.keys() >= {
        *("mkdocs.yml", ".gitignore", ".github/workflows/publish.yml"),
        *("site_src/about.md", "editorial/example.yml"),
    }
    assert yaml.safe_load(files["editorial/example.yml"]) is None
    settings = files["mkdocs.yml"].decode().splitlines()
    assert sum(1 for line in settings if line.strip() and "#" not in line[:1]) <= _MAX_SETTINGS


def test_a_bare_one_has_no_articles_and_names_no_papers(tmp_path: Path) -> None:
    files = starter_files(bare=True)
    assert [path for path in files if path.startswith("seeds/")] == ["seeds/.gitkeep"]
    write_site(tmp_path / "bare", files)
    settings = read_settings(tmp_path / "bare" / "mkdocs.yml").values
    assert settings["extra"]["mujaz"]["sources"] == []
    assert load(tmp_path / "bare" / "mkdocs.yml").sources == ()


@pytest.mark.parametrize("name", ["site", "صحف الساحل/موقع جديد", "a/b/c"])
def test_a_new_folder(name: str, tmp_path: Path) -> None:
    result = new(tmp_path / name)
    assert result.exit_code == 0
    assert result.output.splitlines()[0].startswith(f"A new site is in {tmp_path / name}")
    assert contents(tmp_path / name) == starter_files()
    assert [each.name for each in tmp_path.iterdir()] == [name.partition("/")[0]]
    assert (tmp_path / name).stat().st_mode == (tmp_path / name / "seeds").stat().st_mode


def test_this_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".git").mkdir()  # as `git init` leaves it
    monkeypatch.chdir(tmp_path)
    result = new(".")
    assert result.exit_code == 0
    assert "cd " not in result.output
    assert Path().resolve() == tmp_path.resolve()
    assert contents(tmp_path) == starter_files()


def test_a_link_to_an_empty_folder(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    assert new(tmp_path / "link").exit_code == 0
    assert contents(tmp_path / "real") == starter_files()


def _file(folder: Path) -> None:
    folder.write_text("kept")


def _settings(folder: Path) -> None:
    folder.mkdir()
    (folder / "mkdocs.yml").write_text("kept")


def _hidden(folder: Path) -> None:
    folder.mkdir()
    for name in (".env", "a", "b", "c", "d"):
        (folder / name).write_text("kept")


def _dangling(folder: Path) -> None:
    folder.symlink_to("nowhere")


IN_THE_WAY: dict[str, tuple[Callable[[Path], None], str]] = {
    "a file": (_file, "is no folder"),
    "settings": (_settings, "holds mkdocs.yml"),
    "several files": (_hidden, "holds .env, a, b, …"),
    "a link to nowhere": (_dangling, "is no folder"),
}


@pytest.mark.parametrize(("put", "says"), IN_THE_WAY.values(), ids=IN_THE_WAY)
def test_what_is_in_the_way_is_named_and_left(
    put: Callable[[Path], None], says: str, tmp_path: Path
) -> None:
    put(tmp_path / "site")
    before = contents(tmp_path)
    with pytest.raises(ConfigError) as raised:
        new(tmp_path / "site")
    assert raised.value.exit_code == 2
    assert f"{tmp_path / 'site'}: {says}" in str(raised.value)
    assert contents(tmp_path) == before


@pytest.mark.parametrize("is_there", [False, True])
@pytest.mark.parametrize("allowed", [0, 3])
def test_what_fails_half_way_leaves_nothing(
    is_there: bool, allowed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on a disk that is full, after some files or after some of them got their names."""
    if is_there:
        (tmp_path / "site").mkdir()
    rename, calls = Path.rename, [0]

    def failing(path: Path, target: Path) -> Path:
        calls[0] += 1
        if calls[0] > allowed or not is_there:
            raise OSError(28, "No space left on device", str(target))
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", failing)
    with pytest.raises(OSError, match="No space"):
        write_site(tmp_path / "site", starter_files())
    assert [path.name for path in tmp_path.rglob("*")] == (["site"] if is_there else [])


def test_files_are_written_as_they_lie() -> None:
    folder = Path(new_site.__file__).parent / "files"
    assert starter_files() == contents(folder)
