"""Trains the models that ship in `generator/mujaz/data`; no build needs it.

Articles and labelled texts go in, from the folder that `MUJAZ_DATA` names; out come data files.
Nothing but benchmarks and tests may import it.
"""

from __future__ import annotations

import gzip
import json
import os
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

ARTICLES, LABELLED = "ant.jsonl.gz", "anercorp.train.txt.gz"
"""Files in the folder: an article a line as JSON, a token with its label a line."""


def data_folder() -> Path:
    """Return the folder of training data, or end the script with what to do."""
    named = os.environ.get("MUJAZ_DATA")
    if not named or not Path(named).is_dir():
        sys.exit("set MUJAZ_DATA to the folder that holds the training data")
    return Path(named)


def json_records(path: Path) -> Iterator[Mapping[str, Any]]:
    """Yield the objects in a file of JSON lines, gzipped or not."""
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8") as file:
        yield from map(json.loads, file)
