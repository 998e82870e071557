"""What of an author's markup belongs to the paragraphs that parsing left of a page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from mujaz.arabic.normalise import clean, fold_spaces
from mujaz.model import Markup, Run


def paragraph_markup(paragraphs: Sequence[str], lines: Sequence[Markup]) -> tuple[Markup, ...]:
    """Return the markup of each paragraph, or nothing if all of them are plain text.

    `lines` are those of the whole page, in its order. Of a paragraph that is a part of its line,
    such as the text behind a dateline, the markup of that part is returned.
    """
    if not lines:
        return ()
    remaining = [(line, *_folded(line.runs)) for line in lines]
    markup = tuple(_of_paragraph(paragraph, remaining) for paragraph in paragraphs)
    is_plain = all(each.kind == "text" and not _stands_out(each.runs) for each in markup)
    return () if is_plain else markup


def _of_paragraph(paragraph: str, remaining: list[tuple[Markup, str, tuple[Run, ...]]]) -> Markup:
    """Return the markup of a paragraph, and take the lines up to it from the remaining ones."""
    for index, (line, text, runs) in enumerate(remaining):
        start = text.find(paragraph)
        if start >= 0:
            end = start + len(paragraph)
            # What of its line follows may be the next paragraph.
            rest = (line, text[end:], tuple(_between(runs, end, len(text))))
            remaining[: index + 1] = [rest] if text[end:].strip() else []
            return replace(line, runs=tuple(_between(runs, start, end)))
    return Markup("text", (Run(paragraph),))


def _folded(runs: Sequence[Run]) -> tuple[str, tuple[Run, ...]]:
    """Return the text of some runs with its white space folded, and the runs that it is made of."""
    folded: list[Run] = []
    text = ""
    for run in runs:
        marked = clean(run.text).replace("\n", " ")
        # A letter keeps the white space at either end, which folding takes off.
        inner = fold_spaces(f"x{marked}x")[1:-1]
        if not text or text.endswith(" "):
            inner = inner.lstrip()
        if inner:
            text += inner
            folded.append(replace(run, text=inner))
    stripped = text.rstrip()
    return stripped, tuple(_between(folded, 0, len(stripped)))


def _between(runs: Sequence[Run], start: int, end: int) -> Iterator[Run]:
    """Yield what of some runs stands between two places in their text."""
    position = 0
    for run in runs:
        text = run.text[max(start - position, 0) : max(end - position, 0)]
        if text:
            yield replace(run, text=text)
        position += len(run.text)


def _stands_out(runs: Sequence[Run]) -> bool:
    return any(run.style or run.address for run in runs)
