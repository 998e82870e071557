"""Writes the pages that are made from the code: `python -m docs.site.reference`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from mujaz.cli.manual import manual_page

from docs.site.commands_page import commands_page
from docs.site.editorial_page import arabic_editorial_page, editorial_page
from docs.site.field_pages import arabic_front_matter_page, fields_page, front_matter_page
from docs.site.objects_page import objects_page
from docs.site.python_page import python_page
from docs.site.settings_page import arabic_settings_page, settings_page

DOCS = Path(__file__).parent.parent
NOTE = "Made from the code: `python -m docs.site.reference` writes it again."
PAGES: Mapping[str, Callable[[], str]] = {
    "ar/editorial-keys.md": arabic_editorial_page,
    "ar/front-matter.md": arabic_front_matter_page,
    "ar/settings.md": arabic_settings_page,
    "reference/commands.md": commands_page,
    "reference/editorial.md": editorial_page,
    "reference/fields.md": fields_page,
    "reference/front-matter.md": front_matter_page,
    "reference/mujaz.1": manual_page,
    "reference/objects.md": objects_page,
    "reference/python.md": python_page,
    "reference/settings.md": settings_page,
}


def page(name: str) -> str:
    """Return the text of a page, by its path below `docs/`."""
    text = PAGES[name]().rstrip()
    return f'{text}\n.\\" {NOTE}\n' if name.endswith(".1") else f"{text}\n\n<!-- {NOTE} -->\n"


if __name__ == "__main__":
    for each in PAGES:
        (DOCS / each).write_text(page(each), "utf-8")
