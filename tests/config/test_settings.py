"""The configuration: what is understood, what is refused, and what the refusal says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from mujaz.config import Config, known_sources, load
from mujaz.errors import ConfigError

from tests.conftest import PROJECT
from tests.support import cases


def read(folder: Path, text: str, **overrides: Any) -> Config:
    (folder / "seeds").mkdir(exist_ok=True)
    (folder / "mkdocs.yml").write_text(text, "utf-8")
    return load(folder / "mkdocs.yml", **overrides)


@pytest.mark.parametrize("case", cases("config", "accepted"))
def test_accepted(case: dict[str, Any], tmp_path: Path) -> None:
    config = read(tmp_path, case["text"])
    for name, value in case["config"].items():
        found = getattr(config, name)
        if isinstance(found, Path):
            found = found.relative_to(tmp_path.resolve()).as_posix()
        assert found == (tuple(value) if isinstance(value, list) else value), name


@pytest.mark.parametrize("case", cases("config", "refused"))
def test_refused(case: dict[str, Any], tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as raised:
        read(tmp_path, case["text"])
    message = str(raised.value)
    assert raised.value.exit_code == 2
    assert str(tmp_path) in message
    assert [part for part in case["says"] if part not in message] == []
    assert "\n" not in message


def test_missing_file(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"mkdocs\.yml: not found; .*--config"):
        load(tmp_path / "mkdocs.yml")


def test_folder_in_place_of_a_file(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        load(tmp_path)


def test_not_utf8(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_bytes("site_name: مكتبة".encode("windows-1256"))
    with pytest.raises(ConfigError, match="cannot be read"):
        load(tmp_path / "mkdocs.yml")


def test_missing_seeds(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"nowhere: no such folder .*--seeds"):
        read(tmp_path, "extra: {mujaz: {seeds: nowhere}}")


def test_options_override_the_file(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    config = read(
        tmp_path,
        "docs_dir: a\nsite_dir: b\n",
        seeds=tmp_path / "other",
        out=tmp_path / "c",
        site_dir=tmp_path / "d",
    )
    assert config.seeds == (tmp_path / "other").resolve()
    assert config.out == (tmp_path / "c").resolve()
    assert config.site_dir == (tmp_path / "d").resolve()


def test_paths_start_at_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    config = read(tmp_path, "docs_dir: site_src\n")
    assert config.out == (tmp_path / "site_src").resolve()
    assert all(path.is_absolute() for path in (config.file, config.seeds, config.site_dir))


def test_editors_papers_come_beside_the_table(tmp_path: Path) -> None:
    config = read(tmp_path, "extra: {mujaz: {sources: [نداء الهضبة]}}")
    assert {"نداء الهضبة", "سانا"} <= set(known_sources(config))


def test_the_projects_own_file_is_accepted(tmp_path: Path) -> None:
    project = PROJECT / "mkdocs.yml"
    assert load(project, seeds=tmp_path).out.name == "site_src"
