"""Writes the words of the templates: `python -m mujaz.training.theme_words`.

Templates cannot read the catalogue of the interface, and must not need a plugin: so those of its
words that are theirs lie among them as well, as a partial that only sets a variable.
"""

from __future__ import annotations

import json
from pathlib import Path

from mujaz.data import table_as_written

PARTIAL = Path(__file__).parents[3] / "theme_overrides" / "partials" / "words.html"
_HEAD = "{#- The words of the templates, written from the catalogue of the interface. -#}\n"


def partial_text() -> str:
    """Return the partial's text."""
    words = json.dumps(table_as_written("interface")["theme"], ensure_ascii=False, indent=2)
    return f"{_HEAD}{{% set theme = {words} %}}\n"


if __name__ == "__main__":
    PARTIAL.write_text(partial_text(), "utf-8")
