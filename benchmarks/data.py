"""Where the measuring data lies: the folder that `MUJAZ_DATA` names."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def folder() -> Path:
    """Return the folder of measuring data, or end the script with what to do."""
    named = os.environ.get("MUJAZ_DATA")
    if not named or not Path(named).is_dir():
        sys.exit("set MUJAZ_DATA to the folder that holds the measuring data")
    return Path(named)
