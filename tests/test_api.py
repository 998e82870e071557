"""What programs may rely on: the public names, their types, and that importing them is cheap."""

from __future__ import annotations

import ast
import dataclasses
import re
import subprocess
import sys
from pathlib import Path

import mujaz
import pytest
import yaml

from tests.support import write_seeds

PROJECT = Path(__file__).parent.parent


def ran(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=PROJECT, capture_output=True, text=True)


def test_importing_loads_nothing_else() -> None:
    code = "import mujaz, sys; print([m for m in sys.modules if m.startswith('mujaz.')])"
    assert ran(sys.executable, "-c", code).stdout == "[]\n"


def test_every_public_name_is_there_and_told_of() -> None:
    page = (PROJECT / "docs" / "reference" / "python.md").read_text("utf-8")
    for name in mujaz.__all__:
        assert getattr(mujaz, name)
        assert f"`{name}`" in page
    assert mujaz.__all__ == sorted(mujaz.__all__)
    with pytest.raises(AttributeError, match="no attribute 'Articel'"):
        _ = mujaz.Articel  # type: ignore[attr-defined]


def test_types_are_frozen_and_each_field_is_explained() -> None:
    types = [
        each
        for name in mujaz.__all__
        if isinstance(each := getattr(mujaz, name), type) and dataclasses.is_dataclass(each)
    ]
    assert len(types) == 12
    for each in types:
        (field, *_) = dataclasses.fields(each)
        values = {other.name: "" for other in dataclasses.fields(each)}
        with pytest.raises(dataclasses.FrozenInstanceError):
            setattr(each(**values), field.name, "another")


def test_functions_keep_the_name_of_a_package(tmp_path: Path) -> None:
    write_seeds(
        tmp_path,
        {"seeds/a.txt": "عنوان الخبر الأول\nحلب:\nافتتحت المكتبة قاعة جديدة للقراء اليوم."},
    )
    import mujaz.parse.datelines

    results = mujaz.parse([tmp_path / "seeds"])
    assert [type(each).__name__ for each in results] == ["Article"]
    with pytest.raises(mujaz.ConfigError, match="no such file or folder"):
        mujaz.parse([tmp_path / "none"])


def test_build_says_what_became_of_each_input(tmp_path: Path) -> None:
    with pytest.raises(mujaz.ConfigError, match="not found") as caught:
        mujaz.build(tmp_path / "mkdocs.yml")
    assert caught.value.exit_code == 2


# Versions.


def versions() -> list[str]:
    """Return the versions that the list of changes has, the newest first."""
    return re.findall(r"^## \[([^\]]+)\]", (PROJECT / "CHANGELOG.md").read_text("utf-8"), re.M)


def test_versions_are_semantic_and_in_order() -> None:
    numbers = [tuple(map(int, each.split("."))) for each in versions() if each != "Unreleased"]
    assert all(len(each) == 3 for each in numbers)
    assert numbers == sorted(numbers, reverse=True)
    assert ".".join(map(str, numbers[0])) == mujaz.__version__


def test_every_version_says_what_an_upgrade_changes() -> None:
    notes = (PROJECT / "docs" / "upgrading.md").read_text("utf-8")
    for version in versions():
        if version != "Unreleased":
            part = notes.partition(f"\n## {version}")[2].partition("\n## ")[0]
            for what in ("Addresses", "State", "Front matter", "Settings", "Commands"):
                assert f"**{what}.**" in part, version


def test_a_release_is_of_a_version_that_is_told_of() -> None:
    workflow = yaml.safe_load((PROJECT / ".github/workflows/release.yml").read_text("utf-8"))
    steps = [step for job in workflow["jobs"].values() for step in job["steps"]]
    commands = "\n".join(str(step.get("run", "")) for step in steps)
    assert ".ci/wheel" in commands
    assert ".ci/release-notes" in commands
    notes = ran(str(PROJECT / ".ci/release-notes"), f"v{mujaz.__version__}")
    assert notes.returncode == 0
    assert notes.stdout.startswith("### ")
    other = ran(str(PROJECT / ".ci/release-notes"), "v9.9.9")
    assert other.returncode == 1
    assert "v9.9.9" in other.stderr


def test_public_functions_say_what_they_raise() -> None:
    tree = ast.parse((PROJECT / "generator/mujaz/__init__.py").read_text("utf-8"))
    functions = [each for each in tree.body if isinstance(each, ast.FunctionDef)]
    public = [each for each in functions if each.name in mujaz.__all__]
    assert {each.name for each in public} == {"build", "parse"}
    assert all("Raises" in (ast.get_docstring(each) or "") for each in public)
