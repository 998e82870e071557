"""Tables as data files: YAML where an editor may want to read or correct them, else TSV.

Trained weights, which nobody reads, are gzipped bytes.
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


def packed(name: str) -> bytes:
    """Return the unpacked bytes of `name`, for example `topics` for `data/topics.bin.gz`."""
    return gzip.decompress((files(__package__) / f"{name}.bin.gz").read_bytes())
