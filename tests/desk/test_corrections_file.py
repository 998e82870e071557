"""The desk's file: what is added, what is taken back, and what is never overwritten."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from mujaz.config.editorial import read_editorial
from mujaz.desk import CorrectionsFile, DeskError


@pytest.fixture
def file(tmp_path: Path) -> CorrectionsFile:
    return CorrectionsFile(tmp_path / "editorial", tmp_path / "cache" / "undo.json")


def test_changes_join_and_are_taken_back(file: CorrectionsFile) -> None:
    file.change({"articles": {"a": {"title": "عنوان: <b>", "date": "2025-07-14"}}})
    first = file.file.read_bytes()
    file.change({"articles": {"a": {"place": "دمشق"}}, "front": {"lead": "a"}})
    file.change({"tags": {"merge": {"سلمى الحسن": ["سلمى حسن"]}}})
    file.change({"tags": {"merge": {"سلمى الحسن": ["سلمى الحسنن"]}}})
    said = yaml.safe_load(file.file.read_bytes())
    assert said["articles"]["a"] == {"title": "عنوان: <b>", "date": "2025-07-14", "place": "دمشق"}
    assert said["tags"]["merge"]["سلمى الحسن"] == ["سلمى حسن", "سلمى الحسنن"]
    assert read_editorial(file.file.parent).pins.keys() == {"a"}
    for _ in range(3):
        file.undo()
    assert file.file.read_bytes() == first
    file.undo()
    assert not file.file.exists() and not file.can_undo()
    with pytest.raises(DeskError, match="nothing_to_undo"):
        file.undo()


@pytest.mark.parametrize(
    "text",
    [
        b"articles: [\n",
        b"- a\n",
        b"\xff\xfe",
        "# ملاحظة المحرر\narticles: {a: {title: ب}}\n".encode(),
    ],
)
def test_what_is_edited_by_hand_is_not_overwritten(file: CorrectionsFile, text: bytes) -> None:
    file.file.parent.mkdir()
    file.file.write_bytes(text)
    with pytest.raises(DeskError, match="edited_by_hand"):
        file.change({"front": {"lead": "a"}})
    with pytest.raises(DeskError, match="edited_by_hand"):
        file.undo()
    assert file.file.read_bytes() == text


def test_what_is_right_is_remembered(file: CorrectionsFile) -> None:
    assert file.confirmed() == frozenset()
    file.confirm("doubtful: a:\n date")
    file.confirm("held: b")
    assert file.confirmed() == {"doubtful: a: date", "held: b"}
