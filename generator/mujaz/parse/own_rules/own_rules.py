"""Rules that editors give: where an article ends, which lines are none of it, shapes of datelines.

A shape of a dateline is a text with `{place}`, `{source}` and `{author}` in it. It is looked for at
the head of the first line of a text, and only on pages of its own paper.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from mujaz.arabic.normalise import key
from mujaz.config.editorial_model import DATELINE_PARTS, Editorial, OwnSource
from mujaz.model import Stated
from mujaz.parse.lines import Line

_PARTS = re.compile(r"\{([^{}]*)\}")
_DASHES = "-_\u2013\u2014\u0640"
_VALUE = r"[^\n:{}]{1,60}?"
"""What may stand for a part of a shape."""
_FIELDS = {"place": "place", "source": "source", "author": "authors"}
_MAX_DATELINE_CHARACTERS = 200


class _Shape(NamedTuple):
    pattern: re.Pattern[str]
    source: str
    """The paper's name."""
    names: frozenset[str]
    """Comparison forms of all that it is called."""
    is_named: bool
    """Whether the shape itself has the name of the paper."""


@dataclass(frozen=True, slots=True)
class OwnRules:
    """What editors say of lines, datelines, names of papers and sections."""

    sources: Mapping[str, str] = field(default_factory=dict)
    """Names of papers by the comparison forms of all that they are called."""
    sections: Mapping[str, str] = field(default_factory=dict)
    """Names of the site's own sections by the comparison forms of all labels that mean them."""
    markers: frozenset[str] = frozenset()
    """Comparison forms of lines after which nothing of an article follows."""
    boilerplate: frozenset[str] = frozenset()
    """Comparison forms of lines that are no part of any article."""
    shapes: tuple[_Shape, ...] = ()

    def section_named(self, label: str) -> str:
        """Return the name of the site's own section that `label` means, or the label."""
        return self.sections.get(key(label), label) if self.sections else label

    def article_lines(self, lines: Sequence[Line]) -> tuple[Sequence[Line], Sequence[Line]]:
        """Return the lines that may be the article's, and those that editors cut.

        A marker above the text cuts nothing: rather keep what may be the article than lose it.
        """
        if not self.markers and not self.boilerplate:
            return lines, ()
        remaining: list[Line] = []
        for index, line in enumerate(lines):
            if line.key in self.markers and len(remaining) > 1:
                cut = [each for each in lines[:index] if each not in remaining]
                return remaining, [*cut, *lines[index:]]
            if line.key not in self.boilerplate:
                remaining.append(line)
        return remaining, [each for each in lines if each.key in self.boilerplate]

    def dateline(
        self, line: Line, stated: Mapping[str, Stated]
    ) -> tuple[Mapping[str, Stated], Line | None] | None:
        """Return what the dateline at the head of `line` says, and what is left of the line.

        None if no shape of an editor is there.
        """
        source = stated.get("source")
        printed_by = key(str(source.value)) if source else ""
        for shape in self.shapes:
            match = shape.pattern.match(line.text[:_MAX_DATELINE_CHARACTERS])
            if match is None:
                continue
            said = {part: text.strip() for part, text in match.groupdict().items() if text}
            named = printed_by or key(said.get("source", ""))
            if named not in shape.names and (named or not shape.is_named):
                continue
            said["source"] = shape.source
            fields = {_FIELDS[part]: Stated(text, "dateline") for part, text in said.items()}
            rest = line.part(match.end())
            return fields, rest if rest.text else None
        return None


NO_OWN_RULES = OwnRules()


def own_rules(editorial: Editorial) -> OwnRules:
    """Return the rules in what editors say."""
    if not editorial.sources and not editorial.sections:
        return NO_OWN_RULES
    sources = editorial.sources
    return OwnRules(
        {key(name): each.name for each in sources for name in (each.name, *each.also)},
        {key(name): each.name for each in editorial.sections for name in (each.name, *each.also)},
        frozenset(key(line) for each in sources for line in each.markers) - {""},
        frozenset(key(line) for each in sources for line in each.boilerplate) - {""},
        tuple(_shape(each, text) for each in sources for text in each.datelines),
    )


def _shape(source: OwnSource, text: str) -> _Shape:
    names = frozenset(map(key, (source.name, *source.also)))
    pattern, place = "", 0
    for part in _PARTS.finditer(text):
        pattern += _literal(text[place : part.start()])
        pattern += f"(?P<{DATELINE_PARTS[part[1].strip()]}>{_VALUE})"
        place = part.end()
    end = text[place:].strip()
    # What ends in no sign of its own is a line of its own.
    pattern += _literal(text[place:]) if end else r"\s*$"
    literal = f" {key(_PARTS.sub(' ', text))} "
    is_named = any(f" {name} " in literal for name in names)
    return _Shape(re.compile(rf"\s*{pattern}"), source.name, names, is_named)


def _literal(text: str) -> str:
    """Return a pattern for the text between two parts: blanks and kinds of dashes are alike."""
    pieces = (
        rf"[{re.escape(_DASHES)}]" if each in _DASHES else re.escape(each)
        for each in text
        if not each.isspace()
    )
    return r"\s*" + r"\s*".join(pieces) + (r"\s*" if text.strip() else "")
