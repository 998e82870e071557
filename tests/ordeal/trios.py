"""Starts three builds of one site at once, from nothing, and counts what goes wrong.

`python -m tests.ordeal.trios COUNT` prints the figures; all but `trios` should be 0.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.ordeal.small_site import VARIANTS, differences, edit, expected, make_site

_TIMEOUT_SECONDS = 240
_PROGRAM = """
from mujaz.publish.output import fonts
fonts.subset_fonts = lambda folder: ()
from mujaz.__main__ import run
run()
"""
"""The command line without fonts, which are made of no article, and take a second."""


def run(count: int, folder: Path) -> dict[str, int]:
    """Build a site below `folder` so often by three processes; return how often what went wrong.

    `failed` are builds that did not end with 0, `hung` trios that did not end, `wrong_bytes` trios
    after which, or one build after which, the site was not that of a build from nothing.
    """
    rights = expected(folder)
    figures = {"trios": 0, "hung": 0, "failed": 0, "wrong_bytes": 0}
    for number in range(count):
        site = make_site(folder / "site", number % VARIANTS)
        builds = [_start(site) for _ in range(3)]
        try:
            for build in builds:
                _, err = build.communicate(timeout=_TIMEOUT_SECONDS)
                figures["failed"] += build.returncode != 0
                if build.returncode:
                    print(err, file=sys.stderr)
        except subprocess.TimeoutExpired:
            figures["hung"] += 1
        finally:
            for build in builds:
                build.kill()
                build.wait()
        wrong = bool(differences(site, rights[number % VARIANTS]))
        after = (number + 1) % VARIANTS
        edit(site, after)
        last = _start(site)
        last.communicate()
        wrong |= bool(differences(site, rights[after]))
        figures["failed"] += last.returncode != 0
        figures["wrong_bytes"] += wrong
        figures["trios"] += 1
        shutil.rmtree(site)
    return figures


def _start(site: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", _PROGRAM, "build"]
    return subprocess.Popen(
        command, cwd=site, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as scratch:
        print(run(int(sys.argv[1]), Path(scratch)))
