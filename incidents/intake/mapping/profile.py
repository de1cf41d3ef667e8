"""Profiles as YAML: read, written, and listed from a folder."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import msgspec
import yaml

from incidents.intake.mapping.parsing import parse_profile
from incidents.intake.mapping.rules import Profile
from incidents.table.errors import ProfileError

LARGEST = 100_000  # letters
_ODD = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]")


class _Loader(yaml.BaseLoader):  # type: ignore[misc]
    """Every scalar is text: no dates, no numbers, no objects. No anchors, no key twice."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            raise yaml.YAMLError("it uses an alias (*), which a mapping may not")
        return super().compose_node(parent, index)

    def construct_mapping(self, node: Any, deep: bool = False) -> Any:
        mapping = super().construct_mapping(node, deep=deep)
        if len(mapping) != len(node.value):
            raise yaml.YAMLError(f"line {node.start_mark.line + 1} or below names one key twice")
        return mapping


class _Dumper(yaml.SafeDumper):  # type: ignore[misc]
    def ignore_aliases(self, data: Any) -> bool:
        return True

    def represent_text(self, data: str) -> Any:
        # Within other quotes, line breaks that few programs know are read back as blanks.
        style = '"' if _ODD.search(data) else None
        return self.represent_scalar("tag:yaml.org,2002:str", data, style=style)


_Dumper.add_representer(str, _Dumper.represent_text)


def read_profile(text: str) -> Profile:
    """Read a profile from its YAML. The text may come from anybody.

    Raises
    ------
    ProfileError
        It is no YAML, too large, or says something that no profile can; names the place.
    """
    if len(text) > LARGEST:
        raise ProfileError(f"A mapping may have {LARGEST} letters; this one has {len(text)}.")
    try:
        data = yaml.load(text, Loader=_Loader)
    except RecursionError:
        raise ProfileError("The mapping is nested too deeply.") from None
    except (yaml.YAMLError, ValueError, TypeError) as error:
        mark = getattr(error, "problem_mark", None)
        where = "" if mark is None else f" in line {mark.line + 1}"
        said = getattr(error, "problem", None) or str(error)
        raise ProfileError(f"The mapping is not valid YAML{where}: {said[:200]}.") from None
    return parse_profile(data)


def write_profile(profile: Profile) -> str:
    """Write a profile as YAML that `read_profile` reads as the same profile."""
    data = msgspec.to_builtins(profile)
    data["columns"] = {ours: _write_rule(rule) for ours, rule in data.pop("columns").items()}
    text: str = yaml.dump(data, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=100)
    return text


def _write_rule(rule: dict[str, Any]) -> dict[str, Any]:
    """A rule with its way in front of its first field, as `list_keys` has it."""
    way, body, *rest = rule.values()
    if way in ("first", "join"):
        body = [_write_rule(part) for part in body]
    return {way: body, **dict(zip(list(rule)[2:], rest, strict=True))}


def list_profiles(folder: Path) -> tuple[Profile, ...]:
    """Read all profiles of a folder, ``*.yaml``, in the order of their names.

    Raises
    ------
    ProfileError
        One of them cannot be read, or is not in the file of its name; names the file.
    """
    profiles = []
    for path in sorted(folder.glob("*.yaml")):
        try:
            profile = read_profile(path.read_text("utf-8"))
        except (ProfileError, UnicodeDecodeError) as error:
            raise ProfileError(f"{path.name}: {error}") from error
        if profile.name != path.stem:
            raise ProfileError(f'{path.name} holds the profile "{profile.name}". Rename the file.')
        profiles.append(profile)
    return tuple(profiles)
