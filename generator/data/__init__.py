"""Tables as data files: YAML where an editor may want to read or correct them, else TSV.

What is trained by `generator/training`, and nobody reads, is packed: see NOTICE for where it comes
from.
"""

from __future__ import annotations

import csv
import gzip
from functools import cache
from importlib.resources import files
from typing import Any

import yaml


@cache
def table(name: str) -> Any:
    """Return the YAML table `name`, for example `markers` for `data/markers.yml`."""
    return yaml.safe_load((files(__package__) / f"{name}.yml").read_text("utf-8"))


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """Return the rows of the TSV table `name` as mappings from column to text."""
    lines = (files(__package__) / f"{name}.tsv").read_text("utf-8").splitlines()
    kept = [line for line in lines if not line.startswith("#")]
    return tuple(csv.DictReader(kept, delimiter="\t"))


def content(name: str) -> bytes:
    """Return the bytes of the data file `name`."""
    return (files(__package__) / name).read_bytes()


@cache
def packed(name: str) -> bytes:
    """Return the content of the gzipped file `name`: large tables that nobody edits."""
    return gzip.decompress((files(__package__) / name).read_bytes())
