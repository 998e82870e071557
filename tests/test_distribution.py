"""What is handed on: the wheel and its licences, dependencies, the bill of materials, workflows."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from collections.abc import Sequence
from email.parser import HeaderParser
from importlib.util import find_spec
from pathlib import Path

import pytest
import yaml

PROJECT = Path(__file__).parent.parent
PYPROJECT = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))
WORKFLOWS = sorted((PROJECT / ".github" / "workflows").glob("*.yml"))
BUILD_BACKENDS = {"flit-core", "hatchling", "setuptools"}


def run(command: Sequence[str], **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, **variables}
    return subprocess.run(command, cwd=PROJECT, env=environment, capture_output=True, text=True)


def needs(module: str) -> None:
    """Skip a test where a program of the lock files is missing; in CI that is a failure."""
    if find_spec(module) is None:
        pytest.skip(
            f"{module} is not installed: see requirements-build.lock, requirements-dev.lock"
        )


def build(folder: Path) -> tuple[Path, Path]:
    """Build the wheel and the source archive, and return their paths."""
    command = [sys.executable, "-m", "hatchling", "build", "-d", str(folder)]
    result = run(command)
    assert result.returncode == 0, result.stderr
    return next(folder.glob("*.whl")), next(folder.glob("*.tar.gz"))


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    needs("hatchling")
    return build(tmp_path_factory.mktemp("dist"))


@pytest.fixture(scope="module")
def wheel(built: tuple[Path, Path]) -> dict[str, bytes]:
    """The contents of the wheel by path."""
    with zipfile.ZipFile(built[0]) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def licences() -> set[str]:
    """Return the SPDX identifiers that the licence of the project names."""
    return set(PYPROJECT["project"]["license"].split(" AND "))


def test_the_wheel_has_all_licences(wheel: dict[str, bytes]) -> None:
    (metadata,) = (path for path in wheel if path.endswith(".dist-info/METADATA"))
    folder = metadata.removesuffix("METADATA") + "licenses/"
    texts = {path.removeprefix(folder): wheel[path] for path in wheel if path.startswith(folder)}
    expected = ["LICENSE", "NOTICE", *(f"LICENSES/{name}.txt" for name in licences() - {"MIT"})]
    assert texts == {path: (PROJECT / path).read_bytes() for path in expected}
    assert {path.stem for path in (PROJECT / "LICENSES").iterdir()} == licences() - {"MIT"}
    headers = HeaderParser().parsestr(wheel[metadata].decode())
    assert headers["License-Expression"] == PYPROJECT["project"]["license"]
    assert {*headers.get_all("License-File", ())} == {*expected}


def test_the_licence_names_those_of_the_data() -> None:
    assert licences() == {
        *("MIT", "Apache-2.0", "CC-BY-4.0", "CC-BY-SA-4.0", "CC0-1.0", "Unicode-3.0")
    }


def test_notice_says_where_trained_models_are_from(wheel: dict[str, bytes]) -> None:
    notice = (PROJECT / "NOTICE").read_text("utf-8")
    data = {path.rpartition("/")[2] for path in wheel if path.startswith("mujaz/data/")}
    trained = {name for name in data if not name.endswith((".py", ".yml"))}
    assert len(trained) > 8
    assert not {name for name in trained if name not in notice}


def test_the_wheel_has_the_program_and_no_more(wheel: dict[str, bytes]) -> None:
    shared, folder = sorted({path.partition("/")[0] for path in wheel} - {"mujaz"})
    assert (shared[-5:], folder[-10:]) == (".data", ".dist-info")
    manual = (PROJECT / "docs" / "reference" / "mujaz.1").read_bytes()
    in_shared = {path: wheel[path] for path in wheel if path.startswith(f"{shared}/")}
    assert in_shared == {f"{shared}/data/share/man/man1/mujaz.1": manual}
    places = {"mujaz/theme": PROJECT / "theme_overrides", "mujaz": PROJECT / "generator" / "mujaz"}
    sources = {
        f"{place}/{path.relative_to(folder).as_posix()}"
        for place, folder in places.items()
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert {path for path in wheel if path.startswith("mujaz/")} == sources


def test_the_source_archive_has_what_a_wheel_is_built_of(built: tuple[Path, Path]) -> None:
    with tarfile.open(built[1]) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    tops = {name.partition("/")[0] for name in names}
    assert tops == {
        *("docs", "generator", "theme_overrides", "LICENSE", "LICENSES", "NOTICE", "README.md"),
        *("pyproject.toml", "PKG-INFO", ".gitignore"),
    }


def test_the_same_sources_give_the_same_archives(built: tuple[Path, Path], tmp_path: Path) -> None:
    again = build(tmp_path)
    assert [path.read_bytes() for path in again] == [path.read_bytes() for path in built]


def locked(name: str) -> set[str]:
    """Return the names of the packages that a lock file pins."""
    text = (PROJECT / name).read_text("utf-8")
    return set(re.findall(r"^([\w.-]+)==", text, re.MULTILINE))


def test_what_builds_the_wheel_is_no_dependency_of_a_site() -> None:
    dependencies = " ".join(PYPROJECT["project"]["dependencies"])
    assert not {name for name in BUILD_BACKENDS if name in dependencies.replace("_", "-")}
    assert not BUILD_BACKENDS & locked("requirements.lock")
    assert "hatchling" in locked("requirements-build.lock")


def test_every_pin_has_a_hash() -> None:
    for name in ("requirements.lock", "requirements-build.lock", "requirements-dev.lock"):
        pins = re.split(r"^(?=\S)", (PROJECT / name).read_text("utf-8"), flags=re.MULTILINE)[1:]
        assert len(pins) > 5
        assert not [pin for pin in pins if "==" not in pin or "--hash=sha256:" not in pin]


def test_the_bill_of_materials_is_that_of_the_lock_file(tmp_path: Path) -> None:
    needs("cyclonedx_py")
    texts = []
    for name in ("a.json", "b.json"):
        command = [sys.executable, "-m", "cyclonedx_py", "requirements", "--pyproject"]
        command += ["pyproject.toml", "--output-reproducible", "-o", str(tmp_path / name)]
        assert run([*command, "requirements.lock"]).returncode == 0
        texts.append((tmp_path / name).read_text("utf-8"))
    assert texts[0] == texts[1]
    bill = json.loads(texts[0])
    assert bill["bomFormat"] == "CycloneDX"
    assert {each["name"] for each in bill["components"]} == locked("requirements.lock")
    assert "serialNumber" not in bill
    assert "timestamp" not in bill["metadata"]
    (licence,) = bill["metadata"]["component"]["licenses"]
    assert licence["expression"] == PYPROJECT["project"]["license"]
    makefile = (PROJECT / "Makefile").read_text("utf-8")
    assert "cyclonedx-py requirements --pyproject pyproject.toml --output-reproducible" in makefile


REPORT = 'echo "babel 2.18.0 EXAMPLE-1"'
AUDITS = {
    # What `pip-audit` does, given its report's path -> the exit code, and what is said.
    "none": ("exit 0", 0, "none for what requirements.lock pins"),
    "some": (f"{REPORT} >$report; exit 1", 1, "EXAMPLE-1"),
    "no database": ("echo requests.exceptions.ConnectionError: x >&2; exit 1", 0, "nobody looked"),
    "no answer": ("echo requests.exceptions.ReadTimeout: x >&2; exit 1", 0, "nobody looked"),
    "a fault": ("echo ValueError: no lock file >&2; exit 1", 1, "no lock file"),
}


@pytest.mark.parametrize(("audit", "code", "says"), AUDITS.values(), ids=AUDITS)
def test_advisories(audit: str, code: int, says: str, tmp_path: Path) -> None:
    program = tmp_path / "pip-audit"
    find = 'while [ "$1" != --output ]; do shift; done; report=$2'
    program.write_text(f"#!/bin/sh\n{find}\n{audit}\n")
    program.chmod(0o755)
    result = run([str(PROJECT / ".ci" / "advisories")], PATH=f"{tmp_path}:{os.environ['PATH']}")
    assert result.returncode == code
    assert says in result.stdout + result.stderr


def test_advisories_without_their_program(tmp_path: Path) -> None:
    for name in ("bash", "dirname", "mktemp", "rm", "grep", "tail", "cut", "cat", "env"):
        (tmp_path / name).symlink_to(str(shutil.which(name)))
    result = run([str(PROJECT / ".ci" / "advisories")], PATH=str(tmp_path))
    assert result.returncode == 1
    assert "pip-audit" in result.stderr


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.stem)
def test_actions_are_pinned_by_commit(workflow: Path) -> None:
    text = workflow.read_text("utf-8")
    uses = re.findall(r"uses: *(.*)", text)
    assert uses
    pin = re.compile(r"[\w-]+/[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+")
    assert not [action for action in uses if not pin.fullmatch(action)]
    assert yaml.safe_load(text)["permissions"] == {"contents": "read"}
    assert text.count("actions/checkout@") == text.count("persist-credentials: false")


def test_one_action_has_one_pin() -> None:
    text = "".join(path.read_text("utf-8") for path in WORKFLOWS)
    pins = set(re.findall(r"uses: *(\S+)@(\S+)", text))
    assert len({name for name, _ in pins}) == len(pins)


def test_a_release_is_attested() -> None:
    (workflow,) = (path for path in WORKFLOWS if path.stem == "release")
    release = yaml.safe_load(workflow.read_text("utf-8"))["jobs"]["release"]
    steps = [
        str(step.get("uses") or step.get("run")).partition("@")[0] for step in release["steps"]
    ]
    assert steps.index("make dist sbom") < steps.index("actions/attest-build-provenance")
    assert release["permissions"]["attestations"] == "write"
    assert release["permissions"]["id-token"] == "write"
    assert release["needs"] == "test"


PROGRAM = """
from collections.abc import Sequence
from pathlib import Path
import mujaz

def headlines(results: Sequence[mujaz.Article | mujaz.Problem]) -> list[str]:
    return [each.title for each in results if isinstance(each, mujaz.Article)]

def people(article: mujaz.Article) -> list[str]:
    return [tag.name for tag in article.tags if tag.kind == "person"]

try:
    report: mujaz.Report = mujaz.build(Path("mkdocs.yml"), strict=True)
    print(report.published, [problem.hint for problem in report.problems])
except mujaz.MujazError as error:
    print(error.exit_code)
print(headlines(mujaz.parse(["seeds"], config="mkdocs.yml")), mujaz.__version__)
"""
SLIPS = """
import mujaz
mujaz.build(strict="yes")
mujaz.parse(["seeds"], settings=None)
mujaz.Article.headline
mujaz.parse(["seeds"])[0].title
mujaz.Articel
"""
INSIDE = "mujaz.config.*,mujaz.pipeline,mujaz.review.*,mujaz.state.*"
"""What is behind the public names, and takes long to look through: `make check` does that."""


def test_programs_are_checked_by_the_types_in_the_wheel(
    built: tuple[Path, Path], tmp_path: Path
) -> None:
    needs("mypy")
    clean = tmp_path / "clean"
    run([sys.executable, "-m", "venv", "--without-pip", str(clean)])
    (packages,) = clean.glob("lib/python*/site-packages")
    with zipfile.ZipFile(built[0]) as archive:
        archive.extractall(packages)
    settings = tmp_path / "mypy.ini"
    settings.write_text(f"[mypy]\nstrict = true\n[mypy-{INSIDE}]\nfollow_imports = skip\n")
    (tmp_path / "program.py").write_text(PROGRAM)
    (tmp_path / "slips.py").write_text(SLIPS)
    command = [sys.executable, "-m", "mypy", "--config-file", str(settings)]
    command += ["--python-executable", str(clean / "bin" / "python")]
    command += ["--cache-dir", str(tmp_path / "cache"), "program.py", "slips.py"]
    result = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    faults = re.findall(r"^(\w+\.py):(\d+): error", result.stdout, re.MULTILINE)
    assert faults == [("slips.py", str(line)) for line in range(3, 8)], result.stdout
