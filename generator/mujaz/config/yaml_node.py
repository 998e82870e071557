"""Walks what a YAML file says, each scalar as it is written, and knows the line of everything."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml

from mujaz.config.settings_file import read_nodes
from mujaz.errors import ConfigError, nearest

_MAX_QUOTED_CHARACTERS = 60
"""Of a faulty value in a message."""
_YES = frozenset({"true", "yes", "on", "نعم"})
_NO = frozenset({"", "null", "~", "false", "no", "off", "لا"})


class YamlNode:
    """A value in a YAML file. What it is not raises `ConfigError`, by file, line and next step."""

    def __init__(self, file: Path, node: yaml.Node | None, line: int = 1) -> None:
        """Take a node of `file`; None stands for what an empty file says."""
        self._file = file
        self._node = node
        self._line = node.start_mark.line + 1 if node else line

    @property
    def place(self) -> str:
        """The file and the line where it stands, as messages begin."""
        return f"{self._file.parent.name}/{self._file.name}, line {self._line}"

    @property
    def is_empty(self) -> bool:
        """Whether it says nothing."""
        node = self._node
        return node is None or (
            isinstance(node, yaml.ScalarNode) and not node.style and node.value in ("", "~", "null")
        )

    @property
    def is_list(self) -> bool:
        """Whether it is a list."""
        return isinstance(self._node, yaml.SequenceNode)

    def fault(self, reason: str) -> ConfigError:
        """Return the error that says what is wrong with it."""
        return ConfigError(f"{self._file}, line {self._line}: {reason}")

    def pairs(self) -> list[tuple[str, YamlNode]]:
        """Return the keys and values of a mapping, in their order."""
        if self.is_empty:
            return []
        if not isinstance(self._node, yaml.MappingNode):
            raise self.fault("write it as `key: value` lines, a mapping")
        pairs = []
        for name, value in self._node.value:
            if not isinstance(name, yaml.ScalarNode):
                raise YamlNode(self._file, name).fault("a key is a word or a name")
            pairs.append((name.value, YamlNode(self._file, value)))
        return pairs

    def keyed(self, names: Mapping[str, Iterable[str]]) -> dict[str, YamlNode]:
        """Return the values of a mapping by their keys in English.

        `names` are all names of each key that it may have, the English one among them.
        """
        keys = {name: key for key, every in names.items() for name in every}
        values: dict[str, YamlNode] = {}
        for name, value in self.pairs():
            key = keys.get(name.strip())
            if key is None:
                meant = nearest(name, keys)
                hint = f"did you mean `{meant}`? " if meant else ""
                every = ", ".join(names)
                raise value.fault(f"unknown key `{_quoted(name)}`; {hint}it may be: {every}")
            if key in values:
                raise value.fault(f"`{key}` stands here a second time; leave one of them")
            values[key] = value
        return values

    def items(self) -> list[YamlNode]:
        """Return the entries of a list; what is no list is one entry."""
        if self.is_empty:
            return []
        if isinstance(self._node, yaml.SequenceNode):
            return [YamlNode(self._file, each) for each in self._node.value]
        return [self]

    def text(self) -> str:
        """Return a text without white space around it; nothing for an empty value."""
        if self.is_empty:
            return ""
        if not isinstance(self._node, yaml.ScalarNode):
            raise self.fault("write one word or text here")
        return str(self._node.value).strip()

    def texts(self) -> tuple[str, ...]:
        """Return the texts in a list, or the one text."""
        return tuple(filter(None, (each.text() for each in self.items())))

    def flag(self) -> bool:
        """Return what true or false says, in English or Arabic."""
        word = self.text().lower()
        if word not in _YES | _NO:
            raise self.fault(f"`{_quoted(word)}` is neither true nor false; write one of them")
        return word in _YES

    def choice(self, allowed: Iterable[str]) -> str:
        """Return one of some words."""
        word, every = self.text(), [*allowed]
        if word not in every:
            raise self.fault(f"`{_quoted(word)}` is none of: {', '.join(every)}; write one of them")
        return word

    def plain(self) -> Any:
        """Return all of it as texts, lists and mappings."""
        if self.is_list:
            return [each.plain() for each in self.items()]
        if isinstance(self._node, yaml.MappingNode):
            return {name: value.plain() for name, value in self.pairs()}
        return self.text()


def read_yaml(file: Path) -> YamlNode:
    """Return what is in a file. Raises `ConfigError` for what is damaged or far too large."""
    return YamlNode(file, read_nodes(file))


def _quoted(text: str) -> str:
    text = text.encode("utf-8", "backslashreplace").decode()
    return text if len(text) <= _MAX_QUOTED_CHARACTERS else text[:_MAX_QUOTED_CHARACTERS] + "…"
