"""Reads `mkdocs.yml` as MkDocs does: with what it inherits, and variables of the environment.

MkDocs' own loader does the same with the same libraries, but takes as long to import as a run with
nothing to do takes; a test holds the results equal.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple

import yaml
import yaml_env_tag

from mujaz.errors import ConfigError

_MAX_BYTES = 256 * 1024
_MAX_VALUES = 100_000
"""Values of a file with each alias in full."""
_MAX_PARENTS = 20
_NUMBERS = ("tag:yaml.org,2002:int", "tag:yaml.org,2002:float")
_MAX_DIGITS = 1_000
_INHERIT = "INHERIT"
_VARIABLE = "!ENV"


class SettingsFile(NamedTuple):
    """What a `mkdocs.yml` and those that it inherits from say."""

    values: Mapping[str, Any]
    source: str
    """A fingerprint of all that decides the values: the files' texts, and variables."""
    files: tuple[Path, ...]
    """The file, its parent, the parent's parent, and so on."""

    def place(self, *keys: object) -> str:
        """Return the file and the line that set what is below `keys`, as messages begin."""
        for file in self.files:
            node: yaml.Node | None = _composed(file, file.read_bytes())
            for key in keys:
                node = next((value for name, value in _pairs(node) if name.value == str(key)), None)
            if node is not None:
                return f"{file}, line {node.start_mark.line + 1}"
        return str(self.files[0])


def _relative_path(_: object, node: yaml.Node) -> object:
    """Return the path from the folder of `mkdocs.yml`, where all of our paths begin.

    From elsewhere none of our folders can begin; such a path is no text.
    """
    start, __, path = str(node.value).partition("/")
    return (path or ".") if start == "$config_dir" else (node.tag, node.value)


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Gives the values that MkDocs' loader gives; objects of Python become None."""


_Loader.add_constructor(_VARIABLE, yaml_env_tag.construct_env_tag)
_Loader.add_constructor("!relative", _relative_path)
for _unknown in ("!", "tag:yaml.org,2002:python/"):
    _Loader.add_multi_constructor(_unknown, lambda _, suffix, node: None)


def read_settings(file: Path) -> SettingsFile:
    """Return what `mkdocs.yml` at `file` and those that it inherits from say.

    Raises `ConfigError` for what is missing, damaged or has a key twice, and for what is far larger
    than settings are, whether as it stands or with its aliases in full.
    """
    values: dict[str, Any] = {}
    files: list[Path] = []
    parts: list[str] = []
    following: Path | None = file
    while following:
        if following in files or len(files) > _MAX_PARENTS:
            raise ConfigError(f"{file}: inherits from itself by `{_INHERIT}`; take that line out")
        data = _read(following, files[-1] if files else None)
        files.append(following)
        parsed, variables = _parsed(following, data)
        parts += [repr(data), *variables]
        parent = parsed.pop(_INHERIT, None)
        values = _merged(parsed, values) if values else parsed
        following = _parent_file(following, parent)
    if not values:
        raise ConfigError(f"{file}: holds no settings; at least `site_name:` is needed")
    source = blake2b("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=16)
    return SettingsFile(values, source.hexdigest(), tuple(files))


def read_nodes(file: Path) -> yaml.Node | None:
    """Return the nodes of a YAML file, each with its line; None if it says nothing.

    Raises `ConfigError` for what is missing, damaged, has a key twice, or is far too large.
    """
    root = _composed(file, _read(file, None))
    _checked_nodes(file, root)
    return root


def _read(file: Path, heir: Path | None) -> bytes:
    try:
        if file.is_file() and file.stat().st_size > _MAX_BYTES:
            raise ConfigError(f"{file}: has more than {_MAX_BYTES:,} bytes; shorten it")
        return file.read_bytes()
    except FileNotFoundError:
        hint = (
            f"mend the line `{_INHERIT}` of {heir}"
            if heir
            else "name the site's mkdocs.yml with --config"
        )
        raise ConfigError(f"{file}: not found; {hint}") from None
    except (OSError, ValueError) as error:
        raise ConfigError(f"{file}: cannot be read ({error}); check the file") from None


def _parent_file(file: Path, parent: object) -> Path | None:
    if parent is None:
        return None
    if not isinstance(parent, str):
        raise ConfigError(f"{file}: `{_INHERIT}` is {parent!r}; give the path of a file")
    return Path(os.path.normpath(file.parent / parent))


def _merged(parent: dict[str, Any], values: dict[str, Any]) -> dict[str, Any]:
    import mergedeep  # most sites inherit nothing

    merged: dict[str, Any] = mergedeep.merge(parent, values)
    return merged


def _parsed(file: Path, data: bytes) -> tuple[dict[str, Any], list[str]]:
    """Return the values in a file, and its variables as they are in the environment."""
    root = _composed(file, data)
    variables = _checked_nodes(file, root)
    try:
        values = _Loader(b"").construct_document(root) if root else None
    except (yaml.YAMLError, ValueError, TypeError, RecursionError) as error:
        raise _invalid(file, error) from None
    if values is not None and not isinstance(values, dict):
        raise ConfigError(f"{file}: holds no settings; at least `site_name:` is needed")
    return values or {}, variables


def _composed(file: Path, data: bytes) -> yaml.Node | None:
    """Return the nodes of a file, of which each has its line."""
    try:
        return yaml.compose(data, _Loader)
    except yaml.reader.ReaderError as error:
        raise ConfigError(f"{file}: cannot be read ({error.reason}); save it as UTF-8") from None
    except (yaml.YAMLError, RecursionError) as error:
        raise _invalid(file, error) from None


def _invalid(file: Path, error: Exception) -> ConfigError:
    place = " ".join(str(error).split())[:300]
    return ConfigError(f"{file}: not valid YAML ({place}); mend that line")


def _checked_nodes(file: Path, root: yaml.Node | None) -> list[str]:
    """Return the variables that nodes name; refuse keys that stand twice, and too many values.

    Each node is looked at once, however often an alias names it.
    """
    variables: list[str] = []
    sizes: dict[int, int] = {}
    waiting = [root] if root else []
    while waiting:
        node = waiting[-1]
        inner = [*_inner(node)]
        if id(node) not in sizes:
            sizes[id(node)] = 0  # until all that is in it has been looked at
            waiting += (each for each in inner if id(each) not in sizes)
            continue
        waiting.pop()
        if sizes.get(id(node)):
            continue
        if any(sizes[id(each)] == 0 for each in inner):
            raise ConfigError(f"{file}, {_line(node)}: an alias names what it stands in; mend it")
        sizes[id(node)] = 1 + sum(sizes[id(each)] for each in inner)
        if sizes[id(node)] > _MAX_VALUES:
            raise ConfigError(
                f"{file}, {_line(node)}: holds more than {_MAX_VALUES:,} values; "
                "write fewer, or fewer aliases"
            )
        _refuse_second_keys(file, node)
        if node.tag in _NUMBERS and len(node.value) > _MAX_DIGITS:
            raise ConfigError(f"{file}, {_line(node)}: has a number without end; put it in quotes")
        if node.tag == _VARIABLE:
            names = [node, *inner]
            variables += [
                f"{each.value}={os.environ.get(each.value)}"
                for each in names
                if isinstance(each.value, str)
            ]
    return variables


def _refuse_second_keys(file: Path, node: yaml.Node) -> None:
    lines: dict[str, str] = {}
    for name, _ in _pairs(node):
        if isinstance(name, yaml.ScalarNode) and name.tag != "tag:yaml.org,2002:merge":
            if name.value in lines:
                raise ConfigError(
                    f"{file}, {_line(name)}: has `{name.value}` a second time, after "
                    f"{lines[name.value]}; leave one of them"
                )
            lines[name.value] = _line(name)


def _pairs(node: yaml.Node | None) -> list[tuple[yaml.Node, yaml.Node]]:
    return node.value if isinstance(node, yaml.MappingNode) else []


def _inner(node: yaml.Node) -> Iterator[yaml.Node]:
    if isinstance(node, yaml.SequenceNode):
        yield from node.value
    for pair in _pairs(node):
        yield from pair


def _line(node: yaml.Node) -> str:
    return f"line {node.start_mark.line + 1}"
