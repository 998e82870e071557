"""The desk's file of corrections, `editorial/desk.yml`, and what an editor found right.

A file that was edited by hand, or that cannot be read, is never written to.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import yaml

from mujaz.state.files import write_atomically

_HEAD = (
    "# يكتب هذا الملفَّ مكتبُ التحرير في المعاينة. ما تكتبه بيدك مكانه ملف آخر في هذا المجلد.\n"
    "# The desk of the preview writes this file; what you write by hand belongs into another one.\n"
)
_MAX_UNDO = 50
"""Changes that can be taken back."""


class DeskError(Exception):
    """A correction that was not written; `name` is that of the words that say why."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class CorrectionsFile:
    """Changes the file, one whole write a change, and takes changes back."""

    def __init__(self, folder: Path, journal: Path) -> None:
        """`folder` is that of the editor's hand, `journal` a file for what was there before."""
        self.file = folder / "desk.yml"
        self._confirmed = folder / "desk-confirmed.txt"
        self._journal = journal

    def change(self, addition: Mapping[str, Any]) -> None:
        """Add corrections to the file. Raises `DeskError` and `OSError`."""
        before = self._text()
        after = _dumped(_joined(self._content(before), addition))
        if after != before:
            self._remember(before)
            self._write(after)

    def undo(self) -> None:
        """Bring back what was there before the last change. Raises `DeskError` and `OSError`."""
        self._content(self._text())
        journal = self._read_journal()
        if not journal:
            raise DeskError("nothing_to_undo")
        text = journal.pop()
        self._write(text) if text else self.file.unlink(missing_ok=True)
        write_atomically(self._journal, json.dumps(journal).encode())

    def can_undo(self) -> bool:
        """Return whether there is a change to take back."""
        return bool(self._read_journal())

    def confirm(self, name: str) -> None:
        """Remember that an editor found something right, by the concern's name."""
        lines = {*self.confirmed(), " ".join(name.split())}
        self._confirmed.parent.mkdir(exist_ok=True)
        write_atomically(self._confirmed, "".join(f"{line}\n" for line in sorted(lines)).encode())

    def confirmed(self) -> frozenset[str]:
        """Return the names of concerns that an editor found right."""
        with suppress(OSError, UnicodeDecodeError):
            return frozenset(self._confirmed.read_text("utf-8").splitlines())
        return frozenset()

    def _text(self) -> str:
        try:
            return self.file.read_bytes().decode()
        except FileNotFoundError:
            return ""
        except (OSError, UnicodeDecodeError):
            raise DeskError("edited_by_hand") from None

    def _content(self, text: str) -> dict[str, Any]:
        try:
            content = yaml.safe_load(text) or {}
        except (yaml.YAMLError, ValueError, RecursionError):
            raise DeskError("edited_by_hand") from None
        if not isinstance(content, dict) or (text and _dumped(content) != text):
            raise DeskError("edited_by_hand")
        return content

    def _write(self, text: str) -> None:
        self.file.parent.mkdir(exist_ok=True)
        if self.file.is_symlink():
            raise DeskError("edited_by_hand")
        write_atomically(self.file, text.encode())

    def _remember(self, text: str) -> None:
        self._journal.parent.mkdir(parents=True, exist_ok=True)
        journal = [*self._read_journal(), text][-_MAX_UNDO:]
        write_atomically(self._journal, json.dumps(journal).encode())

    def _read_journal(self) -> list[str]:
        with suppress(OSError, ValueError):
            journal = json.loads(self._journal.read_bytes())
            if isinstance(journal, list) and all(isinstance(each, str) for each in journal):
                return journal
        return []


def pasted(addition: Mapping[str, Any]) -> str:
    """Return corrections as YAML to paste."""
    return yaml.safe_dump(dict(addition), allow_unicode=True, sort_keys=False)


def _dumped(content: Mapping[str, Any]) -> str:
    return _HEAD + pasted(content)


def _joined(content: Any, addition: Any) -> Any:
    """Return two values as one: mappings by key, lists without repeats, else the second."""
    if isinstance(content, dict) and isinstance(addition, Mapping):
        joined = dict(content)
        for name, value in addition.items():
            joined[name] = _joined(joined[name], value) if name in joined else value
        return joined
    if isinstance(content, list) and isinstance(addition, list):
        return [*content, *(each for each in addition if each not in content)]
    return addition
