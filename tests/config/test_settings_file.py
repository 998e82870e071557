"""`mkdocs.yml` is read as MkDocs reads it, within bounds."""

from __future__ import annotations

import os
import resource
from pathlib import Path
from typing import Any

import pytest
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.utils.yaml import get_yaml_loader, yaml_load
from mujaz.config import load, read_settings
from mujaz.errors import ConfigError

from tests.support import cases, write_seeds

ALIASES = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]\n" for i in range(1, 10)
)
MERGES = "a0: &a0 {k0: x}\n" + "".join(
    f"a{i}: &a{i} {{k{i}: x, <<: [{', '.join([f'*a{i - 1}'] * 10)}]}}\n" for i in range(1, 10)
)


def written(folder: Path, case: dict[str, Any]) -> Path:
    (folder / "seeds").mkdir()
    files = {"mkdocs.yml": case["text"], **case.get("files", {})}
    write_seeds(folder, files)
    return folder / "mkdocs.yml"


def plain(value: Any, folder: Path) -> Any:
    """Return values with paths that are relative to the configuration in one form."""
    if isinstance(value, dict):
        return {key: plain(each, folder) for key, each in value.items()}
    if isinstance(value, os.PathLike):
        return os.path.relpath(value, folder)
    return value


@pytest.mark.parametrize("case", cases("config", "as_mkdocs"))
def test_mkdocs_reads_the_same(
    case: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("SITE_URL", "OTHER_URL", "SIZE", "SEARCH", "IMAGES", "SOURCES", "BASE"):
        monkeypatch.delenv(name, raising=False)
    for name, value in case.get("env", {}).items():
        monkeypatch.setenv(name, value)
    file = written(tmp_path, case)
    with file.open("rb") as opened:
        loader = get_yaml_loader(config=MkDocsConfig(str(file)))
        expected = plain(yaml_load(opened, loader), tmp_path)
    assert read_settings(file).values == expected


def test_all_that_decides_is_in_the_fingerprint(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "INHERIT: base.yml\nsite_name: !ENV [NAME, x]\nplugins:\n"
    text += "  - other: !!python/object/apply:os.getenv [!ENV HIDDEN]\n"
    file = written(tmp_path, {"text": text, "files": {"base.yml": "docs_dir: a\n"}})
    sources = [read_settings(file).source, read_settings(file).source]
    monkeypatch.setenv("NAME", "y")
    sources.append(read_settings(file).source)
    monkeypatch.setenv("HIDDEN", "y")
    sources.append(read_settings(file).source)
    write_seeds(tmp_path, {"base.yml": "docs_dir: b\n"})
    sources.append(read_settings(file).source)
    write_seeds(tmp_path, {"mkdocs.yml": text + "# note\n"})
    sources.append(read_settings(file).source)
    assert sources[0] == sources[1]
    assert len({*sources}) == 5
    assert load(file).source == sources[-1]


def test_a_message_names_the_file_that_sets_it(tmp_path: Path) -> None:
    files = {"base.yml": "site_name: x\nextra:\n  mujaz:\n    page_size: 4\n"}
    file = written(tmp_path, {"text": "INHERIT: base.yml\n", "files": files})
    with pytest.raises(ConfigError, match=r"base\.yml, line 4: .*page_size"):
        load(file)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        pytest.param(ALIASES, "aliases", id="aliases"),
        pytest.param(MERGES, "aliases", id="merge keys"),
        pytest.param(f"site_name: x\nextra: {{mujaz: {{tags: {{{ALIASES!r}: 1}}}}}}", "", id="key"),
        pytest.param("a: [" + "x," * 120_000 + "]", "values", id="long list"),
        pytest.param("a: " + "[" * 250_000, "not valid YAML", id="deep"),
        pytest.param("- " * 120_000, "not valid YAML", id="deep without brackets"),
        pytest.param("a: " + "[" * 900 + "]" * 900, "", id="deep and closed"),
        pytest.param("a: 1" + ":59" * 80_000, "number without end", id="number by sixties"),
        pytest.param("a: 0x" + "f" * 250_000, "number without end", id="long number"),
        pytest.param("a: " + "x" * 300_000, "bytes", id="large"),
        pytest.param("".join(f"k{i}: &k{i} x\n" for i in range(15_000)), "", id="anchors"),
        pytest.param("extra: {mujaz: {sources: &s [x]}}\na: *nowhere", "not valid YAML", id="no"),
    ],
)
def test_bounds(text: str, says: str, tmp_path: Path) -> None:
    file = written(tmp_path, {"text": text})
    before = resource.getrusage(resource.RUSAGE_SELF)
    try:
        load(file)
    except ConfigError as error:
        assert says in str(error)
        assert "\n" not in str(error)
        assert len(str(error)) < 1_000 + len(str(tmp_path))
    else:
        assert not says
    after = resource.getrusage(resource.RUSAGE_SELF)
    assert after.ru_maxrss - before.ru_maxrss < 300 * 1024
