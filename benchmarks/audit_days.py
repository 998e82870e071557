"""Builds the sites of real days for an audit, from the folder that `MUJAZ_DATA` names.

They lie below `.audit/days/` and are brought up to date the next time. What is real stays there.
"""

from __future__ import annotations

import gzip
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.audit_site import Site

_PROJECT = Path(__file__).parent.parent
_DAYS = _PROJECT / ".audit" / "days"
_CONFIG = (
    (re.compile(r"custom_dir: (\S+)"), rf"custom_dir: {_PROJECT}/\1"),
    (re.compile("^    sources: .*", re.M), "    home: SA"),
)
"""What a day's site has otherwise than the sample: where its theme lies, and its home country."""


def labelled_days() -> list[str]:
    """Return the days that readers labelled; none without the measuring data."""
    data = os.environ.get("MUJAZ_DATA")
    gold = Path(data) / "saudi" / "gold" if data else None
    files = sorted(gold.glob("[0-9]*.top.txt")) if gold else []
    return [file.name.removesuffix(".top.txt") for file in files]


def built_day(days: Sequence[str]) -> Site:
    """Build the site of one day, or of several together, and return it."""
    name = "-".join(days)
    here = _DAYS / name
    (here / "seeds").mkdir(parents=True, exist_ok=True)
    for day in days:
        seeds = here / "seeds" / f"{day}.jsonl"
        if not seeds.exists():
            packed = Path(os.environ["MUJAZ_DATA"]) / "saudi" / f"{day}.jsonl.gz"
            seeds.write_bytes(gzip.decompress(packed.read_bytes()))
    text = (_PROJECT / "mkdocs.yml").read_text("utf-8")
    for pattern, replacement in _CONFIG:
        text = pattern.sub(replacement, text)
    (here / "mkdocs.yml").write_text(text, "utf-8")
    pages = here / "site_src"
    pages.mkdir(exist_ok=True)
    shutil.copy(_PROJECT / "site_src" / "about.md", pages)
    command = [sys.executable, "-m", "mujaz", "build", "--accept-removals"]
    subprocess.run(command, cwd=here, check=True, stdout=subprocess.DEVNULL)
    return Site(name, here / "site", pages, is_real=True)
