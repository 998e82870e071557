"""Runs every command of docs/publishing/ and of the workflow that `mujaz new` writes.

Programs that need the network, rights or a daemon are stood in for; git and Mujaz are themselves,
but for `mujaz fetch`, which brings one article.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import PROJECT
from tests.support import raw

PUBLISHING = PROJECT / "docs" / "publishing"
STARTER = PROJECT / "generator/mujaz/starter/files/.github/workflows/publish.yml"
ROOTS = ("/opt/mujaz", "/srv/news", "/etc/systemd/system")
"""Folders of a whole machine, which are put below that of a test."""
STANDS_IN = {
    "pip": "exit 0",
    "systemctl": "exit 0",
    "journalctl": "exit 0",
    "useradd": "exit 0",
    "chown": "exit 0",
    "sudo": 'exec "$@"',
    "podman": 'test "$1" = exec || exit 0; shift 2; cd site; exec "$@"',
    "python": 'exec "$PYTHON" "$@"',
    "python3": 'mkdir -p "$3/bin" && cp "$STUBS/pip" "$STUBS/mujaz" "$3/bin"',
    "mujaz": 'test "$1" != fetch || { mkdir -p seeds/fetched && cp "$NEWS" seeds/fetched; exit; }\n'
    'exec "$PYTHON" -m mujaz "$@"',
}
FETCH = "\nextra_settings:\n  fetch: []\n"
"""Has workflows fetch; to Mujaz it says nothing."""
BLOCK = re.compile(r"```sh\n(.*?)```", re.DOTALL)


class Machine:
    """A folder in which commands run as if it were a machine."""

    def __init__(self, root: Path) -> None:
        self.root = root
        stubs = root / "stubs"
        stubs.mkdir()
        for name, text in STANDS_IN.items():
            (stubs / name).write_text(f"#!/bin/sh\n{text}\n")
            (stubs / name).chmod(0o755)
        (root / "morning.txt").write_text(raw(99), "utf-8")
        self.environment = {
            **os.environ,
            "PATH": f"{stubs}:{os.environ['PATH']}",
            "PYTHONPATH": str(PROJECT / "generator"),
            "PYTHON": sys.executable,
            "STUBS": str(stubs),
            "NEWS": str(root / "morning.txt"),
            "GIT_CONFIG_GLOBAL": str(root / "gitconfig"),
            "REPOSITORY": str(root / "remote.git"),
            "MUJAZ_REMOTE": str(root / "remote.git"),
            "CI_COMMIT_BRANCH": "main",
            "CI_JOB_STATUS": "success",
        }
        config = "[user]\nname = x\nemail = x@paper.example\n[protocol.file]\nallow = always\n"
        config += "[receive]\nadvertisePushOptions = true\n"
        (root / "gitconfig").write_text(config)
        self.run("git init --quiet --bare --initial-branch main remote.git", root)

    def here(self, text: str) -> str:
        return re.sub("|".join(ROOTS), lambda found: f"{self.root}{found[0]}", text)

    def run(self, command: str, folder: Path) -> None:
        """Run a command as the shells of workflows do: the first failure ends it."""
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", self.here(command)],
            cwd=folder,
            env=self.environment,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"

    def remote_files(self) -> set[str]:
        command = ["git", "-c", "core.quotePath=off", "ls-tree", "-r", "--name-only", "main"]
        listed = subprocess.run(
            command, cwd=self.root / "remote.git", capture_output=True, text=True, check=True
        )
        return {*listed.stdout.splitlines()}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new site that was built once."""
    folder = tmp_path_factory.mktemp("publishing") / "site"
    for arguments in (["new", str(folder)], ["build", "--config", str(folder / "mkdocs.yml")]):
        subprocess.run([sys.executable, "-m", "mujaz", *arguments], check=True, capture_output=True)
    return folder


@pytest.fixture
def machine(tmp_path: Path, built: Path) -> Machine:
    """A machine with a site at `site`, and a repository at `remote.git`."""
    machine = Machine(tmp_path)
    shutil.copytree(built, tmp_path / "site")
    return machine


def pushed(machine: Machine) -> Path:
    """Push the site as the page about GitHub says, and return a shallow clone of it."""
    for block in BLOCK.findall((PUBLISHING / "github.md").read_text("utf-8")):
        machine.run(block, machine.root / "site")
    clone = f"git clone --quiet --depth 1 'file://{machine.root}/remote.git' clone"
    machine.run(clone, machine.root)
    return machine.root / "clone"


def blocks(page: str) -> list[str]:
    return BLOCK.findall((PUBLISHING / page).read_text("utf-8"))


def steps_of(job: dict[str, Any]) -> list[str]:
    return [step["run"] for step in job["steps"] if "run" in step]


def check_kept(machine: Machine) -> None:
    """Check that a run kept what was fetched, and nothing that it made."""
    files = machine.remote_files()
    assert "seeds/fetched/morning.txt" in files
    made = ("site/", "public/", ".mujaz-cache/", "site_src/articles/", "site_src/index.md")
    assert not [path for path in files if path.startswith(made)]


def test_the_workflow_of_a_new_site(machine: Machine) -> None:
    clone = pushed(machine)
    shutil.copytree(machine.root / "site" / ".mujaz-cache", clone / ".mujaz-cache")
    workflow = yaml.safe_load(STARTER.read_text("utf-8"))
    commands = steps_of(workflow["jobs"]["build"])
    assert [each.split()[0] for each in commands[:4]] == ["pip", "if", "mujaz", "mujaz"]
    (clone / "mkdocs.yml").write_text((clone / "mkdocs.yml").read_text("utf-8") + FETCH, "utf-8")
    for command in commands:
        machine.run(command, clone)
    check_kept(machine)
    assert (clone / "site" / "index.html").is_file()


def test_how_the_workflow_of_a_new_site_runs() -> None:
    text = STARTER.read_text("utf-8")
    workflow = yaml.safe_load(text)
    assert workflow["concurrency"] == {"group": "publish", "cancel-in-progress": False}
    assert workflow[True]["schedule"], "`on` is a truth value in YAML"
    assert workflow["permissions"] == {"contents": "read"}
    rights = {name: job["permissions"] for name, job in workflow["jobs"].items()}
    assert rights == {
        "build": {"contents": "write"},
        "deploy": {"pages": "write", "id-token": "write"},
    }
    uses = re.findall(r"uses: *(.*)", text)
    ours = (PROJECT / ".github" / "workflows" / "publish.yml").read_text("utf-8")
    assert {each.split("@")[0] for each in uses} == {
        each.split("@")[0] for each in re.findall(r"uses: *(.*)", ours)
    }
    assert all(each in ours for each in uses), "one action has one pin"


def test_code_and_content_share_no_pipeline() -> None:
    workflows = PROJECT / ".github" / "workflows"
    code, content = ((workflows / f"{name}.yml").read_text("utf-8") for name in ("test", "publish"))
    assert "deploy-pages" not in code
    assert not re.search(r"\.ci/run|make (?:test|check)", content)
    assert yaml.safe_load(content)["concurrency"]["cancel-in-progress"] is False
    jobs = yaml.safe_load((PROJECT / ".gitlab-ci.yml").read_text("utf-8"))
    rules = {name: str(job["rules"]) for name, job in jobs.items() if "script" in job}
    assert len({rules.pop("pages"), *rules.values()}) == 2


def test_the_pipeline_for_gitlab(machine: Machine) -> None:
    clone = pushed(machine)
    shutil.copytree(machine.root / "site" / ".mujaz-cache", clone / ".mujaz-cache")
    shutil.copy(PUBLISHING / "gitlab-ci.yml", clone / ".gitlab-ci.yml")
    for block in blocks("gitlab.md"):
        machine.run(block, clone)
    (clone / "mkdocs.yml").write_text((clone / "mkdocs.yml").read_text("utf-8") + FETCH, "utf-8")
    job = yaml.safe_load((clone / ".gitlab-ci.yml").read_text("utf-8"))["pages"]
    assert job["cache"]["paths"] == [".mujaz-cache"]
    assert (job["resource_group"], job["interruptible"]) == ("publish", False)
    for command in (*job["script"], *job["after_script"]):
        machine.run(command, clone)
    check_kept(machine)
    assert ".gitlab-ci.yml" in machine.remote_files()
    assert (clone / "public" / "index.html").is_file()


def instructions(file: Path) -> list[tuple[str, str]]:
    """Return the instructions of a Containerfile."""
    text = re.sub(r"\\\n\s*", "", file.read_text("utf-8"))
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return [(word, rest) for word, _, rest in (line.partition(" ") for line in lines)]


def test_the_container_is_healthy_and_has_no_rights(machine: Machine) -> None:
    listed = instructions(PUBLISHING / "Containerfile")
    words = dict(listed)
    assert int(words["USER"]) > 0
    assert [word for word, _ in listed].index("USER") > [word for word, _ in listed].index("RUN")
    machine.environment["MUJAZ"] = words["ARG"].partition("=")[2]
    for word, rest in listed:
        if word == "RUN":
            machine.run(rest, machine.root)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    command, health = (
        [part.replace(words["EXPOSE"], port) for part in json.loads(text)]
        for text in (words["CMD"], words["HEALTHCHECK"].partition("CMD ")[2])
    )
    site = machine.root / words["WORKDIR"].lstrip("/")
    with subprocess.Popen(
        command, cwd=site, env=machine.environment, stdout=subprocess.DEVNULL, stderr=-3
    ) as server:
        try:
            until = time.monotonic() + 60
            while subprocess.run(health, env=machine.environment, stderr=-3).returncode:
                assert time.monotonic() < until
                time.sleep(0.2)
            for block in blocks("container.md"):
                machine.run(block, machine.root)
            assert subprocess.run(health, env=machine.environment).returncode == 0
        finally:
            server.terminate()
    assert (site / "seeds" / "fetched" / "morning.txt").is_file()


def test_the_timer(machine: Machine) -> None:
    system = machine.root / "etc" / "systemd" / "system"
    system.mkdir(parents=True)
    (machine.root / "srv").mkdir()
    for name in ("mujaz.service", "mujaz.timer"):
        shutil.copy(PUBLISHING / name, machine.root)
    for block in blocks("timer.md"):
        machine.run(block, machine.root)
    units = [system / name for name in ("mujaz.service", "mujaz.timer")]
    text = units[0].read_text("utf-8")
    starts = re.findall(r"^ExecStart=(.*)$", text, re.MULTILINE)
    for unit in units:
        unit.write_text(machine.here(unit.read_text("utf-8")), "utf-8")
    assert [each.split()[-1] for each in starts] == ["fetch", "build", "verify"]
    site = Path(*re.findall(r"^WorkingDirectory=(.*)$", machine.here(text), re.MULTILINE))
    for command in starts:
        machine.run(command, site)
    assert (site / "site" / "index.html").is_file()
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is not installed: nobody looks at the units")
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *units], capture_output=True, text=True
    )
    said = [line for line in done.stderr.splitlines() if str(system) in line or "mujaz" in line]
    assert (done.returncode, said) == (0, [])
